import { exp, expm1 } from "../core/elementaryFunctions.ts";
import { ModelError } from "../core/errors.ts";
import type { Model, Segment, Time, Track } from "../model/model.ts";
import type { Reader } from "../model/reader.ts";
import { type HazardEffect, strengthAt, trackEffects } from "./effects.ts";
import { EDGE_TOLERANCE, followedCycles, toLags } from "./lags.ts";

/** One possible move between states, resolved to numbers. */
interface Move {
  readonly from: number;
  readonly to: number;
  /** Months since entry from which each value holds, ascending. */
  readonly starts: readonly number[];
  readonly values: readonly number[];
  readonly effects: readonly number[];
  readonly path: string;
}

/** Everything that decides the course of one person: equal inputs give one course. */
export interface CourseInputs {
  readonly states: number;
  readonly entry: Float64Array;
  readonly kind: "rate" | "probability";
  readonly moves: readonly Move[];
  readonly effects: readonly HazardEffect[];
  readonly clockShift: number;
}

/** One person's expected course. */
export interface PersonCourse {
  readonly states: number;
  readonly cycles: number;
  /** Distribution over the states at the start of cycle j, [cycle · states + state], cycles + 1 rows that sum to 1. */
  readonly distribution: Float64Array;
  /** Expected part of cycle j spent in each state, [cycle · states + state]. */
  readonly occupancy: Float64Array;
  /** Person-years per entrant, [state][lag]. */
  readonly personYears: readonly Float64Array[];
  /** Chance per cycle of each move, by matrix; `matrixOfCycle` says which holds when. */
  readonly chances: readonly Float64Array[];
  readonly matrixOfCycle: Int32Array;
  readonly moves: readonly { readonly from: number; readonly to: number }[];
}

/** Which of a track's hazard effects act on a move a → b: exits only if named in `to` (model.md section 3). */
function matching(model: Model, effects: readonly HazardEffect[], from: number, to: number): number[] {
  const found: number[] = [];
  for (const [index, { effect, logStrength }] of effects.entries()) {
    // A ratio of 1 changes no course: leaving it out lets such tracks share one.
    if (logStrength === 0) continue;
    if (effect.from !== null && !effect.from.includes(from)) continue;
    if (effect.to === null ? model.states[to]?.exit === true : !effect.to.includes(to)) continue;
    found.push(index);
  }
  return found;
}

/** The steps of a rate by when they begin. */
function stepsOf(
  read: Reader,
  steps: Segment["transitions"][number]["steps"],
): Pick<Move, "starts" | "values"> {
  const starts: number[] = [];
  const values: number[] = [];
  for (const step of steps) {
    const [start, value] = [read(step.from), read(step.value)];
    if (value < 0)
      throw new ModelError({ code: "NEGATIVE_RATE", path: step.value.path, found: value, expected: "≥ 0" });
    let place = starts.length;
    for (; place > 0 && (starts[place - 1] as number) > start; place -= 1) {
      starts[place] = starts[place - 1] as number;
      values[place] = values[place - 1] as number;
    }
    starts[place] = start;
    values[place] = value;
  }
  return { starts, values };
}

/**
 * Resolves what decides the course of a person of `segment` on `track`.
 *
 * @throws ModelError NEGATIVE_RATE, OUT_OF_RANGE (entry), HAZARD_RATIO_NOT_POSITIVE with the path
 */
