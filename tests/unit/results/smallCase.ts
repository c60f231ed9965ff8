import loadHighs from "highs";
import {
  createHighsSolver,
  type Model,
  runScenario,
  type ScenarioRun,
  type Solver,
  scenarioValues,
  type Values,
} from "../../../models/index.ts";
import type { SettledRun } from "../../../models/results/afterTransfers.ts";
import { settle } from "../../../models/results/settlement.ts";
import { type BusinessCase, validateCase } from "../../../scenarios/index.ts";

/**
 * A case that can be worked by hand. One cycle a year, everyone arrives at its start, three years, discount rate 0.
 * 10 people in `a`, 20 in `b`, all on benefit (1,000 a year on buig). A quarter of them finds work each year; with a
 * coach (400 at the start) half of them does. So per person on benefit at the start of years 0, 1, 2:
 * without 1, 0.75, 0.5625; with 1, 0.5, 0.25.
 */
export const smallCase: BusinessCase = {
  format: "ontschot/businesscase",
  version: 1,
  meta: { title: "Klein", priceLevel: 2026 },
  time: { startYear: 2027, years: 3, inflowYears: 1, cyclesPerYear: 1, arrival: "start", occupancy: "start" },
  discounting: { rate: 0, timing: "start", alsoAt: [0.25] },
  municipalities: [
    { id: "a", label: "A", inhabitants: 3000 },
    { id: "b", label: "B", inhabitants: 1000 },
  ],
  parties: [
    { id: "gemeente", label: "Gemeente", local: true },
    { id: "rijk", label: "Rijk" },
  ],
  perspectives: [
    { id: "gemeenten", label: "Gemeenten", parties: ["gemeente"] },
    { id: "alles", label: "Alles", parties: ["gemeente", "rijk"] },
  ],
  parameters: [
    {
      id: "uitkering",
      label: "Uitkering",
      unit: "EUR / year",
      value: 1000,
      source: { id: "norm", locator: "tabel 1" },
    },
    { id: "coachprijs", label: "Prijs van een coach", unit: "EUR", value: 400, kind: "assumed" },
  ],
  sources: [{ id: "norm", title: "Normbedragen", publisher: "SZW", year: 2026 }],
  accounts: [
    {
      id: "spuk",
      label: "SPUK",
      holder: "gemeente",
      funder: "rijk",
      envelope: 6000,
      funds: ["coach"],
      surplus: "repay",
      repayLag: 1,
      taakveld: "6.1",
    },
    { id: "buig", label: "BUIG", holder: "gemeente", taakveld: "6.3" },
  ],
  states: [
    { id: "bijstand", label: "Bijstand", flows: [{ account: "buig", amount: "uitkering" }] },
    { id: "werk", label: "Werk" },
  ],
  outcomes: [{ id: "aanHetWerk", label: "Aan het werk", weights: { werk: 1 } }],
  segments: [
    {
      id: "s",
      label: "Iedereen",
      referenceTrack: "basis",
      entry: { bijstand: 1 },
      inflow: { a: 10, b: 20 },
      transitionKind: "probability",
      transitions: [{ from: "bijstand", to: "werk", rate: 0.25 }],
    },
  ],
  interventions: [
    {
      id: "coach",
      label: "Coach",
      taakveld: "6.5",
      costs: [{ amount: "coachprijs" }],
      effects: [{ hazardRatio: 2, to: ["werk"] }],
    },
  ],
  tracks: [
    { id: "basis", label: "Basis", interventions: [] },
    { id: "plus", label: "Plus", interventions: ["coach"] },
  ],
  scenarios: [
    { id: "nul", label: "Nul", allocation: { mode: "reference" } },
    { id: "coach", label: "Met coach", allocation: { mode: "fixed", shares: { s: { plus: 1 } } } },
  ],
  reference: "nul",
};

let loaded: Solver | undefined;

/** The solver, loaded once. */
export async function solver(): Promise<Solver> {
  loaded ??= createHighsSolver(await loadHighs());
  return loaded;
}

/** A scenario of a case, run and settled against the case's reference. */
export interface Worked extends SettledRun {
  readonly run: ScenarioRun;
  readonly values: Values;
}

/** Opens a case; its faults end the test. */
export function open(file: BusinessCase): Model {
  const opened = validateCase(file);
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

/** Runs and settles one scenario and the reference of a case. */
export async function work(
  file: BusinessCase,
  scenario: string,
): Promise<{ model: Model; scenario: Worked; reference: Worked }> {
  const model = open(file);
  const highs = await solver();
  const base = runScenario(model, model.reference, highs);
  const worked = (index: number): Worked => {
    const run = index === model.reference ? base : runScenario(model, index, highs);
    const values = scenarioValues(model, index);
    return { run, values, settlement: settle(model, values, run, base) };
  };
  const index = model.scenarios.findIndex(({ id }) => id === scenario);
  return { model, scenario: worked(index), reference: worked(model.reference) };
}

/** The place of an id in a list of the model. */
export function place(list: readonly { readonly id: string }[], id: string): number {
  const index = list.findIndex((item) => item.id === id);
  if (index < 0) throw new Error(`no ${id}`);
  return index;
}
