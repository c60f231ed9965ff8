import { describe, expect, it } from "vitest";
import { retention } from "../../../models/funding/settlement/purse.ts";
import { help } from "../../../models/funding/settlement/settlement.ts";
import { peakPrefinancing, purseFigures } from "../../../models/results/afterTransfers.ts";
import { scenarioFigures } from "../../../models/results/figures.ts";
import { figuresAtRates } from "../../../models/results/otherRates.ts";
import { wrongPockets } from "../../../models/results/wrongPockets.ts";
import type { BusinessCase } from "../../../scenarios/index.ts";
import { place, smallCase, work } from "./smallCase.ts";

/*
 * By hand, per municipality and year 0, 1, 2 (smallCase.ts):
 *   a: benefits without 10,000 7,500 5,625; with 10,000 5,000 2,500; coach 10 · 400 = 4,000 in year 0
 *   b: benefits without 20,000 15,000 11,250; with 20,000 10,000 5,000; coach 8,000, of which the SPUK holds 6,000 and
 *      general funds pay 2,000
 *   SPUK, 6,000 a year in each, unspent goes back a year later:
 *   a: without 6,000 6,000 6,000; with 2,000 6,000 6,000. b: without 6,000 6,000 6,000; with 0 6,000 6,000
 */
describe("settled purses of a small case", async () => {
  const { model, scenario, reference } = await work(smallCase, "coach");
  const figures = purseFigures(model, scenario, reference);
  const [a, b] = [place(model.municipalities, "a"), place(model.municipalities, "b")];
  const [spuk, buig] = [place(model.accounts, "spuk"), place(model.accounts, "buig")];
  const [gemeente, rijk] = [place(model.parties, "gemeente"), place(model.parties, "rijk")];
  const purse = (account: number, municipality: number) =>
    scenario.settlement.purses.find((item) => item.account === account && item.municipality === municipality);

  it("give every purse a grant: the envelope plus the flows of the reference", () => {
    expect(Array.from(purse(spuk, a)?.years.grant ?? [])).toEqual([6000, 6000, 6000]);
    expect(Array.from(purse(buig, a)?.years.grant ?? [])).toEqual([10_000, 7500, 5625]);
    expect(Array.from(purse(buig, a)?.years.kept ?? [])).toEqual([0, 2500, 3125]);
  });

  it("repay a year later, the last year too", () => {
    expect(scenario.settlement.years).toBe(4);
    const repaid = scenario.settlement.transfers.filter(
      ({ kind, from }) => kind === "repay" && from.municipality === a,
    );
    expect(repaid.map(({ booked, cash, amount }) => [booked, cash, amount])).toEqual([
      [0, 1, 2000],
      [1, 2, 6000],
      [2, 3, 6000],
    ]);
  });

  it("show what a municipality is left with, year by year", () => {
    // a: year 0 pays the coach; year 1 saves 2,500 and repays 4,000 less; year 2 saves 3,125
    expect(Array.from(figures.municipalities[a]?.net ?? [])).toEqual([-4000, 6500, 3125, 0]);
    // b: pays 8,000; saves 5,000 and repays 6,000 less; saves 6,250
    expect(Array.from(figures.municipalities[b]?.net ?? [])).toEqual([-8000, 11_000, 6250, 0]);
    expect(figures.municipalities[a]?.peakPrefinancing).toBe(4000);
    expect(figures.municipalities[a]?.payback).toEqual({
      kind: "after",
      years: expect.closeTo(1 + 4000 / 6500, 12),
    });
    expect(figures.municipalities[a]?.npv).toBe(5625);
    expect(figures.municipalities[b]?.npv).toBe(9250);
  });

  it("bridge from before to after transfers", () => {
    expect(figures.municipalities[a]?.bridge).toEqual({
      before: 5625,
      earmarked: -4000,
      transfers: { grant: 0, feedback: 0, repay: 4000, backstop: 0, region: 0 },
      after: 5625,
    });
    expect(figures.parties[rijk]?.bridge).toEqual({
      before: -10_000,
      earmarked: 10_000,
      transfers: { grant: 0, feedback: 0, repay: -10_000, backstop: 0, region: 0 },
      after: -10_000,
    });
    expect(Array.from(figures.parties[rijk]?.net ?? [])).toEqual([0, -10_000, 0, 0]);
  });

  it("value the same purses at the other rates", () => {
    // 25%, start of year: −4,000 + 6,500/1.25 + 3,125/1.5625 = −4,000 + 5,200 + 2,000
    const [at] = figuresAtRates(model, scenario.values, scenario, reference);
    expect(at?.rate).toBe(0.25);
    expect(at?.purses.municipalities[a]?.npv).toBeCloseTo(3200, 9);
    // Before transfers: 2,500/1.25 + 3,125/1.5625 = 2,000 + 2,000
    expect(at?.figures.municipalities[a]?.npv).toBeCloseTo(4000, 9);
  });

  it("say how far payers are others than gainers", () => {
    // Costs: gemeente 2,000, rijk 10,000 → 1/6, 5/6. Benefits: gemeente 16,875 → 1, 0. ½ (5/6 + 5/6)
    const pockets = wrongPockets(scenarioFigures(model, scenario.run, reference.run).parties);
    expect(pockets.index).toBeCloseTo(5 / 6, 12);
    expect(pockets.gap[gemeente]).toBeCloseTo(14_875, 9);
    expect(pockets.gap[rijk]).toBeCloseTo(-10_000, 9);
    expect(wrongPockets(scenarioFigures(model, reference.run, reference.run).parties).index).toBeNull();
  });
});

