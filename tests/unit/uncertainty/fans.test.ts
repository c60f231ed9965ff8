/** What the draws say of yearly amounts, in both kernels. */
import { describe, expect, it } from "vitest";
import { SHOWN_QUANTILES, sortedQuantile } from "../../../models/core/statistics.ts";
import { drawsOf, joined, sumUpYears, type YearsPart } from "../../../models/uncertainty/fans.ts";
import { KERNELS } from "./kernels.ts";

/** Mean and quantiles of whole amounts. */
function slow(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sorted = values.toSorted((a, b) => a - b);
  return [mean, ...SHOWN_QUANTILES.map((p) => sortedQuantile(sorted, p))];
}

describe.each(Object.entries(KERNELS))("fans of the kernel %s", (_, create) => {
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
    expect([...(step.value[0]?.fans ?? [])]).toEqual(slow([5, 8, 4, 0]));
    const into = new Float64Array(7);
    const { draws, invalidDraws } = drawsOf(parts);
    expect(draws).toBe(7);
    const kept = parts.toReversed().map((own) => own.years[0] as never);
    expect([...into.subarray(0, joined(kept, 0, invalidDraws, into))]).toEqual([5, 8, 4, 0]);
  });
});
