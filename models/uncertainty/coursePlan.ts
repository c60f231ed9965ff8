import { inflowsOf } from "../cohort/course.ts";
import { followedCycles } from "../cohort/lags.ts";
import { log } from "../core/elementaryFunctions.ts";
import type { Model, Segment, Timing, Track } from "../model/model.ts";
import type { Chain, ChainLayout } from "./chain.ts";
import {
  type EffectClock,
  type EffectTiming,
  pairsOf,
  type StepClock,
  timingColumns,
  timingKey,
} from "./clocks.ts";
import { type Column, type ColumnReader, versionOf } from "./columns.ts";
import { type Kernel, LANES, type LeavingLayout } from "./kernel.ts";
import { actingEffects, segmentCourse } from "./segmentPlan.ts";
import type { Sheet } from "./sheet.ts";

export interface HazardPlan extends EffectTiming {
  readonly hazardRatio: Column;
  readonly synergy: Column;
  readonly credibility: number;
}

interface MovePlan {
  readonly from: number;
  readonly to: number;
  readonly steps: readonly { readonly start: Column; readonly value: Column }[];
  /** Which combination of effects acts on it. */
  readonly group: number;
}

/** What decides a course, as columns: equal plans are simulated once per draw. */
export interface CoursePlan {
  readonly key: string;
  readonly kind: "rate" | "probability";
  readonly entry: readonly (Column | null)[];
  readonly clockShift: Column;
  readonly effects: readonly HazardPlan[];
  readonly groups: readonly (readonly number[])[];
  readonly moves: readonly MovePlan[];
  /** The columns that draws move of entry and moves. */
  readonly segmentColumns: readonly Column[];
}

/** q = 1 − the optimism correction of the evidence grade. */
export function credibilityOf(model: Model, evidence: number | null, timing: Timing): number {
  const grade = timing.evidence ?? evidence;
  if (model.optimismBias === null || grade === null) return 1;
  return 1 - (model.optimismBias[String(grade)] ?? 0);
}

export function timingOf(read: ColumnReader, timing: Timing, wait: Column): EffectTiming {
  return {
    wait,
    delay: read(timing.delay),
    duration: timing.duration === null ? null : read(timing.duration),
    halfLife: timing.halfLife === null ? null : read(timing.halfLife),
  };
}

/** The plan of the course of a person of a segment on a track; mirrors courseInputs. */
export function planCourse(model: Model, read: ColumnReader, segment: Segment, track: Track): CoursePlan {
  const wait = read(track.wait);
  const synergy = read(track.synergy);
  const effects: HazardPlan[] = [];
  for (const index of track.interventions) {
    const intervention = model.interventions[index];
    for (const effect of intervention?.effects ?? [])
      if (effect.kind === "hazard")
        effects.push({
          ...timingOf(read, effect, wait),
          hazardRatio: read(effect.hazardRatio, "positive"),
          synergy,
          credibility: credibilityOf(model, intervention?.evidence ?? null, effect),
        });
  }
  const { columns, entry, key: segmentKey, moves } = segmentCourse(read, segment);
  const { groupOf, groups, key: actingKey } = actingEffects(segment, track, model);
  const clockShift = read(track.clockShift);
  // Effects that act on no move do not tell courses apart.
  const acting = new Set(groups.flat());
  const key = [
    segmentKey,
    clockShift.id,
    actingKey,
    ...effects.flatMap((plan, index) =>
      acting.has(index)
        ? [`${index}*${plan.hazardRatio.id},${plan.synergy.id},${plan.credibility},${timingKey(plan)}`]
        : [],
    ),
  ].join("|");
  return {
    key,
    kind: segment.transitionKind,
    entry,
    clockShift,
    effects,
    groups,
    moves: moves.map((move, index) => ({ ...move, group: groupOf[index] as number })),
    segmentColumns: columns,
  };
}

/** The columns that decide a course, those that no draw moves not all of them. */
export function courseColumns(plan: CoursePlan): Column[] {
  return [
    plan.clockShift,
    ...plan.segmentColumns,
    ...plan.effects.flatMap((effect) => [effect.hazardRatio, effect.synergy, ...timingColumns(effect)]),
  ];
}

