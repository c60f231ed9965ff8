import { type CarryDraw, STRAIGHT } from "./straightChains.ts";

/** Where a chain finds and leaves its numbers: places of rows, one number per draw side by side. */
export interface ChainLayout {
  /** Draws in a row, an even number. */
  readonly size: number;
  readonly states: number;
  readonly cycles: number;
  readonly perYear: number;
  /** Years of follow-up within the horizon. */
  readonly years: number;
  /** 0 mid, 1 start, 2 end. */
  readonly occupancyMode: number;
  /** 1 when entrants arrive over the year, 0 when in its first cycle. */
  readonly spread: number;
  /** Distribution over the states, [state][lane], and room for the next one. */
  readonly state: number;
  readonly next: number;
  /** Chance of staying, [state][lane]. */
  readonly stay: number;
  /** Chance of each move in the order of Sources, [place][lane]. */
  readonly chances: number;
  /** Occupancy, [cycle][state][lane]. */
  readonly occupancy: number;
  /** Cycles spent, by year since the year of entry, [year][state][lane]. */
  readonly lags: number;
}

/** For each state, from which others there are moves into it, ascending: the order of the chances. */
export type Sources = readonly (readonly number[])[];

/** One pattern of moves, along which distributions are carried. */
export interface Chain {
  /** Advances the distribution from one cycle to a later one with the chances that hold between, and keeps the occupancy. */
  advance(from: number, to: number, lanes: number): void;
}

/**
 * A pattern of moves in TypeScript: one draw at a time, its chances side by side in a matrix of its own, [to][from]. Where
 * there is no move stands −0, which added to any sum leaves that sum as it is, its sign included.
 */
export function createChain(numbers: Float64Array, layout: ChainLayout, sources: Sources): Chain {
  const { size, states, state, stay, chances, occupancy, occupancyMode } = layout;
  const matrix = new Float64Array(states * states).fill(-0);
  const places = Int32Array.from(sources.flatMap((from, to) => from.map((source) => to * states + source)));
  const carry = STRAIGHT[states - 1] ?? inLoops(sources);
  // `| 0` tells the compiler that places are small whole numbers.
  const take = (lane: number) => {
    let row = (stay + lane) | 0;
    for (let at = 0; at < matrix.length; at = (at + states + 1) | 0) {
      matrix[at] = numbers[row] as number;
      row = (row + size) | 0;
    }
    row = (chances + lane) | 0;
    for (let move = 0; move < places.length; move = (move + 1) | 0) {
      matrix[places[move] as number] = numbers[row] as number;
      row = (row + size) | 0;
    }
  };
  return {
    advance(from, to, lanes) {
      const kept = occupancy + from * states * size;
      for (let lane = 0; lane < lanes; lane += 1) {
        take(lane);
        carry(numbers, matrix, state + lane, kept + lane, size, to - from, occupancyMode);
      }
    },
  };
}

/** What straight code does, for as many states as there are. */
function inLoops(sources: Sources): CarryDraw {
  const states = sources.length;
  let before = new Float64Array(states);
  let after = new Float64Array(states);
  return (numbers, matrix, state, kept, size, cycles, mode) => {
    for (let at = 0; at < states; at += 1) before[at] = numbers[state + at * size] as number;
    for (let cycle = 0, place = kept; cycle < cycles; cycle += 1) {
      for (let to = 0; to < states; to += 1, place += size) {
        const row = to * states;
        const from = sources[to] as readonly number[];
        const old = before[to] as number;
        let sum = old * (matrix[row + to] as number);
        for (let move = 0; move < from.length; move += 1) {
          const source = from[move] as number;
          sum += (before[source] as number) * (matrix[row + source] as number);
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
