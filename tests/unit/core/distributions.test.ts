import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import gammaQuantile from "@stdlib/stats-base-dists-gamma-quantile";
import normalOracle from "@stdlib/stats-base-dists-normal-quantile";
import { describe, expect, it } from "vitest";
import { type Distribution, distributionFault, quantileOf } from "../../../models/core/distributions.ts";
import {
  betaTails,
  gammaTails,
  normalDistribution,
  normalQuantile,
} from "../../../models/core/specialFunctions.ts";

const PROBABILITIES = [1e-9, 1e-6, 1e-3, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 1 - 1e-6, 1 - 1e-9];

/** Difference relative to the size of the value. */
const relative = (a: number, b: number) => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);

/** Whether the oracle gives back its own chance, in the smaller tail: where it does not, it is no judge. */
function judges(p: number, { lower, upper }: { lower: number; upper: number }): boolean {
  return (p <= 0.5 ? relative(lower, p) : relative(upper, 1 - p)) < 1e-11;
}

describe("quantiles against an oracle", () => {
  it.each(PROBABILITIES)("normal at %d", (p) => {
    if (p === 0.5) expect(normalQuantile(p)).toBe(0);
    else {
      const oracle = normalOracle(p, 0, 1);
      if (judges(p, { lower: normalDistribution(oracle), upper: normalDistribution(-oracle) }))
        expect(relative(normalQuantile(p), oracle)).toBeLessThan(1e-10);
    }
  });

  const shapes = [
    [1, 1],
    [0.5, 0.5],
    [2, 5],
    [80, 120],
    [1, 5],
    [5, 1],
    [0.1, 3],
    [3, 0.1],
    [1000, 2000],
    [1e-2, 1e-2],
  ] as const;
  for (const [a, b] of shapes)
    it(`beta(${a}, ${b}), or where the oracle itself is off, by its own distribution function`, () => {
      const size = a + b;
      const mean = a / size;
      const sd = Math.sqrt((mean * (1 - mean)) / (size + 1));
      const quantile = quantileOf({ kind: "beta", successes: a, trials: a + b }, mean);
      const bySd = quantileOf({ kind: "beta", sd }, mean);
      for (const p of PROBABILITIES) {
        const x = quantile(p);
        const oracle = betaQuantile(p, a, b);
        if (judges(p, betaTails(a, b, oracle, 1 - oracle)) && 1 - oracle > 1e-8)
          expect(relative(x, oracle)).toBeLessThan(1e-10);
        expect(Math.abs(bySd(p) - x)).toBeLessThan(1e-7);
      }
    });

  for (const shape of [0.05, 0.5, 1, 2.5, 30, 1_000, 1e6])
    it(`gamma with shape ${shape}`, () => {
      const quantile = quantileOf({ kind: "gamma", sd: Math.sqrt(shape) * 3 }, shape * 3);
      for (const p of PROBABILITIES) {
        const oracle = 3 * gammaQuantile(p, shape, 1);
        if (judges(p, gammaTails(shape, oracle / 3)))
          expect(relative(quantile(p), oracle)).toBeLessThan(1e-10);
        const { lower, upper } = gammaTails(shape, quantile(p) / 3);
        if (quantile(p) > 1e-290)
          expect(p <= 0.5 ? relative(lower, p) : relative(upper, 1 - p)).toBeLessThan(1e-8);
      }
    });

  it("the normal distribution function undoes its quantile", () => {
    for (const p of PROBABILITIES)
      expect(relative(normalDistribution(normalQuantile(p)), p)).toBeLessThan(1e-10);
  });
});

const CASES: readonly { distribution: Distribution; value: number; mean: number; sd: number }[] = [
  { distribution: { kind: "uniform", low: -2, high: 6 }, value: 0, mean: 2, sd: 8 / Math.sqrt(12) },
  {
    distribution: { kind: "triangular", low: 0, high: 10 },
    value: 2,
    mean: 4,
    sd: Math.sqrt((100 + 4 - 0 - 20) / 18),
  },
  { distribution: { kind: "triangular", low: 0, high: 1 }, value: 0, mean: 1 / 3, sd: Math.sqrt(1 / 18) },
  {
    distribution: { kind: "pert", low: 1, mode: 2, high: 6 },
    value: 9,
    mean: 2.5,
    sd: Math.sqrt(((2.5 - 1) * (6 - 2.5)) / 7),
  },
  { distribution: { kind: "pert", low: 0, high: 1 }, value: 1, mean: 5 / 6, sd: Math.sqrt(5 / 6 / 6 / 7) },
  {
    distribution: { kind: "normal", low: -1.6448536269514726, high: 1.6448536269514726 },
    value: 0,
    mean: 0,
    sd: 1,
  },
  {
    distribution: {
      kind: "lognormal",
      low: Math.exp(-1.6448536269514726),
      high: Math.exp(1.6448536269514726),
    },
    value: 1,
    mean: Math.exp(0.5),
    sd: Math.sqrt((Math.E - 1) * Math.E),
  },
  { distribution: { kind: "beta", sd: 0.1 }, value: 0.3, mean: 0.3, sd: 0.1 },
  { distribution: { kind: "beta", sd: 0.2 }, value: 0.9, mean: 0.9, sd: 0.2 },
  {
    distribution: { kind: "beta", successes: 3, trials: 10 },
    value: 0.3,
    mean: 0.3,
    sd: Math.sqrt(0.21 / 11),
  },
  { distribution: { kind: "gamma", sd: 50 }, value: 200, mean: 200, sd: 50 },
  { distribution: { kind: "gamma", sd: 300 }, value: 100, mean: 100, sd: 300 },
];

