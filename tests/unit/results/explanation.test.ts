import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runScenario, scenarioValues } from "../../../models/index.ts";
import {
  type ExplainedRuns,
  explainFigure,
  type FigureMeasure,
  type FigureName,
  figureValue,
  headlineFigures,
  leavesOf,
  parseFigure,
} from "../../../models/results/explanation.ts";
import { settle } from "../../../models/results/settlement.ts";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";
import { open, place, smallCase, solver, work } from "./smallCase.ts";

describe("a figure taken apart", async () => {
  const { model, scenario, reference } = await work(smallCase, "coach");
  const runs: ExplainedRuns = { scenario, reference };
  const find = (path: string): FigureName => {
    const figure = parseFigure(model, path);
    if (!figure) throw new Error(path);
    return figure;
  };
  const leaves = (path: string) => leavesOf(explainFigure(model, runs, find(path)));

  it("names persons, rate, amount, parameter and place", () => {
    // a: 10 persons, on benefit 1 + 0.75 + 0.5625 years without a coach and 1 + 0.5 + 0.25 with, at 1,000
    const found = leaves("npv/gemeenten/coach").filter(
      (leaf) => leaf.kind === "state" && leaf.municipality === place(model.municipalities, "a"),
    );
    expect(
      found.map(({ side, persons, rate, amount, value }) => ({ side, persons, rate, amount, value })),
    ).toEqual([
      {
        side: "reference",
        persons: 10,
        rate: expect.closeTo(2.3125, 12),
        amount: 1000,
        value: expect.closeTo(23_125, 8),
      },
      {
        side: "scenario",
        persons: 10,
        rate: expect.closeTo(1.75, 12),
        amount: 1000,
        value: expect.closeTo(-17_500, 8),
      },
    ]);
    expect(found[0]?.path).toBe("states/bijstand/flows/0/amount");
    expect(found[0]?.amountParameters).toEqual([place(model.parameters, "uitkering")]);
    expect(found[0]?.year).toBe(2027);
  });

  it("shows who pays for the work: in b the SPUK three quarters, general funds the rest", () => {
    const b = place(model.municipalities, "b");
    const of = (path: string) =>
      leaves(path).filter((leaf) => leaf.kind === "intervention" && leaf.municipality === b);
    expect(
      of("npv/alles/coach").map(({ account, rate, amount, unit, value }) => [
        account,
        rate,
        amount,
        unit,
        value,
      ]),
    ).toEqual(
      expect.arrayContaining([
        [place(model.accounts, "spuk"), 0.75, 400, "once", -6000],
        [model.accounts.length, 0.25, 400, "once", -2000],
      ]),
    );
    // Before transfers the SPUK is money of the Rijk; after transfers the municipality pays and gets less back to repay.
    expect(of("npv/gemeenten/coach").map(({ value }) => value)).toEqual([-2000]);
    expect(of("npv/b/coach").reduce((sum, { value }) => sum + value, 0)).toBe(-8000);
    expect(leaves("npv/b/coach").find(({ kind }) => kind === "repay")).toMatchObject({
      value: 6000,
      year: 2028,
      amount: 6000,
    });
  });

  it("has nothing to explain where nothing differs", () => {
    expect(leavesOf(explainFigure(model, { scenario: reference, reference }, find("npv/alles/nul")))).toEqual(
      [],
    );
  });

  it("splits costs and benefits", () => {
    for (const path of ["costs/alles/coach", "benefits/alles/coach", "costs/rijk/coach"])
      expect(explainFigure(model, runs, find(path)).value).toBeCloseTo(
        figureValue(model, runs, find(path)),
        8,
      );
    expect(explainFigure(model, runs, find("costs/alles/coach")).value).toBeCloseTo(12_000, 8);
  });

  it("reads paths, and refuses what it does not know", () => {
    expect(find("npv/a/coach").owner).toEqual({ kind: "municipality", index: 0 });
    expect(find("npv/party:gemeente/coach").owner.kind).toBe("party");
    for (const path of [
      "npv/nobody/coach",
      "npv/a",
      "npv/a/coach/x",
      "rate/a/coach",
      "npv/party:a/coach",
      "",
    ])
      expect(parseFigure(model, path), path).toBeNull();
  });
});

