/** Every case that ships: opens without a fault, names its sources, runs, and comes back unchanged when saved. */
import { readdirSync, readFileSync } from "node:fs";
import loadHighs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import { createHighsSolver, runCase, type Solver } from "../../../models/index.ts";
import { type Citation, openCase, serializeCase } from "../../../scenarios/index.ts";

const folder = new URL("../../../scenarios/data/", import.meta.url);
const names = readdirSync(folder).filter((file) => file.endsWith(".json"));

let solver: Solver;
beforeAll(async () => {
  solver = createHighsSolver(await loadHighs());
});

function read(name: string) {
  const text = readFileSync(new URL(name, folder), "utf8");
  const opened = openCase(text);
  if (!opened.ok) throw new Error(`${name} (${opened.kind}): ${JSON.stringify(opened.faults, null, 1)}`);
  return { text, ...opened };
}

const cited = (source: Citation) => (typeof source === "string" ? source : source.id);

it("finds the cases", () => {
  expect(names.length).toBeGreaterThan(0);
});

describe.each(names)("%s", (name) => {
  it("opens without a fault or a warning", () => {
    expect(read(name).warnings).toEqual([]);
  });

  it("comes back unchanged when saved", () => {
    const { caseFile, text } = read(name);
    expect(serializeCase(caseFile)).toBe(text);
  });

  it("says of every parameter where it comes from", () => {
    const bare = read(name).caseFile.parameters.filter(({ source, kind }) => {
      if (kind === "assumed") return false;
      return source === undefined || typeof source === "string" || source.locator.trim() === "";
    });
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it("uses every source it lists", () => {
    const { sources = [], parameters, indices = [] } = read(name).caseFile;
    const used = new Set(
      [...parameters, ...indices].flatMap(({ source }) => (source ? [cited(source)] : [])),
    );
    expect(sources.filter(({ id }) => !used.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it("gives every parameter a group and a unit", () => {
    const { parameters } = read(name).caseFile;
    expect(parameters.filter(({ group, unit }) => !group || !unit).map(({ id }) => id)).toEqual([]);
  });

  it("runs every scenario to finite figures", () => {
    const { model } = read(name);
    const { figures } = runCase(model, solver);
    expect(figures).toHaveLength(model.scenarios.length);
    const values = figures.flatMap(({ perspectives }) => perspectives.map(({ npv }) => npv));
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
