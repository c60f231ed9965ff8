import { describe, expect, it } from "vitest";
import { cohortFigures } from "../../../models/results/cohorts.ts";
import { scenarioFigures } from "../../../models/results/figures.ts";
import { leavingPart } from "../../../models/results/leaving.ts";
import type { BusinessCase } from "../../../scenarios/index.ts";
import { place, smallCase, work } from "./smallCase.ts";

describe("cohort by cohort", async () => {
  // Two years of entry, and a regime cost of 900 that belongs to nobody. Of the entrants of 2028 two years are seen:
  // benefits without 1, 0.75, with 1, 0.5: 30 · 250 = 7,500 saved against 30 · 562.5 = 16,875 of the first.
  const file: BusinessCase = {
    ...smallCase,
    time: { ...smallCase.time, inflowYears: 2 },
    scenarios: smallCase.scenarios.map((scenario) =>
      scenario.id === "coach" ? { ...scenario, costs: [{ account: "buig", oneOff: 900 }] } : scenario,
    ),
  };
  const { model, scenario, reference } = await work(file, "coach");
  const cohorts = cohortFigures(model, scenario, reference);
  const all = place(model.perspectives, "alles");

  it("gives each year of entry its own", () => {
    expect(cohorts.map(({ year, persons, followed }) => [year, persons, followed])).toEqual([
      [2027, 30, 3],
      [2028, 30, 2],
      [null, 0, 0],
    ]);
    // less 30 coaches at 400
    expect(cohorts.map(({ perspectives }) => perspectives[all])).toEqual([
      expect.closeTo(16_875 - 12_000, 8),
      expect.closeTo(7_500 - 12_000, 8),
      expect.closeTo(-900, 8),
    ]);
  });

  it("sums to the scenario's figures", () => {
    const figures = scenarioFigures(model, scenario.run, reference.run);
    for (const party of model.parties.keys()) {
      const sum = cohorts.reduce((total, cohort) => total + (cohort.parties[party] ?? 0), 0);
      expect(sum).toBeCloseTo(figures.parties[party]?.npv ?? Number.NaN, 7);
    }
  });
});

describe("the part that is due to leaving", async () => {
  // Half of all leave each year; the coach halves the benefit of who stays.
  // With leaving: 1 + 0.5 + 0.25 = 1.75 years at 500 saved = 875 a person. Without: 3 years at 500 = 1,500.
  // The coach costs 400 either way. So 30 · (875 − 1,500) = −18,750.
  const file: BusinessCase = {
    ...smallCase,
    states: [...smallCase.states, { id: "weg", label: "Vertrokken", exit: true }],
    segments: smallCase.segments.map((segment) => ({
      ...segment,
      transitions: [{ from: "bijstand", to: "weg", rate: 0.5 }],
    })),
    interventions: smallCase.interventions.map((coach) => ({
      ...coach,
      effects: [{ factor: 0.5, accounts: ["buig"] }],
    })),
  };
  const { model, scenario, reference } = await work(file, "coach");
  const gemeente = place(model.parties, "gemeente");

  it("is the NPV less the NPV if nobody left", () => {
    const part = leavingPart(model, scenario, reference);
    expect(part.parties[gemeente]).toBeCloseTo(-18_750, 8);
    expect(part.perspectives[place(model.perspectives, "alles")]).toBeCloseTo(-18_750, 8);
  });

  it("is nothing where nobody can leave", async () => {
    const still = await work(smallCase, "coach");
    for (const part of leavingPart(still.model, still.scenario, still.reference).parties)
      expect(Math.abs(part)).toBeLessThan(1e-9);
  });

  it("pays what is not planned from general funds", async () => {
    // A second fee of 100 for who is still on benefit in year 1: nobody is, all have left; if nobody left, it is paid.
    const later = await work(
      {
        ...file,
        segments: file.segments.map((segment) => ({
          ...segment,
          transitions: [{ from: "bijstand", to: "weg", rate: 1 }],
        })),
        interventions: file.interventions.map((coach) => ({
          ...coach,
          costs: [{ amount: "coachprijs" }, { at: 12, amount: 100 }],
        })),
      },
      "coach",
    );
    // As is: 30 · 500 − 30 · 400. If nobody left: 30 · 1,500 − 30 · 400 − 30 · 100. Leaving: −30,000 + 3,000
    const part = leavingPart(later.model, later.scenario, later.reference);
    expect(part.perspectives[place(later.model.perspectives, "alles")]).toBeCloseTo(-27_000, 8);
  });
});
