import { resolveParameters, slotValue } from "../model/environment.ts";
import type { Model } from "../model/model.ts";
import { type DrawnParameter, drawnParameters } from "./draws.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { type Point, PointEvaluator, type SensitivityTask, type Target } from "./sensitivity.ts";
import type { Sliced } from "./sliced.ts";

/** Points at which a parameter is tried between the ends of its range, to find where the sign turns. */
const GRID = 48;

/** How far a parameter without a distribution is looked at: from 0 to this many times its value. */
const REACH = 3;

/** Shares of its distribution between which a parameter with one is looked at. */
const [LEAST, MOST] = [0.001, 0.999];

/** Share of the largest NPV on the way below which an NPV counts as nothing. */
const DUST = 1e-9;

/**
 * The value of one parameter at which an NPV is 0, all others at their value.
 *
 * `crossing`: the NPV passes through 0. `jump`: it changes sign without being 0 (a rule that opens or closes).
 * `none`: no such value within the range looked at.
 */
export interface SwitchingValue {
  readonly parameter: number;
  readonly target: Target;
  readonly kind: "crossing" | "jump" | "none";
  /** In the parameter's own unit; null for `none`. The nearest to the value as stated. */
  readonly value: number | null;
  /** The stated value, and the NPV there. */
  readonly stated: number;
  readonly npv: number;
  /** NPV of a re-run at `value`: 0 but for rounding at a crossing. */
  readonly npvThere: number | null;
  /** Between which values was looked. */
  readonly from: number;
  readonly to: number;
  /** Where in the distribution the value lies, between its 5% and 95%; null without a distribution. */
  readonly plausible: boolean | null;
}

/** Parameters that are a plain number: with their distribution, or without one a range of their own. */
function movable(model: Model): DrawnParameter[] {
  const drawn = new Map(drawnParameters(model).map((parameter) => [parameter.index, parameter]));
  const base = resolveParameters(model, { municipality: null, scenario: null });
  return model.parameters.flatMap((parameter, index): DrawnParameter[] => {
    const known = drawn.get(index);
    if (known) return [known];
    if (parameter.formula !== null) return [];
    const value = slotValue(parameter.value, base);
    return value === 0
      ? []
      : [{ index, id: parameter.id, value, quantile: (p) => p * REACH * value, fitted: null }];
  });
}

/**
 * Switching values [omslagpunten] of every NPV for every parameter that is a number: bracketed on a grid, narrowed down
 * to neighbouring numbers, and verified by a re-run.
 *
 * @source model.md section 8; method.md M15
 */
export function* switchingValues(
  task: SensitivityTask,
  createKernel: (bytes: number) => Kernel,
  wanted: (target: Target) => boolean = () => true,
): Sliced<SwitchingValue[]> {
  const { model } = task;
  const parameters = movable(model);
  const evaluator = new PointEvaluator(task, parameters, createKernel);
  const { base, targets } = evaluator;
  const at = (place: number, value: number): Point => {
    const point = base.slice();
    point[place] = value;
    return point;
  };
  const found: SwitchingValue[] = [];
  for (const [place, { index, value, quantile }] of parameters.entries()) {
    const hasDistribution = model.parameters[index]?.distribution !== null;
    const ends = hasDistribution ? [quantile(LEAST), quantile(MOST)] : [0, REACH * value];
    const [from, to] = [Math.min(...ends, value), Math.max(...ends, value)];
    const grid = Array.from({ length: GRID }, (_, step) => from + ((to - from) * step) / (GRID - 1));
    grid.push(value);
    grid.sort((a, b) => a - b);
    const values = evaluator.evaluate(grid.map((x) => at(place, x)));
    for (const [row, target] of targets.entries()) {
      if (!wanted(target)) continue;
      const npv = values[row] as Float64Array;
      const stated = npv[grid.indexOf(value)] as number;
      const evaluate = (x: number) => evaluator.evaluate([at(place, x)])[row]?.[0] ?? Number.NaN;
      const root = nearestRoot(grid, npv, value, evaluate);
      const plausible =
        root === null || !hasDistribution
          ? null
          : root.value >= quantile(0.05) && root.value <= quantile(0.95);
      found.push({
        parameter: index,
        target,
        kind: root?.kind ?? "none",
        value: root?.value ?? null,
        stated: value,
        npv: stated,
        npvThere: root?.npv ?? null,
        from,
        to,
        plausible,
      });
    }
    yield (place + 1) / parameters.length;
  }
  return found;
}

interface Root {
  readonly kind: "crossing" | "jump";
  readonly value: number;
  readonly npv: number;
}

/** The root nearest to the stated value, among the stretches of the grid over which the sign turns. */
function nearestRoot(
  grid: readonly number[],
  npv: Float64Array,
  stated: number,
  evaluate: (x: number) => number,
): Root | null {
  const size = npv.reduce((most, value) => (value > most ? value : -value > most ? -value : most), 0);
  if (!(size > 0)) return null;
  const brackets: { low: number; high: number; distance: number; lowNpv: number; highNpv: number }[] = [];
  // A place at which nothing is at stake, such as a share of zero, turns no sign.
  const places = [...grid.keys()].filter((step) => Math.abs(npv[step] as number) > DUST * size);
  for (const [at, step] of places.entries()) {
    const before = places[at - 1];
    if (before === undefined) continue;
    const [low, high] = [grid[before] as number, grid[step] as number];
    const [lowNpv, highNpv] = [npv[before] as number, npv[step] as number];
    if (Math.sign(lowNpv) * Math.sign(highNpv) !== -1) continue;
    const distance = stated <= low ? low - stated : stated >= high ? stated - high : 0;
    brackets.push({ low, high, lowNpv, highNpv, distance });
  }
  brackets.sort((a, b) => a.distance - b.distance || a.low - b.low);
  const [bracket] = brackets;
  return bracket ? narrow(bracket, size, evaluate) : null;
}

/** Narrows a bracket by the ITP method: as sure as bisection, mostly as quick as the secant (Oliveira & Takahashi 2020). */
function narrow(
  bracket: { readonly low: number; readonly high: number; readonly lowNpv: number; readonly highNpv: number },
  size: number,
  evaluate: (x: number) => number,
): Root {
  let { low, high, lowNpv, highNpv } = bracket;
  const width = high - low;
  const enough = 1e-14 * Math.max(Math.abs(low), Math.abs(high), width);
  for (let step = 0; step < 120 && high - low > enough; step += 1) {
    const middle = low + (high - low) / 2;
    const secant = (low * highNpv - high * lowNpv) / (highNpv - lowNpv);
    const towards = Math.sign(middle - secant);
    const truncation = 0.2 * ((high - low) ** 2 / width);
    const nearer = truncation <= Math.abs(middle - secant) ? secant + towards * truncation : middle;
    const slack = Math.max(0, width * 2 ** (1 - step) - (high - low) / 2);
    const next = Math.abs(nearer - middle) <= slack ? nearer : middle - towards * slack;
    const value = evaluate(next);
    if (Number.isNaN(value)) break;
    if (value === 0) return { kind: "crossing", value: next, npv: 0 };
    if (Math.sign(value) === Math.sign(lowNpv)) {
      low = next;
      lowNpv = value;
    } else {
      high = next;
      highNpv = value;
    }
  }
  const [value, npv] = Math.abs(lowNpv) <= Math.abs(highNpv) ? [low, lowNpv] : [high, highNpv];
  // A re-run from scratch: what was found must hold by itself.
  const there = evaluate(value);
  const kind = Math.abs(there) <= 1e-7 * size && there === npv ? "crossing" : "jump";
  return { kind, value, npv: there };
}
