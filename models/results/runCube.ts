import { flowLags, type PersonMoney } from "../cohort/money.ts";
import type { Payment } from "../funding/allocation.ts";
import type { Cube, CubeLine } from "./cube.ts";
import { overYears, type PersonsInStates, type PersonsOnTrack, type ScenarioRun } from "./scenarioRun.ts";
import { addInto } from "./totals.ts";

/** Thousands of lines, which most figures do not need: made when somebody asks, and once per run. */
const cubes = new WeakMap<ScenarioRun, Cube>();

/**
 * The result cube of a run: what persons cost by state, what is paid for them by intervention, and what belongs to no
 * persons.
 *
 * @source model.md section 6
 */
export function cubeOf(run: ScenarioRun): Cube {
  const known = cubes.get(run);
  if (known) return known;
  const cube = [...run.tracks.flatMap((track) => stateLines(track)), ...paymentLines(run), ...run.regional];
  cubes.set(run, cube);
  return cube;
}

/** The state flows of the persons on a track. */
export function stateLines({
  municipality,
  segment,
  track,
  persons,
  money,
}: PersonsOnTrack & { readonly money: PersonMoney }): CubeLine[] {
  if (!persons.some((count) => count !== 0)) return [];
  return money.stateFlows.map((flow) => ({
    municipality,
    segment,
    track,
    account: flow.account,
    component: "state",
    index: flow.state,
    amounts: overYears(flowLags(flow), persons, flow.years.length),
  }));
}

/** What an account pays for the persons on a track. */
export function interventionLine(
  { municipality, segment, track }: PersonsOnTrack,
  account: number,
  intervention: number,
  amounts: Float64Array,
): CubeLine {
  return { municipality, segment, track, account, component: "intervention", index: intervention, amounts };
}

/** Attributes payments to segments and tracks in proportion to the cost paid for. */
function paymentLines(run: ScenarioRun): CubeLine[] {
  const byWork = new Map<string, Payment[]>();
  for (const payment of run.payments) {
    const key = `${payment.municipality} ${payment.intervention}`;
    const payments = byWork.get(key);
    if (payments) payments.push(payment);
    else byWork.set(key, [payment]);
  }
  const lines: CubeLine[] = [];
  for (const payments of byWork.values()) {
    const [first] = payments;
    if (!first) continue;
    const years = first.amounts.length;
    const costs = costsOf(run.tracks, first, years);
    const total = new Float64Array(years);
    for (const { amounts } of costs) addInto(total, amounts);
    for (const { account, intervention, amounts: paid } of payments) {
      if (!paid.some((amount) => amount !== 0)) continue;
      for (const { row, amounts } of costs) {
        const part = amounts.map((cost, year) =>
          total[year] ? ((paid[year] ?? 0) * cost) / total[year] : 0,
        );
        if (!part.some((amount) => amount !== 0)) continue;
        lines.push(interventionLine(row, account, intervention, part));
      }
    }
  }
  return lines;
}

function costsOf(
  tracks: readonly PersonsInStates[],
  { municipality, intervention }: Payment,
  years: number,
): { row: PersonsInStates; amounts: Float64Array }[] {
  return tracks.flatMap((row) => {
    const lags = row.money.costs[intervention];
    return lags && row.municipality === municipality
      ? [{ row, amounts: overYears(lags, row.persons, years) }]
      : [];
  });
}
