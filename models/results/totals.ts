import type { Side } from "../funding/settlement/transfers.ts";
import { bearer } from "../funding/walls.ts";
import type { Model } from "../model/model.ts";
import type { ComponentKind } from "./cube.ts";

/** What a component is made of, in the order in which it is summed. */
export const COMPONENT_KINDS: readonly ComponentKind[] = ["state", "intervention", "regime", "executor"];

/** By component, [account][municipality]; the account after the last is general funds. */
export type ByComponent<Amounts> = Readonly<Record<ComponentKind, readonly (readonly Amounts[])[]>>;

/** EUR per year of the horizon. Every headline is summed over these in one order; see `addends`. */
export type AccountTotals = ByComponent<Float64Array>;

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
export function sideOf(model: Model, party: number, municipality: number): Side {
  return { party, municipality: party === model.localParty ? municipality : null };
}

/** Who pays an amount from its own account: the holder, the municipality for general funds. */
export function payingSide(model: Model, account: number, municipality: number): Side {
  return sideOf(model, payingParty(model, account), municipality);
}

function payingParty(model: Model, account: number): number {
  return model.accounts[account]?.holder ?? model.localParty;
}

/** Who bears an amount before transfers: the holder, but a payment from money that is repaid when unspent its funder. */
function bearingParty(model: Model, account: number, kind: ComponentKind): number {
  const data = model.accounts[account];
  return data && kind === "intervention" ? bearer(data) : payingParty(model, account);
}

/** All amounts that the same party bears before transfers, and the same party pays. */
export interface Incidence {
  readonly bearer: number;
  readonly payer: number;
  /** In the order in which they are summed. */
  readonly parts: readonly { readonly account: number; readonly kind: ComponentKind }[];
}

const incidencesOf = new WeakMap<Model, readonly Incidence[]>();

/** Every account and component belongs to one of them. */
function incidences(model: Model): readonly Incidence[] {
  const known = incidencesOf.get(model) ?? findIncidences(model);
  incidencesOf.set(model, known);
  return known;
}

function findIncidences(model: Model): Incidence[] {
  const found = new Map<string, Incidence & { readonly parts: Incidence["parts"][number][] }>();
  for (let account = 0; account <= model.accounts.length; account += 1)
    for (const kind of COMPONENT_KINDS) {
      const sides = { bearer: bearingParty(model, account, kind), payer: payingParty(model, account) };
      const key = `${sides.bearer} ${sides.payer}`;
      const incidence = found.get(key) ?? { ...sides, parts: [] };
      incidence.parts.push({ account, kind });
      found.set(key, incidence);
    }
  return [...found.values()];
}

/** What all that the same parties bear and pay in a municipality is the sum of, in its order. */
export function partsOf<Amounts>(
  totals: ByComponent<Amounts>,
  { parts }: Incidence,
  municipality: number,
): Amounts[] {
  return parts.map(({ account, kind }) => totals[kind][account]?.[municipality] as Amounts);
}

/** Whether what is borne and paid by some parties in a municipality counts. */
export type Counts = (incidence: Incidence, municipality: number) => boolean;

/**
 * What a headline is the sum of, in the one order: within a municipality all that the same parties bear and pay, then
 * that over the municipalities that count. Thus a draw of a simulation gives the bits of the run itself, and what
 * perspectives, parties and municipalities have in common is one and the same amount.
 *
 * @param subtotal the sum of all that the same parties bear and pay in a municipality; see `partsOf`
 * @param sum adds amounts up in their order
 */
export function addends<Amounts>(
  model: Model,
  counts: Counts,
  subtotal: (incidence: Incidence, municipality: number) => Amounts,
  sum: (amounts: readonly Amounts[]) => Amounts,
): Amounts[] {
  const found: Amounts[] = [];
  for (const incidence of incidences(model)) {
    const subtotals: Amounts[] = [];
    for (const municipality of model.municipalities.keys())
      if (counts(incidence, municipality)) subtotals.push(subtotal(incidence, municipality));
    if (subtotals.length > 0) found.push(sum(subtotals));
  }
  return found;
}

/** Adds to `into` all totals that count; see `addends`. */
export function addTotals(
  into: Float64Array,
  model: Model,
  totals: AccountTotals,
  counts: Counts,
): Float64Array {
  const sum = (amounts: readonly Float64Array[]) => {
    const total = new Float64Array(model.time.years);
    for (const part of amounts) addInto(total, part);
    return total;
  };
  const subtotal = (incidence: Incidence, municipality: number) =>
    sum(partsOf(totals, incidence, municipality));
  for (const part of addends(model, counts, subtotal, sum)) addInto(into, part);
  return into;
}
