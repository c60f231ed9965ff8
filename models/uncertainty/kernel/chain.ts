import { type CarryDraw, STRAIGHT } from "./straightChains.ts";

/** Where a chain finds and leaves its numbers: places of rows, one number per draw side by side. */
export interface ChainLayout {
  /** Draws in a row, an even number. */
  readonly size: number;
  readonly states: number;
  readonly cycles: number;
  /** 0 mid, 1 start, 2 end. */
  readonly occupancyMode: number;
  /** Distribution over the states, [state][lane]. */
  readonly state: number;
  /** Chance of staying, [state][lane]. */
  readonly stay: number;
  /** Chance of each move in the order of Sources, [place][lane]. */
  readonly chances: number;
  /** Occupancy, [cycle][state][lane]. */
  readonly occupancy: number;
}

/** For each state, from which others there are moves into it, ascending: the order of the chances. */
export type Sources = readonly (readonly number[])[];

/** Works out what changes in a course in a cycle, and gives the cycle until which that holds (see Kernel.renew). */
type Renew = (course: number, cycle: number, pairs: number) => number;

/** One pattern of moves, along which distributions are carried. */
export interface Chain {
  /** Advances the distribution from one cycle to a later one with the chances that hold between, and keeps the occupancy. */
  advance(from: number, to: number, lanes: number): void;
  /**
   * Advances the distribution through a course, each time after what changes in some pairs has been renewed.
   *
   * @param course where it is written down (see Kernel.renew)
   */
  follow(course: number, pairs: number, lanes: number): void;
}

/** Draws whose chances are taken at once: those that stand in one line of the processor's cache. */
const TOGETHER = 8;

/**
 * A pattern of moves in TypeScript: one draw at a time, its chances side by side in a matrix of its own, [to][from]. Where
 * there is no move stands −0, which added to any sum leaves that sum as it is, its sign included.
 */
export function createChain(
  numbers: Float64Array,
  layout: ChainLayout,
  sources: Sources,
  renew: Renew,
): Chain {
  const { cycles, size, states, state, stay, chances, occupancy, occupancyMode } = layout;
  const area = states * states;
  const matrices = new Float64Array(TOGETHER * area).fill(-0);
  const places = Int32Array.from(sources.flatMap((from, to) => from.map((source) => to * states + source)));
  const carry = STRAIGHT[states - 1] ?? inLoops(sources);
  // `| 0` tells the compiler that places are small whole numbers.
  const takeRow = (row: number, place: number, draws: number) => {
    let into = place;
    for (let draw = 0; draw < draws; draw = (draw + 1) | 0) {
      matrices[into] = numbers[(row + draw) | 0] as number;
      into = (into + area) | 0;
    }
  };
  const take = (lane: number, draws: number) => {
    for (let at = 0; at < states; at = (at + 1) | 0)
      takeRow((stay + at * size + lane) | 0, (at * (states + 1)) | 0, draws);
    for (let move = 0; move < places.length; move = (move + 1) | 0)
      takeRow((chances + move * size + lane) | 0, places[move] as number, draws);
  };
  const advance = (from: number, to: number, lanes: number) => {
    const kept = occupancy + from * states * size;
    for (let first = 0; first < lanes; first += TOGETHER) {
      const draws = Math.min(TOGETHER, lanes - first);
      take(first, draws);
      for (let draw = 0; draw < draws; draw += 1) {
        const lane = first + draw;
        carry(numbers, matrices, draw * area, state + lane, kept + lane, size, to - from, occupancyMode);
      }
    }
  };
  return {
    advance,
    follow(course, pairs, lanes) {
      for (let cycle = 0; cycle < cycles; ) {
        const end = renew(course, cycle, pairs);
        advance(cycle, end, lanes);
        cycle = end;
      }
    },
  };
}

/** What straight code does, for as many states as there are. */
function inLoops(sources: Sources): CarryDraw {
  const states = sources.length;
  let before = new Float64Array(states);
  let after = new Float64Array(states);
  return (numbers, matrices, matrix, state, kept, size, cycles, mode) => {
    for (let at = 0; at < states; at += 1) before[at] = numbers[state + at * size] as number;
    for (let cycle = 0, place = kept; cycle < cycles; cycle += 1) {
      for (let to = 0; to < states; to += 1, place += size) {
        const row = matrix + to * states;
        const from = sources[to] as readonly number[];
        const old = before[to] as number;
        let sum = old * (matrices[row + to] as number);
        for (let move = 0; move < from.length; move += 1) {
          const source = from[move] as number;
          sum += (before[source] as number) * (matrices[row + source] as number);
        }
        after[to] = sum;
        numbers[place] = mode === 0 ? (old + sum) / 2 : mode === 1 ? old : sum;
      }
      const swapped = before;
      before = after;
      after = swapped;
    }
    for (let at = 0; at < states; at += 1) numbers[state + at * size] = before[at] as number;
  };
}