export function courseInputs(model: Model, read: Reader, segment: Segment, track: Track): CourseInputs {
  const states = model.states.length;
  const entry = new Float64Array(states);
  for (const [state, slot] of segment.entry.entries()) {
    if (slot === null) continue;
    const share = read(slot);
    if (share < 0)
      throw new ModelError({ code: "OUT_OF_RANGE", path: slot.path, found: share, expected: "0 – 1" });
    entry[state] = share;
  }
  const { hazard } = trackEffects(model, read, track, read(track.wait));
  for (const { logStrength, effect } of hazard)
    if (!Number.isFinite(logStrength))
      throw new ModelError({
        code: "HAZARD_RATIO_NOT_POSITIVE",
        path: effect.hazardRatio.path,
        found: read(effect.hazardRatio),
        expected: "> 0",
      });
  const moves = segment.transitions.map((transition) => {
    const { starts, values } = stepsOf(read, transition.steps);
    return {
      from: transition.from,
      to: transition.to,
      starts,
      values,
      effects: matching(model, hazard, transition.from, transition.to),
      path: transition.path,
    };
  });
  return {
    states,
    entry,
    kind: segment.transitionKind,
    moves,
    effects: hazard,
    clockShift: read(track.clockShift),
  };
}

/** A key that is equal for inputs that give the same course, whatever their ids. */
export function courseKey(inputs: CourseInputs): string {
  const parts: (number | string)[] = [inputs.kind, inputs.clockShift, ...inputs.entry];
  for (const move of inputs.moves) {
    parts.push("|", move.from, move.to, ...move.starts, ":", ...move.values);
    for (const index of move.effects) {
      const effect = inputs.effects[index];
      if (effect !== undefined)
        parts.push("*", effect.logStrength, effect.onset, effect.duration, effect.halfLife);
    }
  }
  return parts.join(" ");
}

/** Index of the step that holds at `month`, looked for from an earlier one on; -1 before the first. */
function stepAt(starts: readonly number[], month: number, edge: number, earlier: number): number {
  let found = earlier;
  while (found + 1 < starts.length && (starts[found + 1] as number) <= month + edge) found += 1;
  return found;
}

/** Chance per cycle of each move: competing risks from rates, or the given probabilities. */
function chancesOf(inputs: CourseInputs, strengths: Float64Array, perYear: number): Float64Array {
  const chances = new Float64Array(inputs.moves.length);
  const total = new Float64Array(inputs.states);
  for (const [index, move] of inputs.moves.entries()) {
    const value = strengths[index] ?? 0;
    chances[index] = value;
    total[move.from] = (total[move.from] ?? 0) + value;
  }
  for (const [index, move] of inputs.moves.entries()) {
    const sum = total[move.from] ?? 0;
    if (inputs.kind === "rate")
      chances[index] = sum > 0 ? ((chances[index] ?? 0) / sum) * -expm1(-sum / perYear) : 0;
    else if (sum > 1 + 1e-9)
      throw new ModelError({ code: "ROW_SUM_ABOVE_ONE", path: move.path, found: sum, expected: "≤ 1" });
  }
  return chances;
}

/**
 * The expected course of one person over the cycles of the follow-up.
 *
 * @throws ModelError ROW_SUM_ABOVE_ONE when probabilities out of a state exceed 1
 * @source model.md section 3, Transitions; competing risks with at most one move a cycle
 */