/** The logarithm of an effect's full strength, correction and synergy included, in a row of its own. */
export class LogRow {
  private version = -1;

  constructor(
    private readonly effect: HazardPlan,
    readonly row: number,
  ) {}

  update({ numbers, size }: Sheet): void {
    const { hazardRatio, synergy, credibility } = this.effect;
    const version = versionOf([hazardRatio, synergy]);
    if (version === this.version) return;
    this.version = version;
    for (let lane = 0; lane < size; lane += 1)
      numbers[this.row + lane] =
        log(hazardRatio.values[lane] as number) * credibility * (synergy.values[lane] as number);
  }
}

/** Rows that courses use one after the other. */
export interface CourseRoom {
  /** Of the states that are carried; a row of what stays that nobody reads comes after theirs. */
  readonly layout: ChainLayout;
  /** Place of each state among those that are carried; −1 for a state that is left out. */
  readonly places: readonly number[];
  /** A row per move, per effect and per group of effects. */
  readonly bases: number;
  readonly strengths: number;
  readonly factors: number;
  /** A row of ones, and one for a sum. */
  readonly one: number;
  readonly total: number;
}

/** What one course shares with others: clocks and logarithms. */
export interface CourseParts {
  /** Per effect; those that act on no move are left out. */
  readonly clocks: readonly (EffectClock | null)[];
  readonly logs: readonly (LogRow | null)[];
  /** Per move. */
  readonly steps: readonly StepClock[];
}

/** Moves whose steps have the same clock. */
interface SteppingRun {
  readonly clock: StepClock;
  /** Rows of the rates that hold, by move; and of those of each step, [step + 1][move], first what holds before any. */
  readonly into: Int32Array;
  readonly from: Int32Array;
}

/** An effect that acts on a move, and the row of its strength. */
interface EffectRun {
  readonly clock: EffectClock;
  readonly row: number;
}

interface GroupRun {
  /** Places among the effects that act. */
  readonly members: readonly number[];
  readonly factor: number;
  /** In the indices: rows of log and strength of each member. */
  readonly list: number;
}

interface StateRun {
  /** The steppings of the moves out of it, and the groups that act on them. */
  readonly steppings: readonly number[];
  readonly groups: readonly number[];
  readonly layout: LeavingLayout;
}

/** Works out one course for a block of draws; gives the bits of simulateCourse. */
export class CourseRunner {
  readonly layout: ChainLayout;
  /** Draws in which the course cannot be: probabilities above 1, or an entry that does not sum to 1. */
  readonly broken: Uint8Array;
  private readonly steppings: readonly SteppingRun[];
  private readonly effects: readonly EffectRun[];
  private readonly groups: readonly GroupRun[];
  private readonly leaving: readonly StateRun[];
  private readonly chain: Chain;
  private readonly cycles: number;
  /** Everything that can begin or end. */
  private readonly clocks: readonly (EffectClock | StepClock)[];
  /** Pairs of draws in which anything changes, by cycle; in which each stepping, each effect and each group does. */
  private readonly moved: Int32Array;
  private readonly movedSteppings: Int32Array;
  private readonly movedEffects: Int32Array;
  private readonly movedGroups: Int32Array;

