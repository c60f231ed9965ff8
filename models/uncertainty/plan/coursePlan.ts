import { inflowsOf } from "../../cohort/course.ts";
import type { Model, Segment, Timing, Track } from "../../model/model.ts";
import type { Chain, ChainLayout, Sources } from "../kernel/chain.ts";
import { Word } from "../kernel/courseWords.ts";
import { Instruction, type Kernel } from "../kernel/kernel.ts";
import {
  type EffectClock,
  type EffectTiming,
  pairsOf,
  type StepClock,
  timingColumns,
  timingKey,
} from "./clocks.ts";
import { type Column, type ColumnReader, Watch } from "./columns.ts";
import { perPair } from "./kept.ts";
import { actingEffects, segmentCourse } from "./segmentPlan.ts";
import type { Sheet, Steps } from "./sheet.ts";

export interface HazardPlan extends EffectTiming {
  readonly hazardRatio: Column;
  readonly synergy: Column;
  readonly credibility: number;
}

interface MovePlan {
  readonly from: number;
  readonly to: number;
  readonly steps: readonly { readonly start: Column; readonly value: Column }[];
}

/** From where to where moves go. */
type Links = readonly { readonly from: number; readonly to: number }[];

/** What decides a course, as columns: equal plans are simulated once per draw. */
export interface CoursePlan {
  readonly key: string;
  readonly kind: "rate" | "probability";
  readonly entry: readonly (Column | null)[];
  readonly clockShift: Column;
  readonly effects: readonly HazardPlan[];
  /** Those that act on any move. */
  readonly acting: ReadonlySet<number>;
  /** Combinations of effects that act together, and that of each move. */
  readonly groups: readonly (readonly number[])[];
  readonly groupOf: readonly number[];
  readonly moves: readonly MovePlan[];
  /** What the steps of moves start at, each list once, and which of these each move has. */
  readonly starts: readonly (readonly Column[])[];
  readonly startsOf: readonly number[];
  /** The segment's own transitions, whose moves they are. */
  readonly links: Links;
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
  const { columns, entry, key: segmentKey, moves, starts, startsOf } = segmentCourse(read, segment);
  const { acting, groupOf, groups, key: actingKey } = actingEffects(segment, track, model);
  const clockShift = read(track.clockShift);
  // Effects that act on no move do not tell courses apart.
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
    acting,
    groups,
    groupOf,
    moves,
    starts,
    startsOf,
    links: segment.transitions,
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
  private readonly watch: Watch;
  private readonly steps: Steps;

  constructor(
    { hazardRatio, synergy, credibility }: HazardPlan,
    readonly row: number,
    sheet: Sheet,
  ) {
    this.watch = new Watch([hazardRatio, synergy], sheet);
    this.steps = sheet.steps();
    const part = sheet.constant([credibility]);
    this.steps.push(Instruction.logarithms, row, hazardRatio.place, synergy.place, 1, part);
  }

  update(sheet: Sheet): void {
    if (this.watch.hasChanged()) sheet.run(this.steps, sheet.size);
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
  /** Per list of what the steps of moves start at. */
  readonly steps: readonly StepClock[];
}

/** The moves of a course among the states that are carried. */
export interface CarriedMoves {
  readonly sources: Sources;
  /** By move, the place of its chance: those into states that are left out come last. */
  readonly chances: readonly number[];
  /** By state, the moves out of it. */
  readonly leaving: readonly (readonly number[])[];
}

export const carriedMoves = perPair((links: Links, places: readonly number[]): CarriedMoves => {
  const { order, starts } = inflowsOf(links, places.length);
  const carried = places.flatMap((place, state) =>
    place < 0 ? [] : [[...order.subarray(starts[state], starts[state + 1])]],
  );
  const leaving = places.map((): number[] => []);
  for (const [move, { from }] of links.entries()) leaving[from]?.push(move);
  const chances: number[] = new Array(links.length);
  for (const [place, move] of [...new Set([...carried.flat(), ...order])].entries()) chances[move] = place;
  return {
    sources: carried.map((into) => into.map((move) => places[links[move]?.from ?? 0] as number)),
    chances,
    leaving,
  };
});

/** Works out one course for a block of draws; gives the bits of simulateCourse. */
export class CourseRunner {
  readonly layout: ChainLayout;
  /** Draws in which the course cannot be: probabilities above 1, or an entry that does not sum to 1. */
  readonly broken: Int32Array;
  private readonly chain: Chain;
  /** Everything that can begin or end. */
  private readonly clocks: readonly (EffectClock | StepClock)[];
  private readonly logs: readonly LogRow[];

  /** @param code where the course is written down (courseWords.ts) */
  constructor(
    plan: CoursePlan,
    parts: CourseParts,
    { layout, places }: CourseRoom,
    private readonly sheet: Sheet,
    kernel: Kernel,
    private readonly code: number,
  ) {
    this.layout = layout;
    this.chain = kernel.chain(layout, carriedMoves(plan.links, places).sources);
    const clocks = [...parts.steps, ...parts.clocks].filter((clock) => clock !== null);
    this.clocks = [...new Set(clocks)];
    this.logs = parts.logs.filter((log) => log !== null);
    const broken = code + (kernel.indices[code + Word.broken] as number);
    this.broken = kernel.indices.subarray(broken, broken + sheet.size);
  }

  /** Works out the course in the first `lanes` draws of the block; occupancy and lags are then in the room. */
  run(lanes: number): void {
    const { chain, clocks, code, logs, sheet } = this;
    for (const clock of clocks) clock.update();
    for (const log of logs) log.update(sheet);
    chain.follow(code, pairsOf(lanes), lanes);
  }
}
