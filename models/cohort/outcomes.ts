import type { Outcome, Time } from "../model/model.ts";
import type { PersonCourse } from "./course.ts";

/** Years after entry for which outcomes are shown (model.md section 6). */
const OUTCOME_YEARS: readonly number[] = [1, 2, 3, 5, 8];

/** Those of them that are followed. */
export function outcomeYears({ followUp, years }: Time): number[] {
  return OUTCOME_YEARS.filter((year) => year <= Math.min(followUp, years));
}

/** Months that someone must have stayed in an outcome's states for it to count as sustained [duurzaam]. */
export const SUSTAINED_MONTHS = 18;

/**
 * The expected outcome of one person years after entry: Σ weight · chance of being in the state.
 *
 * @returns in the order of the outcome years
 * @source model.md section 6
 */
export function outcomeAfterYears(time: Time, course: PersonCourse, outcome: Outcome): Float64Array {
  return Float64Array.from(outcomeYears(time), (year) => {
    const row = year * time.cyclesPerYear * course.states;
    let sum = 0;
    for (let state = 0; state < course.states; state += 1)
      sum += (outcome.weights[state] ?? 0) * (course.distribution[row + state] ?? 0);
    return sum;
  });
}

/**
 * The share that has been in the outcome's states (weight above 0) for the whole of the last months, years after
 * entry: the distribution at the start of those months, kept to the states, through transitions that stay within them.
 * Each state counts as it does in the outcome, so that the sustained part is never more than the outcome itself.
 * 0 while less than those months have passed since entry.
 *
 * @returns in the order of the outcome years
 * @source model.md section 6, sustained
 */
export function sustainedAfterYears(
  time: Time,
  course: PersonCourse,
  outcome: Outcome,
  months: number = SUSTAINED_MONTHS,
): Float64Array {
  const window = Math.ceil((months * time.cyclesPerYear) / 12 - 1e-9);
  const { states, moves } = course;
  const within = Array.from({ length: states }, (_, state) => (outcome.weights[state] ?? 0) > 0);
  // Nobody moves from elsewhere: whoever leaves the states is dropped.
  const leaving = Int32Array.from(moves.flatMap(({ from }, move) => (within[from] ? [move] : [])));
  const origin = leaving.map((move) => moves[move]?.from ?? 0);
  const target = leaving.map((move) => {
    const to = moves[move]?.to ?? 0;
    return within[to] ? to : -1;
  });
  const [present, before] = [new Float64Array(states), new Float64Array(states)];
  return Float64Array.from(outcomeYears(time), (year) => {
    const end = year * time.cyclesPerYear;
    if (end < window) return 0;
    for (let state = 0; state < states; state += 1)
      present[state] = within[state] ? (course.distribution[(end - window) * states + state] ?? 0) : 0;
    for (let cycle = end - window; cycle < end; cycle += 1) {
      before.set(present);
      const chances = course.chances[course.matrixOfCycle[cycle] as number] as Float64Array;
      for (let place = 0; place < leaving.length; place += 1) {
        const [from, to] = [origin[place] as number, target[place] as number];
        const moved = (before[from] as number) * (chances[leaving[place] as number] as number);
        present[from] = (present[from] as number) - moved;
        if (to >= 0) present[to] = (present[to] as number) + moved;
      }
    }
    return present.reduce((sum, share, state) => sum + (outcome.weights[state] ?? 0) * share, 0);
  });
}
