import { openStrata } from "../cohort/strata.ts";
import type { Model } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import { type CubeLine, lineBearer, presentValue } from "./cube.ts";
import { personLines } from "./personLines.ts";
import type { ScenarioRun, SharedCourses } from "./scenarioRun.ts";

/** A run with the values it was made with. */
export interface ValuedRun {
  readonly run: ScenarioRun;
  readonly values: Values;
}

/** The entrants of one year, against the same entrants in the reference, before transfers. */
export interface CohortFigures {
  /** Calendar year of entry; null: costs of the region that belong to no entrant. */
  readonly year: number | null;
  readonly persons: number;
  /** Years of the horizon in which they are followed at least in part. */
  readonly followed: number;
  /** NPV in EUR per perspective and per party; over all cohorts and the region they sum to the scenario's. */
  readonly perspectives: readonly number[];
  readonly parties: readonly number[];
}

/** NPV per party of the fall from reference lines to scenario lines. */
export function npvPerParty(
  model: Model,
  factors: Float64Array,
  scenario: readonly CubeLine[],
  reference: readonly CubeLine[],
): number[] {
  const npv = model.parties.map(() => 0);
  const add = (lines: readonly CubeLine[], sign: number) => {
    for (const line of lines) {
      const party = lineBearer(model, line);
      if (party >= 0) npv[party] = (npv[party] ?? 0) + sign * presentValue(line.amounts, factors);
    }
  };
  add(reference, 1);
  add(scenario, -1);
  return npv;
}

/** Sums a figure per party to the perspectives. */
export function perPerspective(model: Model, parties: readonly number[]): number[] {
  return model.perspectives.map((perspective) =>
    perspective.parties.reduce((sum, party) => sum + (parties[party] ?? 0), 0),
  );
}

/**
 * Takes the NPV apart by year of entry. A payment is divided over the cohorts in proportion to the costs they cause.
 *
 * @source model.md section 6, cohort by cohort; exact because courses are linear in entrants
 */
export function cohortFigures(
  model: Model,
  scenario: ValuedRun,
  reference: ValuedRun,
  courses: SharedCourses = new Map(),
): CohortFigures[] {
  const { startYear, years, inflowYears, followUp } = model.time;
  const { factors } = scenario.run;
  const strata = [scenario, reference].map(({ values }) => openStrata(model, values, courses));
  const linesOf = (side: 0 | 1, cohort: number) => {
    const [run, own] = [side === 0 ? scenario.run : reference.run, strata[side]];
    if (!own) return [];
    return personLines(model, run, own, own, ({ persons }) =>
      persons.map((count, year) => (year === cohort ? count : 0)),
    );
  };
  const regional = (run: ScenarioRun) => run.regional;
  const figures = (
    year: number | null,
    persons: number,
    followed: number,
    parties: number[],
  ): CohortFigures => ({ year, persons, followed, parties, perspectives: perPerspective(model, parties) });
  const cohorts = Array.from({ length: inflowYears }, (_, cohort) =>
    figures(
      startYear + cohort,
      scenario.run.tracks.reduce((sum, { persons }) => sum + (persons[cohort] ?? 0), 0),
      Math.min(followUp, years - cohort),
      npvPerParty(model, factors, linesOf(0, cohort), linesOf(1, cohort)),
    ),
  );
  const region = npvPerParty(model, factors, regional(scenario.run), regional(reference.run));
  return [...cohorts, figures(null, 0, 0, region)];
}
