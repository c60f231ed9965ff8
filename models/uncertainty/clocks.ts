import { EDGE_TOLERANCE, followedCycles } from "../cohort/lags.ts";
import { power } from "../core/elementaryFunctions.ts";
import type { Time } from "../model/model.ts";
import { type Column, versionOf } from "./columns.ts";
import { Change } from "./courseWords.ts";
import { type Kernel, LANES } from "./kernel.ts";
import { WINDOW } from "./moneyRows.ts";
import type { Sheet } from "./sheet.ts";

/** When an effect works, as columns. */
export interface EffectTiming {
  readonly wait: Column;
  readonly delay: Column;
  readonly duration: Column | null;
  readonly halfLife: Column | null;
}

/** The columns that decide when an effect works. */
export function timingColumns({ wait, delay, duration, halfLife }: EffectTiming): Column[] {
  return [wait, delay, duration, halfLife].filter((column) => column !== null);
}

/** What tells timings apart. */
export function timingKey({ wait, delay, duration, halfLife }: EffectTiming): string {
  return [wait.id, delay.id, duration?.id ?? "-", halfLife?.id ?? "-"].join(",");
}

/** The bit of a draw's pair in a set of pairs. */
const bitOf = (lane: number) => 1 << (lane / LANES);

/** All pairs of so many draws. */
export const pairsOf = (lanes: number) => (1 << Math.ceil(lanes / LANES)) - 1;

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

/** Remembers the columns that something is worked out from. */
class Remembering {
  private readonly columns: readonly Column[];
  private version = -1;

  constructor(columns: readonly Column[]) {
    this.columns = columns.filter(({ constant }) => !constant);
  }

  /** Whether values are other ones than at the last call; the first time they are. */
  protected changed(): boolean {
    const version = versionOf(this.columns);
    const changed = version !== this.version;
    this.version = version;
    return changed;
  }
}

/** What changes when in the draws of a block, kept flat: each change sets one draw to a value from a cycle on. */
export class Changes {
  /** Where it is written down in the kernel's indices (see Change). */
  readonly index: number;
  /** Pairs of draws in which anything changes, by cycle. */
  pairs: Int32Array = new Int32Array();
  /** The last change of each cycle, by cycle, and the one before each change in its cycle; −1 for none. */
  last: Int32Array = new Int32Array();
  before: Int32Array = new Int32Array();
  lanes: Int32Array = new Int32Array();
  values: Float64Array = new Float64Array();
  private readonly place: number;
  private count = 0;

  /** @param most changes that there can be */
  constructor(
    private readonly cycles: number,
    private readonly most: number,
    sheet: Sheet,
  ) {
    this.index = sheet.takeWords(Change.lists + 2 * cycles + 2 * most);
    this.place = sheet.take(most);
  }

  /** Takes its place in the kernel, once the sheet is open. */
  bind({ indices, numbers }: Pick<Kernel, "indices" | "numbers">): void {
    const { cycles, index, most, place } = this;
    indices[index + Change.values] = place;
    indices[index + Change.most] = most;
    let at = index + Change.lists;
    const view = (length: number) => {
      at += length;
      return indices.subarray(at - length, at);
    };
    this.pairs = view(cycles);
    this.last = view(cycles);
    this.before = view(most);
    this.lanes = view(most);
    this.values = numbers.subarray(place, place + most);
  }

  clear(): void {
    this.pairs.fill(0);
    this.last.fill(-1);
    this.count = 0;
  }

  add(cycle: number, lane: number, value: number): void {
    const { before, lanes, last, pairs, values } = this;
    const change = this.count;
    this.count += 1;
    before[change] = last[cycle] as number;
    last[cycle] = change;
    lanes[change] = lane;
    values[change] = value;
    pairs[cycle] = (pairs[cycle] as number) | bitOf(lane);
  }
}

/** When an effect begins and ends in each draw of a block, in cycles, and how it fades; strengthAt without asking every cycle. */
export class EffectClock extends Remembering {
  /** Its strength from cycle 0 on. */
  readonly changes: Changes;
  /** First cycle in which it works in any draw, and first from which on it works in none. */
  first = 0;
  end = 0;
  private readonly begins: Int32Array;
  private readonly ends: Int32Array;
  private readonly cycles: number;
  private readonly perYear: number;
  private readonly size: number;

