import { describe, expect, it } from "vitest";
import { strengthAt } from "../../../models/cohort/effects.ts";
import { toLags } from "../../../models/cohort/lags.ts";
import type { Time } from "../../../models/index.ts";

const time = (changes: Partial<Time>): Time => ({
  startYear: 2027,
  years: 4,
  inflowYears: 1,
  followUp: 4,
  cyclesPerYear: 4,
  arrival: "spread",
  occupancy: "mid",
  ...changes,
});

describe("lags", () => {
  it("spread: of four arrivals in a year, three quarters live their second quarter in the same year", () => {
    // Cycle 1 after entry: arrivals in quarters 0, 1, 2 are still in the year of entry, those of quarter 3 are not.
    const second = Float64Array.from({ length: 16 }, (_, cycle) => (cycle === 1 ? 1 : 0));
    expect([...toLags(time({}), second)]).toEqual([0.75, 0.25, 0, 0]);
  });

  it("start: every cycle of the first year falls in the year of entry", () => {
    const constant = new Float64Array(16).fill(1);
    expect([...toLags(time({ arrival: "start" }), constant)]).toEqual([4, 4, 4, 4]);
  });

  it("spread: the first year holds (4 + 3 + 2 + 1) / 4 cycles", () => {
    expect([...toLags(time({}), new Float64Array(16).fill(1))]).toEqual([2.5, 4, 4, 4]);
  });

  it("nothing from the follow-up onward: every cohort is followed equally long", () => {
    expect([...toLags(time({ followUp: 2 }), new Float64Array(16).fill(1))]).toEqual([2.5, 4, 0, 0]);
  });
});

describe("the course of an effect", () => {
  const months = (course: Parameters<typeof strengthAt>[0], list: readonly number[]) =>
    list.map((month) => strengthAt(course, month, 1));

  it("begins at its delay and stops at its duration when it has no half-life", () => {
    const course = { onset: 5, duration: 3, halfLife: 0 };
    expect(months(course, [0, 4, 5, 6, 7, 8, 9])).toEqual([0, 0, 1, 1, 1, 0, 0]);
  });

  it("halves every half-life after its duration", () => {
    const course = { onset: 0, duration: 12, halfLife: 6 };
    expect(months(course, [11, 12, 18, 24])).toEqual([1, 1, 0.5, 0.25]);
  });

  it("lasts for ever without a duration", () => {
    expect(strengthAt({ onset: 2, duration: Number.POSITIVE_INFINITY, halfLife: 0 }, 600, 1)).toBe(1);
  });

  it("takes an onset that missed a cycle's edge by rounding as that edge", () => {
    const weeks = (5 * 12 * 7) / 365.25;
    const back = (weeks * 365.25) / (12 * 7);
    expect(strengthAt({ onset: back + 4e-16, duration: 1, halfLife: 0 }, 5, 1)).toBe(1);
    expect(strengthAt({ onset: 5.01, duration: 1, halfLife: 0 }, 5, 1)).toBe(0);
    expect(strengthAt({ onset: 4, duration: 1 + 1e-12, halfLife: 0 }, 5, 1)).toBe(0);
  });
});
