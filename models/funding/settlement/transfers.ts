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
export function sidesOf(
  model: Model,
  party: number,
  municipality: number | null,
): { side: Side; share: number }[] {
  if (party !== model.localParty) return [{ side: { party, municipality: null }, share: 1 }];
  if (municipality !== null) return [{ side: { party, municipality }, share: 1 }];
  const total = model.municipalities.reduce((sum, { inhabitants }) => sum + (inhabitants ?? 0), 0);
  return model.municipalities.map(({ inhabitants }, index) => ({
    side: { party, municipality: index },
    share: total > 0 ? (inhabitants ?? 0) / total : 1 / model.municipalities.length,
  }));
}

/** A payment between the two parties of one purse, before it is divided over their sides. */
export interface PursePayment extends Purpose {
  /** The purse's municipality; null for a purse of the region. */
  readonly municipality: number | null;
  readonly from: number;
  readonly to: number;
  /** EUR; below 0 the payment runs the other way. */
  readonly amount: number;
}

/** What a double entry is for: all of a transfer but its sides and its amount. */
export type Purpose = Pick<Transfer, "kind" | "account" | "booked" | "cash">;

/** Takes a double entry; amount EUR, above 0. */
export type Book = (purpose: Purpose, from: Side, to: Side, amount: number) => void;

/** Divides payments over the sides that stand for the parties of a purse; nothing paid gives no entry. */
export class Bookkeeper {
  private readonly sides: ReturnType<typeof sidesOf>[][];

  constructor(model: Model) {
    const places = [null, ...model.municipalities.map((_, index) => index)];
    this.sides = model.parties.map((_, party) => places.map((place) => sidesOf(model, party, place)));
  }

  book(payment: PursePayment, book: Book): void {
    const { amount, municipality } = payment;
    if (amount === 0 || payment.from === payment.to) return;
    const place = municipality === null ? 0 : municipality + 1;
    const [from, to] = amount > 0 ? [payment.from, payment.to] : [payment.to, payment.from];
    const size = Math.abs(amount);
    for (const payer of this.sides[from]?.[place] ?? [])
      for (const receiver of this.sides[to]?.[place] ?? [])
        book(payment, payer.side, receiver.side, size * payer.share * receiver.share);
  }
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