  constructor(
    private readonly timing: EffectTiming,
    time: Time,
    sheet: Sheet,
  ) {
    super(timingColumns(timing));
    this.cycles = followedCycles(time);
    this.perYear = time.cyclesPerYear;
    this.size = sheet.size;
    // At the start, when it begins, and when it ends; fading it changes in every cycle.
    const most = this.size * (timing.halfLife === null ? 3 : this.cycles);
    this.changes = new Changes(this.cycles, most, sheet);
    this.begins = new Int32Array(this.size);
    this.ends = new Int32Array(this.size);
  }

  private onset(lane: number): number {
    const { wait, delay } = this.timing;
    return (wait.values[lane] as number) + (delay.values[lane] as number);
  }

  private duration(lane: number): number {
    const { duration } = this.timing;
    return duration === null ? Number.POSITIVE_INFINITY : (duration.values[lane] as number);
  }

  private halfLife(lane: number): number {
    return this.timing.halfLife === null ? 0 : (this.timing.halfLife.values[lane] as number);
  }

  update(): void {
    if (!this.changed()) return;
    const { cycles, begins, ends } = this;
    this.changes.clear();
    this.first = cycles;
    this.end = 0;
    for (let lane = 0; lane < this.size; lane += 1) {
      this.place(lane);
      const [begin, end] = [begins[lane] as number, ends[lane] as number];
      const fades = this.halfLife(lane) > 0;
      let strength = this.strength(0, lane);
      this.changes.add(0, lane, strength);
      if (begin < cycles) strength = this.change(begin, lane, strength);
      for (let cycle = Math.max(begin, end); cycle < (fades ? cycles : Math.min(cycles, end + 1)); cycle += 1)
        strength = this.change(cycle, lane, strength);
      if (begin < end || fades) this.first = Math.min(this.first, begin);
      this.end = Math.max(this.end, fades ? cycles : end);
    }
  }

  /** Keeps the strength in a cycle if it is another than before, and gives it. */
  private change(cycle: number, lane: number, before: number): number {
    const now = this.strength(cycle, lane);
    if (now !== before) this.changes.add(cycle, lane, now);
    return now;
  }

  private place(lane: number): void {
    const { cycles, perYear } = this;
    const edge = EDGE_TOLERANCE * (12 / perYear);
    const onset = this.onset(lane);
    const duration = this.duration(lane);
    this.begins[lane] = firstCycle(cycles, perYear, onset, (month) => month - onset >= -edge);
    this.ends[lane] =
      duration === Number.POSITIVE_INFINITY
        ? cycles
        : firstCycle(
            cycles,
            perYear,
            onset + duration,
            (month) => month - onset >= -edge && month - onset - duration >= -edge,
          );
  }

  /** The part of the effect that works in a cycle, 0 to 1. */
  strength(cycle: number, lane: number): number {
    if (cycle < (this.begins[lane] as number)) return 0;
    if (cycle < (this.ends[lane] as number)) return 1;
    const halfLife = this.halfLife(lane);
    if (!(halfLife > 0)) return 0;
    const over = (12 * cycle) / this.perYear - this.onset(lane) - this.duration(lane);
    return power(2, -Math.max(0, over) / halfLife);
  }
}

/** Which step of a transition holds in each draw of a block. */
export class StepClock extends Remembering {
  /** The step that holds from cycle 0 on: of those that have begun the one that starts last; −1 for none. */
  readonly changes: Changes;
  /** First cycle of each step, [step][draw]. */
  private readonly begins: Int32Array;
  private readonly cycles: number;
  private readonly perYear: number;
  private readonly size: number;

  constructor(
    private readonly starts: readonly Column[],
    private readonly clockShift: Column,
    time: Time,
    sheet: Sheet,
  ) {
    super([...starts, clockShift]);
    this.cycles = followedCycles(time);
    this.perYear = time.cyclesPerYear;
    this.size = sheet.size;
    this.changes = new Changes(this.cycles, this.size * (starts.length + 1), sheet);
    this.begins = new Int32Array(starts.length * this.size);
  }

  update(): void {
    if (!this.changed()) return;
    const { begins, changes, cycles, size, starts } = this;
    changes.clear();
    for (let lane = 0; lane < size; lane += 1) {
      this.place(lane);
      changes.add(0, lane, this.step(0, lane));
      for (let at = 0; at < starts.length; at += 1) {
        const begin = begins[at * size + lane] as number;
        if (begin === 0 || begin >= cycles) continue;
        const step = this.step(begin, lane);
        if (step !== this.step(begin - 1, lane)) changes.add(begin, lane, step);
      }
    }
  }

