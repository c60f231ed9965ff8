import type { Stratum } from "../cohort/strata.ts";
import { netPresentValue } from "../core/discounting.ts";
import type { Model, Scenario } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import { isPooled, mayPay } from "./walls.ts";

/** Slack on the willingness test, EUR (model.md section 4). */
const SLACK_EUR = 1e-6;

const presentValue = (lags: Float64Array | null | undefined, factors: Float64Array) =>
  lags ? netPresentValue(lags, factors) : 0;

/**
 * The accounts that are willing to pay for a track of a segment, by their own benefit or by policy; those in the
 * pool decide together.
 *
 * @param track the stratum of the track
 * @param reference the stratum of the segment's reference track
 * @param factors discount factor per year
 * @returns per account: willing or not
 * @source model.md section 4, Willingness
 */
export function willingAccounts(
  model: Model,
  scenario: Scenario,
  values: Values,
  track: Stratum,
  reference: Stratum,
  factors: Float64Array,
): boolean[] {
  const optional = (model.tracks[track.track]?.interventions ?? []).filter(
    (index) => !model.interventions[index]?.statutory,
  );
  const benefit = (account: number) =>
    presentValue(reference.money.flows[account], factors) - presentValue(track.money.flows[account], factors);
  const costOf = (payable: (intervention: number) => boolean) =>
    optional.filter(payable).reduce((sum, index) => sum + presentValue(track.money.costs[index], factors), 0);

  let poolWilling = true;
  if (scenario.hurdle !== null && scenario.pool.length > 0) {
    const benefits = scenario.pool.reduce((sum, account) => sum + benefit(account), 0);
    const cost = costOf((index) => scenario.pool.some((account) => mayPay(model, scenario, account, index)));
    poolWilling = benefits >= values.region(scenario.hurdle) * cost - SLACK_EUR;
  }
  return model.accounts.map((account, index) => {
    if (isPooled(scenario, index)) return poolWilling;
    if (account.hurdle === null) return true;
    const cost = costOf((intervention) => mayPay(model, scenario, index, intervention));
    return benefit(index) >= values.region(account.hurdle) * cost - SLACK_EUR;
  });
}

/** Why a track is or is not open to a segment in a municipality. */
export type Openness =
  | { readonly open: true; readonly willing: readonly boolean[] }
  | {
      readonly open: false;
      readonly reason: "JOINT_DELIVERY" | "NO_WILLING_ACCOUNT";
      readonly intervention: number | null;
    };

/**
 * Whether a track other than the reference is open: joint delivery where it needs it, and for each optional
 * intervention a willing account that may pay it.
 */
export function openness(
  model: Model,
  scenario: Scenario,
  values: Values,
  track: Stratum,
  reference: Stratum,
  factors: Float64Array,
): Openness {
  const data = model.tracks[track.track];
  if (data?.requiresJointDelivery && !scenario.jointDelivery)
    return { open: false, reason: "JOINT_DELIVERY", intervention: null };
  const willing = willingAccounts(model, scenario, values, track, reference, factors);
  for (const intervention of data?.interventions ?? []) {
    if (model.interventions[intervention]?.statutory) continue;
    const paid = willing.some((yes, account) => yes && mayPay(model, scenario, account, intervention));
    if (!paid) return { open: false, reason: "NO_WILLING_ACCOUNT", intervention };
  }
  return { open: true, willing };
}
