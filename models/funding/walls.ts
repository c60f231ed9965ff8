import type { Account, Model, Scenario } from "../model/model.ts";

/** Whether the account takes part in the scenario's pool. */
export function isPooled(scenario: Scenario, account: number): boolean {
  return scenario.pool.includes(account);
}

/** Whether the account's holder is each municipality itself. */
export function isLocal(model: Model, account: Account): boolean {
  return account.holder === model.localParty;
}

/** Who bears a payment: the holder, but for money that is repaid when unspent its funder (model.md section 4, Objective). */
export function bearer(account: Account): number {
  return account.surplus === "repay" && account.funder !== null ? account.funder : account.holder;
}

/**
 * Whether the account may pay for the intervention in this scenario: its own `funds`, and inside the pool
 * whatever its earmark allows. An outside party pays no statutory work outside its `funds`.
 *
 * @source model.md section 4, Walls
 */
export function mayPay(
  model: Model,
  scenario: Scenario,
  accountIndex: number,
  intervention: number,
): boolean {
  const account = model.accounts[accountIndex];
  if (!account) return false;
  if (account.funds.includes(intervention)) return true;
  if (!isPooled(scenario, accountIndex)) return false;
  if (model.interventions[intervention]?.statutory && !isLocal(model, account)) return false;
  return (
    account.earmark === null ||
    account.earmark.includes(intervention) ||
    scenario.liftEarmarks.includes(accountIndex)
  );
}

/** Why a scenario is not lawful under present law; empty when it is. */
export interface Unlawfulness {
  readonly reason: "LIFTS_EARMARK" | "POOLS_EXCLUDED" | "CROSSES_BORDERS" | "REINVESTS_SAME_YEAR";
  readonly account: number | null;
}

/**
 * What present law does not allow in a scenario (model.md section 4, Lawfulness). Beside what stands there:
 * earmarked money that each municipality must account for and repay may not be spent for another one, so it
 * does not go into a pool of the region (docs/decisions/018).
 */
export function unlawfulness(model: Model, scenario: Scenario): Unlawfulness[] {
  const found: Unlawfulness[] = [];
  for (const account of scenario.liftEarmarks)
    if (model.accounts[account]?.earmark) found.push({ reason: "LIFTS_EARMARK", account });
  for (const account of scenario.pool)
    if (model.accounts[account]?.pooling === "excluded") found.push({ reason: "POOLS_EXCLUDED", account });
  if (scenario.scope === "regional")
    for (const index of scenario.pool) {
      const account = model.accounts[index];
      if (account?.earmark && account.surplus === "repay" && isLocal(model, account))
        found.push({ reason: "CROSSES_BORDERS", account: index });
    }
  if (scenario.reinvestSavings === "sameYear") found.push({ reason: "REINVESTS_SAME_YEAR", account: null });
  return found;
}

/**
 * Place of each account in the order of payment for one intervention, 1 = first: euros that lapse, then the
 * accounts meant for it, then `payOrder`, then id.
 *
 * @source model.md section 4, Objective, stage 4
 */
export function payRanks(model: Model, intervention: number): Int32Array {
  const order = model.accounts.map((account, index) => ({ account, index }));
  const flag = (value: boolean) => (value ? 0 : 1);
  order.sort(
    (a, b) =>
      flag(a.account.surplus === "repay") - flag(b.account.surplus === "repay") ||
      flag(a.account.funds.includes(intervention)) - flag(b.account.funds.includes(intervention)) ||
      a.account.payOrder - b.account.payOrder ||
      a.index - b.index,
  );
  const ranks = new Int32Array(model.accounts.length);
  for (const [place, { index }] of order.entries()) ranks[index] = place + 1;
  return ranks;
}
