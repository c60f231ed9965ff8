import { describe, expect, it } from "vitest";
import {
  type PurseAmounts,
  type PurseRules,
  retention,
  settlePurse,
} from "../../../../models/funding/settlement/purse.ts";

const list = (...values: number[]) => Float64Array.from(values);
const rules: PurseRules = {
  startYear: 2027,
  carryOver: 0,
  repays: false,
  carriesDeficit: false,
  backstop: null,
  feedback: [],
};
function amounts(given: Partial<PurseAmounts> & { grant: Float64Array }): PurseAmounts {
  const zero = given.grant.map(() => 0);
  return {
    other: zero,
    flows: zero,
    payments: zero,
    regime: zero,
    executor: zero,
    referenceFlows: zero,
    history: [],
    ...given,
  };
}
const spuk: PurseRules = { ...rules, repays: true, carriesDeficit: true, carryOver: 1 };

describe("an earmarked grant", () => {
  it("carries on up to 100% of the year's grant and repays the rest, all of it at the end", () => {
    // grant 100, 100, 100; spent 60, 60, 100
    // year 0: 100 − 60 = 40 left, all may be carried (≤ 100)            → carried 40, repaid 0
    // year 1: 100 − 60 + 40 = 80, all carried                          → carried 80, repaid 0
    // year 2: 100 − 100 + 80 = 80; the last year carries nothing       → repaid 80
    const years = settlePurse(spuk, amounts({ grant: list(100, 100, 100), payments: list(60, 60, 100) }));
    expect(years.carriedOut).toEqual(list(40, 80, 0));
    expect(years.carriedIn).toEqual(list(0, 40, 80));
    expect(years.repaid).toEqual(list(0, 0, 80));
  });

  it("carries no more than 100%: an unspent euro lives one extra year", () => {
    // grant 100 a year, nothing spent: year 1 has 200, of which 100 may go on; 100 of year 0 goes back
    const years = settlePurse(spuk, amounts({ grant: list(100, 100, 100) }));
    expect(years.carriedOut).toEqual(list(100, 100, 0));
    expect(years.repaid).toEqual(list(0, 100, 200));
  });

  it("repays at once what the cap of a quarter does not let through", () => {
    // year 0: 100 − 60 = 40; cap 0.25 · 100 = 25 → repaid 15. year 1: 80 − 90 + 25 = 15; last year → repaid 15
    const years = settlePurse(
      { ...spuk, carryOver: 0.25 },
      amounts({ grant: list(100, 80), payments: list(60, 90) }),
    );
    expect(years.carriedOut).toEqual(list(25, 0));
    expect(years.repaid).toEqual(list(15, 15));
  });

  it("moves a deficit to the next year, which absorbs it; in the last year the holder bears it", () => {
    // year 0: 100 − 130 = −30 → deficit 30. year 1: 100 − 90 − 30 = −20 → deficit 20
    // year 2: 100 − 70 − 20 = 10 → carried 10. year 3: 100 − 125 + 10 = −15 → borne
    const years = settlePurse(
      spuk,
      amounts({ grant: list(100, 100, 100, 100), payments: list(130, 90, 70, 125) }),
    );
    expect(years.deficitOut).toEqual(list(30, 20, 0, 0));
    expect(years.carriedOut).toEqual(list(0, 0, 10, 0));
    expect(years.borne).toEqual(list(0, 0, 0, 15));
    expect(years.repaid).toEqual(list(0, 0, 0, 0));
  });

  it("keeps R10.2: what comes in is what goes out, every year", () => {
    const years = settlePurse(
      { ...spuk, carryOver: 0.3 },
      amounts({
        grant: list(100, 0, 80, 120, 60),
        payments: list(40, 50, 90, 160, 20),
        other: list(1, 2, 3, 4, 5),
      }),
    );
    for (let year = 0; year < 5; year += 1) {
      const spent = [41, 52, 93, 164, 25][year] ?? 0;
      const at = (column: Float64Array) => column[year] ?? 0;
      const incoming = at(years.grant) + at(years.carriedIn) + at(years.deficitOut) + at(years.borne);
      const outgoing = spent + at(years.deficitIn) + at(years.carriedOut) + at(years.repaid) + at(years.kept);
      expect(incoming).toBeCloseTo(outgoing, 10);
    }
  });
});

describe("a free purse", () => {
  it("keeps its surplus and bears its deficit, year by year", () => {
    const years = settlePurse(rules, amounts({ grant: list(100, 100), flows: list(80, 130) }));
    expect(years.result).toEqual(list(20, -30));
    expect(years.kept).toEqual(list(20, 0));
    expect(years.borne).toEqual(list(0, 30));
  });

  it("carries a surplus in a reserve where κ lets it, and keeps it at the end", () => {
    // year 0: 20 carried. year 1: 100 − 110 + 20 = 10, last year → kept
    const years = settlePurse(
      { ...rules, carryOver: 0.5 },
      amounts({ grant: list(100, 100), flows: list(80, 110) }),
    );
    expect(years.carriedOut).toEqual(list(20, 0));
    expect(years.kept).toEqual(list(0, 10));
  });

  it("counts everything that it bears: other costs, flows, payments, regime, executor", () => {
    const years = settlePurse(
      rules,
      amounts({
        grant: list(100),
        other: list(1),
        flows: list(2),
        payments: list(3),
        regime: list(4),
        executor: list(5),
      }),
    );
    expect(years.result).toEqual(list(85));
  });

  it("carries on nothing where the grant is negative, as on a purse that only receives", () => {
    const years = settlePurse(
      { ...rules, carryOver: 1 },
      amounts({ grant: list(-50, -50), flows: list(-70, -50) }),
    );
    expect(years.carriedOut).toEqual(list(0, 0));
    expect(years.kept).toEqual(list(20, 0));
  });
});

