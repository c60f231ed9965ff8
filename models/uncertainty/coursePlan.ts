import { inflowsOf } from "../cohort/course.ts";
import { EDGE_TOLERANCE, followedCycles } from "../cohort/lags.ts";
import { exp, expm1, log, power } from "../core/elementaryFunctions.ts";
import type { Effect, Model, Segment, Slot, Timing, Track } from "../model/model.ts";
import { type Column, type ColumnPlan, Memory, type Requirement } from "./columns.ts";
import { type Kernel, type KernelLayout, LANES } from "./kernel.ts";

/** When an effect works, as columns. */
export interface EffectTiming {
  readonly wait: Column;
  readonly delay: Column;
  readonly duration: Column | null;
  readonly halfLife: Column | null;
}

interface HazardPlan extends EffectTiming {
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
}

/** Reads slots of one municipality and scenario as columns. */
export type ColumnReader = (slot: Slot, requirement?: Requirement) => Column;

export function columnReader(plan: ColumnPlan, municipality: number | null, scenario: number): ColumnReader {
  return (slot, requirement) => plan.slot(slot, municipality, scenario, requirement);
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

/** The columns that decide when an effect works. */
export function timingColumns({ wait, delay, duration, halfLife }: EffectTiming): Column[] {
  return [wait, delay, duration, halfLife].filter((column) => column !== null);
}

/** Columns and numbers of an effect, for the key of what it acts on. */
export function timingKey({ wait, delay, duration, halfLife }: EffectTiming): string {
  return [wait.id, delay.id, duration?.id ?? "-", halfLife?.id ?? "-"].join(",");
}

function matches(model: Model, effect: Effect & { kind: "hazard" }, from: number, to: number): boolean {
  if (effect.from !== null && !effect.from.includes(from)) return false;
  return effect.to === null ? model.states[to]?.exit !== true : effect.to.includes(to);
}

/** The plan of the course of a person of a segment on a track; mirrors courseInputs. */
export function planCourse(model: Model, read: ColumnReader, segment: Segment, track: Track): CoursePlan {
  const wait = read(track.wait);
  const synergy = read(track.synergy);
  const found: { effect: Effect & { kind: "hazard" }; plan: HazardPlan }[] = [];
  for (const index of track.interventions) {
    const intervention = model.interventions[index];
    for (const effect of intervention?.effects ?? [])
      if (effect.kind === "hazard")
        found.push({
          effect,
          plan: {
            ...timingOf(read, effect, wait),
            hazardRatio: read(effect.hazardRatio, "positive"),
            synergy,
            credibility: credibilityOf(model, intervention?.evidence ?? null, effect),
          },
        });
  }
  const groups: number[][] = [];
  const groupOf = (members: number[]) => {
    const known = groups.findIndex((group) => group.join() === members.join());
    return known >= 0 ? known : groups.push(members) - 1;
  };
  const moves = segment.transitions.map(({ from, to, steps }) => ({
    from,
    to,
    steps: steps.map((step) => ({ start: read(step.from), value: read(step.value, "notNegative") })),
    group: groupOf(found.flatMap(({ effect }, index) => (matches(model, effect, from, to) ? [index] : []))),
  }));
  const entry = segment.entry.map((slot) => (slot === null ? null : read(slot, "notNegative")));
  const clockShift = read(track.clockShift);
  // Effects that act on no move do not tell courses apart.
  const acting = new Set(groups.flat());
  const key = [
    segment.transitionKind,
    clockShift.id,
    entry.map((column) => column?.id ?? "-").join(","),
    ...moves.map(
      ({ from, to, steps, group }) =>
        `${from}>${to}:${steps.map(({ start, value }) => `${start.id}=${value.id}`).join(",")}:${groups[group]?.join("+")}`,
    ),
    ...found.flatMap(({ plan }, index) =>
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
    effects: found.map(({ plan }) => plan),
    groups,
    moves,
  };
}

function columnsOf(plan: CoursePlan): Column[] {
  return [
    plan.clockShift,
    ...plan.entry.filter((column) => column !== null),
    ...plan.moves.flatMap(({ steps }) => steps.flatMap(({ start, value }) => [start, value])),
    ...plan.effects.flatMap((effect) => [effect.hazardRatio, effect.synergy, ...timingColumns(effect)]),
  ];
}

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

/** When an effect begins and ends, in cycles, and how it fades; strengthAt without asking every cycle. */
export class EffectClock {
  onset = 0;
  duration = 0;
  halfLife = 0;
  begins = 0;
  ends = 0;
  private isSet = false;
  /** The fading strength per cycle, as far as it has been asked. */
  private readonly strengths: Float64Array;

  constructor(
    private readonly cycles: number,
    private readonly perYear: number,
  ) {
    this.strengths = new Float64Array(cycles);
  }

  set(timing: EffectTiming, draw: number): void {
    const { cycles, perYear } = this;
    const edge = EDGE_TOLERANCE * (12 / perYear);
    const onset = (timing.wait.values[draw] ?? 0) + (timing.delay.values[draw] ?? 0);
    const duration =
      timing.duration === null ? Number.POSITIVE_INFINITY : (timing.duration.values[draw] ?? 0);
    const halfLife = timing.halfLife === null ? 0 : (timing.halfLife.values[draw] ?? 0);
    if (this.isSet && onset === this.onset && duration === this.duration && halfLife === this.halfLife)
      return;
    this.isSet = true;
    this.onset = onset;
    this.duration = duration;
    this.halfLife = halfLife;
    this.strengths.fill(Number.NaN);
    this.begins = firstCycle(cycles, perYear, onset, (month) => month - onset >= -edge);
    this.ends =
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
  strength(cycle: number): number {
    if (cycle < this.begins) return 0;
    if (cycle < this.ends) return 1;
    if (!(this.halfLife > 0)) return 0;
    const known = this.strengths[cycle] as number;
    if (!Number.isNaN(known)) return known;
    const over = (12 * cycle) / this.perYear - this.onset - this.duration;
    const strength = power(2, -Math.max(0, over) / this.halfLife);
    this.strengths[cycle] = strength;
    return strength;
  }

  /** First cycle after `cycle` in which the strength is another. */
  next(cycle: number): number {
    if (cycle < this.begins) return this.begins;
    if (cycle < this.ends) return this.ends;
    return this.halfLife > 0 ? cycle + 1 : this.cycles;
  }
}

/** One draw's course while it is worked out. */
class Lane {
  readonly clocks: EffectClock[];
  readonly logStrength: Float64Array;
  readonly factors: Float64Array;
  /** Cycles in which each step of each move begins. */
  readonly begins: Int32Array[];
  readonly values: Float64Array;
  /** The value of each move before effects. */
  readonly bases: Float64Array;
  /** Per state: the first cycle in which a further step of a move out of it begins. */
  readonly steps: Int32Array;
  /** Per group of effects: whether its factor is another than in the cycle before. */
  readonly moved: Uint8Array;
  /** Whether `begins` has been worked out. */
  hasBegins = false;
  next = 0;

  constructor(plan: CoursePlan, states: number, cycles: number, perYear: number) {
    this.clocks = plan.effects.map(() => new EffectClock(cycles, perYear));
    this.logStrength = new Float64Array(plan.effects.length);
    this.factors = new Float64Array(plan.groups.length);
    this.begins = plan.moves.map(({ steps }) => new Int32Array(steps.length));
    this.values = new Float64Array(plan.moves.length);
    this.bases = new Float64Array(plan.moves.length);
    this.steps = new Int32Array(states);
    this.moved = new Uint8Array(plan.groups.length);
  }
}

/** Works out one course for two draws at a time; gives the bits of simulateCourse. */
export class CourseRunner {
  readonly cycles: number;
  readonly layout: KernelLayout;
  /** Person-years per entrant, [lane][state][year]. */
  readonly personYears: Float64Array;
  /** Lanes whose course was worked out in the last run; the others are as they were. */
  readonly renewed: boolean[] = Array.from({ length: LANES }, () => true);
  /** Lanes in which the course cannot be: probabilities above 1, or an entry that does not sum to 1. */
  private readonly broken = new Uint8Array(LANES);
  private readonly memory: Memory;
  private readonly lanes: Lane[];
  private readonly perYear: number;
  private readonly states: number;
  /** Moves by the state they leave. */
  private readonly leaving: readonly (readonly number[])[];
  /** Groups of effects that act on moves out of each state. */
  private readonly acting: readonly (readonly number[])[];
  /** Whether no draw moves the cycles in which steps begin. */
  private readonly fixedSteps: boolean;
  /** Where each move's chance is kept. */
  private readonly placeOf: Int32Array;

  constructor(
    model: Model,
    readonly plan: CoursePlan,
    private readonly kernel: Kernel,
    layout: KernelLayout,
  ) {
    const { time } = model;
    this.layout = layout;
    this.states = model.states.length;
    this.perYear = time.cyclesPerYear;
    this.cycles = followedCycles(time);
    this.personYears = new Float64Array(LANES * this.states * time.years);
    this.lanes = Array.from({ length: LANES }, () => new Lane(plan, this.states, this.cycles, this.perYear));
    this.memory = new Memory(columnsOf(plan), LANES);
    this.leaving = model.states.map((_, state) =>
      plan.moves.flatMap(({ from }, index) => (from === state ? [index] : [])),
    );
    this.acting = this.leaving.map((moves) => [
      ...new Set(moves.map((index) => (plan.moves[index] as MovePlan).group)),
    ]);
    const { starts, order } = inflowsOf(plan.moves, this.states);
    kernel.indices.set(starts, layout.starts);
    this.fixedSteps =
      plan.clockShift.constant && plan.moves.every(({ steps }) => steps.every(({ start }) => start.constant));
    this.placeOf = new Int32Array(plan.moves.length);
    for (const [place, move] of order.entries()) {
      this.placeOf[move] = place;
      kernel.indices[layout.from + place] = plan.moves[move]?.from ?? 0;
    }
  }

  /**
   * Works out the course in two draws of the block.
   *
   * @param draws the draw in each lane
   * @param invalid set to 1 for a draw in which probabilities out of a state exceed 1, or the entry does not sum to 1
   */
  run(draws: readonly [number, number], invalid: Uint8Array, years: number): void {
    const { broken } = this;
    let changed = false;
    for (let lane = 0; lane < LANES; lane += 1) {
      this.renewed[lane] = this.memory.changed(lane, draws[lane] ?? 0);
      changed ||= this.renewed[lane] === true;
    }
    if (changed) {
      broken.fill(0);
      this.work(draws, years);
    }
    for (let lane = 0; lane < LANES; lane += 1) if (broken[lane] === 1) invalid[draws[lane] ?? 0] = 1;
  }

  private work(draws: readonly [number, number], years: number): void {
    const { kernel, layout, cycles, states } = this;
    for (let lane = 0; lane < LANES; lane += 1) this.open(lane, draws[lane] ?? 0);
    for (let cycle = 0; cycle < cycles; ) {
      let end = cycles;
      for (let lane = 0; lane < LANES; lane += 1) {
        const course = this.lanes[lane] as Lane;
        if (cycle >= course.next) this.renew(lane, draws[lane] ?? 0, cycle);
        end = Math.min(end, course.next);
      }
      kernel.advance(layout, cycle, end);
      cycle = end;
    }
    kernel.sumLags(layout);
    const { numbers } = kernel;
    for (let lane = 0; lane < LANES; lane += 1)
      for (let state = 0; state < states; state += 1)
        for (let year = 0; year < layout.years; year += 1)
          this.personYears[(lane * states + state) * years + year] =
            (numbers[layout.lags + (year * states + state) * LANES + lane] as number) / this.perYear;
  }

  private open(lane: number, draw: number): void {
    const { plan, kernel, layout, cycles, perYear } = this;
    const course = this.lanes[lane] as Lane;
    const edge = EDGE_TOLERANCE * (12 / perYear);
    let total = 0;
    for (let state = 0; state < plan.entry.length; state += 1) {
      const share = plan.entry[state]?.values[draw] ?? 0;
      kernel.numbers[layout.state + state * LANES + lane] = share;
      total += share;
    }
    if (!(Math.abs(total - 1) <= 1e-9)) this.broken[lane] = 1;
    for (let index = 0; index < plan.effects.length; index += 1) {
      const effect = plan.effects[index] as HazardPlan;
      (course.clocks[index] as EffectClock).set(effect, draw);
      course.logStrength[index] =
        log(effect.hazardRatio.values[draw] ?? 0) * effect.credibility * (effect.synergy.values[draw] ?? 0);
    }
    const shift = plan.clockShift.values[draw] ?? 0;
    if (!this.fixedSteps || !course.hasBegins)
      for (const [index, { steps }] of plan.moves.entries())
        for (const [at, { start }] of steps.entries()) {
          const from = start.values[draw] ?? 0;
          (course.begins[index] as Int32Array)[at] = firstCycle(
            cycles,
            perYear,
            from - shift,
            (month) => from <= month + shift + edge,
          );
        }
    course.hasBegins = true;
    course.values.fill(Number.NaN);
    course.factors.fill(Number.NaN);
    course.steps.fill(0);
    course.next = 0;
  }

  /** Works out the chances that hold from a cycle on, and until when. */
  private renew(lane: number, draw: number, cycle: number): void {
    const { plan, kernel, layout, states, perYear } = this;
    const { numbers } = kernel;
    const course = this.lanes[lane] as Lane;
    let next = this.cycles;
    const { clocks, factors, moved } = course;
    for (let index = 0; index < clocks.length; index += 1)
      next = Math.min(next, (clocks[index] as EffectClock).next(cycle));
    for (let index = 0; index < factors.length; index += 1) {
      const members = plan.groups[index] as readonly number[];
      let sum = 0;
      for (let at = 0; at < members.length; at += 1) {
        const effect = members[at] as number;
        sum += (course.logStrength[effect] as number) * (clocks[effect] as EffectClock).strength(cycle);
      }
      const factor = sum === 0 ? 1 : exp(sum);
      moved[index] = factor === factors[index] ? 0 : 1;
      factors[index] = factor;
    }
    for (let state = 0; state < states; state += 1) {
      const steps = course.steps[state] as number;
      if (cycle >= steps) course.steps[state] = this.step(lane, draw, state, cycle);
      next = Math.min(next, course.steps[state] as number);
      const groups = this.acting[state] as readonly number[];
      let touched = cycle >= steps;
      for (let at = 0; at < groups.length; at += 1) if (moved[groups[at] as number] === 1) touched = true;
      if (!touched) continue;
      const leaving = this.leaving[state] as readonly number[];
      let changed = cycle === 0;
      let total = 0;
      for (let at = 0; at < leaving.length; at += 1) {
        const index = leaving[at] as number;
        const base = course.bases[index] as number;
        const factor = factors[(plan.moves[index] as MovePlan).group] as number;
        const value = factor === 1 ? base : base * factor;
        if (value !== course.values[index]) {
          course.values[index] = value;
          changed = true;
        }
        total += value;
      }
      if (!changed) continue;
      let stay = 1;
      if (plan.kind === "probability" && total > 1 + 1e-9) this.broken[lane] = 1;
      const leave = total > 0 ? -expm1(-total / perYear) : 0;
      for (let at = 0; at < leaving.length; at += 1) {
        const index = leaving[at] as number;
        const value = course.values[index] as number;
        const chance = plan.kind === "probability" ? value : total > 0 ? (value / total) * leave : 0;
        numbers[layout.chances + (this.placeOf[index] as number) * LANES + lane] = chance;
        stay -= chance;
      }
      numbers[layout.stay + state * LANES + lane] = stay;
    }
    course.next = next;
  }

  /** Finds the step that holds of every move out of a state, and gives the cycle in which a further one begins. */
  private step(lane: number, draw: number, state: number, cycle: number): number {
    const course = this.lanes[lane] as Lane;
    let next = this.cycles;
    for (const index of this.leaving[state] as readonly number[]) {
      const move = this.plan.moves[index] as MovePlan;
      const begins = course.begins[index] as Int32Array;
      let step = -1;
      let latest = Number.NEGATIVE_INFINITY;
      for (let at = 0; at < begins.length; at += 1) {
        const begin = begins[at] as number;
        if (begin > cycle) {
          next = Math.min(next, begin);
          continue;
        }
        // Of the steps that have begun the one that starts last holds, the later in the list where two start together.
        const start = move.steps[at]?.start.values[draw] ?? 0;
        if (start >= latest) {
          latest = start;
          step = at;
        }
      }
      course.bases[index] = step < 0 ? 0 : (move.steps[step]?.value.values[draw] ?? 0);
    }
    return next;
  }
}
