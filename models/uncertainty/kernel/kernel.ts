import { ROUNDING } from "../../results/afterTransfers.ts";
import { type Chain, type ChainLayout, createChain, type Sources } from "./chain.ts";
import { chances, type LeavingLayout } from "./chances.ts";
import { CLOCKS, ClockInstruction } from "./clocks.ts";
import { renew } from "./course.ts";
import { quantileRow, uniformRow } from "./draws.ts";
import { applyRow, renewRow } from "./formulas.ts";
import { type KeepLayout, type KeepStretch, keep, pack } from "./keep.ts";
import { type MomentsLayout, moments } from "./moments.ts";
import { charge, type MoneyRows, personYears, presence, scaledTotal, weigh } from "./money.ts";
import { orderStatistics, type SampleLayout } from "./orderStatistics.ts";
import { extent, pay } from "./payments.ts";
import { followPurses, PurseInstruction } from "./purses.ts";
import { spread, work } from "./spread.ts";

export { LANES, type LeavingLayout } from "./chances.ts";

/**
 * What the kernel can do with rows of numbers, one number per draw side by side. `rows` rows are worked on, one under the
 * other; operands that are one row or plain numbers are named so.
 */
export const Instruction = {
  /** into = 0 */
  clear: 0,
  /** into = a */
  copy: 1,
  /** into += a */
  add: 2,
  /** into = Σ of a blocks, one at least, of which the places stand after the instruction, in their order; see listWords */
  total: 4,
  /** into = a − b */
  difference: 5,
  /** into = a · b, b one plain number */
  share: 6,
  /** into += a · b, b one row */
  addScaled: 7,
  /** into[r] = Σ over e of b[e] · a[r − e], e ascending, for 0 ≤ r − e < followed; c such blocks, d entries, e followed */
  spread: 8,
  /** into = 0 ± … of a blocks, of which the places stand after the instruction, in their order: −1 − place of what is taken off */
  balance: 9,
  /** into[r] = max(0, a[0] + … + a[r]) */
  gained: 12,
  /** into = a − b, 0 where that is not more than ROUNDING of the larger */
  fall: 13,
  /** into = Σ over rows of a · b: one row */
  value: 14,
  /** into = a · b, b one row */
  scale: 15,
  /**
   * Timed amounts have a row per cycle from WINDOW numbers after their place on; at their place stand two plain
   * numbers, their window: the first cycle in which there are any, and the one after the last.
   *
   * Persons present: timed amounts at into, in their window; into[cycle] = Σ of a[rows · cycle + state] over the b states
   * that stand after the instruction, in their order.
   */
  /** into = a op b, op the operation d of a program (Op); a selection is a where c is not 0, else b: one row */
  apply: 20,
  /**
   * into = a, one row. The plain number c becomes that at e where that brings other bits; the row d becomes 1 where a value
   * is below the plain number b or not finite.
   */
  renew: 21,
  /** into = uniform numbers of which the key stands at a (see RandomKey), from the index at b on: one row */
  uniforms: 22,
  /**
   * into = quantiles at the uniform numbers a, of a distribution of which four numbers stand at b and the table of its line at
   * d (see quantileRow); no number where that does not give one: one row. The plain number c becomes 1 where there is such a
   * one, else 0.
   */
  quantiles: 23,
  ...PurseInstruction,
  presence: 90,
  /**
   * Cycles in one state in years since entry, for as many years as rows: a[c · cycle] each. into are three blocks:
   * person-years, and of the cycles in each year those of that year and those of the next (see splitYears). d packs cycles
   * per year and 256 · whether arrival is spread.
   */
  personYears: 91,
  /**
   * into = person-years weighted with the timed amounts at e, which are what is added: b + those of a, weighted. a, b, c
   * and d are those of the state's personYears, b its into. The window is of whole years; after the rows of all cycles comes
   * one per year, what is added throughout it, no number where that changes within the year.
   */
  weigh: 92,
  /** into[year] = Σ in years since entry of a[cycle] times the timed amounts at b; rows and d as for personYears. */
  charge: 93,
  /**
   * into[r] = Σ of a blocks times a row each, whose places stand in pairs after the instruction, in their order; in as many
   * rows as the plain number b says.
   */
  scaledTotal: 94,
  /**
   * into = Σ of spreads, in their order, with c entries: after the instruction stand, for each, the places of amounts per
   * entrant, of entrants, and of how many years since entry there are until nothing more happens, a whole numbers in all.
   * Leaves in b, one plain number, how many rows there are until nothing but 0 follows.
   */
  work: 110,
  /** into = a / b where b > 0, else a − b; b one plain number per row; in so many rows as the number c says */
  extent: 111,
  /**
   * into += a · part + anyway: without a where the part is 0, and from the row on that the number c says. At b, plain
   * numbers, stands in how many rows anything is paid anyway, and then part and anyway per row.
   */
  pay: 112,
  ...ClockInstruction,
} as const;

