import type { Model } from "../../model/model.ts";

/** Why money passes from one party to another. */
export type TransferKind = "grant" | "feedback" | "repay" | "backstop" | "region";

/** One end of a transfer: a party, and which municipality where it is the local party (else null). */
export interface Side {
  readonly party: number;
  readonly municipality: number | null;
}

/** A double entry: what one side pays the other receives. `amount` EUR, above 0. Years count from the start year. */
export interface Transfer {
  readonly kind: TransferKind;
  readonly account: number;
  readonly from: Side;
  readonly to: Side;
  /** The year to which it belongs. */
  readonly booked: number;
  /** The year in which it is paid; may lie beyond the horizon. */
  readonly cash: number;
  readonly amount: number;
}

/** The sides that stand for a party in one purse; a local party on a regional purse is divided by inhabitants. */
function sidesOf(model: Model, party: number, municipality: number | null): { side: Side; share: number }[] {
  if (party !== model.localParty) return [{ side: { party, municipality: null }, share: 1 }];
  if (municipality !== null) return [{ side: { party, municipality }, share: 1 }];
  const total = model.municipalities.reduce((sum, { inhabitants }) => sum + (inhabitants ?? 0), 0);
  return model.municipalities.map(({ inhabitants }, index) => ({
    side: { party, municipality: index },
    share: total > 0 ? (inhabitants ?? 0) / total : 1 / model.municipalities.length,
  }));
}

/**
 * The entries of a payment between the two parties of one purse; a negative amount turns them round, nothing gives none.
 *
 * @param municipality the purse's municipality; null for a purse of the region
 */
export function entries(
  model: Model,
  purse: { readonly account: number; readonly municipality: number | null },
  parties: { readonly from: number; readonly to: number },
  entry: {
    readonly kind: TransferKind;
    readonly booked: number;
    readonly cash: number;
    readonly amount: number;
  },
): Transfer[] {
  if (entry.amount === 0 || parties.from === parties.to) return [];
  const [from, to] = entry.amount > 0 ? [parties.from, parties.to] : [parties.to, parties.from];
  const { account, municipality } = purse;
  const size = Math.abs(entry.amount);
  return sidesOf(model, from, municipality).flatMap((payer) =>
    sidesOf(model, to, municipality).map((receiver) => ({
      kind: entry.kind,
      account,
      from: payer.side,
      to: receiver.side,
      booked: entry.booked,
      cash: entry.cash,
      amount: size * payer.share * receiver.share,
    })),
  );
}

/** What the transfers cost (below 0: bring) the chosen sides, EUR per year in which they are paid. */
export function transferCosts(
  transfers: readonly Transfer[],
  years: number,
  chosen: (side: Side) => boolean,
): Float64Array {
  const costs = new Float64Array(years);
  for (const { from, to, cash, amount } of transfers) {
    if (chosen(from)) costs[cash] = (costs[cash] ?? 0) + amount;
    if (chosen(to)) costs[cash] = (costs[cash] ?? 0) - amount;
  }
  return costs;
}
