import type { Model, Segment, Track } from "../model/model.ts";
import type { Reader } from "../model/reader.ts";
import type { PersonCourse } from "./course.ts";
import { type FactorEffect, strengthAt, trackEffects } from "./effects.ts";
import { EDGE_TOLERANCE, toLags } from "./lags.ts";

/** What one state costs one account per entrant. Positive: cost to the holder. */
export interface StateFlow {
  readonly account: number;
  readonly state: number;
  /** EUR per entrant per lag. */
  readonly lags: Float64Array;
}

/** Money on one person's course. */
export interface PersonMoney {
  readonly stateFlows: readonly StateFlow[];
  /** EUR per entrant, [account][lag]: the sum of the state flows. */
  readonly flows: readonly Float64Array[];
  /** EUR per entrant, [intervention][lag]; empty arrays for interventions outside the track. */
  readonly costs: readonly (Float64Array | null)[];
}

/** Person-years in a state by lag, with what the factors that work in each cycle add to them. */
function weightedYears(
  model: Model,
  course: PersonCourse,
  state: number,
  factors: readonly FactorEffect[],
): Float64Array {
  const perYear = model.time.cyclesPerYear;
  const added = new Float64Array(course.cycles);
  for (let cycle = 0; cycle < course.cycles; cycle += 1) {
    const month = (12 * cycle) / perYear;
    let factor = 1;
    for (const effect of factors) factor *= 1 + effect.change * strengthAt(effect, month, 12 / perYear);
    added[cycle] = (course.occupancy[cycle * course.states + state] ?? 0) * (factor - 1);
  }
  const plain = course.personYears[state];
  return toLags(model.time, added).map((amount, lag) => (plain?.[lag] ?? 0) + amount / perYear);
}

/** Part of cycle `cycle` that lies between `from` and `to` (months since entry), in months. */
function overlap(cycle: number, cycleMonths: number, from: number, to: number): number {
  return Math.max(0, Math.min(to, (cycle + 1) * cycleMonths) - Math.max(from, cycle * cycleMonths));
}

/** EUR per entrant per lag of each intervention of the track, weighted by the occupancy of `while`. */
function interventionCosts(
  model: Model,
  read: Reader,
  course: PersonCourse,
  track: Track,
  wait: number,
): (Float64Array | null)[] {
  const cycleMonths = 12 / model.time.cyclesPerYear;
  const staying = model.states.flatMap((state, index) => (state.exit ? [] : [index]));
  const result: (Float64Array | null)[] = model.interventions.map(() => null);
  for (const index of track.interventions) {
    const perCycle = new Float64Array(course.cycles);
    for (const cost of model.interventions[index]?.costs ?? []) {
      const states = cost.while ?? staying;
      const present = (cycle: number): number => {
        let sum = 0;
        for (const state of states) sum += course.occupancy[cycle * course.states + state] ?? 0;
        return sum;
      };
      if (cost.kind === "once") {
        const cycle = Math.floor((wait + read(cost.at)) / cycleMonths + EDGE_TOLERANCE);
        if (cycle >= 0 && cycle < course.cycles)
          perCycle[cycle] = (perCycle[cycle] ?? 0) + read(cost.amount) * present(cycle);
        continue;
      }
      const from = wait + read(cost.from);
      const to = from + read(cost.months);
      const perMonth = read(cost.perMonth);
      const first = Math.max(0, Math.floor(from / cycleMonths));
      const end = Math.min(course.cycles, Math.ceil(to / cycleMonths));
      for (let cycle = first; cycle < end; cycle += 1) {
        const months = overlap(cycle, cycleMonths, from, to);
        perCycle[cycle] = (perCycle[cycle] ?? 0) + perMonth * months * present(cycle);
      }
    }
    result[index] = toLags(model.time, perCycle);
  }
  return result;
}

/**
 * Expected money per account, state and intervention on a person's course, by year since the year of entry.
 *
 * @source model.md section 3, State flows and Intervention costs
 */
export function courseMoney(
  model: Model,
  read: Reader,
  course: PersonCourse,
  segment: Segment,
  track: Track,
): PersonMoney {
  const wait = read(track.wait);
  const { factor } = trackEffects(model, read, track, wait);
  const flows = model.accounts.map(() => new Float64Array(model.time.years));
  const stateFlows: StateFlow[] = [];
  for (const [state, { flows: stated }] of model.states.entries()) {
    for (const flow of stated) {
      const segmentFactor = segment.flowFactors[flow.account];
      const amount = read(flow.amount) * (segmentFactor ? read(segmentFactor) : 1);
      const factors = factor.filter(
        ({ effect, change }) =>
          change !== 0 &&
          effect.accounts.includes(flow.account) &&
          (effect.states === null || effect.states.includes(state)),
      );
      const years =
        factors.length === 0
          ? (course.personYears[state] ?? new Float64Array(model.time.years))
          : weightedYears(model, course, state, factors);
      const lags = years.map((personYears) => amount * personYears);
      stateFlows.push({ account: flow.account, state, lags });
      const total = flows[flow.account];
      if (total)
        for (let lag = 0; lag < lags.length; lag += 1) total[lag] = (total[lag] ?? 0) + (lags[lag] ?? 0);
    }
  }
  return { stateFlows, flows, costs: interventionCosts(model, read, course, track, wait) };
}
