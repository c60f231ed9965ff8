import type { Time } from "../model/model.ts";

/** A moment within this part of a cycle of a cycle's edge counts as the edge: 5 months stay 5 months after unit conversion. */
export const EDGE_TOLERANCE = 1e-9;

/** Number of cycles that can fall within the follow-up. */
export function followedCycles(time: Time): number {
  return time.cyclesPerYear * Math.min(time.followUp, time.years);
}

/**
 * Adds what happens in each cycle since entry to the years since the year of entry (lags), per entrant.
 *
 * With arrival `spread` the entrants of a year arrive evenly over its C cycles, so that cycle j falls for
 * (C − j mod C)/C of them in lag ⌊j/C⌋ and for the rest in the next; with `start` all arrive in the first cycle.
 * Lags from the follow-up onward stay 0.
 *
 * @param perCycle amount per entrant in cycle j at `perCycle[offset + j · stride]`
 * @returns amount per entrant per lag, length `time.years`
 * @source model.md section 3, Lags
 */
export function toLags(time: Time, perCycle: Float64Array, offset = 0, stride = 1): Float64Array {
  const lags = new Float64Array(time.years);
  const last = Math.min(time.followUp, time.years);
  const perYear = time.cyclesPerYear;
  const cycles = followedCycles(time);
  for (let cycle = 0, lag = 0, within = 0; cycle < cycles; cycle += 1) {
    const amount = perCycle[offset + cycle * stride] ?? 0;
    const late = time.arrival === "spread" ? within / perYear : 0;
    lags[lag] = (lags[lag] ?? 0) + amount * (1 - late);
    if (late > 0 && lag + 1 < last) lags[lag + 1] = (lags[lag + 1] ?? 0) + amount * late;
    within += 1;
    if (within === perYear) {
      within = 0;
      lag += 1;
    }
  }
  return lags;
}