  /** @param indices room for `courseIndices` whole numbers */
  constructor(
    model: Model,
    readonly plan: CoursePlan,
    private readonly parts: CourseParts,
    private readonly room: CourseRoom,
    private readonly sheet: Sheet,
    private readonly kernel: Kernel,
    indices: number,
  ) {
    const states = model.states.length;
    const { moves } = plan;
    let taken = indices;
    const take = (values: readonly number[]) => {
      kernel.indices.set(values, taken);
      taken += values.length;
      return taken - values.length;
    };
    const { starts, order } = inflowsOf(moves, states);
    const placeOf = (state: number) => room.places[state] as number;
    const into = (state: number) => [...order.subarray(starts[state], starts[state + 1])];
    const carried = model.states.flatMap((_, state) => (placeOf(state) >= 0 ? [into(state)] : []));
    const inOrder = [...new Set([...carried.flat(), ...order])];
    this.layout = room.layout;
    this.chain = kernel.chain(
      room.layout,
      carried.map((moved) => moved.map((move) => placeOf((moves[move] as MovePlan).from))),
    );
    const clocks = [...new Set(parts.steps)];
    this.steppings = clocks.map((clock) => this.stepping(clock));
    const acting = plan.effects.flatMap((_, index) => (parts.clocks[index] ? [index] : []));
    this.effects = acting.map((index) => ({
      clock: parts.clocks[index] as EffectClock,
      row: sheet.row(room.strengths, index),
    }));
    this.groups = plan.groups.map((members, group) => ({
      members: members.map((effect) => acting.indexOf(effect)),
      factor: this.factorRow(group),
      list: take(
        members.flatMap((effect) => [parts.logs[effect]?.row ?? 0, sheet.row(room.strengths, effect)]),
      ),
    }));
    this.leaving = model.states.map((_, state): StateRun => {
      const own = moves.flatMap(({ from }, index) => (from === state ? [index] : []));
      return {
        steppings: [...new Set(own.map((index) => clocks.indexOf(parts.steps[index] as StepClock)))],
        groups: [...new Set(own.map((index) => (moves[index] as MovePlan).group))],
        layout: {
          list: take(
            own.flatMap((index) => [
              sheet.row(room.bases, index),
              this.factorRow((moves[index] as MovePlan).group),
              sheet.row(room.layout.chances, inOrder.indexOf(index)),
            ]),
          ),
          moves: own.length,
          stay: sheet.row(room.layout.stay, placeOf(state) < 0 ? room.layout.states : placeOf(state)),
          total: room.total,
          perYear: model.time.cyclesPerYear,
          isRate: plan.kind === "rate",
        },
      };
    });
    this.cycles = followedCycles(model.time);
    this.clocks = [...new Set([...this.effects, ...this.steppings].map(({ clock }) => clock))];
    this.moved = new Int32Array(this.cycles);
    this.movedSteppings = new Int32Array(this.steppings.length);
    this.movedEffects = new Int32Array(this.effects.length);
    this.movedGroups = new Int32Array(this.groups.length);
    this.broken = new Uint8Array(sheet.size);
  }

  private stepping(clock: StepClock): SteppingRun {
    const { parts, plan, room, sheet } = this;
    const moves = plan.moves.flatMap((move, index) =>
      parts.steps[index] === clock ? [{ move, index }] : [],
    );
    const steps = moves[0]?.move.steps ?? [];
    return {
      clock,
      into: Int32Array.from(moves, ({ index }) => sheet.row(room.bases, index)),
      from: Int32Array.from([
        ...moves.map(() => sheet.nothing),
        ...steps.flatMap((_, step) =>
          moves.map(({ move }) => move.steps[step]?.value.place ?? sheet.nothing),
        ),
      ]),
    };
  }

  private factorRow(group: number): number {
    const { plan, room, sheet } = this;
    return plan.groups[group]?.length === 0 ? room.one : sheet.row(room.factors, group);
  }

  /** Works out the course in the first `lanes` draws of the block; occupancy and lags are then in the room. */
  run(lanes: number): void {
    const { chain, cycles, moved, parts, sheet } = this;
    const pairs = pairsOf(lanes);
    this.enter(lanes);
    moved.fill(0);
    for (const clock of this.clocks) {
      clock.update();
      const { pairs: pairsMoved } = clock.changes;
      for (let cycle = 0; cycle < cycles; cycle += 1)
        moved[cycle] = (moved[cycle] as number) | (pairsMoved[cycle] as number);
    }
    for (const row of parts.logs) row?.update(sheet);
    moved[0] = pairs;
    for (let cycle = 0, end = 0; cycle < cycles; cycle = end) {
      this.renew(cycle, pairs);
      for (end = cycle + 1; end < cycles && ((moved[end] as number) & pairs) === 0; ) end += 1;
      chain.advance(cycle, end, lanes);
    }
  }

