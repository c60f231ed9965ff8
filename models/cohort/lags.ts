import type { Time } from "../model/model.ts";

/** A moment within this part of a cycle of a cycle's edge counts as the edge: 5 months stay 5 months after unit conversion. */
export const EDGE_TOLERANCE = 1e-9;

/** Number of cycles that can fall within the follow-up. */
export function followedCycles(time: Time): number {
  return time.cyclesPerYear * Math.min(time.followUp, time.years);
}

/** What happens in the cycles of each year since entry, per entrant: in that year of the scenario, and in the next. */
export interface SplitYears {
  readonly now: Float64Array;
  readonly later: Float64Array;
}

/**
 * Splits what happens in each year since entry over the year of the scenario in which it begins and the next.
 *
 * With arrival `spread` the entrants of a year arrive evenly over its C cycles, so that cycle j falls for (j mod C)/C of
 * them a year later; with `start` all arrive in the first cycle. Adding up from the last cycle back, and adding up the
 * sums so far, gives Σ (j mod C) · amount without a product.
 *
 * @param perCycle amount per entrant in cycle j at `perCycle[offset + j · stride]`
 * @returns a number per followed year
 * @source model.md section 3, Lags
 */
export function splitYears(time: Time, perCycle: Float64Array, offset = 0, stride = 1): SplitYears {
  const years = Math.min(time.followUp, time.years);
  const perYear = time.cyclesPerYear;
  const now = new Float64Array(years);
  const later = new Float64Array(years);
  for (let year = 0; year < years; year += 1) {
    let sum = 0;
    let sums = 0;
    for (let cycle = (year + 1) * perYear - 1; cycle >= year * perYear; cycle -= 1) {
      sums += sum;
      sum += perCycle[offset + cycle * stride] ?? 0;
    }
    const late = time.arrival === "spread" ? sums * (1 / perYear) : 0;
    now[year] = sum - late;
    later[year] = late;
  }
  return { now, later };
}

/**
 * What happens per year since the year of entry (lag), per entrant. Lags from the follow-up onward stay 0.
 *
 * @returns length `time.years`
 */
export function lagsOf(time: Time, { now, later }: SplitYears): Float64Array {
  const lags = new Float64Array(time.years);
  for (let lag = 0; lag < now.length; lag += 1) lags[lag] = (now[lag] ?? 0) + (later[lag - 1] ?? 0);
  return lags;
}

/** Adds what happens in each cycle since entry to the years since the year of entry; see splitYears. */
export function toLags(time: Time, perCycle: Float64Array, offset = 0, stride = 1): Float64Array {
  return lagsOf(time, splitYears(time, perCycle, offset, stride));
}
