import { describe, expect, it } from "vitest";
import { awardBackstop, tierShare } from "../../../../models/funding/settlement/backstop.ts";
import type { Backstop } from "../../../../models/model/model.ts";

// The regular regime of the vangnetuitkering: half of 7.5 to 12.5% of the grant, all above 12.5%.
const tiers = [
  { above: 0.075, share: 0.5 },
  { above: 0.125, share: 1 },
];
const plain: Backstop = {
  party: 1,
  lag: 2,
  periods: [{ from: Number.NEGATIVE_INFINITY, tiers }],
  cumulative: null,
  extended: null,
};
const on100 = (backstop: Backstop, ...deficits: number[]) =>
  awardBackstop(
    backstop,
    2027,
    deficits.map((deficit) => -deficit),
    deficits.map(() => 100),
  );

describe("tiers", () => {
  it.each([
    // costs on a grant of 100, backstop; money.md 2.2
    [107.5, 0], // deficit 7.5 is not above 7.5
    [108, 0.25], // 0.5 · (8 − 7.5)
    [110, 1.25], // 0.5 · (10 − 7.5)
    [112.5, 2.5], // 0.5 · (12.5 − 7.5)
    [115, 5], // 2.5 + 1 · (15 − 12.5)
    [100, 0],
    [90, 0], // a surplus
  ])("costs %d on a grant of 100 give %d", (costs, expected) => {
    expect(on100(plain, costs - 100).amount).toBeCloseTo(expected, 12);
  });

  it("open above their edge, not on it", () => {
    expect(on100(plain, 7.5).entry).toBe("closed");
    expect(on100(plain, 7.51).entry).toBe("regular");
  });

  it("are those of the last period that has begun", () => {
    const dated: Backstop = {
      ...plain,
      periods: [
        { from: 2025, tiers },
        { from: 2027, tiers: [{ above: 0.025, share: 0.5 }] },
      ],
    };
    const year = (calendarYear: number) => awardBackstop(dated, calendarYear, [-10], [100]);
    expect(year(2024)).toEqual({ entry: "closed", amount: 0 });
    expect(year(2026).amount).toBeCloseTo(1.25, 12); // 0.5 · (10 − 7.5)
    expect(year(2027).amount).toBeCloseTo(3.75, 12); // 0.5 · (10 − 2.5)
  });

  it("pay nothing where there is no grant to relate the deficit to", () => {
    expect(awardBackstop(plain, 2027, [-10], [0])).toEqual({ entry: "closed", amount: 0 });
  });

  it("sum over their own part only", () => {
    expect(tierShare(tiers, 0.1)).toBeCloseTo(0.0125, 12);
    expect(tierShare(tiers, 0.2)).toBeCloseTo(0.1, 12);
  });
});

describe("cumulative test", () => {
  const tested: Backstop = { ...plain, cumulative: { years: 3, above: 0.075 } };

  it("opens when three years together are just above 7.5% of this year's grant", () => {
    // −2 + −0.49 (surpluses) + 10 = 7.51 > 7.5
    const award = on100(tested, -2, -0.49, 10);
    expect(award.entry).toBe("regular");
    expect(award.amount).toBeCloseTo(1.25, 12);
  });

  it("stays closed on the edge itself", () => {
    // −2 − 0.5 + 10 = 7.5, which is not above 7.5
    expect(on100(tested, -2, -0.5, 10)).toEqual({ entry: "closed", amount: 0 });
  });

  it("looks at its own years only", () => {
    // A surplus of 50 four years ago does not count: 0 + 0 + 10 = 10 > 7.5
    expect(on100(tested, -50, 0, 0, 10).amount).toBeCloseTo(1.25, 12);
    expect(on100(tested, 0, -50, 0, 10).amount).toBe(0);
  });

  it("takes years that are not known as zero", () => {
    expect(on100(tested, 10).amount).toBeCloseTo(1.25, 12);
  });
});

describe("extended regime", () => {
  // Deficits of at least 5% in at least two of the three years before: the entry falls to 5%.
  const extended: Backstop = {
    ...plain,
    cumulative: { years: 3, above: 0.075 },
    extended: { years: 3, atLeast: 2, share: 0.05, lower: 0.05 },
  };

  it("opens at the lower entry", () => {
    // 6% is below 7.5%, but 5 and 7 in the years before: 0.5 · (6 − 5)
    expect(on100(extended, 5, 0, 7, 6)).toEqual({ entry: "extended", amount: expect.closeTo(0.5, 12) });
  });

  it("stays closed with one such year, or with a year just below the share", () => {
    expect(on100(extended, 0, 0, 7, 6).amount).toBe(0);
    expect(on100(extended, 4.99, 0, 7, 6).amount).toBe(0);
  });

  it("does not count years further back", () => {
    expect(on100(extended, 7, 7, 0, 0, 6).amount).toBe(0);
  });

  it("lowers the first tier for larger deficits too", () => {
    // 0.5 · (12.5 − 5) + 1 · (14 − 12.5) = 5.25
    expect(on100(extended, 7, 0, 7, 14).amount).toBeCloseTo(5.25, 12);
  });

  it("needs a deficit above the lower entry", () => {
    expect(on100(extended, 7, 0, 7, 5).amount).toBe(0);
  });
});
