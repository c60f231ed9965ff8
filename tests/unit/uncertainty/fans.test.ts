/** What the draws say of yearly amounts, in both kernels. */
import { describe, expect, it } from "vitest";
import { uniforms } from "../../../models/core/random.ts";
import { SHOWN_QUANTILES, sortedQuantile } from "../../../models/core/statistics.ts";
import { drawsOf, FanMaker, joined, sumUpYears, type YearsPart } from "../../../models/uncertainty/fans.ts";
import { createTypeScriptKernel, type Kernel } from "../../../models/uncertainty/kernel/kernel.ts";
import { createWasmKernel } from "../../../models/uncertainty/kernel/kernelWasm.ts";

const MOST = 10_000;

const KERNELS: Readonly<Record<string, (bytes: number) => Kernel>> = {
  typescript: createTypeScriptKernel,
  wasm: (bytes) => {
    const kernel = createWasmKernel(bytes);
    if (!kernel) throw new Error("no WebAssembly SIMD");
    return kernel;
  },
};

/** Mean and quantiles of a sample, in the order of its values and sorted. */
function slow(values: Float32Array): number[] {
  let sum = 0;
  for (const value of values) sum += value;
  const sorted = Float64Array.from(values).sort();
  return [sum / values.length, ...SHOWN_QUANTILES.map((p) => sortedQuantile(sorted, p))];
}

/** Amounts of so many draws: as a cube, so that some stretches of the range hold many and others few. */
const amounts = (count: number, digits: number, scale = 1) =>
  Float32Array.from(
    uniforms(4, `amounts ${count}`, 0, count),
    (u) => Math.round((u - 0.3) ** 3 * 10 ** digits) * scale + 0,
  );

/** A sample of which so large a part is one value, and of which others are hardly more or less. */
const mostlyEqual = (count: number, part: number) =>
  amounts(count, 6).map((value, at) => (at % 100 < 100 * part ? 5 : at % 7 === 0 ? 5 + value / 1e9 : value));

/** A sample in which all values but one are close together. */
const withOutlier = (count: number) => {
  const values = amounts(count, 4);
  values[7] = 1e30;
  return values;
};

describe.each(Object.entries(KERNELS))("fans of the kernel %s", (_, create) => {
  const maker = new FanMaker(MOST, create);
  const fanOf = (values: Float32Array) => {
    const fans = new Float64Array(8).fill(-1);
    maker.sample.set(values);
    maker.write(values.length, fans, 1);
    expect([fans[0], fans[7]]).toEqual([-1, -1]);
    return [...fans.subarray(1, 7)];
  };

  it("are those of the sorted sample, whatever sample came before", () => {
    const samples = [
      amounts(MOST, 15),
      ...[1, 2, 3, 4, 5, 7, 11, 37, 100].map((count) => amounts(count, 6)),
      amounts(1_000, 0),
      amounts(999, 1),
      withOutlier(5_003),
      mostlyEqual(MOST, 0.3),
      mostlyEqual(4_999, 0.8),
      amounts(MOST, 3, 1e-44),
      amounts(MOST, 3, 1e36),
    ];
    for (const values of samples) expect(fanOf(values)).toEqual(slow(values));
  });

  it("are the value itself where all are equal, and no numbers where one is none or none is there", () => {
    expect(fanOf(Float32Array.of(0.1, 0.1, 0.1))).toEqual(new Array(6).fill(Math.fround(0.1)));
    for (const values of [Float32Array.of(), Float32Array.of(1, Number.NaN, 2, 3, 4)])
      expect(fanOf(values)).toEqual(new Array(6).fill(Number.NaN));
  });

  it("know no 0 below 0", () => {
    expect(fanOf(Float32Array.of(-0, -0, -0, 1, -0, -0, -0)).slice(1, 5)).toEqual([0, 0, 0, 0]);
    expect(fanOf(Float32Array.of(-0, -0))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("sum up valid draws only, in their own order, of stretches that come in any", () => {
    const part = (first: number, values: readonly number[], invalidDraws: readonly number[]): YearsPart => ({
      count: values.length,
      invalidDraws,
      years: [
        {
          columns: Int32Array.of(0, 0),
          width: 1,
          pieces: [
            { first, draws: values.length, amounts: Float32Array.from(values), places: Int32Array.of(0) },
          ],
        },
      ],
    });
    const parts = [part(3, [9, 4, 0, 9], [3, 6]), part(0, [5, 9, 8], [1])];
    const work = sumUpYears(parts, create);
    let step = work.next();
    while (!step.done) step = work.next();
    expect([...(step.value[0]?.columns ?? [])]).toEqual([0, 0]);
    expect([...(step.value[0]?.fans ?? [])]).toEqual(slow(Float32Array.of(5, 8, 4, 0)));
    const into = new Float64Array(7);
    const { draws, invalidDraws } = drawsOf(parts);
    expect(draws).toBe(7);
    const kept = parts.toReversed().map((own) => own.years[0] as never);
    expect([...into.subarray(0, joined(kept, 0, invalidDraws, into))]).toEqual([5, 8, 4, 0]);
  });
});
