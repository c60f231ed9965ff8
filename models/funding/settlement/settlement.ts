import { ModelError } from "../../core/errors.ts";
import type { Account, Model, Slot } from "../../model/model.ts";
import type { Reader, Values } from "../../model/reader.ts";
import { isLocal } from "../walls.ts";
import { Purse, type PurseAmounts, type PurseRules, type PurseYears } from "./purse.ts";
import { type Book, Bookkeeper, type Transfer, type TransferKind } from "./transfers.ts";

/** What a run puts on the accounts, EUR per year: [account][municipality]; purses of the region at municipality 0. */
export interface AccountAmounts {
  readonly envelopes: readonly (readonly Float64Array[])[];
  readonly flows: readonly (readonly Float64Array[])[];
  readonly payments: readonly (readonly Float64Array[])[];
  readonly regime: readonly (readonly Float64Array[])[];
  readonly executor: readonly (readonly Float64Array[])[];
  /** Flows of the reference scenario. */
  readonly referenceFlows: readonly (readonly Float64Array[])[];
}

/** A purse, its rules and what became of it. Plain data. */
export interface SettledPurse {
  readonly account: number;
  /** null: one purse for the region. */
  readonly municipality: number | null;
  /** Whether the grant is given in the file, and not the envelope plus the reference's flows. */
  readonly stated: boolean;
  readonly rules: PurseRules;
  readonly amounts: PurseAmounts;
  readonly years: PurseYears;
}

export interface SettledPurses {
  readonly purses: readonly SettledPurse[];
  readonly transfers: readonly Transfer[];
}

/** Years beyond the horizon in which the last repayments and backstops are paid. */
export function settlingYears(model: Model): number {
  return model.accounts.reduce(
    (most, { repayLag, surplus, backstop }) =>
      Math.max(most, surplus === "repay" ? repayLag : 0, backstop?.lag ?? 0),
    0,
  );
}

function perYear(slots: readonly Slot[], read: Reader, years: number): Float64Array {
  const values = slots.map(read);
  return Float64Array.from({ length: years }, (_, year) => values[Math.min(year, values.length - 1)] ?? 0);
}

/** The rules of an account, resolved to numbers. */
export function rulesOf(model: Model, account: Account, read: Reader, region: Reader): PurseRules {
  const funded = account.funder !== null && account.funder !== account.holder;
  if (account.grantFeedback.length > 0 && !funded)
    throw new ModelError({
      code: "FEEDBACK_WITHOUT_FUNDER",
      path: `accounts/${account.id}/grantFeedback`,
      found: null,
      expected: "funder",
    });
  return {
    startYear: model.time.startYear,
    carryOver: region(account.carryOver),
    repays: account.surplus === "repay" && funded,
    carriesDeficit: account.deficit === "carry",
    backstop: account.backstop,
    feedback: account.grantFeedback.map(({ after, share }) => ({ after, share: read(share) })),
  };
}

/** A purse that is being settled. */
export interface OpenPurse {
  readonly account: number;
  readonly municipality: number | null;
  readonly stated: boolean;
  readonly rules: PurseRules;
  readonly amounts: PurseAmounts;
  readonly purse: Purse;
}

/**
 * Settles every purse: one per account and municipality where the holder is local, else one for the region.
 *
 * @param shared accounts that are one pot for the region: a municipality that pays more from them than its own part
 *   holds is helped by those with something left, in proportion to what they have left
 * @throws ModelError FEEDBACK_WITHOUT_FUNDER, or NOT_FINITE with the path of a slot
 * @source model.md section 5
 */
export function settlePurses(
  model: Model,
  values: Values,
  run: AccountAmounts,
  shared: readonly number[],
): SettledPurses {
  const purses: SettledPurse[] = [];
  const transfers: Transfer[] = [];
  const bookkeeper = new Bookkeeper(model);
  const book: Book = ({ kind, account, booked, cash }, from, to, amount) =>
    transfers.push({ kind, account, from, to, booked, cash, amount });
  for (const [index, account] of model.accounts.entries()) {
    const opened = openPurses(model, values, run, index, account);
    settleAccount(model, account, opened, shared.includes(index), bookkeeper, book);
    for (const { purse, ...open } of opened) purses.push({ ...open, years: purse.years });
  }
  return { purses, transfers };
}

