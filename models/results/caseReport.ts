import type { Model } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import { scenarioValues } from "../model/values.ts";
import { type PurseFigures, purseFigures } from "./afterTransfers.ts";
import { type BudgetView, budgetView } from "./budgetView.ts";
import type { CaseRun } from "./caseRun.ts";
import { type CohortFigures, cohortFigures } from "./cohorts.ts";
import { type ScenarioFigures, scenarioFigures } from "./figures.ts";
import { type LeavingPart, leavingPart } from "./leaving.ts";
import { type FiguresAtRate, figuresAtRates } from "./otherRates.ts";
import type { ScenarioRun, SharedCourses } from "./scenarioRun.ts";
import { type Settlement, settle } from "./settlement.ts";
import { type WrongPockets, wrongPockets } from "./wrongPockets.ts";

/** A run, its values and its settled purses. */
export interface SettledScenario {
  readonly run: ScenarioRun;
  readonly values: Values;
  readonly settlement: Settlement;
}

/** Everything that is shown of one scenario. */
export interface ScenarioReport extends SettledScenario {
  /** Before transfers. */
  readonly figures: ScenarioFigures;
  /** After transfers. */
  readonly purses: PurseFigures;
  readonly wrongPockets: WrongPockets;
  readonly atRates: readonly FiguresAtRate[];
  readonly leaving: LeavingPart;
  readonly cohorts: readonly CohortFigures[];
  readonly budget: BudgetView;
}

/** Everything that is shown of a case: scenarios in the order of the run, against one reference. */
export interface CaseReport {
  readonly reference: SettledScenario;
  readonly scenarios: readonly ScenarioReport[];
}

/**
 * Settles a run against its reference.
 *
 * @throws ModelError as settle
 */
export function settleRun(model: Model, run: ScenarioRun, reference: ScenarioRun): SettledScenario {
  const values = scenarioValues(model, run.scenario);
  return { run, values, settlement: settle(model, values, run, reference) };
}

/** A settled scenario with the figures that need no more than its purses. */
export interface SettledFigures {
  readonly settled: SettledScenario;
  readonly purses: PurseFigures;
  readonly atRates: readonly FiguresAtRate[];
}

/**
 * The figures after transfers of every run, in the order of the run.
 *
 * @throws ModelError as settle
 */
export function settleCase(model: Model, result: CaseRun): SettledFigures[] {
  const reference = settleRun(model, result.referenceRun, result.referenceRun);
  return result.runs.map((run) => {
    const settled = settleRun(model, run, result.referenceRun);
    return {
      settled,
      purses: purseFigures(model, settled, reference),
      atRates: figuresAtRates(model, settled.values, settled, reference),
    };
  });
}

/**
 * Draws up everything that is shown of a run: purses, figures before and after transfers, budget.
 *
 * @throws ModelError as settle and budgetView
 */
export function reportCase(model: Model, result: CaseRun): CaseReport {
  const reference = settleRun(model, result.referenceRun, result.referenceRun);
  const courses: SharedCourses = new Map();
  const scenarios = result.runs.map((run): ScenarioReport => {
    const settled = settleRun(model, run, result.referenceRun);
    const figures = scenarioFigures(model, run, result.referenceRun);
    return {
      ...settled,
      figures,
      purses: purseFigures(model, settled, reference),
      wrongPockets: wrongPockets(figures.parties),
      atRates: figuresAtRates(model, settled.values, settled, reference),
      leaving: leavingPart(model, settled, reference),
      cohorts: cohortFigures(model, settled, reference, courses),
      budget: budgetView(model, settled.values, settled, reference),
    };
  });
  return { reference, scenarios };
}
