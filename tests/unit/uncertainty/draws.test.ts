/** Draws that a kernel makes in a sheet are those of the quantile functions. */
import { describe, expect, it } from "vitest";
import {
  type Distribution,
  fittedQuantile,
  quantileOf,
  quantileOn,
} from "../../../models/core/distributions.ts";
import type { Sampling } from "../../../models/core/random.ts";
import { createTypeScriptKernel } from "../../../models/index.ts";
import { type DrawnParameter, DrawSource } from "../../../models/uncertainty/draws.ts";
import { Sheet } from "../../../models/uncertainty/plan/sheet.ts";
import { modelOf, shippedCase } from "./cases.ts";
import { createCompiledKernel } from "./kernels.ts";

/** Every kind; corners in which no polynomial is near; without width; in percent. */
const CASES: readonly (readonly [Distribution, value: number, per?: number])[] = [
  [{ kind: "pert", low: -2, high: 9 }, 3],
  [{ kind: "pert", low: 1, mode: 1, high: 2 }, 1.5],
  [{ kind: "pert", low: 4, high: 4 }, 4],
  [{ kind: "beta", sd: 0.1 }, 0.3],
  [{ kind: "beta", sd: 0.495 }, 0.5],
  [{ kind: "beta", sd: 0 }, 0.5],
  [{ kind: "beta", sd: 0.04 }, 0.4, 0.01],
  [{ kind: "beta", successes: 3, trials: 40 }, 0.075],
  [{ kind: "gamma", sd: 300 }, 100],
  [{ kind: "gamma", sd: 20 }, 100],
  [{ kind: "normal", low: 3, high: 11 }, 5],
  [{ kind: "lognormal", low: 3, high: 11 }, 5],
  [{ kind: "uniform", low: 3, high: 11 }, 5],
  [{ kind: "triangular", low: 3, high: 11 }, 5],
];

const drawn = () =>
  CASES.map(([distribution, value, per], index): DrawnParameter => {
    const fitted = fittedQuantile(distribution, value, per);
    const quantile = fitted ? quantileOn(fitted) : quantileOf(distribution, value);
    return { index, id: `parameter ${index}`, value, quantile, fitted };
  });

const model = modelOf(shippedCase());

describe.each([
  { name: "twin", create: createTypeScriptKernel },
  { name: "compiled kernel", create: createCompiledKernel },
])("draws of the $name", ({ create }) => {
  it.each<Sampling>(["plain", "latinHypercube"])(
    "have the bits of the quantile functions: %s",
    (sampling) => {
      const settings = { draws: 2_000, seed: 2 ** 40 + 7, sampling };
      const alone = new DrawSource(model, drawn(), settings);
      const source = new DrawSource(model, drawn(), settings);
      const sheet = new Sheet(8, 1, 1);
      source.takeRoom(sheet);
      sheet.open(create);
      const found = source.drawn.map((): number[] => []);
      for (let first = 0, size = 8; first < settings.draws; first += size, size = 1 + (first % 8)) {
        const { columns } = source.columns(first, Math.min(size, settings.draws - first));
        for (const [index, values] of found.entries()) values.push(...(columns[index] ?? []));
      }
      const { columns } = alone.columns(0, settings.draws);
      expect(found.map((values) => Float64Array.from(values))).toEqual(columns.slice(0, found.length));
    },
  );

  it("come from tables, once their stretches are fitted, but in corners", () => {
    const source = new DrawSource(
      model,
      drawn().map((parameter) => ({ ...parameter, quantile: () => asked.push(parameter.index) })),
      { draws: 8, seed: 3, sampling: "plain" },
    );
    const asked: number[] = [];
    const sheet = new Sheet(8, 1, 1);
    source.takeRoom(sheet);
    sheet.open(create);
    for (const { fitted } of source.drawn) for (let p = 0.0005; p < 1; p += 0.0005) fitted?.line.at(p);
    source.columns(0, 8);
    expect(new Set(asked)).toEqual(new Set(CASES.keys()));
    asked.length = 0;
    source.columns(0, 8);
    const byFormula = source.drawn.filter(({ fitted }) => !fitted).map(({ index }) => index);
    const corners = [4, 8];
    expect(new Set([...asked, ...corners])).toEqual(new Set([...byFormula, ...corners]));
  });

  it("of more than fit in the sheet are made without it", () => {
    const settings = { draws: 50, seed: 1, sampling: "plain" } as const;
    const source = new DrawSource(model, drawn(), settings);
    const sheet = new Sheet(8, 1, 1);
    source.takeRoom(sheet);
    sheet.open(create);
    expect(source.columns(3, 9)).toEqual(new DrawSource(model, drawn(), settings).columns(3, 9));
  });
});
