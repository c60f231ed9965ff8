import { uniforms } from "../core/random.ts";
import { mean, sortedQuantile } from "../core/statistics.ts";
import { drawnParameters } from "./draws.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { BLOCK } from "./plan/evaluation.ts";
import { type Point, PointEvaluator, type SensitivityTask, type Target } from "./sensitivity.ts";
import type { Sliced } from "./sliced.ts";

/** Streams of a parameter's name for the two matrices of the design: other ones than those of a simulation. */
const [STREAM_A, STREAM_B] = [11, 12];

/** Resamples of the rows behind an interval, and the share of them that it holds. */
const RESAMPLES = 1000;
const [INTERVAL_LOW, INTERVAL_HIGH] = [0.025, 0.975];

/** An index with its 95% bootstrap interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Outputs of the design: f(A), f(B), and f(A with column i of B) per parameter. */
export interface DesignOutputs {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly mixed: readonly Float64Array[];
}

/**
 * First-order and total Sobol indices of every parameter, by parameter; NaN when the output does not vary.
 *
 * @param seed of the resamples for the intervals
 * @source Saltelli e.a. 2010 (first order, outputs centred), Jansen 1999 (total); method.md M18
 */
export function sobolIndices(
  outputs: DesignOutputs,
  seed: number,
  resamples = RESAMPLES,
): { readonly first: Estimate; readonly total: Estimate }[] {
  const rows = outputs.a.length;
  const center = (mean(outputs.a) + mean(outputs.b)) / 2;
  const a = outputs.a.map((value) => value - center);
  const b = outputs.b.map((value) => value - center);
  const sums = a.map((value, row) => value + (b[row] as number));
  const squares = a.map((value, row) => value * value + (b[row] as number) ** 2);
  const parts = outputs.mixed.map((mixed) => ({
    first: mixed.map((value, row) => (b[row] as number) * (value - center - (a[row] as number))),
    total: mixed.map((value, row) => ((a[row] as number) - (value - center)) ** 2 / 2),
  }));
  const weights = new Float64Array(rows);
  const over = (values: Float64Array): number => {
    let sum = 0;
    for (let row = 0; row < rows; row += 1) sum += (weights[row] as number) * (values[row] as number);
    return sum / rows;
  };
  const indices = () => {
    const middle = over(sums) / 2;
    const variance = over(squares) / 2 - middle * middle;
    const share = (amount: number) => (variance > 0 ? amount / variance : Number.NaN);
    return parts.map(({ first, total }) => [share(over(first)), share(over(total))] as const);
  };
  weights.fill(1);
  const values = indices();
  const resampled = Array.from({ length: resamples }, (_, resample) => {
    weights.fill(0);
    for (const u of uniforms(seed, "bootstrap", resample * rows, rows)) {
      const row = Math.floor(u * rows);
      weights[row] = (weights[row] as number) + 1;
    }
    return indices();
  });
  const estimate = (parameter: number, which: 0 | 1): Estimate => {
    const sorted = Float64Array.from(resampled, (found) => found[parameter]?.[which] ?? Number.NaN).sort();
    return {
      value: values[parameter]?.[which] ?? Number.NaN,
      low: sortedQuantile(sorted, INTERVAL_LOW),
      high: sortedQuantile(sorted, INTERVAL_HIGH),
    };
  };
  return parts.map((_, parameter) => ({ first: estimate(parameter, 0), total: estimate(parameter, 1) }));
}

/** How a Sobol analysis samples: so many rows, each worked out once and once more per parameter and for the second matrix. */
export interface SobolSettings {
  readonly rows: number;
  readonly seed: number;
}

/** What one parameter explains of the variance of one NPV. */
export interface SobolIndex {
  readonly parameter: number;
  readonly target: Target;
  /** Share of the variance that the parameter explains on its own. */
  readonly first: Estimate;
  /** Share that it explains together with others. */
  readonly total: Estimate;
}

export interface SobolResult {
  readonly settings: SobolSettings;
  /** Cases worked out: rows × (parameters + 2). */
  readonly evaluations: number;
  /** Rows left out of the indices because a case in them is invalid. */
  readonly invalidRows: number;
  readonly indices: readonly SobolIndex[];
}

/**
 * Sobol indices of every NPV for every drawn parameter. A block of rows goes through matrix by matrix, so that from block
 * to block only what two parameters touch is worked out again.
 *
 * @source model.md section 8; speed.md "Sobol by structure"
 */
export function* sobol(
  task: SensitivityTask,
  settings: SobolSettings,
  createKernel: (bytes: number) => Kernel,
): Sliced<SobolResult> {
  const { rows, seed } = settings;
  const parameters = drawnParameters(task.model);
  const evaluator = new PointEvaluator(task, parameters, createKernel);
  const matrix = (stream: number) =>
    parameters.map(({ id, quantile }) => uniforms(seed, id, 0, rows, stream).map(quantile));
  const [columnsA, columnsB] = [matrix(STREAM_A), matrix(STREAM_B)];
  const row = (columns: readonly Float64Array[], at: number): Point =>
    Float64Array.from(columns, (column) => column[at] as number);
  const empty = () => new Float64Array(rows);
  const outputs = evaluator.targets.map(() => ({ a: empty(), b: empty(), mixed: parameters.map(empty) }));
  const width = parameters.length + 2;
  for (let first = 0; first < rows; first += BLOCK) {
    const block = Array.from({ length: Math.min(BLOCK, rows - first) }, (_, at) => first + at);
    for (let column = 0; column < width; column += 1) {
      const points = block.map((at) => {
        const point = row(column === 1 ? columnsB : columnsA, at);
        if (column > 1) point[column - 2] = columnsB[column - 2]?.[at] as number;
        return point;
      });
      const values = evaluator.evaluate(points);
      for (const [target, { a, b, mixed }] of outputs.entries()) {
        const into = column === 0 ? a : column === 1 ? b : (mixed[column - 2] as Float64Array);
        into.set(values[target] as Float64Array, first);
      }
      yield (first * width + (column + 1) * block.length) / (rows * width);
    }
  }
  const valid = validRows(outputs, rows);
  const kept = (values: Float64Array) => Float64Array.from(valid, (at) => values[at] as number);
  const indices: SobolIndex[] = [];
  for (const [at, { a, b, mixed }] of outputs.entries()) {
    const target = evaluator.targets[at];
    if (!target) continue;
    const found = sobolIndices({ a: kept(a), b: kept(b), mixed: mixed.map(kept) }, seed);
    const ranked = found
      .map((index, place): SobolIndex => ({ parameter: parameters[place]?.index ?? -1, target, ...index }))
      .sort((one, other) => other.total.value - one.total.value || one.parameter - other.parameter);
    indices.push(...ranked);
    yield 1;
  }
  return { settings, evaluations: rows * width, invalidRows: rows - valid.length, indices };
}

/** Rows in which every case gave a figure. */
function validRows(outputs: readonly DesignOutputs[], rows: number): number[] {
  return Array.from({ length: rows }, (_, at) => at).filter((at) =>
    outputs.every(({ a, b, mixed }) => [a, b, ...mixed].every((values) => Number.isFinite(values[at]))),
  );
}