/** Whole numbers of an instruction: what, into, a, b, rows, c, d, e. */
const WORDS = 8;

/** Words after an instruction with a list of so many whole numbers: those, filled up to whole instructions. */
export function listWords(count: number): number {
  return Math.ceil(count / WORDS) * WORDS;
}

/** How much of a block is worked out. */
export interface Lanes {
  /** Draws, an even number. */
  readonly lanes: number;
  /** Numbers from one row to the next. */
  readonly size: number;
  /** Rows from one block to the next. */
  readonly years: number;
}

/** Carries the courses of draws side by side. The kernels give the same bits. */
export interface Kernel {
  readonly name: "typescript" | "wasm";
  readonly numbers: Float64Array;
  readonly indices: Int32Array;
  /** Makes a pattern of moves ready. */
  chain(layout: ChainLayout, sources: Sources): Chain;
  /**
   * Chances per cycle of the moves out of a state: competing risks from rates times factors, or probabilities.
   *
   * @param pairs bit k stands for draws 2k and 2k + 1; others are left as they are
   */
  chances(leaving: LeavingLayout, pairs: number): void;
  /**
   * Works out the chances of a course that hold from a cycle on, in those of `pairs` in which they change then; in cycle 0
   * in all, after the distribution at entry.
   *
   * @param course where it is written down in the indices (courseWords.ts)
   * @returns the cycle until which they hold
   */
  renew(course: number, cycle: number, pairs: number): number;
  /** Follows the instructions between two places of `indices`. */
  run(start: number, end: number, lanes: Lanes): void;
  /**
   * Keeps some draws of rows that lead, and of those that are no longer equal, to the bit, to the row that leads them.
   *
   * @returns how many of those there are; their numbers stand at `strays`, ascending
   */
  keep(layout: KeepLayout, stretch: KeepStretch): number;
  /**
   * Puts the first `filled` draws of rows that lead side by side at the start of their room: [row that leads][draw].
   *
   * @returns how many rows lead
   */
  pack(layout: KeepLayout, filled: number): number;
  /**
   * The sum of so many values, one at least, and their order statistics at some ranks.
   *
   * @returns what kind of sample it is; see SampleKind
   */
  orderStatistics(layout: SampleLayout, count: number): number;
  /**
   * Mean and variance of so many values, in their order with the rounding errors carried along, and how many are above a
   * bound, or below what is opposite to it.
   */
  moments(layout: MomentsLayout, count: number, bound: number): void;
}

/** The kernel in TypeScript: serves wherever WebAssembly SIMD is missing, and judges the other. */
export function createTypeScriptKernel(bytes: number): Kernel {
  const buffer = new ArrayBuffer(bytes);
  const numbers = new Float64Array(buffer);
  const indices = new Int32Array(buffer);
  const narrow = new Float32Array(buffer);
  const renewCourse: Kernel["renew"] = (course, cycle, pairs) =>
    renew(numbers, indices, course, cycle, pairs);
  return {
    name: "typescript",
    numbers,
    indices,
    chain: (layout, sources) => createChain(numbers, layout, sources, renewCourse),
    chances: (leaving, pairs) => chances(numbers, indices, leaving, pairs),
    renew: renewCourse,
    run: (start, end, lanes) => run(numbers, indices, start, end, lanes),
    keep: (layout, stretch) => keep(numbers, indices, layout.isNarrow ? narrow : numbers, layout, stretch),
    pack: (layout, filled) => pack(indices, layout.isNarrow ? narrow : numbers, layout, filled),
    orderStatistics: (layout, count) => orderStatistics(numbers, indices, narrow, layout, count),
    moments: (layout, count, bound) => moments(numbers, layout, count, bound),
  };
}

/** The instructions for the clocks of courses and the money on them. */
const COURSES: Readonly<Record<number, MoneyRows>> = {
  ...CLOCKS,
  [Instruction.presence]: presence,
  [Instruction.personYears]: personYears,
  [Instruction.weigh]: weigh,
  [Instruction.charge]: charge,
  [Instruction.scaledTotal]: scaledTotal,
};

