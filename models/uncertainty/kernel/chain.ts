import { type CarryDraw, STRAIGHT } from "./straightChains.ts";

/** Where a chain finds and leaves its numbers: places of rows, one number per draw side by side. */
export interface ChainLayout {
  /** Draws in a row, an even number. */
  readonly size: number;
  readonly states: number;
  readonly cycles: number;
  /** 0 mid, 1 start, 2 end. */
  readonly occupancyMode: number;
  /**
   * Distribution over the states, [state][lane]. For the occupancy in the middle of cycles half of it is carried: before and
   * after a cycle then add up to the mean, to the bit, without a multiplication per cycle and state.
   */
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

/** A pattern of moves in TypeScript: one draw at a time, its chances read where they stand. */
export function createChain(
  numbers: Float64Array,
  layout: ChainLayout,
  sources: Sources,
  renew: Renew,
): Chain {
  const { cycles, size, states, state, occupancy, occupancyMode } = layout;
  const rows = chanceRows(layout, sources);
  const carry = STRAIGHT[states - 1] ?? inLoops(sources);
  const advance = (from: number, to: number, lanes: number) => {
    const kept = occupancy + from * states * size;
    for (let lane = 0; lane < lanes; lane += 1)
      carry(numbers, rows, lane, state, kept, size, to - from, occupancyMode);
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

/** Where the row of each chance stands, [to][from], that of staying included; −1 where there is no move. */
function chanceRows({ size, states, stay, chances }: ChainLayout, sources: Sources): Int32Array {
  const rows = new Int32Array(states * states).fill(-1);
  const moves = sources.flatMap((from, to) => from.map((source) => to * states + source));
  for (const [move, place] of moves.entries()) rows[place] = chances + move * size;
  for (let at = 0; at < states; at += 1) rows[at * (states + 1)] = stay + at * size;
  return rows;
}

/** What straight code does, for as many states as there are. */
function inLoops(sources: Sources): CarryDraw {
  const states = sources.length;
  let before = new Float64Array(states);
  let after = new Float64Array(states);
  return (numbers, rows, lane, state, kept, size, cycles, mode) => {
    for (let at = 0; at < states; at += 1) before[at] = numbers[state + at * size + lane] as number;
    for (let cycle = 0, place = kept + lane; cycle < cycles; cycle += 1) {
      for (let to = 0; to < states; to += 1, place += size) {
        const chance = (from: number) => numbers[(rows[to * states + from] as number) + lane] as number;
        const from = sources[to] as readonly number[];
        const old = before[to] as number;
        let sum = old * chance(to);
        for (let move = 0; move < from.length; move += 1) {
          const source = from[move] as number;
          sum += (before[source] as number) * chance(source);
        }
        after[to] = sum;
        numbers[place] = mode === 0 ? old + sum : mode === 1 ? old : sum;
      }
      const swapped = before;
      before = after;
      after = swapped;
    }
    for (let at = 0; at < states; at += 1) numbers[state + at * size + lane] = before[at] as number;
  };
}
