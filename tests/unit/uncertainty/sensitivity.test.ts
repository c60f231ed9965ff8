/** Sensitivity against published examples and known shapes. */
import { describe, expect, it } from "vitest";
import { uniforms } from "../../../models/core/random.ts";
import { createTypeScriptKernel, sobol, switchingValues, tornado } from "../../../models/index.ts";
import { finishSliced } from "../../../models/uncertainty/sliced.ts";
import { sobolIndices } from "../../../models/uncertainty/sobol.ts";
import { caseWith, modelOf, placeOf, shippedCase, taskOf } from "./cases.ts";

const ishigami = (x: readonly number[]): number => {
  const [a = 0, b = 0, c = 0] = x;
  return Math.sin(a) + 7 * Math.sin(b) ** 2 + 0.1 * c ** 4 * Math.sin(a);
};

describe("Sobol", () => {
  it("finds the indices of Ishigami's function (E29)", () => {
    const rows = 10_000;
    const matrix = (stream: number) =>
      ["x1", "x2", "x3"].map((name) => uniforms(1, name, 0, rows, stream).map((u) => Math.PI * (2 * u - 1)));
    const [columnsA, columnsB] = [matrix(11), matrix(12)];
    const output = (columns: readonly Float64Array[]) =>
      Float64Array.from({ length: rows }, (_, row) => ishigami(columns.map((column) => column[row] ?? 0)));
    const mixed = columnsA.map((_, place) =>
      output(columnsA.map((column, at) => (at === place ? (columnsB[at] as Float64Array) : column))),
    );
    const found = sobolIndices({ a: output(columnsA), b: output(columnsB), mixed }, 1, 200);
    const first = [0.3139051911, 0.4424111448, 0];
    const total = [0.5575888552, 0.4424111448, 0.2436836641];
    for (const [place, index] of found.entries()) {
      expect(Math.abs(index.first.value - (first[place] ?? 0))).toBeLessThan(0.05);
      expect(Math.abs(index.total.value - (total[place] ?? 0))).toBeLessThan(0.03);
      expect(index.first.low).toBeLessThan(first[place] ?? 0);
      expect(index.first.high).toBeGreaterThan(first[place] ?? 0);
      expect(index.total.low).toBeLessThan(index.total.value);
      expect(index.total.high).toBeGreaterThan(index.total.value);
    }
  });

  it("says nothing of an output that does not vary", () => {
    const same = new Float64Array(50).fill(3);
    const [index] = sobolIndices({ a: same, b: same, mixed: [same] }, 1, 20);
    expect(index?.first.value).toBeNaN();
    expect(index?.total.value).toBeNaN();
  });

  it("divides the variance of a sum in proportion to that of its terms, each alone", async () => {
    const model = modelOf(
      caseWith({
        coach_prijs: { kind: "normal", low: 900, high: 1700 },
        loon_werk: { kind: "normal", low: 1700, high: 1900 },
      }),
    );
    const task = await taskOf(model);
    const bars = finishSliced(tornado(task, createTypeScriptKernel));
    const { indices, evaluations, invalidRows } = finishSliced(
      sobol(task, { rows: 600, seed: 1 }, createTypeScriptKernel),
    );
    expect([evaluations, invalidRows]).toEqual([2_400, 0]);
    const scenario = placeOf(model.scenarios, "verkokerd");
    const perspective = placeOf(model.perspectives, "samenleving");
    const isHere = ({ target }: { readonly target: { scenario: number; perspective: number } }) =>
      target.scenario === scenario && target.perspective === perspective;
    const here = bars.filter(isHere);
    const variance = here.map(({ atLow, atHigh }) => (atHigh - atLow) ** 2);
    const all = variance.reduce((sum, part) => sum + part, 0);
    for (const [place, { parameter }] of here.entries()) {
      const index = indices.filter(isHere).find((found) => found.parameter === parameter);
      const share = (variance[place] ?? 0) / all;
      expect(share).toBeGreaterThan(0.02);
      expect(Math.abs((index?.total.value ?? 0) - share)).toBeLessThan(0.08);
      expect(Math.abs((index?.first.value ?? 0) - share)).toBeLessThan(0.15);
    }
  });
});

describe("tornado", () => {
  it("puts the widest bar first and tells a way that turns", async () => {
    const model = modelOf(shippedCase());
    const bars = finishSliced(tornado(await taskOf(model), createTypeScriptKernel)).filter(
      ({ target }) => target.scenario === placeOf(model.scenarios, "ontschot") && target.perspective === 0,
    );
    const widths = bars.map(({ atLow, atHigh }) => Math.abs(atHigh - atLow));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    const bar = (id: string) => bars.find(({ parameter }) => model.parameters[parameter]?.id === id);
    expect(bar("wachttijd")?.nonMonotone).toBe(true);
    expect(bar("coach_prijs")?.nonMonotone).toBe(false);
  });
});

describe("switching values", () => {
  it("finds where the NPV is nothing, and verifies it", async () => {
    const model = modelOf(shippedCase());
    const found = finishSliced(switchingValues(await taskOf(model), createTypeScriptKernel));
    const crossings = found.filter(({ kind }) => kind === "crossing");
    expect(crossings.length).toBeGreaterThan(20);
    for (const { npv, npvThere, value, from, to } of crossings) {
      expect(Math.abs(npvThere ?? Number.NaN)).toBeLessThan(1e-6 * Math.max(1, Math.abs(npv)));
      expect(value).toBeGreaterThanOrEqual(from);
      expect(value).toBeLessThanOrEqual(to);
    }
    // NPV is linear in a price: the root follows from two points.
    const price = found.find(
      ({ parameter, target }) =>
        model.parameters[parameter]?.id === "coach_prijs" &&
        model.scenarios[target.scenario]?.id === "ontschot" &&
        model.perspectives[target.perspective]?.id === "samenleving",
    );
    const [other] = finishSliced(tornado(await taskOf(model), createTypeScriptKernel)).filter(
      ({ parameter, target }) =>
        parameter === price?.parameter &&
        target.scenario === price.target.scenario &&
        target.perspective === price.target.perspective,
    );
    const slope = ((other?.atHigh ?? 0) - (other?.atLow ?? 0)) / ((other?.high ?? 0) - (other?.low ?? 0));
    expect(price?.value).toBeCloseTo((price?.stated ?? 0) - (price?.npv ?? 0) / slope, 5);
    expect(found.some(({ kind, value }) => kind === "none" && value === null)).toBe(true);
  });
});
