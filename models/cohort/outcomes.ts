import type { Outcome, Time } from "../model/model.ts";
import type { PersonCourse } from "./course.ts";

/** Months that someone must have stayed in an outcome's states for it to count as sustained [duurzaam]. */
export const SUSTAINED_MONTHS = 18;

/**
 * The expected outcome of one person n years after entry: Σ weight · chance of being in the state.
 *
 * @returns index n − 1 for n = 1 … follow-up
 * @source model.md section 6
 */
export function outcomeAfterYears(time: Time, course: PersonCourse, outcome: Outcome): Float64Array {
  const followed = Math.min(time.followUp, time.years);
  return Float64Array.from({ length: followed }, (_, index) => {
    const row = (index + 1) * time.cyclesPerYear * course.states;
    let sum = 0;
    for (let state = 0; state < course.states; state += 1)
      sum += (outcome.weights[state] ?? 0) * (course.distribution[row + state] ?? 0);
    return sum;
  });
}

/**
 * The share that has been in the outcome's states (weight above 0) for the whole of the last months, n years after
 * entry: the distribution at the start of those months, kept to the states, through transitions that stay within them.
 * 0 while less than those months have passed since entry.
 *
 * @returns index n − 1 for n = 1 … follow-up
 * @source model.md section 6, sustained
 */
export function sustainedAfterYears(
  time: Time,
  course: PersonCourse,
  outcome: Outcome,
  months: number = SUSTAINED_MONTHS,
): Float64Array {
  if (months !== SUSTAINED_MONTHS) return sustained(time, course, outcome, months);
  const known = sustainedOf.get(course) ?? new Map<Outcome, Float64Array>();
  sustainedOf.set(course, known);
  const shares = known.get(outcome) ?? sustained(time, course, outcome, months);
  known.set(outcome, shares);
  return shares;
}

/** Worked out once for all tracks, municipalities and scenarios that share a course. */
const sustainedOf = new WeakMap<PersonCourse, Map<Outcome, Float64Array>>();

function sustained(time: Time, course: PersonCourse, outcome: Outcome, months: number): Float64Array {
  const followed = Math.min(time.followUp, time.years);
  const window = Math.ceil((months * time.cyclesPerYear) / 12 - 1e-9);
  const within = Array.from({ length: course.states }, (_, state) => (outcome.weights[state] ?? 0) > 0);
  return Float64Array.from({ length: followed }, (_, index) => {
    const end = (index + 1) * time.cyclesPerYear;
    if (end < window) return 0;
    const present = Float64Array.from({ length: course.states }, (__, state) =>
      within[state] ? (course.distribution[(end - window) * course.states + state] ?? 0) : 0,
    );
    const next = new Float64Array(course.states);
    for (let cycle = end - window; cycle < end; cycle += 1) {
      stepWithin(course, cycle, present, next, within);
      present.set(next);
    }
    return present.reduce((sum, share) => sum + share, 0);
  });
}

/** One cycle in which whoever leaves the states is dropped. */
function stepWithin(
  course: PersonCourse,
  cycle: number,
  present: Float64Array,
  next: Float64Array,
  within: readonly boolean[],
): void {
  next.set(present);
  const { moves } = course;
  const chances = course.chances[course.matrixOfCycle[cycle] ?? 0];
  for (let index = 0; index < moves.length; index += 1) {
    const { from, to } = moves[index] as (typeof moves)[number];
    const moved = (present[from] ?? 0) * (chances?.[index] ?? 0);
    next[from] = (next[from] ?? 0) - moved;
    if (within[to]) next[to] = (next[to] ?? 0) + moved;
  }
}
