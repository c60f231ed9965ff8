import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ModelError, resolveParameters, slotValue } from "../../../models/index.ts";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";

const template = readFileSync(new URL("../../../scenarios/data/sjabloon.json", import.meta.url), "utf8");

function modelOf(change: (file: BusinessCase) => void) {
  const file: BusinessCase = JSON.parse(template);
  file.municipalities.push({ id: "gemeente_b", label: "B", inhabitants: 1 });
  file.parameters.push({
    id: "dubbel",
    label: "Dubbel",
    unit: "EUR",
    value: "2 * route_prijs",
    kind: "assumed",
  });
  change(file);
  const opened = openCase(JSON.stringify(file));
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

const priced = (file: BusinessCase) => file.parameters.find(({ id }) => id === "route_prijs");

function read(
  model: ReturnType<typeof modelOf>,
  id: string,
  place: { municipality: number | null; scenario: number | null },
) {
  return resolveParameters(model, place).values[model.parameters.findIndex((item) => item.id === id)]?.[0];
}

describe("the value of a parameter", () => {
  const model = modelOf((file) => {
    Object.assign(priced(file) ?? {}, { local: { gemeente_b: { value: 9_000, reason: "eigen inkoop" } } });
  });
  const overridden = model.scenarios.findIndex(({ id }) => id === "verkokerd");

  it("is the override, else the local value, else the value; formulas follow", () => {
    expect(read(model, "route_prijs", { municipality: 0, scenario: null })).toBe(10_000);
    expect(read(model, "route_prijs", { municipality: 1, scenario: null })).toBe(9_000);
    expect(read(model, "dubbel", { municipality: 1, scenario: null })).toBe(18_000);
    expect(read(model, "route_prijs", { municipality: null, scenario: null })).toBe(10_000);
  });

  it("an override holds in its scenario only", () => {
    const fixed = modelOf((file) =>
      Object.assign(file.scenarios[1] ?? {}, { overrides: { route_prijs: 7_500 } }),
    );
    expect(read(fixed, "dubbel", { municipality: 0, scenario: overridden })).toBe(15_000);
    expect(read(fixed, "dubbel", { municipality: 0, scenario: null })).toBe(20_000);
  });

  it("is brought to the case's price level by its index, growing beyond the last", () => {
    const indexed = modelOf((file) => {
      file.indices = [{ id: "cpi", label: "CPI", levels: { 2020: 100, 2024: 120 }, growth: 0.1 }];
      Object.assign(priced(file) ?? {}, { priceLevel: 2020, index: "cpi" });
    });
    // 10,000 · 120/100 · 1.1² from 2024 to 2026.
    expect(read(indexed, "route_prijs", { municipality: 0, scenario: null })).toBeCloseTo(14_520, 9);
  });
});

describe("draws", () => {
  const model = modelOf((file) => {
    Object.assign(priced(file) ?? {}, {
      local: { gemeente_b: 9_000 },
      distribution: { kind: "uniform", low: 5_000, high: 20_000 },
    });
    Object.assign(file.scenarios[1] ?? {}, { overrides: { route_prijs: 7_500 } });
  });
  const index = model.parameters.findIndex(({ id }) => id === "route_prijs");
  const dubbel = model.parameters.findIndex(({ id }) => id === "dubbel");
  const columns = model.parameters.map((_, at) =>
    at === index ? Float64Array.of(12_000, 8_000) : undefined,
  );
  const draw = (municipality: number | null, scenario: number | null) => {
    const { values } = resolveParameters(model, { municipality, scenario }, { count: 2, columns });
    return [[...(values[index] ?? [])], [...(values[dubbel] ?? [])]];
  };

  it("replace the value, move a local value in proportion, and leave an override", () => {
    expect(draw(0, null)).toEqual([
      [12_000, 8_000],
      [24_000, 16_000],
    ]);
    expect(draw(1, null)[0]?.map((value) => Math.round(value))).toEqual([10_800, 7_200]);
    const scenario = model.scenarios.findIndex(({ id }) => id === "verkokerd");
    expect(draw(1, scenario)).toEqual([
      [7_500, 7_500],
      [15_000, 15_000],
    ]);
  });
});

it("what has no value names the slot", () => {
  const model = modelOf(() => {});
  const slot = model.parameters[0]?.value;
  if (!slot) throw new Error("no parameter");
  const hole = { ...slot, program: { ...slot.program, constants: Float64Array.of(Number.NaN) } };
  const columns = resolveParameters(model, { municipality: 0, scenario: null });
  expect(() => slotValue(hole, columns)).toThrow(ModelError);
  expect(() => slotValue(hole, columns)).toThrow(hole.path);
});
