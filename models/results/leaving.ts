import { openStrata } from "../cohort/strata.ts";
import type { Model } from "../model/model.ts";
import { npvPerParty, perPerspective, type ValuedRun } from "./cohorts.ts";
import { type CubeLine, NONE } from "./cube.ts";
import { personLines } from "./personLines.ts";
import { cubeOf } from "./runCube.ts";

/** The part of the NPV that is due to people leaving, EUR, before transfers. */
export interface LeavingPart {
  readonly perspectives: readonly number[];
  readonly parties: readonly number[];
}

/** The same case in which nobody moves to a state that is an exit. */
export function closeExits(model: Model): Model {
  return {
    ...model,
    segments: model.segments.map((segment) => ({
      ...segment,
      transitions: segment.transitions.filter(({ to }) => model.states[to]?.exit !== true),
    })),
  };
}

/**
 * The part of the NPV that is due to people leaving: the NPV less what it would be if nobody left, with the same
 * persons on the same tracks in scenario and reference and every cost paid in the same proportions.
 *
 * A track that looks good because people move away shows it here.
 *
 * @source model.md section 6; docs/decisions/009-the-part-due-to-leaving.md
 */
export function leavingPart(model: Model, scenario: ValuedRun, reference: ValuedRun): LeavingPart {
  const closed = closeExits(model);
  const staying = ({ run, values }: ValuedRun): CubeLine[] =>
    personLines(model, run, openStrata(model, values), openStrata(closed, values), ({ persons }) => persons);
  const { factors } = scenario.run;
  const ofPersons = (lines: readonly CubeLine[]) => lines.filter((line) => line.segment !== NONE);
  const asIs = npvPerParty(model, factors, ofPersons(cubeOf(scenario.run)), ofPersons(cubeOf(reference.run)));
  const stay = npvPerParty(model, factors, staying(scenario), staying(reference));
  const parties = asIs.map((npv, party) => npv - (stay[party] ?? 0));
  return { parties, perspectives: perPerspective(model, parties) };
}
