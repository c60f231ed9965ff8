import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type BusinessCase, KnownParts, openCase, validateCase } from "../../../scenarios/index.ts";

const opened = openCase(
  readFileSync(new URL("../../../scenarios/data/drechtsteden-klein.json", import.meta.url), "utf8"),
);
if (!opened.ok) throw new Error("the shipped case does not open");
const { caseFile } = opened;

type Change = (file: BusinessCase) => void;

/** Every number made a little larger, every list without its first item or turned round, one at a time. */
function* changes(node: unknown, path: readonly (string | number)[] = []): Generator<Change> {
  const at = (file: unknown) => path.reduce((value, step) => Reflect.get(value as object, step), file);
  if (Array.isArray(node) && node.length > 1) {
    yield (file) => (at(file) as unknown[]).shift();
    yield (file) => (at(file) as unknown[]).reverse();
  }
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === "number")
      yield (file) => Object.assign(at(file) as object, { [key]: (value * 101) / 100 });
    yield* changes(value, [...path, Array.isArray(node) ? Number(key) : key]);
  }
}

/** What comes of a case: its model or its faults, and the warnings; or what it broke on. */
function outcome(file: BusinessCase, known?: KnownParts): string {
  try {
    const { caseFile: _, ...result } = { caseFile: null, ...validateCase(file, known ? { known } : {}) };
    return JSON.stringify(result, (_key, value) =>
      ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
    );
  } catch (error) {
    return String(error);
  }
}

describe("the parts of earlier compilations", () => {
  it("make no difference to what comes of a case, whatever is edited", () => {
    const known = new KnownParts();
    let sound = 0;
    for (const [place, change] of [...changes(caseFile)].entries()) {
      const next = structuredClone(caseFile);
      change(next);
      const fresh = outcome(next);
      expect(outcome(next, known) === fresh, `change ${place}`).toBe(true);
      if (fresh.startsWith('{"ok":true')) sound += 1;
    }
    expect(sound).toBeGreaterThan(200);
  });

  it("repeat a warning and a fault for as long as they hold", () => {
    const known = new KnownParts();
    const [first, ...rest] = caseFile.parameters;
    if (!first) throw new Error("no parameter");
    const { source, ...bare } = first;
    const warned = {
      ...caseFile,
      parameters: [{ ...bare, value: 1, kind: "observed" as const }, ...rest],
    } as BusinessCase;
    const broken = { ...caseFile, parameters: [{ ...first, source: "nergens" }, ...rest] } as BusinessCase;
    for (const file of [warned, warned, broken, broken, warned, caseFile])
      expect(outcome(file, known) === outcome(file)).toBe(true);
    expect(outcome(warned, known)).toContain("PARAMETER_WITHOUT_SOURCE");
    expect(outcome(broken, known)).toContain("BROKEN_REFERENCE");
  });

  it("are found again, and forgotten with the price level and the sources that they speak of", () => {
    const known = new KnownParts();
    const model = (file: BusinessCase) => {
      const result = validateCase(file, { known });
      if (!result.ok) throw new Error("does not open");
      return result.model;
    };
    const before = model(caseFile);
    const after = model(structuredClone(caseFile));
    expect(after.segments).toBe(before.segments);
    expect(after.parameters[0]).toBe(before.parameters[0]);
    const sources = [...(caseFile.sources ?? []), { id: "nieuw", title: "Nieuw" }];
    expect(model({ ...caseFile, sources } as BusinessCase).segments).not.toBe(before.segments);
  });
});
