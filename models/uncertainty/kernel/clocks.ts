/** What clocks do in a block of draws, in TypeScript: the twin of assembly/clocks.ts. */
import { EDGE_TOLERANCE } from "../../cohort/lags.ts";
import { log, power } from "../../core/elementaryFunctions.ts";
import { LANES } from "./chances.ts";
import { Change } from "./courseWords.ts";
import { type MoneyRows, WINDOW } from "./money.ts";

/** What the kernel can do with the clocks of courses; always in whole rows. Rows are in months unless they are named otherwise. */
export const ClockInstruction = {
  /**
   * into = changes of the strength of an effect, in as many cycles as rows; e cycles per year. a, b, c and d are rows: wait,
   * delay, duration (infinite for what does not end) and half-life (0 for what does not fade).
   */
  strengths: 120,
  /**
   * into = changes of the step that holds: of those that have begun the one that starts last, the later in the list of two;
   * −1 for none. After the instruction stand the rows in which b steps start; a is the row of the clock's shift, c are the
   * cycles per year, and d is room for a number per step. In as many cycles as rows.
   */
  steps: 121,
  /** into = log a · c · b, c one plain number: one row */
  logarithms: 122,
  /**
   * into = months of a cost in each of as many cycles as rows (timed amounts): the overlap of the cycle with an interval that
   * begins a + b after entry and lasts c; d cycles per year.
   */
  months: 123,
  /** into = 1 in the cycle of a cost that is made once, a + b after entry, in as many cycles as rows; d cycles per year */
  once: 124,
  /**
   * into = what factors on flows add in each of as many cycles as rows (timed amounts, the window of whole years):
   * Π(1 + (factor − 1) · credibility · strength) − 1. After the rows of all cycles comes one per year: what they add
   * throughout it, no number where that changes. The rows of a year without any change are not kept. After the instruction
   * stand, for a effects, the changes of the strength, the row of the factor, and the place of the credibility; c are the
   * cycles per year. b is room: two rows per effect and one more, and a whole number per cycle.
   */
  factors: 125,
} as const;

/** First cycle 0 … cycles for which a monotone condition on the cycle's month holds; `near` is about that month. */
function firstCycle(
  cycles: number,
  perYear: number,
  near: number,
  holds: (month: number) => boolean,
): number {
  let cycle = Math.min(cycles, Math.max(0, Math.ceil((near * perYear) / 12)));
  if (Number.isNaN(cycle)) return cycles;
  while (cycle > 0 && holds((12 * (cycle - 1)) / perYear)) cycle -= 1;
  while (cycle < cycles && !holds((12 * cycle) / perYear)) cycle += 1;
  return cycle;
}

/** The changes of a clock as they are written down (see Change). */
class ChangeList {
  private readonly values: number;
  private readonly most: number;
  private readonly pairs: number;
  private readonly last: number;
  private readonly before: number;
  private readonly lanes: number;
  private count = 0;

  constructor(
    private readonly numbers: Float64Array,
    private readonly indices: Int32Array,
    changes: number,
    cycles: number,
  ) {
    this.values = indices[changes + Change.values] as number;
    this.most = indices[changes + Change.most] as number;
    this.pairs = changes + Change.lists;
    this.last = this.pairs + cycles;
    this.before = this.last + cycles;
    this.lanes = this.before + this.most;
  }

  clear(): void {
    const { before, indices, last, pairs } = this;
    indices.fill(0, pairs, last);
    indices.fill(-1, last, before);
    this.count = 0;
  }

  add(cycle: number, lane: number, value: number): void {
    const { before, count, indices, lanes, last, numbers, pairs, values } = this;
    indices[before + count] = indices[last + cycle] as number;
    indices[last + cycle] = count;
    indices[lanes + count] = lane;
    numbers[values + count] = value;
    indices[pairs + cycle] = (indices[pairs + cycle] as number) | (1 << (lane / LANES));
    this.count += 1;
  }

  /** Pairs of draws in which anything changes in a cycle. */
  pairsIn(cycle: number): number {
    return this.indices[this.pairs + cycle] as number;
  }

  /** What changes in a cycle, put into a row. */
  put(cycle: number, row: number): void {
    const { before, indices, lanes, last, numbers, values } = this;
    for (let at = indices[last + cycle] as number; at >= 0; at = indices[before + at] as number)
      numbers[row + (indices[lanes + at] as number)] = numbers[values + at] as number;
  }

  /** Where its window stands. */
  get window(): number {
    return this.values + this.most;
  }
}

/** When an effect works in one draw, in months. */
interface Course {
  readonly onset: number;
  readonly duration: number;
  readonly halfLife: number;
}

/** The cycles in which it begins and ends. */
interface Cycles {
  readonly begin: number;
  readonly end: number;
}