describe("costs of region and executors", async () => {
  // A one-off of 1,000 and 200 a year from 2028, 3/4 for a by inhabitants; an executor of 90 a year, shared 1 : 2.
  const file: BusinessCase = {
    ...smallCase,
    executors: [
      {
        id: "dienst",
        label: "Dienst",
        costs: [{ account: "buig", perYear: 90, key: { shares: { a: 1 / 3, b: 2 / 3 } } }],
      },
    ],
    scenarios: smallCase.scenarios.map((scenario) =>
      scenario.id === "coach"
        ? {
            ...scenario,
            costs: [
              { account: "buig", oneOff: 1000 },
              { account: "buig", perYear: 200, from: 2028 },
            ],
          }
        : scenario,
    ),
  };
  const { model, scenario, reference } = await work(file, "coach");

  it("are leaves of their own; what both sides pay falls away", () => {
    const figure = parseFigure(model, "npv/a/coach");
    if (!figure) throw new Error("figure");
    const found = leavesOf(explainFigure(model, { scenario, reference }, figure)).filter(
      ({ kind }) => kind !== "state",
    );
    const regional = found.filter(({ kind }) => kind === "regime" || kind === "executor");
    expect(regional.map(({ rate, amount, value }) => [rate, amount, value])).toEqual([
      [0.75, 1000, -750],
      [1.5, 200, -300],
    ]);
  });
});

const folders = ["../../golden/cases/", "../../../scenarios/data/"].map(
  (path) => new URL(path, import.meta.url),
);
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".expected.json"))
    .map((name) => ({ name, url: new URL(name, folder) })),
);

describe.each(files)("every headline of $name", ({ url }) => {
  it("is the sum of its leaves", async () => {
    const opened = openCase(readFileSync(url, "utf8"));
    if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
    const model = open(opened.caseFile);
    const highs = await solver();
    const base = runScenario(model, model.reference, highs);
    const worked = (index: number) => {
      const run = index === model.reference ? base : runScenario(model, index, highs);
      const values = scenarioValues(model, index);
      return { run, values, settlement: settle(model, values, run, base) };
    };
    const reference = worked(model.reference);
    for (const index of model.scenarios.keys()) {
      const runs = { scenario: worked(index), reference };
      // The NPV itself is before transfers for all but a municipality.
      const measures = ({ owner }: FigureName): FigureMeasure[] => [
        "npv",
        owner.kind === "municipality" ? "npvBefore" : "npvAfter",
        "costs",
        "benefits",
      ];
      const figures = headlineFigures(model, index).flatMap((headline) =>
        measures(headline).map((measure) => ({ ...headline, measure })),
      );
      for (const figure of figures) {
        const wanted = figureValue(model, runs, figure);
        const tree = explainFigure(model, runs, figure);
        const leaves = leavesOf(tree);
        const sum = leaves.reduce((total, leaf) => total + leaf.value, 0);
        const what = `${model.scenarios[index]?.id} ${figure.measure} ${figure.owner.kind} ${figure.owner.index}`;
        // A millionth of a euro where the figure is zero but for the rounding of float64.
        const allowed = Math.max(1e-6, 1e-9 * Math.abs(wanted));
        expect(Math.abs(sum - wanted), `${what}: ${sum} against ${wanted}`).toBeLessThanOrEqual(allowed);
        expect(Math.abs(tree.value - wanted), what).toBeLessThanOrEqual(allowed);
      }
    }
    // The largest case has some five hundred headlines of twenty thousand leaves.
  }, 300_000);
});
