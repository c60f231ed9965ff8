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
  const { states, distribution } = course;
  const { weights } = outcome;
  const exits = leavingMoves(course, weights);
  const [present, before] = [new Float64Array(states), new Float64Array(states)];
  const years = outcomeYears(time);
  const shares = new Float64Array(years.length);
  for (const [place, year] of years.entries()) {
    const start = year * time.cyclesPerYear - window;
    if (start < 0) continue;
    for (let state = 0; state < states; state += 1)
      present[state] = (weights[state] ?? 0) > 0 ? (distribution[start * states + state] ?? 0) : 0;
    stayWithin(course, exits, start, start + window, present, before);
    let sum = 0;
    for (let state = 0; state < states; state += 1) sum += (weights[state] ?? 0) * (present[state] ?? 0);
    shares[place] = sum;
  }
  return shares;
}

/** Moves out of the states of an outcome; nobody moves in from elsewhere, so that others play no part. */
interface LeavingMoves {
  readonly moves: Int32Array;
  readonly origins: Int32Array;
  /** -1 where the move leads out of the states: whoever takes it is dropped. */
  readonly targets: Int32Array;
}

function leavingMoves({ moves }: PersonCourse, weights: Float64Array): LeavingMoves {
  const within = (state: number) => (weights[state] ?? 0) > 0;
  const leaving = [...moves.entries()].filter(([, { from }]) => within(from));
  return {
    moves: Int32Array.from(leaving, ([index]) => index),
    origins: Int32Array.from(leaving, ([, { from }]) => from),
    targets: Int32Array.from(leaving, ([, { to }]) => (within(to) ? to : -1)),
  };
}

/** Takes who is present through the cycles from `start` to before `end`. A loop of its own: it is the longest one. */
function stayWithin(
  { chances, matrixOfCycle }: PersonCourse,
  { moves, origins, targets }: LeavingMoves,
  start: number,
  end: number,
  present: Float64Array,
  before: Float64Array,
): void {
  for (let cycle = start; cycle < end; cycle += 1) {
    before.set(present);
    const matrix = chances[matrixOfCycle[cycle] as number] as Float64Array;
    for (let place = 0; place < moves.length; place += 1) {
      const from = origins[place] as number;
      const to = targets[place] as number;
      const moved = (before[from] as number) * (matrix[moves[place] as number] as number);
      present[from] = (present[from] as number) - moved;
      if (to >= 0) present[to] = (present[to] as number) + moved;
    }
  }
}