function openPurses(
  model: Model,
  values: Values,
  run: AccountAmounts,
  index: number,
  account: Account,
): OpenPurse[] {
  const { years } = model.time;
  const zero = new Float64Array(years);
  const places = isLocal(model, account)
    ? model.municipalities.map((_, municipality) => municipality)
    : [null];
  return places.map((municipality) => {
    const read = municipality === null ? values.region : (values.municipality[municipality] ?? values.region);
    const of = (part: readonly (readonly Float64Array[])[]) => part[index]?.[municipality ?? 0] ?? zero;
    const referenceFlows = of(run.referenceFlows);
    const envelope = of(run.envelopes);
    const rules = rulesOf(model, account, read, values.region);
    const amounts: PurseAmounts = {
      grant: account.grant
        ? perYear(account.grant, read, years)
        : envelope.map((room, year) => room + (referenceFlows[year] ?? 0)),
      other: perYear(account.other, read, years),
      flows: of(run.flows),
      payments: of(run.payments),
      regime: of(run.regime),
      executor: of(run.executor),
      referenceFlows,
      history: account.history.map(read),
    };
    const stated = account.grant !== null;
    return { account: index, municipality, stated, rules, amounts, purse: new Purse(rules, amounts) };
  });
}

/**
 * What each municipality's part of a regional pot gets from the others: shortages up to the payments made, covered by
 * the parts with something left in proportion to it.
 *
 * @param available what each part has before help, EUR
 * @param payments what each part pays for interventions, EUR
 * @returns EUR received, below 0 given; sums to zero
 */
export function help(available: readonly number[], payments: readonly number[]): number[] {
  const shortage = (place: number) =>
    Math.max(0, Math.min(-(available[place] as number), payments[place] ?? 0));
  let needed = 0;
  let offered = 0;
  for (let place = 0; place < available.length; place += 1) {
    needed += shortage(place);
    offered += Math.max(0, available[place] as number);
  }
  const given = Math.min(needed, offered);
  if (given === 0) return available.map(() => 0);
  return available.map(
    (amount, place) => (shortage(place) / needed) * given - (Math.max(0, amount) / offered) * given,
  );
}

/** Pairs givers with receivers, in proportion. */
function bookHelp(
  model: Model,
  account: number,
  year: number,
  received: readonly number[],
  book: Book,
): void {
  const total = received.reduce((sum, amount) => sum + Math.max(0, amount), 0);
  const party = model.localParty;
  const purpose = { kind: "region", account, booked: year, cash: year } as const;
  for (const [from, given] of received.entries())
    for (const [to, taken] of given < 0 ? received.entries() : [])
      if (taken > 0)
        book(purpose, { party, municipality: from }, { party, municipality: to }, (-given * taken) / total);
}

function bookPurse(
  account: Account,
  { account: index, municipality, amounts, purse }: OpenPurse,
  bookkeeper: Bookkeeper,
  book: Book,
): void {
  const { holder, funder, backstop } = account;
  const { years } = purse;
  if (funder === null && !backstop) return;
  const add = (
    kind: TransferKind,
    from: number,
    to: number,
    amount: number | undefined,
    year: number,
    lag: number,
  ) => {
    if (amount)
      bookkeeper.book(
        { kind, account: index, municipality, from, to, booked: year, cash: year + lag, amount },
        book,
      );
  };
  for (let year = 0; year < years.grant.length; year += 1) {
    if (funder !== null) {
      add("grant", funder, holder, amounts.grant[year], year, 0);
      add("feedback", holder, funder, years.feedback[year], year, 0);
      add("repay", holder, funder, years.repaid[year], year, account.repayLag);
    }
    if (backstop) add("backstop", backstop.party, holder, years.backstop[year], year, backstop.lag);
  }
}

/**
 * Settles the purses of one account year by year and books what is transferred.
 *
 * @param shared whether the purses are one pot for the region, whose parts help each other
 */
export function settleAccount(
  model: Model,
  account: Account,
  opened: readonly OpenPurse[],
  shared: boolean,
  bookkeeper: Bookkeeper,
  book: Book,
): void {
  const { years } = model.time;
  if (shared && opened.length > 1)
    for (let year = 0; year < years; year += 1) {
      const available = opened.map(({ purse }) => purse.open(year));
      const received = help(
        available,
        opened.map(({ amounts }) => amounts.payments[year] ?? 0),
      );
      for (const [place, { purse }] of opened.entries()) purse.close(year, received[place] ?? 0);
      bookHelp(model, opened[0]?.account ?? 0, year, received, book);
    }
  else
    for (const { purse } of opened)
      for (let year = 0; year < years; year += 1) {
        purse.open(year);
        purse.close(year);
      }
  for (const open of opened) bookPurse(account, open, bookkeeper, book);
}