function effectCycles({ onset, duration }: Course, cycles: number, perYear: number): Cycles {
  const edge = EDGE_TOLERANCE * (12 / perYear);
  const begin = firstCycle(cycles, perYear, onset, (month) => month - onset >= -edge);
  if (duration === Number.POSITIVE_INFINITY) return { begin, end: cycles };
  const isOver = (month: number) => month - onset >= -edge && month - onset - duration >= -edge;
  return { begin, end: firstCycle(cycles, perYear, onset + duration, isOver) };
}

/** The part of the effect that works in a cycle, 0 to 1. */
function strength(
  { onset, duration, halfLife }: Course,
  { begin, end }: Cycles,
  cycle: number,
  perYear: number,
) {
  if (cycle < begin) return 0;
  if (cycle < end) return 1;
  if (!(halfLife > 0)) return 0;
  const over = (12 * cycle) / perYear - onset - duration;
  return power(2, -Math.max(0, over) / halfLife);
}

/** ClockInstruction.strengths. */
const strengths: MoneyRows = (numbers, indices, { into, a, b, rows: cycles, c, d, e: perYear }, { size }) => {
  const changes = new ChangeList(numbers, indices, into, cycles);
  changes.clear();
  let first = cycles;
  let last = 0;
  for (let lane = 0; lane < size; lane += 1) {
    const course = {
      onset: (numbers[a + lane] as number) + (numbers[b + lane] as number),
      duration: numbers[c + lane] as number,
      halfLife: numbers[d + lane] as number,
    };
    const within = effectCycles(course, cycles, perYear);
    const { begin, end } = within;
    let now = strength(course, within, 0, perYear);
    changes.add(0, lane, now);
    const change = (cycle: number) => {
      const before = now;
      now = strength(course, within, cycle, perYear);
      if (now !== before) changes.add(cycle, lane, now);
    };
    if (begin > 0 && begin < end) change(begin);
    const fades = course.halfLife > 0;
    const until = fades ? cycles : Math.min(cycles, end + 1);
    for (let cycle = Math.max(1, begin, end); cycle < until; cycle += 1) change(cycle);
    if (begin < end || fades) first = Math.min(first, begin);
    last = Math.max(last, fades ? cycles : end);
  }
  numbers[changes.window] = first;
  numbers[changes.window + 1] = last;
  return 0;
};

/** ClockInstruction.steps. */
const steps: MoneyRows = (
  numbers,
  indices,
  { into, a: shift, b: count, rows: cycles, c: perYear, d: begins, list },
  { size },
) => {
  const changes = new ChangeList(numbers, indices, into, cycles);
  changes.clear();
  const edge = EDGE_TOLERANCE * (12 / perYear);
  for (let lane = 0; lane < size; lane += 1) {
    const start = (at: number) => numbers[(indices[list + at] as number) + lane] as number;
    const shifted = numbers[shift + lane] as number;
    for (let at = 0; at < count; at += 1) {
      const from = start(at);
      const holds = (month: number) => from <= month + shifted + edge;
      numbers[begins + at] = firstCycle(cycles, perYear, from - shifted, holds);
    }
    const step = (cycle: number) => {
      let found = -1;
      let latest = Number.NEGATIVE_INFINITY;
      for (let at = 0; at < count; at += 1)
        if ((numbers[begins + at] as number) <= cycle && start(at) >= latest) {
          latest = start(at);
          found = at;
        }
      return found;
    };
    changes.add(0, lane, step(0));
    for (let at = 0; at < count; at += 1) {
      const begin = numbers[begins + at] as number;
      if (begin === 0 || begin >= cycles) continue;
      const now = step(begin);
      if (now !== step(begin - 1)) changes.add(begin, lane, now);
    }
  }
  return count;
};

/** ClockInstruction.logarithms. */
const logarithms: MoneyRows = (numbers, _, { into, a, b, c }, { size }) => {
  for (let lane = 0; lane < size; lane += 1)
    numbers[into + lane] =
      log(numbers[a + lane] as number) * (numbers[c] as number) * (numbers[b + lane] as number);
  return 0;
};

/** A cost in one draw: from when to when, in months, the first cycle that has it, and the one after the last. */
interface Interval {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly end: number;
}

/** Writes the window of a cost, and what of it there is in each cycle of that. */
function writeCost(
  numbers: Float64Array,
  timed: number,
  intervals: readonly Interval[],
  cycles: number,
  amount: (interval: Interval, cycle: number) => number,
): void {
  const has = ({ first, end }: Interval) => first >= 0 && end > first;
  const made = intervals.filter(has);
  const first = made.reduce((least, interval) => Math.min(least, interval.first), cycles);
  const end = made.reduce((most, interval) => Math.max(most, interval.end), 0);
  numbers[timed] = first;
  numbers[timed + 1] = end;
  for (let cycle = first; cycle < end; cycle += 1)
    for (const [lane, interval] of intervals.entries())
      numbers[timed + WINDOW + cycle * intervals.length + lane] =
        has(interval) && cycle >= interval.first && cycle < interval.end ? amount(interval, cycle) : 0;
}

