import type { Solver } from "../core/linearProgramme.ts";
import type { Model } from "../model/model.ts";
import { type ScenarioFigures, scenarioFigures } from "./figures.ts";
import { type RunOptions, runScenario, type ScenarioRun, SharedRuns } from "./scenarioRun.ts";

/** The scenarios of a case, run and appraised against one reference. */
export interface CaseRun {
  readonly reference: number;
  /** In the order asked for. */
  readonly runs: readonly ScenarioRun[];
  readonly figures: readonly ScenarioFigures[];
  /** The reference's own run, also where it was not asked for. */
  readonly referenceRun: ScenarioRun;
}

/**
 * Runs scenarios of a case side by side; equal courses are simulated once for all of them.
 *
 * @param scenarios indices; default all, in the order of the file
 * @param reference index of the scenario to compare with; default the case's
 * @throws ModelError as runScenario
 */
export function runCase(
  model: Model,
  solver: Solver,
  scenarios: readonly number[] = byPosition(model.scenarios),
  reference: number = model.reference,
  options: RunOptions = {},
): CaseRun {
  const shared = { shared: new SharedRuns(model), ...options };
  const referenceRun = runScenario(model, reference, solver, shared);
  const runs = scenarios.map((scenario) =>
    scenario === reference ? referenceRun : runScenario(model, scenario, solver, shared),
  );
  return {
    reference,
    runs,
    figures: runs.map((run) => scenarioFigures(model, run, referenceRun)),
    referenceRun,
  };
}

/** Indices of a sorted list in the order of the file: the order in which a reader expects them. */
export function byPosition(list: readonly { readonly position: number }[]): number[] {
  return list.map((_, index) => index).sort((a, b) => (list[a]?.position ?? 0) - (list[b]?.position ?? 0));
}
