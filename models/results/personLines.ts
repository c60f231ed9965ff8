import type { Strata } from "../cohort/strata.ts";
import type { Model } from "../model/model.ts";
import type { CubeLine } from "./cube.ts";
import { interventionLine, stateLines } from "./runCube.ts";
import { overYears, type PersonsOnTrack, type ScenarioRun } from "./scenarioRun.ts";

/** Adds amounts into a sum under a key. */
function addInto(sums: Map<string, Float64Array>, key: string, amounts: Float64Array): void {
  const sum = sums.get(key);
  if (!sum) sums.set(key, amounts.slice());
  else for (const [year, amount] of amounts.entries()) sum[year] = (sum[year] ?? 0) + amount;
}

/** EUR per year that the interventions cost, by "municipality intervention". */
function workCosts(
  strata: Strata,
  tracks: readonly PersonsOnTrack[],
  years: number,
): Map<string, Float64Array> {
  const costs = new Map<string, Float64Array>();
  for (const { municipality, segment, track, persons } of tracks)
    for (const [intervention, lags] of strata.get(municipality, segment, track).money.costs.entries())
      if (lags) addInto(costs, `${municipality} ${intervention}`, overYears(lags, persons, years));
  return costs;
}

/**
 * The lines of the cube that belong to persons, for other persons or other courses than those of the run: state flows
 * anew, and each intervention paid by the same accounts in the same proportions as in the run. What costs money where
 * nothing was planned comes from general funds.
 *
 * @param planned strata of the run itself
 * @param strata strata of the courses wanted; the same ones, or courses that differ
 * @param persons persons per inflow year wanted on each track of the run
 */
export function personLines(
  model: Model,
  run: ScenarioRun,
  planned: Strata,
  strata: Strata,
  persons: (track: PersonsOnTrack) => Float64Array,
): CubeLine[] {
  const { years } = model.time;
  const lines: CubeLine[] = [];
  const costs = workCosts(planned, run.tracks, years);
  const general = model.accounts.length;
  for (const row of run.tracks) {
    const count = persons(row);
    if (!count.some((value) => value !== 0)) continue;
    const { municipality, segment, track } = row;
    const { money } = strata.get(municipality, segment, track);
    lines.push(...stateLines({ ...row, persons: count, money }));
    for (const [intervention, lags] of money.costs.entries()) {
      if (!lags) continue;
      const own = overYears(lags, count, years);
      const total = costs.get(`${municipality} ${intervention}`) ?? new Float64Array(years);
      const unplanned = own.map((amount, year) => (total[year] ? 0 : amount));
      const paid = run.payments.filter(
        (payment) => payment.municipality === municipality && payment.intervention === intervention,
      );
      const add = (account: number, amounts: Float64Array) => {
        if (amounts.some((amount) => amount !== 0))
          lines.push(interventionLine(row, account, intervention, amounts));
      };
      for (const { account, amounts } of paid)
        add(
          account,
          own.map((amount, year) => (total[year] ? (amount * (amounts[year] ?? 0)) / total[year] : 0)),
        );
      add(general, unplanned);
    }
  }
  return lines;
}
