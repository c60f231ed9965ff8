import { describe, expect, it } from "vitest";
import { uniforms } from "../../../models/core/random.ts";
import {
  orderStatistics,
  quantilesBetween,
  SHOWN_QUANTILES,
  shownRanks,
  sortedQuantile,
} from "../../../models/core/statistics.ts";

function shownQuantiles(sample: Float64Array): number[] | null {
  const shown = shownRanks(sample.length);
  const found = orderStatistics(sample, shown.ranks);
  return found && quantilesBetween(shown, found);
}

describe("the shown quantiles", () => {
  it("are those of the sorted sample, whatever sample came before", () => {
    for (const [length, digits] of [
      [5_000, 15],
      [1, 3],
      [37, 1],
      [2, 2],
      [1_000, 0],
      [10_000, 2],
    ] as const) {
      const sample = uniforms(4, `sample ${length}`, 0, length).map(
        (u) => Math.round((u - 0.3) ** 3 * 10 ** digits) / 7 + 0,
      );
      const sorted = sample.slice().sort();
      expect(shownQuantiles(sample)).toEqual(SHOWN_QUANTILES.map((p) => sortedQuantile(sorted, p)));
    }
  });

  it("are none where the sample holds what is no number", () => {
    expect(shownQuantiles(Float64Array.of(1, Number.NaN, 2))).toBeNull();
  });

  it("are that value where all values are the same, also beside a range too wide for a number", () => {
    expect(shownQuantiles(Float64Array.of(3, 3, 3))).toEqual([3, 3, 3, 3, 3]);
    expect(shownQuantiles(Float64Array.of(-1.7e308, 1.7e308, 0))?.[2]).toBe(0);
  });
});
