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
import type { ComponentKind, CubeLine } from "./cube.ts";
import type { ScenarioRun } from "./scenarioRun.ts";
import { type AccountTotals, addInto, addTotals, payingSide, sideOf } from "./totals.ts";

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

/** Totals per purse: accounts of the region have one, at municipality 0. */
export function purseTotals(model: Model, totals: AccountTotals, kind: ComponentKind): Float64Array[][] {
  return model.accounts.map((account, index) => {
    const own = totals[kind][index] ?? [];
    if (isLocal(model, account)) return [...own];
    const region = new Float64Array(model.time.years);
    for (const amounts of own) addInto(region, amounts);
    return [region];
  });
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
    flows: purseTotals(model, run.totals, "state"),
    payments: purseTotals(model, run.totals, "intervention"),
    regime: purseTotals(model, run.totals, "regime"),
    executor: purseTotals(model, run.totals, "executor"),
    referenceFlows: purseTotals(model, reference.totals, "state"),
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
  return payingSide(model, line.account, line.municipality);
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
  return addTotals(costs, model, run.totals, ({ payer }, municipality) =>
    chosen(sideOf(model, payer, municipality)),
  );
}
