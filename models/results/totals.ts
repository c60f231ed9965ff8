import type { Side } from "../funding/settlement/transfers.ts";
import { bearer } from "../funding/walls.ts";
import type { Model } from "../model/model.ts";
import type { ComponentKind } from "./cube.ts";

/** What a component is made of, in the order in which it is summed. */
export const COMPONENT_KINDS: readonly ComponentKind[] = ["state", "intervention", "regime", "executor"];

/**
 * EUR per year of the horizon, [account][municipality]; the account after the last is general funds. Every headline is
 * summed over these in one order, so that one draw of a simulation gives the bits of the run itself.
 */
export type AccountTotals = Readonly<Record<ComponentKind, readonly (readonly Float64Array[])[]>>;

/** Totals of 0, to be added to. */
export function openTotals(model: Model): AccountTotals {
  const empty = () =>
    Array.from({ length: model.accounts.length + 1 }, () =>
      model.municipalities.map(() => new Float64Array(model.time.years)),
    );
  return { state: empty(), intervention: empty(), regime: empty(), executor: empty() };
}

/** Adds amounts per year into a sum. */
export function addInto(sum: Float64Array | undefined, amounts: ArrayLike<number>): void {
  if (!sum) return;
  for (let year = 0; year < amounts.length; year += 1) sum[year] = (sum[year] ?? 0) + (amounts[year] ?? 0);
}

/** The side that an amount falls on: the party, and the municipality where it is the local party. */
function sideOf(model: Model, party: number, municipality: number): Side {
  return { party, municipality: party === model.localParty ? municipality : null };
}

/** Who bears an amount before transfers: the holder, but a payment from money that is repaid when unspent its funder. */
export function bearingSide(model: Model, account: number, municipality: number, kind: ComponentKind): Side {
  const data = model.accounts[account];
  const party = data ? (kind === "intervention" ? bearer(data) : data.holder) : model.localParty;
  return sideOf(model, party, municipality);
}

/** Who pays an amount from its own account: the holder, the municipality for general funds. */
export function payingSide(model: Model, account: number, municipality: number): Side {
  return sideOf(model, model.accounts[account]?.holder ?? model.localParty, municipality);
}

/** Adds to `into`, in the one order, all totals whose side counts. */
export function addTotals(
  into: Float64Array,
  totals: AccountTotals,
  counts: (account: number, municipality: number, kind: ComponentKind) => boolean,
): Float64Array {
  for (let account = 0; account < totals.state.length; account += 1)
    for (let municipality = 0; municipality < (totals.state[account]?.length ?? 0); municipality += 1)
      for (const kind of COMPONENT_KINDS)
        if (counts(account, municipality, kind)) addInto(into, totals[kind][account]?.[municipality] ?? []);
  return into;
}
