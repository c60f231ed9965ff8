/** Published examples, to the last printed digit; sources beside each. */
import loadHighs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  annuity,
  discountedPayback,
  discountFactors,
  internalRateOfReturn,
  netPresentValue,
  payback,
} from "../../models/core/discounting.ts";
import { ProgrammeBuilder } from "../../models/core/linearProgramme.ts";
import { createHighsSolver, runScenario, type Solver } from "../../models/index.ts";
import type { BusinessCase } from "../../scenarios/index.ts";
import { openCase } from "../../scenarios/index.ts";

const flat = (value: number, years: number) => Array.from({ length: years }, () => value);

describe("E1 Aos, the WSIPP teaching case", () => {
  const benefits = flat(500, 20);
  const costs = [3_000, ...flat(0, 19)];

  it("with all years discounted", () => {
    const factors = discountFactors(0.03, 20, "end");
    const benefit = netPresentValue(benefits, factors);
    const cost = netPresentValue(costs, factors);
    expect(benefit).toBeCloseTo(7_438.73743, 6);
    expect(cost).toBeCloseTo(2_912.621359, 6);
    expect(benefit - cost).toBeCloseTo(4_526.116071, 6);
    expect(benefit / cost).toBeCloseTo(2.553967, 6);
  });

  it("with the cost at the start: the one-period shift of a spreadsheet's NPV", () => {
    const benefit = netPresentValue(benefits, discountFactors(0.03, 20, "end"));
    expect(benefit - 3_000).toBeCloseTo(4_438.73743, 6);
    expect(benefit / 3_000).toBeCloseTo(2.479579, 6);
  });

  it("internal rate of return", () => {
    const net = benefits.map((benefit, year) => benefit - (costs[year] ?? 0));
    expect(internalRateOfReturn(net)).toBeCloseTo(0.19300429, 8);
  });
});

it("E2 Green Book 2003: B is preferred", () => {
  const factors = discountFactors(0.035, 5, "start");
  expect(netPresentValue([-10, ...flat(2.5, 4)], factors)).toBeCloseTo(-0.817302, 6);
  expect(netPresentValue([-5, ...flat(1.5, 4)], factors)).toBeCloseTo(0.509619, 6);
});

it("E3 greenbook", () => {
  const npv = netPresentValue([-100, ...flat(30, 5)], discountFactors(0.035, 6, "start"));
  expect(npv).toBeCloseTo(35.451571, 6);
  expect(npv / annuity(0.035, 5)).toBeCloseTo(7.851863, 6);
});

it("E8 the Dutch rate of 2.25%", () => {
  const factors = discountFactors(0.0225, 21, "start");
  for (const [year, factor] of [
    [1, 0.977995],
    [5, 0.894712],
    [10, 0.80051],
    [20, 0.640816],
  ] as const)
    expect(factors[year]).toBeCloseTo(factor, 6);
  expect(annuity(0.0225, 5)).toBeCloseTo(4.679453, 6);
  expect(annuity(0.0225, 10)).toBeCloseTo(8.866216, 6);
  expect(annuity(0.0225, 20)).toBeCloseTo(15.963712, 6);
  const midYear = discountFactors(0.0225, 1, "mid-year")[0] ?? 0;
  const end = discountFactors(0.0225, 1, "end")[0] ?? 0;
  expect(midYear / end).toBeCloseTo(1.0111874208, 10);
});

it("E9 a spreadsheet's NPV discounts its first value", () => {
  expect(netPresentValue([-10_000, 3_000, 4_200, 6_800], discountFactors(0.1, 4, "end"))).toBeCloseTo(
    1_188.4434,
    4,
  );
  const later = netPresentValue([8_000, 9_200, 10_000, 12_000, 14_500], discountFactors(0.08, 5, "end"));
  expect(later - 40_000).toBeCloseTo(1_922.0616, 4);
});

