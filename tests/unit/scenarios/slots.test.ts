import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Program } from "../../../models/index.ts";
import { openCase } from "../../../scenarios/index.ts";

const opened = openCase(
  readFileSync(new URL("../../../scenarios/data/drechtsteden-klein.json", import.meta.url), "utf8"),
);
if (!opened.ok) throw new Error("the shipped case does not open");
const { model } = opened;

/** Every program in a part of a model. */
function* programs(node: unknown): Generator<Program> {
  if (typeof node !== "object" || node === null || ArrayBuffer.isView(node)) return;
  if ("code" in node && "constants" in node) yield node as Program;
  else for (const part of Object.values(node)) yield* programs(part);
}

it("equal programs of a model are one and the same", () => {
  const byContent = new Map<string, Set<Program>>();
  for (const program of programs(model)) {
    const content = `${program.code} ${program.constants} ${program.uses}`;
    byContent.set(content, (byContent.get(content) ?? new Set()).add(program));
  }
  expect(byContent.size).toBeGreaterThan(100);
  expect([...byContent.values()].filter((same) => same.size > 1)).toEqual([]);
});