/** ∫₀¹ of a power of the quantile function, by midpoints that crowd at both ends. */
function moment(quantile: (p: number) => number, power: number, center = 0): number {
  const steps = 40_000;
  let sum = 0;
  for (let step = 0; step < steps; step += 1) {
    const t = (step + 0.5) / steps;
    // p = t³(10 − 15t + 6t²): smooth, with derivative 30t²(1 − t)², so that both tails are looked at closely.
    const p = t * t * t * (10 - 15 * t + 6 * t * t);
    const weight = 30 * t * t * (1 - t) * (1 - t);
    if (p <= 0 || p >= 1) continue;
    sum += ((quantile(p) - center) ** power * weight) / steps;
  }
  return sum;
}

describe("between the points that are fitted", () => {
  const scores = Array.from({ length: 2_401 }, (_, step) => -6 + step / 200);

  for (const [a, b] of [
    [3, 3],
    [1, 5],
    [1.3, 4.7],
    [80, 120],
    [0.1, 3],
    [0.01, 0.01],
  ] as const)
    it(`beta(${a}, ${b}) gives its own chance back, and rises`, () => {
      const quantile = quantileOf({ kind: "beta", successes: a, trials: a + b }, a / (a + b));
      let last = 0;
      for (const score of scores) {
        const p = normalDistribution(score);
        const x = quantile(p);
        if (x < 1e-290) continue;
        expect(x).toBeGreaterThanOrEqual(last * (1 - 1e-12));
        last = x;
        if (1 - x < 1e-3) continue;
        const { lower, upper } = betaTails(a, b, x, 1 - x);
        expect(p <= 0.5 ? relative(lower, p) : relative(upper, 1 - p)).toBeLessThan(2e-11);
      }
    });

  for (const shape of [0.05, 1, 30, 1e6])
    it(`gamma with shape ${shape} gives its own chance back`, () => {
      const quantile = quantileOf({ kind: "gamma", sd: Math.sqrt(shape) }, shape);
      for (const score of scores) {
        const p = normalDistribution(score);
        if (quantile(p) < 1e-290) continue;
        const { lower, upper } = gammaTails(shape, quantile(p));
        expect(p <= 0.5 ? relative(lower, p) : relative(upper, 1 - p)).toBeLessThan(1e-8);
      }
    });
});

describe("moments", () => {
  it.each(CASES)("of $distribution around $value", ({ distribution, value, mean, sd }) => {
    const quantile = quantileOf(distribution, value);
    expect(Math.abs(moment(quantile, 1) - mean)).toBeLessThan(2e-4 * Math.max(sd, Math.abs(mean)));
    expect(Math.abs(Math.sqrt(moment(quantile, 2, mean)) / sd - 1)).toBeLessThan(2e-3);
  });

  it.each(CASES)("monotone: $distribution around $value", ({ distribution, value }) => {
    const quantile = quantileOf(distribution, value);
    let last = Number.NEGATIVE_INFINITY;
    for (let step = 1; step < 1_000; step += 1) {
      const x = quantile(step / 1_000);
      expect(x).toBeGreaterThanOrEqual(last);
      last = x;
    }
  });

  it("low and high of normal and lognormal are their 5% and 95% quantiles", () => {
    for (const kind of ["normal", "lognormal"] as const) {
      const quantile = quantileOf({ kind, low: 3, high: 11 }, 5);
      expect(relative(quantile(0.05), 3)).toBeLessThan(1e-14);
      expect(relative(quantile(0.95), 11)).toBeLessThan(1e-14);
    }
  });

  it("without width gives the value itself", () => {
    const flat: readonly Distribution[] = [
      { kind: "uniform", low: 0.3, high: 0.3 },
      { kind: "triangular", low: 0.3, high: 0.3 },
      { kind: "pert", low: 0.3, high: 0.3 },
      { kind: "normal", low: 0.3, high: 0.3 },
      { kind: "lognormal", low: 0.3, high: 0.3 },
      { kind: "beta", sd: 0 },
      { kind: "gamma", sd: 0 },
    ];
    for (const distribution of flat) expect(quantileOf(distribution, 0.3)(0.123)).toBe(0.3);
  });
});

describe("faults", () => {
  const wrong: readonly [Distribution, number, string][] = [
    [{ kind: "uniform", low: 2, high: 1 }, 1, "high"],
    [{ kind: "lognormal", low: 0, high: 1 }, 1, "low"],
    [{ kind: "pert", low: 0, mode: 3, high: 2 }, 1, "mode"],
    [{ kind: "pert", low: 0, high: 2 }, 3, "value"],
    [{ kind: "triangular", low: 0, high: 2 }, 3, "value"],
    [{ kind: "beta", sd: 0.5 }, 0.5, "sd"],
    [{ kind: "beta", sd: 0.1 }, 1, "value"],
    [{ kind: "beta", successes: 0, trials: 4 }, 0.5, "successes"],
    [{ kind: "beta", successes: 4, trials: 4 }, 0.5, "trials"],
    [{ kind: "gamma", sd: -1 }, 3, "sd"],
    [{ kind: "gamma", sd: 1 }, 0, "value"],
  ];
  it.each(wrong)("%j around %d: %s", (distribution, value, field) => {
    expect(distributionFault(distribution, value)?.field).toBe(field);
    expect(() => quantileOf(distribution, value)).toThrow(RangeError);
  });
});