export function simulateCourse(time: Time, inputs: CourseInputs): PersonCourse {
  const { states, moves, effects } = inputs;
  const perYear = time.cyclesPerYear;
  const cycleMonths = 12 / perYear;
  const edge = EDGE_TOLERANCE * cycleMonths;
  const cycles = followedCycles(time);
  const distribution = new Float64Array((cycles + 1) * states);
  distribution.set(inputs.entry);
  const matrices: Float64Array[] = [];
  const inflows = inflowsOf(moves, states);
  let stay: Float64Array = new Float64Array(states);
  const matrixOfCycle = new Int32Array(cycles);
  const strengths = new Float64Array(effects.length);
  const steps = new Int32Array(moves.length).fill(-1);
  const values = new Float64Array(moves.length);

  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const month = (12 * cycle) / perYear;
    let changed = cycle === 0;
    for (let index = 0; index < effects.length; index += 1) {
      const effect = effects[index];
      const strength = effect === undefined ? 0 : strengthAt(effect, month, cycleMonths);
      if (strength !== strengths[index]) changed = true;
      strengths[index] = strength;
    }
    for (let index = 0; index < moves.length; index += 1) {
      const earlier = steps[index] as number;
      const step = stepAt((moves[index] as Move).starts, month + inputs.clockShift, edge, earlier);
      if (step !== earlier) changed = true;
      steps[index] = step;
    }
    if (changed) {
      for (const [index, move] of moves.entries()) {
        const base = move.values[steps[index] ?? -1] ?? 0;
        let log = 0;
        for (const effect of move.effects)
          log += (effects[effect]?.logStrength ?? 0) * (strengths[effect] ?? 0);
        values[index] = log === 0 ? base : base * exp(log);
      }
      const chances = chancesOf(inputs, values, perYear);
      stay = stayingChances(moves, chances, states);
      matrices.push(chances);
    }
    matrixOfCycle[cycle] = matrices.length - 1;
    advance(distribution, cycle * states, moves, inflows, matrices[matrices.length - 1] ?? values, stay);
  }
  const occupancy = occupancyOf(time, distribution, cycles, states);
  const personYears = Array.from({ length: states }, (_, state) => {
    const lags = toLags(time, occupancy, state, states);
    return lags.map((cyclesInState) => cyclesInState * (1 / perYear));
  });
  return { states, cycles, distribution, occupancy, personYears, chances: matrices, matrixOfCycle, moves };
}

/** The moves into each state: who stays first, then the moves in their own order. One order gives one set of bits. */
export interface Inflows {
  /** Moves by the state they lead to: those of state b are at starts[b] … starts[b + 1] of `order`. */
  readonly starts: Int32Array;
  readonly order: Int32Array;
}

/** Groups moves by the state they lead to. */
export function inflowsOf(moves: readonly { readonly to: number }[], states: number): Inflows {
  const into = Array.from({ length: states }, (): number[] => []);
  for (const [index, { to }] of moves.entries()) into[to]?.push(index);
  const starts = new Int32Array(states + 1);
  for (const [state, own] of into.entries()) starts[state + 1] = (starts[state] as number) + own.length;
  return { starts, order: Int32Array.from(into.flat()) };
}

/** Chance per cycle of staying in each state: 1 less the chances of leaving it, in the order of the moves. */
function stayingChances(
  moves: readonly { readonly from: number }[],
  chances: Float64Array,
  states: number,
): Float64Array {
  const stay = new Float64Array(states).fill(1);
  for (const [index, { from }] of moves.entries()) stay[from] = (stay[from] ?? 0) - (chances[index] ?? 0);
  return stay;
}

/** Writes v·P behind v: the row at `offset` moves into the next row. */
function advance(
  rows: Float64Array,
  offset: number,
  moves: readonly { readonly from: number }[],
  { starts, order }: Inflows,
  chances: Float64Array,
  stay: Float64Array,
): void {
  const states = stay.length;
  const next = offset + states;
  for (let state = 0; state < states; state += 1) {
    let sum = (rows[offset + state] ?? 0) * (stay[state] ?? 0);
    const end = starts[state + 1] ?? 0;
    for (let place = starts[state] ?? 0; place < end; place += 1) {
      const move = order[place] ?? 0;
      sum += (rows[offset + (moves[move]?.from ?? 0)] ?? 0) * (chances[move] ?? 0);
    }
    rows[next + state] = sum;
  }
}

/** Part of each cycle spent per state: the start, the end, or their mean (life-table correction). */
function occupancyOf(time: Time, distribution: Float64Array, cycles: number, states: number): Float64Array {
  const size = cycles * states;
  if (time.occupancy === "start") return distribution.slice(0, size);
  if (time.occupancy === "end") return distribution.slice(states, size + states);
  const mean = new Float64Array(size);
  for (let index = 0; index < size; index += 1)
    mean[index] = ((distribution[index] ?? 0) + (distribution[index + states] ?? 0)) / 2;
  return mean;
}