/** ClockInstruction.months. */
const months: MoneyRows = (numbers, _, { into, a, b, rows: cycles, c, d: perYear }, { size }) => {
  const cycleMonths = 12 / perYear;
  const intervals = Array.from({ length: size }, (_, lane) => {
    const from = (numbers[a + lane] as number) + (numbers[b + lane] as number);
    const to = from + (numbers[c + lane] as number);
    const first = Math.max(0, Math.floor(from / cycleMonths));
    return { from, to, first, end: Math.min(cycles, Math.ceil(to / cycleMonths)) };
  });
  writeCost(numbers, into, intervals, cycles, ({ from, to }, cycle) =>
    Math.max(0, Math.min(to, (cycle + 1) * cycleMonths) - Math.max(from, cycle * cycleMonths)),
  );
  return 0;
};

/** ClockInstruction.once. */
const once: MoneyRows = (numbers, _, { into, a, b, rows: cycles, d: perYear }, { size }) => {
  const intervals = Array.from({ length: size }, (_, lane) => {
    const from = (numbers[a + lane] as number) + (numbers[b + lane] as number);
    const first = Math.floor(from / (12 / perYear) + EDGE_TOLERANCE);
    return { from, to: from, first, end: first < cycles ? first + 1 : first };
  });
  writeCost(numbers, into, intervals, cycles, () => 1);
  return 0;
};

/** An effect on flows: when it changes, and the rows of its change at full strength and of the strength that holds. */
interface TimedFactor {
  readonly changes: ChangeList;
  readonly full: number;
  readonly strength: number;
}

/** ClockInstruction.factors. */
const factors: MoneyRows = (
  numbers,
  indices,
  { into, a: count, b: added, rows: cycles, c: perYear, list },
  { size },
) => {
  const effects = Array.from({ length: count }, (_, effect): TimedFactor => {
    const word = (at: number) => indices[list + 3 * effect + at] as number;
    const full = added + (1 + 2 * effect) * size;
    for (let lane = 0; lane < size; lane += 1)
      numbers[full + lane] = ((numbers[word(1) + lane] as number) - 1) * (numbers[word(2)] as number);
    return { changes: new ChangeList(numbers, indices, word(0), cycles), full, strength: full + size };
  });
  const moved = 2 * (added + (1 + 2 * count) * size);
  for (let cycle = 0; cycle < cycles; cycle += 1)
    indices[moved + cycle] = effects.reduce((pairs, { changes }) => pairs | changes.pairsIn(cycle), 0);
  const windows = effects.map(({ changes }) => changes.window);
  const first = Math.min(...windows.map((window) => numbers[window] as number));
  const end = Math.max(...windows.map((window) => numbers[window + 1] as number));
  numbers[into] = Math.floor(first / perYear) * perYear;
  numbers[into + 1] = first < end ? Math.ceil(end / perYear) * perYear : 0;
  const rows = into + WINDOW;
  for (let start = 0; start < (numbers[into + 1] as number); start += perYear) {
    const year = rows + (cycles + start / perYear) * size;
    if (indices[moved + start] !== 0) add(numbers, effects, added, start, size);
    numbers.copyWithin(year, added, added + size);
    for (let from = start; from < start + perYear; ) {
      let next = from + 1;
      while (next < start + perYear && indices[moved + next] === 0) next += 1;
      if (next === start + perYear && from === start) break;
      for (; from < next; from += 1) numbers.copyWithin(rows + from * size, added, added + size);
      if (next === start + perYear) break;
      add(numbers, effects, added, next, size);
      for (let lane = 0; lane < size; lane += 1)
        if (numbers[added + lane] !== numbers[year + lane]) numbers[year + lane] = Number.NaN;
    }
  }
  return 3 * count;
};

/** Works out what effects add from a cycle on. */
function add(
  numbers: Float64Array,
  effects: readonly TimedFactor[],
  added: number,
  cycle: number,
  size: number,
): void {
  for (const { changes, strength } of effects) changes.put(cycle, strength);
  for (let lane = 0; lane < size; lane += 1) {
    let product = 1;
    for (const { full, strength } of effects)
      product *= 1 + (numbers[full + lane] as number) * (numbers[strength + lane] as number);
    numbers[added + lane] = product - 1;
  }
}

/** By instruction. */
export const CLOCKS: Readonly<Record<number, MoneyRows>> = {
  [ClockInstruction.strengths]: strengths,
  [ClockInstruction.steps]: steps,
  [ClockInstruction.logarithms]: logarithms,
  [ClockInstruction.months]: months,
  [ClockInstruction.once]: once,
  [ClockInstruction.factors]: factors,
};
