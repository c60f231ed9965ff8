/** Works out what changes in a course, in TypeScript: the twin of assembly/course.ts. Courses are written as in courseWords.ts. */
import { chances, EFFECT, factor, LANES, MOVE } from "./chances.ts";
import { Change, Word } from "./courseWords.ts";

/** A course in one cycle, and the pairs of draws that are asked for. */
interface Turn {
  readonly numbers: Float64Array;
  readonly indices: Int32Array;
  readonly course: number;
  readonly cycle: number;
  readonly pairs: number;
  readonly cycles: number;
}

/** See Kernel.renew. */
export function renew(
  numbers: Float64Array,
  indices: Int32Array,
  course: number,
  cycle: number,
  pairs: number,
): number {
  const turn = { numbers, indices, course, cycle, pairs, cycles: indices[course + Word.cycles] as number };
  const entry = course + Word.lists;
  const clocks = entry + 1 + 2 * (indices[entry] as number);
  const steppings = clocks + 1 + (indices[clocks] as number);
  const movers = course + (indices[course + Word.movers] as number);
  if (cycle === 0) {
    enter(turn, entry);
    gather(turn, clocks);
  }
  const effects = renewSteps(turn, steppings, movers);
  const groups = renewStrengths(turn, effects, movers + (indices[steppings] as number));
  const firstGroup = movers + (indices[steppings] as number) + (indices[effects] as number);
  renewChances(turn, renewFactors(turn, groups, movers, firstGroup), movers);
  return held(turn);
}

/** The distribution at entry; a course with one that does not sum to 1 cannot be. */
function enter({ numbers, indices, course, pairs }: Turn, entry: number): void {
  const part = indices[course + Word.isHalf] === 1 ? 0.5 : 1;
  const broken = course + (indices[course + Word.broken] as number);
  const states = indices[entry] as number;
  for (let lane = 0; pairs >>> (lane / LANES) !== 0; lane += 1) {
    let sum = 0;
    for (let state = 0; state < states; state += 1) {
      const share = numbers[(indices[entry + 1 + 2 * state] as number) + lane] as number;
      numbers[(indices[entry + 2 + 2 * state] as number) + lane] = share * part;
      sum += share;
    }
    indices[broken + lane] = Math.abs(sum - 1) <= 1e-9 ? 0 : 1;
  }
}

/** In which pairs anything changes, by cycle. */
function gather({ indices, course, cycles }: Turn, clocks: number): void {
  const moving = course + (indices[course + Word.moving] as number);
  indices.fill(0, moving, moving + cycles);
  for (let at = 1; at <= (indices[clocks] as number); at += 1) {
    const moved = (indices[clocks + at] as number) + Change.lists;
    for (let cycle = 0; cycle < cycles; cycle += 1)
      indices[moving + cycle] = (indices[moving + cycle] as number) | (indices[moved + cycle] as number);
  }
}

/** Until when nothing changes. */
function held({ indices, course, cycle, cycles, pairs }: Turn): number {
  const moving = course + (indices[course + Word.moving] as number);
  let end = cycle + 1;
  while (end < cycles && ((indices[moving + end] as number) & pairs) === 0) end += 1;
  return end;
}

/** The pairs in which a clock changes, kept as those of a mover. */
function move({ indices, cycle, pairs }: Turn, clock: number, mover: number): number {
  const moved = (indices[clock + Change.lists + cycle] as number) & pairs;
  indices[mover] = moved;
  return moved;
}

/** The last change of a clock in the cycle, −1 for none; and the one before a change. */
const lastOf = ({ indices, cycle, cycles }: Turn, clock: number) =>
  indices[clock + Change.lists + cycles + cycle] as number;
const beforeOf = ({ indices, cycles }: Turn, clock: number, change: number) =>
  indices[clock + Change.lists + 2 * cycles + change] as number;
const laneOf = ({ indices, cycles }: Turn, clock: number, change: number) =>
  indices[clock + Change.lists + 2 * cycles + (indices[clock + Change.most] as number) + change] as number;
