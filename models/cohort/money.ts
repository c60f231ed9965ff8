import type { InterventionCost, Model, Segment, Time, Track } from "../model/model.ts";
import type { Reader } from "../model/reader.ts";
import type { PersonCourse } from "./course.ts";
import { type FactorEffect, strengthAt, trackEffects } from "./effects.ts";
import { EDGE_TOLERANCE, lagsOf, splitYears, toLags } from "./lags.ts";

/** What one state costs one account per entrant. Positive: cost to the holder. */
export interface StateFlow {
  readonly account: number;
  readonly state: number;
  /** EUR per person-year. */
  readonly amount: number;
  /** Person-years per entrant per lag, weighted with the factors that work on them. */
  readonly years: Float64Array;
}

/** EUR per entrant per lag. */
export function flowLags({ amount, years }: StateFlow): Float64Array {
  return years.map((personYears) => amount * personYears);
}

/** Money on one person's course. */
export interface PersonMoney {
  readonly stateFlows: readonly StateFlow[];
  /** EUR per entrant, [account][lag]: the sum of the state flows. */
  readonly flows: readonly Float64Array[];
  /** EUR per entrant, [intervention][lag]; empty arrays for interventions outside the track. */
  readonly costs: readonly (Float64Array | null)[];
}

/** A factor with what it makes of an amount in each cycle. */
interface FactorCourse {
  readonly effect: FactorEffect["effect"];
  readonly perCycle: Float64Array;
}

function factorCourse(model: Model, cycles: number, factor: FactorEffect): FactorCourse {
  const perYear = model.time.cyclesPerYear;
  const perCycle = new Float64Array(cycles);
  for (let cycle = 0; cycle < cycles; cycle += 1)
    perCycle[cycle] = 1 + factor.change * strengthAt(factor, (12 * cycle) / perYear, 12 / perYear);
  return { effect: factor.effect, perCycle };
}

/** What factors together add in each cycle, as a part of the amount. */
function addedBy(cycles: number, factors: readonly FactorCourse[]): Float64Array {
  const added = new Float64Array(cycles);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    let factor = 1;
    for (const { perCycle } of factors) factor *= perCycle[cycle] ?? 1;
    added[cycle] = factor - 1;
  }
  return added;
}

/**
 * Person-years in a state by lag, with what the factors that work in each cycle add to them. What they add throughout a
 * year is a part of that year.
 */
function weightedYears(
  model: Model,
  course: PersonCourse,
  state: number,
  factors: readonly FactorCourse[],
): Float64Array {
  const { time } = model;
  const perYear = time.cyclesPerYear;
  const { cycles, occupancy, states } = course;
  const added = addedBy(cycles, factors);
  const whole = splitYears(time, occupancy, state, states);
  const { now, later } = splitYears(
    time,
    added.map((part, cycle) => (occupancy[cycle * states + state] ?? 0) * part),
  );
  for (let year = 0; year < now.length; year += 1) {
    const part = added[year * perYear] ?? 0;
    if (!added.subarray(year * perYear, (year + 1) * perYear).every((other) => other === part)) continue;
    now[year] = part * (whole.now[year] ?? 0);
    later[year] = part * (whole.later[year] ?? 0);
  }
  const plain = course.personYears[state];
  return lagsOf(time, { now, later }).map((amount, lag) => (plain?.[lag] ?? 0) + amount * (1 / perYear));
}

/** Part of cycle `cycle` that lies between `from` and `to` (months since entry), in months. */
function overlap(cycle: number, cycleMonths: number, from: number, to: number): number {
  return Math.max(0, Math.min(to, (cycle + 1) * cycleMonths) - Math.max(from, cycle * cycleMonths));
}

/** The months of a cost in each cycle, which may be 1 for one that is made once; 0 where it is not made. */
function monthsOf(
  { cyclesPerYear }: Time,
  read: Reader,
  cost: InterventionCost,
  cycles: number,
  wait: number,
): Float64Array {
  const months = new Float64Array(cycles);
  const cycleMonths = 12 / cyclesPerYear;
  if (cost.kind === "once") {
    const cycle = Math.floor((wait + read(cost.at)) / cycleMonths + EDGE_TOLERANCE);
    if (cycle >= 0 && cycle < cycles) months[cycle] = 1;
    return months;
  }
  const from = wait + read(cost.from);
  const to = from + read(cost.months);
  const first = Math.max(0, Math.floor(from / cycleMonths));
  const end = Math.min(cycles, Math.ceil(to / cycleMonths));
  for (let cycle = first; cycle < end; cycle += 1) months[cycle] = overlap(cycle, cycleMonths, from, to);
  return months;
}

/** EUR per entrant per lag of each intervention of the track, weighted by the occupancy of `while`. */
function interventionCosts(
  model: Model,
  read: Reader,
  course: PersonCourse,
  track: Track,
  wait: number,
): (Float64Array | null)[] {
  const staying = model.states.flatMap((state, index) => (state.exit ? [] : [index]));
  const result: (Float64Array | null)[] = model.interventions.map(() => null);
  for (const index of track.interventions) {
    const total = new Float64Array(model.time.years);
    for (const cost of model.interventions[index]?.costs ?? []) {
      const price = read(cost.kind === "once" ? cost.amount : cost.perMonth);
      const months = monthsOf(model.time, read, cost, course.cycles, wait);
      const present = (cycle: number): number => {
        let sum = 0;
        for (const state of cost.while ?? staying)
          sum += course.occupancy[cycle * course.states + state] ?? 0;
        return sum;
      };
      const perCycle = months.map((part, cycle) => (part === 0 ? 0 : present(cycle) * part));
      for (const [lag, amount] of toLags(model.time, perCycle).entries())
        total[lag] = (total[lag] ?? 0) + amount * price;
    }
    result[index] = total;
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
  const factors = trackEffects(model, read, track, wait)
    .factor.filter(({ change }) => change !== 0)
    .map((factor) => factorCourse(model, course.cycles, factor));
  const nothing = new Float64Array(model.time.years);
  const flows = model.accounts.map(() => nothing);
  const stateFlows: StateFlow[] = [];
  for (const [state, { flows: stated }] of model.states.entries()) {
    const inState = factors.filter(({ effect: { states } }) => states === null || states.includes(state));
    const weighted = new Map<string, Float64Array>();
    for (const flow of stated) {
      const segmentFactor = segment.flowFactors[flow.account];
      const amount = read(flow.amount) * (segmentFactor ? read(segmentFactor) : 1);
      const own =
        inState.length === 0
          ? inState
          : inState.filter(({ effect }) => effect.accounts.includes(flow.account));
      let years = course.personYears[state] ?? nothing;
      if (own.length > 0) {
        const key = own.map((factor) => factors.indexOf(factor)).join(" ");
        years = weighted.get(key) ?? weightedYears(model, course, state, own);
        weighted.set(key, years);
      }
      stateFlows.push({ account: flow.account, state, amount, years });
      let total = flows[flow.account];
      if (!total || total === nothing) {
        total = new Float64Array(model.time.years);
        flows[flow.account] = total;
      }
      for (let lag = 0; lag < years.length; lag += 1)
        total[lag] = (total[lag] ?? 0) + amount * (years[lag] ?? 0);
    }
  }
  return { stateFlows, flows, costs: interventionCosts(model, read, course, track, wait) };
}