function run(
  numbers: Float64Array,
  indices: Int32Array,
  start: number,
  end: number,
  { lanes, size, years }: Lanes,
): void {
  for (let at = start; at < end; at += WORDS) {
    const word = (place: number) => indices[at + place] as number;
    const [op, into, a, b, rows, c] = [word(0), word(1), word(2), word(3), word(4), word(5)];
    if (op === Instruction.spread) {
      const shape = { lanes, size, rows, entries: word(6) };
      spread(numbers, into, a, b, shape, word(7), c, years * size);
    } else if (op === Instruction.work) {
      const shape = { lanes, size, rows, entries: c };
      numbers[b] = work(numbers, into, indices.subarray(at + WORDS, at + WORDS + a), shape);
      at += listWords(a);
    } else if (op === Instruction.extent) extent(numbers, into, a, b, numbers[c] as number, lanes, size);
    else if (op === Instruction.pay) pay(numbers, into, a, b, numbers[c] as number, lanes, size);
    else if (op === Instruction.apply) applyRow(numbers, word(6), into, a, b, c, lanes);
    else if (op === Instruction.renew)
      renewRow({ numbers, indices }, into, a, numbers[b] as number, c, word(6), word(7), lanes);
    else if (op === Instruction.uniforms) uniformRow(numbers, into, a, b, lanes);
    else if (op === Instruction.quantiles) quantileRow(numbers, into, a, b, c, word(6), lanes);
    else if (op === Instruction.total) {
      total(numbers, into, indices.subarray(at + WORDS, at + WORDS + a), rows, lanes, size);
      at += listWords(a);
    } else if (op === Instruction.balance) {
      balance(numbers, into, indices.subarray(at + WORDS, at + WORDS + a), rows, lanes, size);
      at += listWords(a);
    } else if (COURSES[op]) {
      const operands = { into, a, b, rows, c, d: word(6), e: word(7), list: at + WORDS };
      at += listWords(COURSES[op](numbers, indices, operands, { lanes, size, years }));
    } else if (op >= PurseInstruction.limit) at += listWords(followPurses(numbers, indices, at, lanes, size));
    else if (op === Instruction.gained || op === Instruction.value)
      alongRows(numbers, op, into, a, b, rows, lanes, size);
    else
      for (let row = 0; row < rows; row += 1)
        byRow(numbers, op, into + row * size, a + row * size, b, row, lanes, size);
  }
}

/** One row of an instruction of which no row needs another. */
function byRow(
  numbers: Float64Array,
  op: number,
  into: number,
  a: number,
  b: number,
  row: number,
  lanes: number,
  size: number,
): void {
  const other = b + row * size;
  switch (op) {
    case Instruction.clear:
      numbers.fill(0, into, into + lanes);
      return;
    case Instruction.copy:
      numbers.copyWithin(into, a, a + lanes);
      return;
    case Instruction.add:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[into + lane] as number) + (numbers[a + lane] as number);
      return;
    case Instruction.difference:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[a + lane] as number) - (numbers[other + lane] as number);
      return;
    case Instruction.share:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[a + lane] as number) * (numbers[b] as number);
      return;
    case Instruction.addScaled:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] =
          (numbers[into + lane] as number) + (numbers[a + lane] as number) * (numbers[b + lane] as number);
      return;
    case Instruction.scale:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[a + lane] as number) * (numbers[b + lane] as number);
      return;
    case Instruction.fall:
      for (let lane = 0; lane < lanes; lane += 1) {
        const before = numbers[a + lane] as number;
        const now = numbers[other + lane] as number;
        const difference = before - now;
        const size = Math.max(Math.abs(now), Math.abs(before));
        numbers[into + lane] = Math.abs(difference) <= ROUNDING * size ? 0 : difference;
      }
      return;
    default:
      throw new RangeError(`instruction ${op}`);
  }
}

/** The sum of some blocks. */
function total(
  numbers: Float64Array,
  into: number,
  places: Int32Array,
  rows: number,
  lanes: number,
  size: number,
): void {
  for (let row = 0; row < rows * size; row += size)
    for (let lane = row; lane < row + lanes; lane += 1) {
      let sum = numbers[(places[0] as number) + lane] as number;
      for (let item = 1; item < places.length; item += 1)
        sum += numbers[(places[item] as number) + lane] as number;
      numbers[into + lane] = sum;
    }
}

/** The balance of some blocks, those that are taken off turned over. */
function balance(
  numbers: Float64Array,
  into: number,
  places: Int32Array,
  rows: number,
  lanes: number,
  size: number,
): void {
  for (let row = 0; row < rows * size; row += size)
    for (let lane = row; lane < row + lanes; lane += 1) {
      let sum = 0;
      for (const place of places)
        if (place < 0) sum -= numbers[~place + lane] as number;
        else sum += numbers[place + lane] as number;
      numbers[into + lane] = sum;
    }
}

/** Instructions that go down the rows, draw by draw. */
function alongRows(
  numbers: Float64Array,
  op: number,
  into: number,
  a: number,
  b: number,
  rows: number,
  lanes: number,
  size: number,
): void {
  for (let lane = 0; lane < lanes; lane += 1) {
    let sum = 0;
    for (let row = 0; row < rows; row += 1) {
      const place = row * size + lane;
      const amount = numbers[a + place] as number;
      sum += op === Instruction.value ? amount * (numbers[b + place] as number) : amount;
      if (op === Instruction.gained) numbers[into + place] = Math.max(0, sum);
    }
    if (op === Instruction.value) numbers[into + lane] = sum;
  }
}
