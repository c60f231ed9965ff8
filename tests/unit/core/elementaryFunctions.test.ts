import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exp, expm1, log, power } from "../../../models/core/elementaryFunctions.ts";

/** Units in the last place between two numbers of one sign. */
function ulps(a: number, b: number): number {
  const words = new BigInt64Array(Float64Array.of(a, b).buffer);
  const distance = (words[0] ?? 0n) - (words[1] ?? 0n);
  return Number(distance < 0n ? -distance : distance);
}

describe("exp, expm1, log", () => {
  it("are within 2 units in the last place of the host's", () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(2);
        expect(ulps(expm1(x), Math.expm1(x))).toBeLessThanOrEqual(2);
      }),
      { seed: 11, numRuns: 5_000 },
    );
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(ulps(log(x), Math.log(x))).toBeLessThanOrEqual(2);
      }),
      { seed: 12, numRuns: 5_000 },
    );
    for (const x of [1e-20, -1e-20, 1e-9, -1e-9, 0.5, -0.5, 1, -1]) {
      expect(ulps(exp(x), Math.exp(x))).toBeLessThanOrEqual(1);
      expect(ulps(expm1(x), Math.expm1(x))).toBeLessThanOrEqual(1);
    }
  });

  it("keep the edges", () => {
    expect(exp(0)).toBe(1);
    expect(expm1(0)).toBe(0);
    expect(log(1)).toBe(0);
    expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(exp(800)).toBe(Number.POSITIVE_INFINITY);
    expect(exp(-800)).toBe(0);
    expect(exp(Number.NaN)).toBeNaN();
    expect(expm1(-800)).toBe(-1);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(ulps(log(5e-324), Math.log(5e-324))).toBeLessThanOrEqual(1);
  });
});

describe("power", () => {
  it("agrees with the host's", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: -30, max: 30, noNaN: true }),
        (base, exponent) => {
          const expected = base ** exponent;
          expect(Math.abs(power(base, exponent) / expected - 1)).toBeLessThan(1e-13);
        },
      ),
      { seed: 13, numRuns: 5_000 },
    );
  });

  it("keeps whole numbers whole, and the signs and edges of negative and zero bases", () => {
    expect(power(3, 4)).toBe(81);
    expect(power(-2, 3)).toBe(-8);
    expect(power(-2, -2)).toBe(0.25);
    expect(power(9, 0.5)).toBe(3);
    expect(power(0, 0)).toBe(1);
    expect(power(0, 2.3)).toBe(0);
    expect(power(0, -2.3)).toBe(Number.POSITIVE_INFINITY);
    expect(power(-2, 0.3)).toBeNaN();
  });
});