describe("feedback of savings", () => {
  it("lowers the grant `after` years later by its share of the saving against the reference", () => {
    // flows 100 in the reference; 80, 90, 110 here: savings 20, 10, −10. After 1 year 30% of it:
    // grants 100, 100 − 6, 100 − 3 → results 100 − 80 = 20, 94 − 90 = 4, 97 − 110 = −13
    const years = settlePurse(
      { ...rules, feedback: [{ after: 1, share: 0.3 }] },
      amounts({ grant: list(100, 100, 100), flows: list(80, 90, 110), referenceFlows: list(100, 100, 100) }),
    );
    expect(Array.from(years.feedback)).toEqual([0, expect.closeTo(6, 12), expect.closeTo(3, 12)]);
    expect(Array.from(years.result)).toEqual([20, expect.closeTo(4, 12), expect.closeTo(-13, 12)]);
  });

  it("adds up over several lags, and gives grant back for a loss", () => {
    // saving −10 in year 0: 0.5 after 0 years and 0.2 after 1 year: the grant rises by 5 and by 2
    const years = settlePurse(
      {
        ...rules,
        feedback: [
          { after: 0, share: 0.5 },
          { after: 1, share: 0.2 },
        ],
      },
      amounts({ grant: list(100, 100), flows: list(110, 100), referenceFlows: list(100, 100) }),
    );
    expect(Array.from(years.grant)).toEqual([expect.closeTo(105, 12), expect.closeTo(102, 12)]);
  });
});

describe("a purse with a backstop", () => {
  const vangnet: PurseRules = {
    ...rules,
    backstop: {
      party: 1,
      lag: 2,
      periods: [
        {
          from: Number.NEGATIVE_INFINITY,
          tiers: [
            { above: 0.075, share: 0.5 },
            { above: 0.125, share: 1 },
          ],
        },
      ],
      cumulative: { years: 3, above: 0.075 },
      extended: null,
    },
  };

  it("bears the whole deficit in its own year; the backstop is apart", () => {
    const years = settlePurse(vangnet, amounts({ grant: list(100, 100), flows: list(108, 115) }));
    expect(years.borne).toEqual(list(8, 15));
    expect(Array.from(years.backstop)).toEqual([expect.closeTo(0.25, 12), expect.closeTo(5, 12)]);
    expect(years.entry).toEqual(["regular", "regular"]);
  });

  it("counts the results of the years before the start, the last one nearest", () => {
    // 3-year sum in year 0: 2 + 1 (surpluses of −2 and −1 years) − 10 → deficits 7 ≤ 7.5: closed.
    const tested = amounts({ grant: list(100, 100), flows: list(110, 110), history: [2, 1] });
    const years = settlePurse(vangnet, tested);
    expect(years.entry).toEqual(["closed", "regular"]); // year 1: −1 + 10 + 10 = 19 > 7.5
    // With the surplus of 2 further back it no longer counts: 0 − 10 → 10 > 7.5
    expect(settlePurse(vangnet, { ...tested, history: [2, 1, 0, 0] }).entry[0]).toBe("regular");
  });

  it("is not moved by what was carried: the test is on the own result", () => {
    // year 0 carries 50; year 1 own result −10 on 100, though 40 is still available
    const years = settlePurse(
      { ...vangnet, carryOver: 1, backstop: vangnet.backstop && { ...vangnet.backstop, cumulative: null } },
      amounts({ grant: list(100, 100), flows: list(50, 110) }),
    );
    expect(years.kept[1]).toBeCloseTo(40, 12);
    expect(years.backstop[1]).toBeCloseTo(1.25, 12);
  });

  describe("retention of the next euro saved", () => {
    const at = (flows: number, given: Partial<PurseRules> = {}) =>
      retention(
        { ...vangnet, ...given },
        amounts({ grant: list(1e6), flows: list(flows), referenceFlows: list(flows) }),
      )[0];

    it.each([
      [0.9e6, 1], // a surplus is kept
      [1.05e6, 1], // own risk
      [1.1e6, 0.5], // half of it was covered
      [1.2e6, 0], // all of it was covered
    ])("at costs of %d on a grant of 1,000,000: %d", (flows, kept) => {
      expect(at(flows)).toEqual({ kept: expect.closeTo(kept, 6), jump: false });
    });

    it("is 0 for a purse whose surplus goes back", () => {
      expect(at(0.9e6, { repays: true, backstop: null })?.kept).toBeCloseTo(0, 6);
    });

    it("falls by the feedback that it causes later", () => {
      const kept = retention(
        { ...rules, feedback: [{ after: 1, share: 0.3 }] },
        amounts({ grant: list(1e6, 1e6), flows: list(9e5, 9e5), referenceFlows: list(9e5, 9e5) }),
      ).map((year) => year.kept);
      expect(kept).toEqual([expect.closeTo(0.7, 6), expect.closeTo(1, 6)]);
    });

    it("jumps where one euro closes the backstop", () => {
      // Years before: a surplus of 25,000. Deficit 100,001 → cumulative 75,001 > 75,000: open, 12,500.50 paid.
      // One euro less: 75,000 is not above it: closed. Kept: 1 − 12,500.50.
      const jump = retention(
        vangnet,
        amounts({ grant: list(1e6), flows: list(1_100_001), referenceFlows: list(0), history: [25_000] }),
      )[0];
      expect(jump).toEqual({ kept: expect.closeTo(1 - 12_500.5, 6), jump: true });
    });
  });
});
