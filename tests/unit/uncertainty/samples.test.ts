/** What samples come to, in both kernels. */
import { describe, expect, it } from "vitest";
import { uniforms } from "../../../models/core/random.ts";
import { SHOWN_QUANTILES, sortedQuantile } from "../../../models/core/statistics.ts";
import type { Amounts } from "../../../models/uncertainty/plan/keptRows.ts";
import { Samples, WideSamples } from "../../../models/uncertainty/samples.ts";
import { KERNELS } from "./kernels.ts";

const MOST = 10_000;

/** Mean and quantiles of a sample, in the order of its values and sorted. */
function slow(values: Amounts) {
  let sum = 0;
  for (const value of values) sum += value;
  const sorted = Float64Array.from(values).sort();
  return { mean: sum / values.length, quantiles: SHOWN_QUANTILES.map((p) => sortedQuantile(sorted, p)) };
}

/** What all equal values give, or none. */
const same = (value: number) => ({ mean: value, quantiles: SHOWN_QUANTILES.map(() => value) });

const [narrow, wide] = [
  (values: Iterable<number>) => Float32Array.from(values),
  (values: Iterable<number>) => Float64Array.from(values),
];

describe.each(Object.entries(KERNELS))("samples of the kernel %s", (_, create) => {
  describe.each([
    {
      bits: 32,
      made: narrow,
      least: 1e-44,
      most: 1e36,
      samples: new Samples(MOST, create, (...bytes) => new Float32Array(...bytes)),
    },
    { bits: 64, made: wide, least: 5e-324, most: 1e306, samples: new WideSamples(MOST, create) },
  ])("in $bits bits", ({ made, least, most, samples }) => {
    /** Amounts of so many draws: as a cube, so that some stretches of the range hold many and others few. */
    const amounts = (count: number, digits: number, scale = 1) =>
      made(
        uniforms(4, `amounts ${count}`, 0, count).map(
          (u) => Math.round((u - 0.3) ** 3 * 10 ** digits) * scale + 0,
        ),
      );
    /** A sample of which so large a part is one value, and of which others are hardly more or less. */
    const mostlyEqual = (count: number, part: number) =>
      amounts(count, 6).map((value, at) =>
        at % 100 < 100 * part ? 5 : at % 7 === 0 ? 5 + value / 1e9 : value,
      );
    /** A sample in which all values but one are close together. */
    const withOutlier = (count: number) => {
      const values = amounts(count, 4);
      values[7] = 1e30;
      return values;
    };
    /** A sample that is mostly nothing, but for rounding: so that ranks of one stretch lie on 0, beside it and far from it. */
    const mostlyEmpty = (count: number, part: number, sign: number) =>
      amounts(count, 6).map((value, at) =>
        at % 100 < 100 * part ? ((at % 5) - 2) * least * 8 : sign * value,
      );
    /** A sample with several values in every stretch, each more than once. */
    const tied = (count: number, kinds: number) =>
      made(Array.from({ length: count }, (_, at) => (at * 7) % kinds));
    const quantilesOf = (values: Amounts) => {
      samples.values.set(values);
      return samples.quantiles(values.length);
    };

    it("have the quantiles of the sorted sample, whatever sample came before", () => {
      const all = [
        amounts(MOST, 15),
        ...[1, 2, 3, 4, 5, 7, 11, 37, 100].map((count) => amounts(count, 6)),
        amounts(1_000, 0),
        amounts(999, 1),
        withOutlier(5_003),
        mostlyEqual(MOST, 0.3),
        mostlyEqual(4_999, 0.8),
        mostlyEmpty(MOST, 0.55, 1),
        mostlyEmpty(MOST, 0.55, -1),
        mostlyEmpty(4_999, 0.97, 1),
        ...[2, 3, 10, 100, 2_048, 4_999].map((kinds) => tied(MOST, kinds)),
        ...[16, 17, 31, 33, 47].map((count) => tied(count, count)),
        amounts(MOST, 3, least),
        amounts(MOST, 3, most),
      ];
      for (const values of all) expect(quantilesOf(values)).toEqual(slow(values));
    });

    it("are the value itself where all are equal, and no numbers where one is none or none is there", () => {
      expect(quantilesOf(made([0.1, 0.1, 0.1]))).toEqual(same(made([0.1])[0] as number));
      for (const values of [[], [1, Number.NaN, 2, 3, 4], [1, 2, Number.NaN]])
        expect(quantilesOf(made(values))).toEqual(same(Number.NaN));
    });

    it("know no 0 below 0", () => {
      expect(quantilesOf(made([-0, -0, -0, 1, -0, -0, -0])).quantiles.slice(0, 4)).toEqual([0, 0, 0, 0]);
      expect(quantilesOf(made([-0, -0]))).toEqual(same(0));
    });
  });

  describe("have moments", () => {
    const samples = new WideSamples(MOST, create);
    const momentsOf = (values: readonly number[], bound: number) => {
      samples.values.set(values);
      return samples.moments(values.length, bound);
    };

    it("of what is known by hand, with chances on both sides of the bound", () => {
      const { above, below, draws, mean, sd, se } = momentsOf([-3, -1, 1, 3], 1);
      const spread = Math.sqrt(20 / 3);
      expect({ draws, mean, sd, se }).toEqual({ draws: 4, mean: 0, sd: spread, se: spread / 2 });
      expect(above).toEqual({ chance: 0.25, se: Math.sqrt((0.25 * 0.75) / 4) });
      expect(below).toEqual({ chance: 0.25, se: Math.sqrt((0.25 * 0.75) / 4) });
    });

    it("that lose nothing by rounding", () => {
      expect(momentsOf([1, 1e100, 1, -1e100], 0).mean).toBe(0.5);
      const away = Array.from({ length: 1_000 }, (_, at) => 1e15 + (at % 2));
      expect(momentsOf(away, 0).mean).toBe(1e15 + 0.5);
      expect(momentsOf(away, 0).sd).toBeCloseTo(Math.sqrt(250 / 999), 12);
    });

    it("of a single draw, which has no spread, and none of no draw", () => {
      expect(momentsOf([3], 0)).toMatchObject({ mean: 3, sd: 0, se: 0, above: { chance: 1, se: 0 } });
      expect(momentsOf([], 0)).toMatchObject({ mean: Number.NaN, above: { chance: Number.NaN } });
    });
  });
});

describe("moments have the same bits in both kernels", () => {
  const cubes = uniforms(4, "moments", 0, 9_999).map((u) => (u - 0.4) ** 3 * 1e9);
  const sizes = uniforms(4, "sizes", 0, 9_999);
  it.each([
    ["in values of one size", cubes],
    [
      "in values of all sizes",
      cubes.map((value, at) => value * 10 ** Math.round(40 * (sizes[at] as number) - 20)),
    ],
    [
      "in values that outweigh each other",
      cubes.map((value, at) => (at % 3 === 0 ? value : ((at % 3) - 1.5) * 1e25)),
    ],
  ])("%s", (_, values) => {
    const [one, other] = Object.values(KERNELS).map((create) => {
      const samples = new WideSamples(MOST, create);
      samples.values.set(values);
      return samples.moments(values.length, 1e6);
    });
    expect(one).toEqual(other);
  });
});