const valueAt = ({ numbers, indices }: Turn, clock: number, change: number) =>
  numbers[(indices[clock + Change.values] as number) + change] as number;

/** The steps of moves that hold from the cycle on, where they are others than before. Gives the place after the list. */
function renewSteps(turn: Turn, list: number, mover: number): number {
  const { numbers, indices } = turn;
  let at = list + 1;
  for (let item = 0; item < (indices[list] as number); item += 1) {
    const [clock, moves] = [indices[at] as number, indices[at + 1] as number];
    const into = at + 3;
    const from = into + moves;
    at = from + (indices[at + 2] as number);
    if (move(turn, clock, mover + item) === 0) continue;
    for (let change = lastOf(turn, clock); change >= 0; change = beforeOf(turn, clock, change)) {
      const lane = laneOf(turn, clock, change);
      const first = from + (valueAt(turn, clock, change) + 1) * moves;
      for (let place = 0; place < moves; place += 1)
        numbers[(indices[into + place] as number) + lane] = numbers[
          (indices[first + place] as number) + lane
        ] as number;
    }
  }
  return at;
}

/** The strengths of effects that hold from the cycle on, where they are others than before. */
function renewStrengths(turn: Turn, list: number, mover: number): number {
  const { numbers, indices } = turn;
  let at = list + 1;
  for (let item = 0; item < (indices[list] as number); item += 1, at += 2) {
    const [clock, row] = [indices[at] as number, indices[at + 1] as number];
    if (move(turn, clock, mover + item) === 0) continue;
    for (let change = lastOf(turn, clock); change >= 0; change = beforeOf(turn, clock, change))
      numbers[row + laneOf(turn, clock, change)] = valueAt(turn, clock, change);
  }
  return at;
}

/** What groups of effects multiply rates by, where one of the effects is another than before. */
function renewFactors({ numbers, indices }: Turn, list: number, movers: number, mover: number): number {
  let at = list + 1;
  for (let item = 0; item < (indices[list] as number); item += 1) {
    const [row, effects] = [indices[at] as number, indices[at + 1] as number];
    at += 2;
    let moved = 0;
    for (let effect = 0; effect < effects; effect += 1)
      moved |= indices[movers + (indices[at + EFFECT * effect + 2] as number)] as number;
    indices[mover + item] = moved;
    factor(numbers, indices, at, effects, row, moved);
    at += EFFECT * effects;
  }
  return at;
}

/** The chances of leaving states of which a mover moves; in cycle 0 of all. */
function renewChances({ numbers, indices, course, cycle, pairs }: Turn, list: number, movers: number): void {
  const total = indices[course + Word.total] as number;
  const perYear = indices[course + Word.perYear] as number;
  const isRate = indices[course + Word.isRate] === 1;
  let at = list + 1;
  for (let item = 0; item < (indices[list] as number); item += 1) {
    const [stay, moves, count] = [indices[at], indices[at + 1], indices[at + 2]] as [number, number, number];
    const own = at + 3 + MOVE * moves;
    let moved = cycle === 0 ? pairs : 0;
    for (let mover = 0; mover < count; mover += 1)
      moved |= indices[movers + (indices[own + mover] as number)] as number;
    if (moved !== 0) {
      chances(numbers, indices, { list: at + 3, moves, stay, total, perYear, isRate }, moved);
      if (!isRate) check(numbers, indices, course, moved);
    }
    at = own + count;
  }
}

/** Probabilities out of a state that exceed 1 break the course. */
function check(numbers: Float64Array, indices: Int32Array, course: number, pairs: number): void {
  const total = indices[course + Word.total] as number;
  const broken = course + (indices[course + Word.broken] as number);
  for (let lane = 0; pairs >>> (lane / LANES) !== 0; lane += 1)
    if (((pairs >>> (lane / LANES)) & 1) === 1 && (numbers[total + lane] as number) > 1 + 1e-9)
      indices[broken + lane] = 1;
}