describe("E11 internal rates of return", () => {
  it.each([
    [[-75_000, 12_000, 15_000, 18_000, 21_000, 24_000], 0.05715142887178467],
    [[-4_500, 3_045, 2_371], 0.13918184162670671],
    [[-70_000, 12_000, 15_000, 18_000, 21_000, 26_000], 0.08663095],
    [[-70_000, 12_000, 15_000, 18_000, 21_000], -0.02124485],
  ] as const)("%j", (net, rate) => expect(internalRateOfReturn(net)).toBeCloseTo(rate, 8));

  it("a root below zero", () => {
    const net = [-9_765_000, -24_338_874, -3_354_506, 814_300, 1_595_562, 1_975_118, 1_688_159, 391_944];
    expect(Math.abs((internalRateOfReturn(net) ?? 0) + 0.33923419058193316)).toBeLessThan(1e-9);
  });

  it.each([[[1, 2, 3]], [[-1, -2]], [[0, 0]], [[-1, 3, -1]]])("%j has none", (net) =>
    expect(internalRateOfReturn(net)).toBeNull(),
  );
});

describe("E15 payback", () => {
  const net = [-100, 30, 30, 30, 30];
  const factors = discountFactors(0.0225, 5, "start");

  it("cumulates", () => {
    let sum = 0;
    const cumulative = net.map((amount, year) => (sum += amount * (factors[year] ?? 0)));
    for (const [year, value] of [-100, -70.660147, -41.965914, -13.903094, 13.542206].entries())
      expect(cumulative[year]).toBeCloseTo(value, 6);
  });

  // The example counts from the end of year 0, when the 100 has been paid; model.md section 6 from its start.
  it("is linear within the year", () => {
    expect((payback(net) ?? 0) - 1).toBeCloseTo(3.333333, 6);
    expect((discountedPayback(net, factors) ?? 0) - 1).toBeCloseTo(3.506575, 6);
  });

  it("is the moment from which it stays", () => {
    expect(payback([-10, 20, -15, 4])).toBeNull();
    expect(payback([-10, 20, -15, 10])).toBeCloseTo(3.5, 12);
    expect(payback([0, 5, 5])).toBe(0);
    expect(payback([-1, 0.5])).toBeNull();
    expect(payback([-1, 1])).toBe(2);
  });
});

