import { followedCycles } from "../../cohort/lags.ts";
import type { Time } from "../../model/model.ts";
import { Change } from "../kernel/courseWords.ts";
import { Instruction, LANES } from "../kernel/kernel.ts";
import { type Column, Watch } from "./columns.ts";
import type { Sheet, Steps } from "./sheet.ts";

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

/** All pairs of so many draws. */
export const pairsOf = (lanes: number) => (1 << Math.ceil(lanes / LANES)) - 1;

/** What is worked out from columns when they have changed, by instructions. */
abstract class Clock {
  protected readonly steps: Steps;
  private readonly watch: Watch;

  constructor(
    columns: readonly Column[],
    protected readonly sheet: Sheet,
  ) {
    this.watch = new Watch(columns, sheet);
    this.steps = sheet.steps();
  }

  /** Works it out anew, for whole rows, if values are other ones than at the last call. */
  update(): void {
    if (this.watch.hasChanged()) this.renew();
  }

  protected renew(): void {
    this.sheet.run(this.steps, this.sheet.size);
  }
}

/** What changes when in the draws of a block: each change sets one draw to a value from a cycle on. */
export class Changes {
  /** Where it is written down in the kernel's indices (see Change). */
  readonly index: number;

  /** @param most changes that there can be */
  constructor(cycles: number, most: number, sheet: Sheet) {
    const words = new Int32Array(Change.lists + 2 * cycles + 2 * most);
    words[Change.values] = sheet.take(most + 2);
    words[Change.most] = most;
    this.index = sheet.wordsOf(words);
  }
}

/**
 * When an effect begins and ends in each draw of a block, in cycles, and how it fades; strengthAt without asking every
 * cycle. Its window are two plain numbers: the first cycle in which it works in any draw, and the first from which on it
 * works in none.
 */
export class EffectClock extends Clock {
  /** Its strength from cycle 0 on. */
  readonly changes: Changes;

  /** @param endless row of the duration of an effect that does not end */
  constructor(timing: EffectTiming, time: Time, endless: number, sheet: Sheet) {
    super(timingColumns(timing), sheet);
    const { wait, delay, duration, halfLife } = timing;
    const cycles = followedCycles(time);
    // At the start, when it begins, and when it ends; fading it changes in every cycle.
    this.changes = new Changes(cycles, sheet.size * (halfLife === null ? 3 : cycles), sheet);
    this.steps.push(
      Instruction.strengths,
      this.changes.index,
      wait.place,
      delay.place,
      cycles,
      duration?.place ?? endless,
      halfLife?.place ?? sheet.nothing,
      time.cyclesPerYear,
    );
  }
}

/** Which step of a transition holds in each draw of a block. */
export class StepClock extends Clock {
  /** The step that holds from cycle 0 on: of those that have begun the one that starts last; −1 for none. */
  readonly changes: Changes;

  constructor(starts: readonly Column[], clockShift: Column, time: Time, sheet: Sheet) {
    super([...starts, clockShift], sheet);
    const cycles = followedCycles(time);
    this.changes = new Changes(cycles, sheet.size * (starts.length + 1), sheet);
    this.steps.push(
      Instruction.steps,
      this.changes.index,
      clockShift.place,
      starts.length,
      cycles,
      time.cyclesPerYear,
      sheet.take(starts.length),
    );
    this.steps.places(starts.map(({ place }) => place));
  }
}

/** Months of a cost in each cycle: the overlap with its interval, or 1 in the cycle of a cost that is made once. */
export class CostClock extends Clock {
  /**
   * @param from months after the wait at which the cost is made or begins
   * @param months how long it lasts; null for a cost that is made once
   * @param timed place of the window
   */
  constructor(
    wait: Column,
    from: Column,
    months: Column | null,
    time: Time,
    readonly timed: number,
    sheet: Sheet,
  ) {
    super([wait, from, ...(months ? [months] : [])], sheet);
    const op = months ? Instruction.months : Instruction.once;
    const cycles = followedCycles(time);
    this.steps.push(op, timed, wait.place, from.place, cycles, months?.place ?? 0, time.cyclesPerYear);
  }

  /** First cycle with the cost in any draw. */
  get first(): number {
    return this.sheet.numbers[this.timed] as number;
  }

  /** First cycle from which on there is none. */
  get end(): number {
    return this.sheet.numbers[this.timed + 1] as number;
  }
}

/** When the first of some costs begins and the last ends, in any draw. */
export class CostSpan {
  /** First cycle with any of them. */
  first = Number.POSITIVE_INFINITY;
  /** First cycle from which on there is none. */
  end = 0;

  constructor(private readonly clocks: readonly CostClock[]) {}

  /** Once the clocks are up to date. */
  update(): void {
    this.first = Number.POSITIVE_INFINITY;
    this.end = 0;
    for (const clock of this.clocks) {
      this.first = Math.min(this.first, clock.first);
      this.end = Math.max(this.end, clock.end);
    }
  }
}

/** A factor on flows, and when it works. */
interface TimedFactor {
  readonly factor: Column;
  readonly credibility: number;
  readonly clock: EffectClock;
  readonly timing: EffectTiming;
}

/** What factors on flows add in each cycle; see Instruction.factors. */
export class FactorClock extends Clock {
  /**
   * @param timed place of the window
   * @param room for what is needed while it is worked out; see factorRoom
   */
  constructor(
    private readonly effects: readonly TimedFactor[],
    time: Time,
    readonly timed: number,
    room: number,
    sheet: Sheet,
  ) {
    super(
      effects.flatMap(({ factor, timing }) => [factor, ...timingColumns(timing)]),
      sheet,
    );
    const cycles = followedCycles(time);
    this.steps.push(Instruction.factors, timed, effects.length, room, cycles, time.cyclesPerYear);
    this.steps.places(
      effects.flatMap(({ clock, credibility, factor }) => [
        clock.changes.index,
        factor.place,
        sheet.constant([credibility]),
      ]),
    );
  }

  protected override renew(): void {
    for (const { clock } of this.effects) clock.update();
    super.renew();
  }
}

/** Room for factors of so many effects; see Instruction.factors. */
export function factorRoom(effects: number, time: Time, sheet: Sheet): number {
  return sheet.take((1 + 2 * effects) * sheet.size + Math.ceil(followedCycles(time) / 2));
}