it("do not see which of two works a purse pays, where that moves nobody's net figures", async () => {
  // The SPUK pays a course for everyone (300) until it is needed for coaches (400), which no other purse may pay.
  const [spuk, ...others] = smallCase.accounts;
  const [segment] = smallCase.segments;
  const [coach] = smallCase.interventions;
  if (!spuk || !segment || !coach) throw new Error("no case");
  const course = { id: "taal", label: "Taal", statutory: true, costs: [{ amount: 300 }] };
  const { model, scenario, reference } = await work(
    {
      ...smallCase,
      accounts: [
        { ...spuk, funds: ["coach", "taal"] },
        { id: "eigen", label: "Eigen geld", holder: "gemeente", envelope: 9000, funds: ["taal"] },
        ...others,
      ],
      interventions: [coach, course],
      tracks: [
        { id: "basis", label: "Basis", interventions: ["taal"] },
        { id: "plus", label: "Plus", interventions: ["taal", "coach"] },
      ],
    },
    "coach",
  );
  const { parties } = scenarioFigures(model, scenario.run, reference.run);
  const [gemeente, rijk] = ["gemeente", "rijk"].map((id) => place(model.parties, id)) as [number, number];
  // Coaches 4,000 in a and 6,000 in b; of the course 1,000 and 6,000 less.
  expect(parties[rijk]).toMatchObject({
    costs: expect.closeTo(10_000, 6),
    avoided: expect.closeTo(7000, 6),
    npv: expect.closeTo(-3000, 6),
  });
  const pockets = wrongPockets(parties);
  // Net costs: rijk 3,000, gemeente 7,000 + 2,000; benefits: gemeente alone. ½ (1/4 + 1/4)
  expect(pockets.costs[rijk]).toBeCloseTo(3000, 6);
  expect(pockets.costs[gemeente]).toBeCloseTo(9000, 6);
  expect(pockets.benefits[rijk]).toBeCloseTo(0, 6);
  expect(pockets.benefits[gemeente]).toBeCloseTo(16_875, 6);
  expect(pockets.index).toBeCloseTo(1 / 4, 9);
});

describe("feedback and backstop between parties", async () => {
  // BUIG of the Rijk: grant 9,000 a year in a, 27,000 in b. A saving of year t lowers the grant of t+1 by 40%.
  // a: results with the coach: 9,000 − 10,000 = −1,000; 9,000 − 0 − 5,000; 9,000 − 0.4 · 2,500 − 2,500 = 5,500
  //    backstop in year 0: δ = 1/9 = 11.11%: 0.5 · (1,000 − 675) = 162.50, paid two years later
  const accounts = smallCase.accounts.map((account) =>
    account.id === "buig"
      ? {
          ...account,
          funder: "rijk",
          grant: "subsidie",
          grantFeedback: [{ after: 1, share: 0.4 }],
          backstop: { party: "rijk", lag: 2, tiers: [{ above: 0.075, share: 0.5 }] },
        }
      : account,
  );
  const parameters = [
    ...smallCase.parameters,
    {
      id: "subsidie",
      label: "Budget",
      unit: "EUR / year",
      value: 9000,
      local: { b: 27_000 },
      kind: "assumed" as const,
    },
  ];
  const file: BusinessCase = { ...smallCase, accounts, parameters };
  const { model, scenario, reference } = await work(file, "coach");
  const a = place(model.municipalities, "a");

  it("follow the money", () => {
    const mine = scenario.settlement.transfers.filter(
      ({ account, from, to }) =>
        model.accounts[account]?.id === "buig" && (from.municipality === a || to.municipality === a),
    );
    const of = (kind: string) =>
      mine.filter((item) => item.kind === kind).map(({ cash, amount }) => [cash, amount]);
    expect(of("grant")).toEqual([
      [0, 9000],
      [1, 9000],
      [2, 9000],
    ]);
    expect(of("feedback")).toEqual([[2, 1000]]);
    expect(of("backstop")).toEqual([[2, expect.closeTo(162.5, 9)]]);
  });

  it("leave the municipality 60% of the saving that still falls within the horizon", () => {
    // 5,625 saved, 1,000 lost to feedback, the backstop of year 0 is in the reference as well
    const figures = purseFigures(model, scenario, reference);
    expect(figures.municipalities[a]?.npv).toBeCloseTo(4625, 9);
    expect(figures.municipalities[a]?.bridge.transfers.feedback).toBeCloseTo(-1000, 9);
    expect(figures.municipalities[a]?.bridge.transfers.backstop).toBe(0);
  });

  it("say what stays of the next euro saved: 10% in year 0, 60% in year 1, all in year 2", () => {
    const purse = scenario.settlement.purses.find(
      (item) => model.accounts[item.account]?.id === "buig" && item.municipality === a,
    );
    // Year 0: the backstop takes half; the 40% of feedback falls in year 1, which has a surplus: 0.5 − 0.4 = 0.1
    if (!purse) throw new Error("no purse");
    expect(retention(purse.rules, purse.amounts).map(({ kept }) => kept)).toEqual([
      expect.closeTo(0.1, 8),
      expect.closeTo(0.6, 8),
      expect.closeTo(1, 8),
    ]);
  });
});

describe("a pot for the region", () => {
  it("helps those who pay more than they hold, from those with something left", () => {
    expect(help([-30, 40, 20], [100, 0, 0])).toEqual([30, -20, -10]);
    expect(help([-90, 40, 20], [100, 0, 0])).toEqual([60, -40, -20]);
  });

  it("does not help with what was not paid for an intervention", () => {
    expect(help([-30, 40], [10, 0])).toEqual([10, -10]);
    expect(help([-30, 40], [0, 0])).toEqual([0, 0]);
  });
});

it("pays ahead at most the deepest point", () => {
  expect(peakPrefinancing([-10, -20, 50, -30])).toBe(30);
  expect(peakPrefinancing([5, -3])).toBe(0);
});
