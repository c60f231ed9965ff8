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
 * Each state counts as it does in the outcome, so that the sustained part is never more than the outcome itself.
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
  const followed = Math.min(time.followUp, time.years);
  const window = Math.ceil((months * time.cyclesPerYear) / 12 - 1e-9);
  const { states, moves } = course;
  const within = Array.from({ length: states }, (_, state) => (outcome.weights[state] ?? 0) > 0);
  // Nobody moves from elsewhere: whoever leaves the states is dropped.
  const leaving = moves.flatMap(({ from, to }, move) => (within[from] ? [{ move, from, to }] : []));
  const [present, before] = [new Float64Array(states), new Float64Array(states)];
  return Float64Array.from({ length: followed }, (_, index) => {
    const end = (index + 1) * time.cyclesPerYear;
    if (end < window) return 0;
    for (let state = 0; state < states; state += 1)
      present[state] = within[state] ? (course.distribution[(end - window) * states + state] ?? 0) : 0;
    for (let cycle = end - window; cycle < end; cycle += 1) {
      before.set(present);
      const chances = course.chances[course.matrixOfCycle[cycle] ?? 0];
      for (const { move, from, to } of leaving) {
        const moved = (before[from] ?? 0) * (chances?.[move] ?? 0);
        present[from] = (present[from] ?? 0) - moved;
        if (within[to]) present[to] = (present[to] ?? 0) + moved;
      }
    }
    return present.reduce((sum, share, state) => sum + (outcome.weights[state] ?? 0) * share, 0);
  });
}
