import { power } from "./elementaryFunctions.ts";

/** When in its year an amount falls. */
export type CashTiming = "mid-year" | "start" | "end";

const OFFSET: Readonly<Record<CashTiming, number>> = { start: 0, "mid-year": 0.5, end: 1 };

/**
 * (1 + rate)^−(t + 0, ½ or 1) for t = 0 … years − 1; t = 0 is the start year.
 *
 * @param rate per year; above −1
 * @source model.md section 6; Werkgroep discontovoet 2020
 */
export function discountFactors(rate: number, years: number, timing: CashTiming): Float64Array {
  return Float64Array.from({ length: years }, (_, year) => power(1 + rate, -(year + OFFSET[timing])));
}

/** Σ factor · amount: net present value. */
export function netPresentValue(amounts: ArrayLike<number>, factors: ArrayLike<number>): number {
  let sum = 0;
  for (let year = 0; year < amounts.length; year += 1) sum += (amounts[year] ?? 0) * (factors[year] ?? 0);
  return sum;
}

/** Present value of 1 per year for `years` years, paid at the end of each. */
export function annuity(rate: number, years: number): number {
  return rate === 0 ? years : (1 - power(1 + rate, -years)) / rate;
}

/**
 * Payback [terugverdientijd]: from the start of year 0, the first moment from which the cumulative net benefit stays
 * ≥ 0, linear within the year. 0 when it never falls below 0; null when not within the horizon.
 *
 * @source model.md section 6
 */
export function payback(net: ArrayLike<number>): number | null {
  let cumulative = 0;
  let moment: number | null = 0;
  for (let year = 0; year < net.length; year += 1) {
    const before = cumulative;
    cumulative += net[year] ?? 0;
    if (cumulative < 0) moment = null;
    else if (before < 0) moment = year + before / (before - cumulative);
  }
  return moment;
}

/** Payback on discounted amounts. */
export function discountedPayback(net: ArrayLike<number>, factors: ArrayLike<number>): number | null {
  return payback(
    Float64Array.from({ length: net.length }, (_, year) => (net[year] ?? 0) * (factors[year] ?? 0)),
  );
}

/** What a payback says. `neverBehind` and `nothing` are no moments: there was nothing to wait for. */
export type EarnedBack =
  | { readonly kind: "after"; readonly years: number }
  /** Not within the horizon. */
  | { readonly kind: "never" }
  /** The cumulative net benefit never falls below 0. */
  | { readonly kind: "neverBehind" }
  /** Nothing is put in and nothing comes out, as where the reference is compared with itself. */
  | { readonly kind: "nothing" };

/** EUR that is no difference. */
const NOTHING = 0.5;

/**
 * Whether, and when, what is put in is earned back.
 *
 * @param net EUR per year
 * @param factors discounts the amounts; undiscounted without them
 * @source model.md section 6
 */
export function earnedBack(net: ArrayLike<number>, factors?: ArrayLike<number>): EarnedBack {
  let cumulative = 0;
  let furthest = 0;
  for (let year = 0; year < net.length; year += 1) {
    cumulative += net[year] ?? 0;
    furthest = Math.max(furthest, Math.abs(cumulative));
  }
  if (furthest < NOTHING) return { kind: "nothing" };
  const moment = factors ? discountedPayback(net, factors) : payback(net);
  if (moment === null) return { kind: "never" };
  return moment > 0 ? { kind: "after", years: moment } : { kind: "neverBehind" };
}

function signChanges(net: ArrayLike<number>): number {
  let changes = 0;
  let last = 0;
  for (let year = 0; year < net.length; year += 1) {
    const sign = Math.sign(net[year] ?? 0);
    if (sign === 0) continue;
    if (last !== 0 && sign !== last) changes += 1;
    last = sign;
  }
  return changes;
}

/** Rates between which a rate of return is looked for: with a single change of sign there is one root above −1. */
const LOWEST_RATE = -0.999999;
const HIGHEST_RATE = 1e6;

/**
 * Internal rate of return per year; null unless the net flow changes sign exactly once, or where the one root lies
 * outside −99.9999% to 10⁸%.
 *
 * @source model.md section 6; bisection on the bracket until neighbouring numbers
 */
export function internalRateOfReturn(net: ArrayLike<number>): number | null {
  if (signChanges(net) !== 1) return null;
  const value = (rate: number) => {
    let sum = 0;
    for (let year = net.length - 1; year >= 0; year -= 1) sum = sum / (1 + rate) + (net[year] ?? 0);
    return sum;
  };
  let low = LOWEST_RATE;
  let high = HIGHEST_RATE;
  const atLow = Math.sign(value(low));
  if (atLow === Math.sign(value(high))) return null;
  for (let step = 0; step < 2_000; step += 1) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (Math.sign(value(middle)) === atLow) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