  /** The distribution at entry. */
  private enter(lanes: number): void {
    const { broken, layout, plan, room, sheet } = this;
    const { numbers, size } = sheet;
    for (let lane = 0; lane < lanes; lane += 1) {
      let total = 0;
      for (let state = 0; state < plan.entry.length; state += 1) {
        const share = plan.entry[state]?.values[lane] ?? 0;
        const place = room.places[state] as number;
        if (place >= 0) numbers[layout.state + place * size + lane] = share;
        total += share;
      }
      broken[lane] = Math.abs(total - 1) <= 1e-9 ? 0 : 1;
    }
  }

  /** Works out the chances that hold from a cycle on, in the draws in which they change then. */
  private renew(cycle: number, all: number): void {
    const { effects, groups, kernel, leaving, movedEffects, movedGroups, movedSteppings, steppings } = this;
    for (let at = 0; at < steppings.length; at += 1) {
      const stepping = steppings[at] as SteppingRun;
      movedSteppings[at] = stepping.clock.changes.pairs[cycle] as number;
      if (movedSteppings[at] !== 0) this.step(stepping, cycle);
    }
    for (let at = 0; at < effects.length; at += 1) {
      const effect = effects[at] as EffectRun;
      movedEffects[at] = effect.clock.changes.pairs[cycle] as number;
      if (movedEffects[at] !== 0) this.strengthen(effect, cycle);
    }
    for (let group = 0; group < groups.length; group += 1) {
      const { factor, list, members } = groups[group] as GroupRun;
      let pairs = 0;
      for (let at = 0; at < members.length; at += 1) pairs |= movedEffects[members[at] as number] as number;
      movedGroups[group] = pairs & all;
      if ((pairs & all) !== 0) kernel.factor(list, members.length, factor, pairs & all);
    }
    for (let state = 0; state < leaving.length; state += 1) {
      const { groups: acting, layout, steppings: own } = leaving[state] as StateRun;
      let pairs = cycle === 0 ? all : 0;
      for (let at = 0; at < acting.length; at += 1) pairs |= movedGroups[acting[at] as number] as number;
      for (let at = 0; at < own.length; at += 1) pairs |= movedSteppings[own[at] as number] as number;
      pairs &= all;
      if (pairs === 0) continue;
      kernel.chances(layout, pairs);
      if (!layout.isRate) this.check(layout.total, pairs);
    }
  }

  /** The strengths of an effect that hold from a cycle on, where they are others than before. */
  private strengthen({ clock, row }: EffectRun, cycle: number): void {
    const { numbers } = this.sheet;
    const { before, lanes, last, values } = clock.changes;
    for (let at = last[cycle] as number; at >= 0; at = before[at] as number)
      numbers[row + (lanes[at] as number)] = values[at] as number;
  }

  /** The steps of moves that hold from a cycle on, where they are others than before. */
  private step({ clock, from, into }: SteppingRun, cycle: number): void {
    const { numbers } = this.sheet;
    const { before, lanes, last, values } = clock.changes;
    for (let at = last[cycle] as number; at >= 0; at = before[at] as number) {
      const lane = lanes[at] as number;
      const first = ((values[at] as number) + 1) * into.length;
      for (let move = 0; move < into.length; move += 1)
        numbers[(into[move] as number) + lane] = numbers[(from[first + move] as number) + lane] as number;
    }
  }

  /** Probabilities out of a state that exceed 1 break the course. */
  private check(total: number, pairs: number): void {
    const { numbers } = this.sheet;
    for (let left = pairs, lane = 0; left !== 0; left >>>= 1, lane += LANES)
      if ((left & 1) === 1)
        for (const at of [lane, lane + 1])
          if ((numbers[total + at] as number) > 1 + 1e-9) this.broken[at] = 1;
  }
}

/** Whole numbers that a course needs in the indices. */
export function courseIndices(plan: CoursePlan): number {
  const members = plan.groups.reduce((sum, group) => sum + group.length, 0);
  return 3 * plan.moves.length + 2 * members;
}
