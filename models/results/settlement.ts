import { discountFactors } from "../core/discounting.ts";
import {
  type AccountAmounts,
  type SettledPurse,
  settlePurses,
  settlingYears,
} from "../funding/settlement/settlement.ts";
import type { Side, Transfer } from "../funding/settlement/transfers.ts";
import { transferCosts } from "../funding/settlement/transfers.ts";
import { isLocal } from "../funding/walls.ts";
import type { Model } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import type { ComponentKind, Cube, CubeLine } from "./cube.ts";
import type { ScenarioRun } from "./scenarioRun.ts";

/** What each purse of a scenario is left with, and who owes whom (model.md section 5). Plain data. */
export interface Settlement {
  readonly scenario: number;
  readonly reference: number;
  /** Years of cash: the horizon, and after it the years in which the last settlements are paid. */
  readonly years: number;
  /** Discount factor per year of cash. */
  readonly factors: Float64Array;
  readonly purses: readonly SettledPurse[];
  readonly transfers: readonly Transfer[];
}

/** Sums a component of the cube per account and municipality; accounts of the region at municipality 0. */
function perAccount(model: Model, cube: Cube, component: ComponentKind): Float64Array[][] {
  const sums = model.accounts.map(() => model.municipalities.map(() => new Float64Array(model.time.years)));
  for (const line of cube) {
    const account = model.accounts[line.account];
    if (line.component !== component || !account) continue;
    const sum = sums[line.account]?.[isLocal(model, account) ? line.municipality : 0];
    if (sum) for (const [year, amount] of line.amounts.entries()) sum[year] = (sum[year] ?? 0) + amount;
  }
  return sums;
}

/**
 * Settles every purse of a run.
 *
 * @param values the values of the run's scenario
 * @param reference the run whose flows are in the default grant, and against which feedback counts savings
 * @throws ModelError FEEDBACK_WITHOUT_FUNDER, or NOT_FINITE with the path of a slot
 * @source model.md section 5
 */
export function settle(model: Model, values: Values, run: ScenarioRun, reference: ScenarioRun): Settlement {
  const scenario = model.scenarios[run.scenario];
  const amounts: AccountAmounts = {
    envelopes: run.envelopes,
    flows: perAccount(model, run.cube, "state"),
    payments: perAccount(model, run.cube, "intervention"),
    regime: perAccount(model, run.cube, "regime"),
    executor: perAccount(model, run.cube, "executor"),
    referenceFlows: perAccount(model, reference.cube, "state"),
  };
  const shared = scenario?.scope === "regional" ? scenario.pool : [];
  const years = model.time.years + settlingYears(model);
  return {
    scenario: run.scenario,
    reference: reference.scenario,
    years,
    factors: discountFactors(run.rate, years, model.discounting.timing),
    ...settlePurses(model, values, amounts, shared),
  };
}

/** The side that pays a line of the cube itself: the holder of its account, the municipality for general funds. */
export function linePayer(model: Model, line: CubeLine): Side {
  const party = model.accounts[line.account]?.holder ?? model.localParty;
  return { party, municipality: party === model.localParty ? line.municipality : null };
}

/**
 * What the chosen sides bear after transfers, EUR per year of cash: what their own accounts pay, and what they
 * transfer less what they are transferred.
 */
export function costsAfterTransfers(
  model: Model,
  run: ScenarioRun,
  settlement: Settlement,
  chosen: (side: Side) => boolean,
): Float64Array {
  const costs = transferCosts(settlement.transfers, settlement.years, chosen);
  for (const line of run.cube) {
    if (!chosen(linePayer(model, line))) continue;
    for (const [year, amount] of line.amounts.entries()) costs[year] = (costs[year] ?? 0) + amount;
  }
  return costs;
}