  /** The first cycles of the steps in one draw. */
  private place(lane: number): void {
    const { begins, cycles, perYear, size, starts } = this;
    const edge = EDGE_TOLERANCE * (12 / perYear);
    const shift = this.clockShift.values[lane] as number;
    for (let at = 0; at < starts.length; at += 1) {
      const from = (starts[at] as Column).values[lane] as number;
      const holds = (month: number) => from <= month + shift + edge;
      begins[at * size + lane] = firstCycle(cycles, perYear, from - shift, holds);
    }
  }

  /** The step that holds: of those that have begun the one that starts last, the later in the list of two; -1 for none. */
  private step(cycle: number, lane: number): number {
    const { begins, size, starts } = this;
    let step = -1;
    let latest = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < starts.length; at += 1) {
      if ((begins[at * size + lane] as number) > cycle) continue;
      const start = (starts[at] as Column).values[lane] as number;
      if (start >= latest) {
        latest = start;
        step = at;
      }
    }
    return step;
  }
}

/** Timed amounts: a row per cycle after their window, in the sheet (see Instruction). */
abstract class TimedClock extends Remembering {
  /** First cycle with an amount in any draw, and first from which on there is none. */
  first = 0;
  end = 0;
  protected readonly rows: number;

  /** @param timed place of the window */
  constructor(
    columns: readonly Column[],
    readonly timed: number,
    protected readonly size: number,
  ) {
    super(columns);
    this.rows = timed + WINDOW;
  }

  update(numbers: Float64Array): void {
    if (!this.changed()) return;
    this.renew(numbers);
    numbers[this.timed] = this.first;
    numbers[this.timed + 1] = this.end;
  }

  /** Works out first, end and the rows between. */
  protected abstract renew(numbers: Float64Array): void;
}

/** Months of a cost in each cycle: the overlap with its interval, or 1 in the cycle of a cost that is made once. */
export class CostClock extends TimedClock {
  private readonly cycles: number;
  private readonly cycleMonths: number;
  /** First cycle with the cost in each draw, and first from which on there is none. */
  private readonly firsts: Int32Array;
  private readonly ends: Int32Array;

  /**
   * @param from months after the wait at which the cost is made or begins
   * @param months how long it lasts; null for a cost that is made once
   */
  constructor(
    private readonly wait: Column,
    private readonly from: Column,
    private readonly months: Column | null,
    time: Time,
    timed: number,
    size: number,
  ) {
    super([wait, from, ...(months ? [months] : [])], timed, size);
    this.cycles = followedCycles(time);
    this.cycleMonths = 12 / time.cyclesPerYear;
    this.firsts = new Int32Array(size);
    this.ends = new Int32Array(size);
  }

  protected renew(numbers: Float64Array): void {
    const { cycles, ends, firsts, rows, size } = this;
    this.first = cycles;
    this.end = 0;
    for (let lane = 0; lane < size; lane += 1) {
      this.place(lane);
      this.first = Math.min(this.first, firsts[lane] as number);
      this.end = Math.max(this.end, ends[lane] as number);
    }
    if (this.end > this.first) numbers.fill(0, rows + this.first * size, rows + this.end * size);
    for (let lane = 0; lane < size; lane += 1) this.fill(numbers, lane);
  }

  private onset(lane: number): number {
    return (this.wait.values[lane] as number) + (this.from.values[lane] as number);
  }

  /** Finds the cycles in which a draw has the cost; with none it begins after the last and ends before the first. */
  private place(lane: number): void {
    const { cycles, cycleMonths } = this;
    const from = this.onset(lane);
    let first = Math.floor(from / cycleMonths + EDGE_TOLERANCE);
    let end = first < cycles ? first + 1 : first;
    if (this.months !== null) {
      first = Math.max(0, Math.floor(from / cycleMonths));
      end = Math.min(cycles, Math.ceil((from + (this.months.values[lane] as number)) / cycleMonths));
    }
    const isAny = first >= 0 && end > first;
    this.firsts[lane] = isAny ? first : cycles;
    this.ends[lane] = isAny ? end : 0;
  }

  /** The months of one draw. */
  private fill(numbers: Float64Array, lane: number): void {
    const { cycleMonths, months, rows, size } = this;
    const [first, end] = [this.firsts[lane] as number, this.ends[lane] as number];
    const from = this.onset(lane);
    const to = months === null ? 0 : from + (months.values[lane] as number);
    for (let cycle = first; cycle < end; cycle += 1)
      numbers[rows + cycle * size + lane] =
        months === null
          ? 1
          : Math.max(0, Math.min(to, (cycle + 1) * cycleMonths) - Math.max(from, cycle * cycleMonths));
  }
}

