import { Purse, type PurseAmounts, type PurseRules } from "../funding/settlement/purse.ts";
import { type OpenPurse, settleAccount } from "../funding/settlement/settlement.ts";
import { type Book, Bookkeeper } from "../funding/settlement/transfers.ts";
import { isLocal } from "../funding/walls.ts";
import type { Account, Model, Slot } from "../model/model.ts";
import type { AccountTotals } from "../results/totals.ts";
import type { Column, ColumnPlan } from "./columns.ts";

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** One purse of a scenario, with its rules and amounts as columns. */
interface PursePlan extends OpenPurse {
  readonly rules: Writable<PurseRules> & { feedback: { after: number; share: number }[] };
  amounts: PurseAmounts & { history: number[] };
  readonly carryOver: Column;
  readonly shares: readonly Column[];
  readonly grant: readonly Column[] | null;
  readonly other: readonly Column[];
  readonly history: readonly Column[];
  /** Whether a drawn parameter moves these. */
  readonly moves: { readonly grant: boolean; readonly other: boolean };
}

/** Settles every purse of a scenario in a draw, with the rules of the settlement itself; mirrors settlePurses. */
export class PursesPlan {
  readonly purses: readonly (readonly PursePlan[])[];
  private readonly bookkeeper: Bookkeeper;
  private readonly shared: ReadonlySet<number>;
  private bound = false;

  constructor(
    private readonly model: Model,
    columns: ColumnPlan,
    scenario: number,
  ) {
    const data = model.scenarios[scenario];
    this.bookkeeper = new Bookkeeper(model);
    this.shared = new Set(data?.scope === "regional" ? data.pool : []);
    const { years, startYear } = model.time;
    this.purses = model.accounts.map((account, index) => {
      const places = isLocal(model, account) ? model.municipalities.map((_, place) => place) : [null];
      const funded = account.funder !== null && account.funder !== account.holder;
      return places.map((municipality): PursePlan => {
        const read = (slot: Slot) => columns.slot(slot, municipality, scenario);
        const amount = () => new Float64Array(years);
        const rules = {
          startYear,
          carryOver: 0,
          repays: account.surplus === "repay" && funded,
          carriesDeficit: account.deficit === "carry",
          backstop: account.backstop,
          feedback: account.grantFeedback.map(({ after }) => ({ after, share: 0 })),
        };
        const amounts = {
          grant: amount(),
          other: amount(),
          flows: amount(),
          payments: amount(),
          regime: amount(),
          executor: amount(),
          referenceFlows: amount(),
          history: account.history.map(() => 0),
        };
        const grant = account.grant?.map(read) ?? null;
        const other = account.other.map(read);
        const moves = (columns: readonly Column[] | null) =>
          columns?.some(({ constant }) => !constant) === true;
        return {
          account: index,
          municipality,
          stated: account.grant !== null,
          rules,
          amounts,
          purse: new Purse(rules, amounts),
          carryOver: columns.slot(account.carryOver, null, scenario),
          shares: account.grantFeedback.map(({ share }) => read(share)),
          grant,
          other,
          history: account.history.map(read),
          moves: { grant: moves(grant), other: moves(other) },
        };
      });
    });
  }

  /**
   * Settles a draw.
   *
   * @param envelopes EUR/year in the draw, [account][municipality]
   * @param reference totals of the reference scenario in the same draw
   */
  settle(
    draw: number,
    totals: AccountTotals,
    envelopes: readonly (readonly Float64Array[])[],
    reference: AccountTotals,
    book: Book,
  ): void {
    if (!this.bound) this.bind(totals, reference);
    const { accounts } = this.model;
    for (let index = 0; index < accounts.length; index += 1) {
      const account = accounts[index] as Account;
      const plans = this.purses[index] as readonly PursePlan[];
      for (const plan of plans) this.open(plan, draw, totals, envelopes, reference);
      settleAccount(this.model, account, plans, this.shared.has(index), this.bookkeeper, book);
    }
  }

  /** Lets the purses of a municipality read its totals where they stand, and fills what no draw moves. */
  private bind(totals: AccountTotals, reference: AccountTotals): void {
    this.bound = true;
    for (const plan of this.purses.flat()) {
      const { account, municipality, amounts } = plan;
      perYear(amounts.other, plan.other, 0);
      if (plan.grant) perYear(amounts.grant, plan.grant, 0);
      if (municipality === null) continue;
      const at = (part: readonly (readonly Float64Array[])[], own: Float64Array) =>
        part[account]?.[municipality] ?? own;
      plan.amounts = {
        ...amounts,
        flows: at(totals.state, amounts.flows),
        payments: at(totals.intervention, amounts.payments),
        regime: at(totals.regime, amounts.regime),
        executor: at(totals.executor, amounts.executor),
        referenceFlows: at(reference.state, amounts.referenceFlows),
      };
    }
  }

  private open(
    plan: PursePlan,
    draw: number,
    totals: AccountTotals,
    envelopes: readonly (readonly Float64Array[])[],
    reference: AccountTotals,
  ): void {
    const { rules, amounts, account, municipality } = plan;
    rules.carryOver = plan.carryOver.values[draw] as number;
    for (let at = 0; at < plan.shares.length; at += 1)
      (rules.feedback[at] as { share: number }).share = plan.shares[at]?.values[draw] as number;
    for (let at = 0; at < plan.history.length; at += 1)
      amounts.history[at] = plan.history[at]?.values[draw] as number;
    if (municipality === null) {
      gather(amounts.flows, totals.state[account]);
      gather(amounts.payments, totals.intervention[account]);
      gather(amounts.regime, totals.regime[account]);
      gather(amounts.executor, totals.executor[account]);
      gather(amounts.referenceFlows, reference.state[account]);
    }
    if (plan.moves.other) perYear(amounts.other, plan.other, draw);
    if (plan.grant) {
      if (plan.moves.grant) perYear(amounts.grant, plan.grant, draw);
    } else {
      const { grant, referenceFlows } = amounts;
      const envelope = envelopes[account]?.[municipality ?? 0] as Float64Array;
      for (let year = 0; year < grant.length; year += 1)
        grant[year] = (envelope[year] as number) + (referenceFlows[year] as number);
    }
    plan.purse.restart(rules, amounts);
  }
}

/** Sums the totals of the region. */
function gather(into: Float64Array, from: readonly Float64Array[] | undefined): void {
  into.fill(0);
  if (!from) return;
  for (const amounts of from)
    for (let year = 0; year < into.length; year += 1)
      into[year] = (into[year] as number) + (amounts[year] as number);
}

/** A list per year: the last holds on. */
function perYear(into: Float64Array, columns: readonly Column[], draw: number): void {
  for (let year = 0; year < into.length; year += 1)
    into[year] = columns[Math.min(year, columns.length - 1)]?.values[draw] ?? 0;
}