describe("programmes", () => {
  let solver: Solver;
  beforeAll(async () => {
    solver = createHighsSolver(await loadHighs());
  });

  it("E45 Wyndor", () => {
    const builder = new ProgrammeBuilder();
    const [x, y] = [builder.column(), builder.column()];
    for (const [a, b, most] of [
      [1, 0, 4],
      [0, 2, 12],
      [3, 2, 18],
    ] as const) {
      builder.entry(x, a);
      builder.entry(y, b);
      builder.row(Number.NEGATIVE_INFINITY, most);
    }
    const outcome = solver.minimise(builder.build(), [Float64Array.of(-3, -5)], {
      seconds: 10,
      tolerance: 1e-9,
    });
    if (outcome.status !== "optimal") throw new Error(outcome.status);
    expect([...outcome.values]).toEqual([2, 6]);
    expect(outcome.stages[0]?.value).toBe(-36);
    for (const [row, dual] of [0, 1.5, 1].entries())
      expect(-(outcome.stages[0]?.rowDuals[row] ?? 0)).toBeCloseTo(dual, 12);
  });

  it("an impossible programme names its rows", () => {
    const builder = new ProgrammeBuilder();
    const x = builder.column();
    builder.entry(x, 1);
    builder.row(Number.NEGATIVE_INFINITY, 1);
    builder.entry(x, 1);
    builder.row(2, 3);
    const outcome = solver.minimise(builder.build(), [Float64Array.of(1)], { seconds: 10, tolerance: 1e-9 });
    expect(outcome.status).toBe("infeasible");
    expect(outcome.status === "infeasible" && outcome.rows.length).toBeGreaterThan(0);
  });

  /**
   * E46: three silos of 100 (thousand), seven divisible projects. Each project is a segment of one person whose
   * optional track costs what the project costs and saves its benefit on an account of the silo's own.
   */
  describe("E46 pooled against siloed, divisible", () => {
    const projects = [
      ["a", "inburgering", 60, 150],
      ["b", "inburgering", 50, 70],
      ["g", "inburgering", 40, 60],
      ["c", "participatie", 40, 44],
      ["d", "participatie", 70, 84],
      ["e", "zorg", 80, 200],
      ["f", "zorg", 70, 182],
    ] as const;
    const silos = ["inburgering", "participatie", "zorg"];
    const optimal = { mode: "optimal" as const };
    const file: BusinessCase = {
      format: "ontschot/businesscase",
      version: 1,
      meta: { title: "E46", priceLevel: 2026 },
      time: {
        startYear: 2027,
        years: 1,
        inflowYears: 1,
        cyclesPerYear: 1,
        arrival: "start",
        occupancy: "start",
      },
      discounting: { rate: 0, timing: "start" },
      municipalities: [{ id: "stad", label: "Stad" }],
      parties: [{ id: "gemeente", label: "Gemeente", local: true }],
      perspectives: [{ id: "gemeente", label: "Gemeente", parties: ["gemeente"] }],
      parameters: [],
      accounts: [
        ...silos.map((id) => ({
          id,
          label: id,
          holder: "gemeente",
          envelope: 100_000,
          funds: projects.filter(([, silo]) => silo === id).map(([project]) => project),
        })),
        ...projects.map(([id]) => ({ id: `baten_${id}`, label: id, holder: "gemeente" })),
      ],
      states: [
        {
          id: "hier",
          label: "Hier",
          flows: projects.map(([id, , , benefit]) => ({ account: `baten_${id}`, amount: benefit * 1_000 })),
        },
      ],
      segments: projects.map(([id]) => ({
        id,
        label: id,
        referenceTrack: "niets",
        entry: { hier: 1 },
        inflow: { stad: 1 },
        transitions: [],
        flowFactors: Object.fromEntries(projects.map(([other]) => [`baten_${other}`, other === id ? 1 : 0])),
      })),
      interventions: projects.map(([id, , cost]) => ({
        id,
        label: id,
        costs: [{ amount: cost * 1_000 }],
        effects: [{ factor: 0, accounts: [`baten_${id}`] }],
      })),
      tracks: [
        { id: "niets", label: "Niets", interventions: [] },
        ...projects.map(([id]) => ({ id: `doe_${id}`, label: id, interventions: [id], segments: [id] })),
      ],
      scenarios: [
        { id: "apart", label: "Apart", allocation: optimal, objective: "gemeente" },
        { id: "samen", label: "Samen", pool: silos, allocation: optimal, objective: "gemeente" },
      ],
    };
    const benefits = projects.reduce((sum, [, , , benefit]) => sum + benefit, 0);
    const costs = { apart: 300, samen: 300 };
    const opened = openCase(JSON.stringify(file));
    if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
    const { model } = opened;
    const run = (id: string) =>
      runScenario(
        model,
        model.scenarios.findIndex((scenario) => scenario.id === id),
        solver,
      );
    /** What the projects bring: the benefits forgone are borne, and so are the payments. */
    const value = (id: "apart" | "samen") => benefits + costs[id] - (run(id).objective ?? 0) / 1_000;

    it("siloed 584, with duals 1.4, 1.1 and 2.5", () => {
      // Later stages may give up 10⁻⁹ of the objective, here of 506 thousand.
      expect(value("apart")).toBeCloseTo(584, 5);
      const duals = new Map(run("apart").duals.map((dual) => [model.accounts[dual.account]?.id, dual.worth]));
      // Worth is net of the euro itself: benefit per euro less 1.
      expect((duals.get("inburgering") ?? 0) + 1).toBeCloseTo(1.4, 9);
      expect((duals.get("participatie") ?? 0) + 1).toBeCloseTo(1.1, 9);
      expect((duals.get("zorg") ?? 0) + 1).toBeCloseTo(2.5, 9);
    });

    it("pooled 662", () => expect(value("samen")).toBeCloseTo(662, 5));
  });
});