/** A factor on flows, and when it works. */
interface TimedFactor {
  readonly factor: Column;
  readonly credibility: number;
  readonly clock: EffectClock;
  readonly timing: EffectTiming;
}

/**
 * What factors on flows add in each cycle: Π(1 + change · strength) − 1. After the rows of all cycles comes one per year:
 * what they add throughout it, no number where that changes. The rows of a year without any change are not kept.
 */
export class FactorClock extends TimedClock {
  private readonly perYear: number;
  private readonly moved: Int32Array;
  /** Change at full strength and strength that holds, [draw][effect]; and what is added, [draw]. */
  private readonly full: Float64Array;
  private readonly strengths: Float64Array;
  private readonly added: Float64Array;
  /** The cycle in which each draw has changed last, and the draws that do in one cycle. */
  private readonly changedAt: Int32Array;
  private readonly changedLanes: Int32Array;

  constructor(
    private readonly effects: readonly TimedFactor[],
    time: Time,
    timed: number,
    size: number,
  ) {
    super(
      effects.flatMap(({ factor, timing }) => [factor, ...timingColumns(timing)]),
      timed,
      size,
    );
    this.perYear = time.cyclesPerYear;
    this.moved = new Int32Array(followedCycles(time));
    this.full = new Float64Array(effects.length * size);
    this.strengths = new Float64Array(effects.length * size);
    this.added = new Float64Array(size);
    this.changedAt = new Int32Array(size);
    this.changedLanes = new Int32Array(size);
  }

  protected renew(numbers: Float64Array): void {
    const { changedAt, effects, moved, perYear } = this;
    moved.fill(0);
    changedAt.fill(-1);
    for (let effect = 0; effect < effects.length; effect += 1) this.prepare(effect);
    const first = Math.min(...effects.map(({ clock }) => clock.first));
    const end = Math.max(...effects.map(({ clock }) => clock.end));
    this.first = Math.floor(first / perYear) * perYear;
    this.end = first < end ? Math.ceil(end / perYear) * perYear : 0;
    for (let start = 0; start < this.end; start += perYear) this.renewYear(numbers, start);
  }

  /** When an effect changes, and its full strength in each draw. */
  private prepare(effect: number): void {
    const { effects, full, moved, size } = this;
    const { clock, credibility, factor } = effects[effect] as TimedFactor;
    const { values } = factor;
    clock.update();
    const { pairs } = clock.changes;
    for (let cycle = 0; cycle < moved.length; cycle += 1)
      moved[cycle] = (moved[cycle] as number) | (pairs[cycle] as number);
    for (let lane = 0; lane < size; lane += 1)
      full[lane * effects.length + effect] = ((values[lane] as number) - 1) * credibility;
  }

  private renewYear(numbers: Float64Array, start: number): void {
    const { added, changedLanes, moved, perYear, rows, size } = this;
    const year = rows + (moved.length + start / perYear) * size;
    this.move(start);
    numbers.set(added, year);
    const end = start + perYear;
    let next = start + 1;
    while (next < end && moved[next] === 0) next += 1;
    if (next === end) return;
    for (let cycle = start; cycle < end; cycle += 1) {
      const count = cycle === start ? 0 : this.move(cycle);
      for (let at = 0; at < count; at += 1) {
        const lane = changedLanes[at] as number;
        if (added[lane] !== numbers[year + lane]) numbers[year + lane] = Number.NaN;
      }
      numbers.set(added, rows + cycle * size);
    }
  }

  /** Works out what is added from a cycle on, in the draws in which one of the effects changes: gives their number. */
  private move(cycle: number): number {
    const { changedAt, changedLanes, effects, moved, strengths } = this;
    if (moved[cycle] === 0) return 0;
    let count = 0;
    for (let effect = 0; effect < effects.length; effect += 1) {
      const { before, lanes, last, values } = (effects[effect] as TimedFactor).clock.changes;
      for (let at = last[cycle] as number; at >= 0; at = before[at] as number) {
        const lane = lanes[at] as number;
        strengths[lane * effects.length + effect] = values[at] as number;
        if (changedAt[lane] === cycle) continue;
        changedAt[lane] = cycle;
        changedLanes[count] = lane;
        count += 1;
      }
    }
    for (let at = 0; at < count; at += 1) this.multiply(changedLanes[at] as number);
    return count;
  }

  private multiply(lane: number): void {
    const { added, effects, full, strengths } = this;
    let product = 1;
    const end = (lane + 1) * effects.length;
    for (let at = lane * effects.length; at < end; at += 1)
      product *= 1 + (full[at] as number) * (strengths[at] as number);
    added[lane] = product - 1;
  }
}
