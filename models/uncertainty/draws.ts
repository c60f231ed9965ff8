import {
  type FittedQuantile,
  fittedQuantile,
  LineShelf,
  type Quantile,
  quantileOf,
  quantileOn,
} from "../core/distributions.ts";
import { ModelError } from "../core/errors.ts";
import {
  inLayer,
  LARGEST_SEED,
  latinLayers,
  layeredUniforms,
  randomKey,
  type Sampling,
  uniforms,
} from "../core/random.ts";
import type { LineQuantile } from "../core/specialFunctions.ts";
import { isDimensionless, parseUnit } from "../core/units.ts";
import { type Draws, resolveParameters, slotValue } from "../model/environment.ts";
import type { Model, Parameter } from "../model/model.ts";
import { TABLE, WIDTH } from "./kernel/draws.ts";
import { Instruction, LANES } from "./kernel/kernel.ts";
import type { Sheet, Steps } from "./plan/sheet.ts";

/** A parameter that is drawn: its index, its deterministic value and its quantile function, in its own unit. */
export interface DrawnParameter {
  readonly index: number;
  readonly id: string;
  /** In the parameter's own unit, before its price factor. */
  readonly value: number;
  readonly quantile: Quantile;
  /** What the quantile function follows from; null where it has a formula. */
  readonly fitted: FittedQuantile | null;
}

/** Most draws of one simulation: more would not fit in memory, and would tell nothing more. */
export const LARGEST_DRAWS = 1_000_000;

/** How a simulation draws. One seed gives one set of draws, whatever the number of workers. */
export interface DrawSettings {
  readonly draws: number;
  readonly seed: number;
  readonly sampling: Sampling;
}

/**
 * A proportion in percent is drawn as a share of 1: its mean, sd and quantiles are 100 times those of the beta.
 */
function ownQuantile(
  parameter: Parameter,
  value: number,
  lines: LineShelf,
): Pick<DrawnParameter, "quantile" | "fitted"> {
  const distribution = parameter.distribution;
  if (!distribution) throw new RangeError(parameter.id);
  const { dimension, size } = parseUnit(parameter.unit, `parameters/${parameter.id}/unit`);
  const per = distribution.kind === "beta" && isDimensionless(dimension) ? size : 1;
  const share = "sd" in distribution ? { ...distribution, sd: distribution.sd * per } : distribution;
  const fitted = fittedQuantile(share, value * per, per, lines);
  if (fitted) return { fitted, quantile: quantileOn(fitted) };
  const quantile = quantileOf(share, value * per);
  return { fitted, quantile: (p) => quantile(p) / per };
}

/**
 * Deterministic values of parameters without local values and overrides, in their own unit and before their price
 * factor: a distribution is stated at the price level of the value.
 */
export function baseValues(model: Model, indices: readonly number[]): Map<number, number> {
  const base = resolveParameters(model, { municipality: null, scenario: null });
  return new Map(
    indices.flatMap((index) => {
      const parameter = model.parameters[index];
      return parameter ? [[index, slotValue(parameter.value, base)]] : [];
    }),
  );
}

/**
 * The parameters of a case that have a distribution, by index.
 *
 * @throws ModelError DISTRIBUTION_INVALID with the path of a distribution that its value does not fit
 */
export function drawnParameters(model: Model): DrawnParameter[] {
  const values = baseValues(
    model,
    model.parameters.map((_, index) => index),
  );
  const lines = new LineShelf();
  return model.parameters.flatMap((parameter, index): DrawnParameter[] => {
    if (!parameter.distribution) return [];
    const value = values.get(index) ?? Number.NaN;
    try {
      return [{ index, id: parameter.id, value, ...ownQuantile(parameter, value, lines) }];
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new ModelError({
        code: "DISTRIBUTION_INVALID",
        path: `parameters/${parameter.id}/distribution`,
        found: value,
        expected: error.message,
      });
    }
  });
}

/** Where a sheet holds what has been fitted of a line, and the stretches that stand there. */
interface LineTable {
  readonly place: number;
  readonly known: boolean[];
}

/** Where a sheet holds the draws of one parameter: rows of uniform numbers and of values. */
interface DrawnRows {
  readonly parameter: DrawnParameter;
  readonly uniforms: number;
  readonly values: number;
  /** Of the line that its quantiles follow from. */
  readonly table: LineTable | null;
  /** Where a 1 stands after a block of which the table did not give every value. */
  readonly missing: number;
}

/** Room for draws in a sheet, and the instructions that make them. */
interface DrawnSheet {
  readonly sheet: Sheet;
  readonly rows: readonly DrawnRows[];
  /** Where the number of the first draw stands. */
  readonly first: number;
  readonly uniforms: Steps;
  readonly quantiles: Steps;
}

/**
 * The draws of a simulation, any stretch of them at any time.
 *
 * @source model.md section 8: one uniform per (seed, parameter id, draw) through the quantile function
 */
export class DrawSource {
  private readonly layers = new Map<string, Uint32Array>();
  private room: DrawnSheet | null = null;

  /** @throws RangeError for a seed or a number of draws out of range */
  constructor(
    private readonly model: Model,
    readonly drawn: readonly DrawnParameter[],
    private readonly settings: DrawSettings,
  ) {
    const { seed, draws } = settings;
    if (!(Number.isInteger(seed) && seed >= 0 && seed <= LARGEST_SEED)) throw new RangeError(`seed ${seed}`);
    if (!(Number.isInteger(draws) && draws > 0 && draws <= LARGEST_DRAWS))
      throw new RangeError(`draws ${draws}`);
  }

  /** Takes room in a sheet that is not open yet: blocks of draws are then made by its kernel. */
  takeRoom(sheet: Sheet): void {
    const [uniforms, quantiles] = [sheet.steps(), sheet.steps()];
    const first = sheet.take(1);
    const tables = new Map<LineQuantile, LineTable>();
    const tableOf = (line: LineQuantile) => {
      const table = tables.get(line) ?? { place: sheet.take(TABLE), known: [] };
      tables.set(line, table);
      return table;
    };
    const rows = this.drawn.map((parameter): DrawnRows => {
      const { fitted, id } = parameter;
      const missing = sheet.take(1);
      const table = fitted && tableOf(fitted.line);
      const row = { parameter, uniforms: sheet.rows(1), values: sheet.rows(1), table, missing };
      const key = sheet.constant(randomKey(this.settings.seed, id));
      uniforms.push(Instruction.uniforms, row.uniforms, key, first, 1);
      if (fitted && table) {
        const { low, width, per, link } = fitted;
        const scale = sheet.constant([low, width, per, link === "logit" ? 1 : 0]);
        quantiles.push(Instruction.quantiles, row.values, row.uniforms, scale, 1, missing, table.place);
      }
      return row;
    });
    this.room = { sheet, rows, first, uniforms, quantiles };
  }

  /** Where in their distributions the draws `first` up to `first + count` of one parameter lie: shares of 1. */
  uniforms(id: string, first: number, count: number): Float64Array {
    const { seed, sampling } = this.settings;
    return sampling === "plain"
      ? uniforms(seed, id, first, count)
      : layeredUniforms(seed, id, first, count, this.layersOf(id));
  }

  private layersOf(id: string): Uint32Array {
    const { seed, draws } = this.settings;
    const layers = this.layers.get(id) ?? latinLayers(seed, id, draws);
    this.layers.set(id, layers);
    return layers;
  }

  /** Drawn values: one column per drawn parameter. In a sheet they stand until the next are asked. */
  columns(first: number, count: number): Draws {
    const columns: (Float64Array | undefined)[] = new Array(this.model.parameters.length).fill(undefined);
    if (this.room && count <= this.room.sheet.size) this.fill(this.room, first, count, columns);
    else
      for (const { index, id, quantile } of this.drawn)
        columns[index] = this.uniforms(id, first, count).map(quantile);
    return { count, columns };
  }

  private fill(
    { sheet, rows, first: place, uniforms, quantiles }: DrawnSheet,
    first: number,
    count: number,
    columns: (Float64Array | undefined)[],
  ): void {
    const { numbers } = sheet;
    const lanes = Math.ceil(count / LANES) * LANES;
    numbers[place] = first;
    sheet.run(uniforms, lanes);
    if (this.settings.sampling === "latinHypercube") this.putInLayers(rows, numbers, first, lanes);
    sheet.run(quantiles, lanes);
    for (const row of rows) {
      const { index } = row.parameter;
      if (!row.table || numbers[row.missing] === 1) complete(row, numbers, count);
      columns[index] = numbers.subarray(row.values, row.values + count);
    }
  }

  private putInLayers(rows: readonly DrawnRows[], numbers: Float64Array, first: number, lanes: number): void {
    for (const { parameter, uniforms } of rows) {
      const layers = this.layersOf(parameter.id);
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[uniforms + lane] = inLayer(numbers[uniforms + lane] as number, first + lane, layers);
    }
  }
}

/** Works out by itself what the table of a distribution does not give; one without a table gives nothing. */
function complete(row: DrawnRows, numbers: Float64Array, count: number): void {
  const { fitted, quantile } = row.parameter;
  for (let draw = 0; draw < count; draw += 1)
    if (!fitted || Number.isNaN(numbers[row.values + draw]))
      numbers[row.values + draw] = quantile(numbers[row.uniforms + draw] as number);
  if (fitted && row.table) tabulate(fitted.line, row.table, numbers);
}

/** Puts stretches that have been fitted meanwhile in the table of their line. */
function tabulate({ stretches }: LineQuantile, { place, known }: LineTable, numbers: Float64Array): void {
  for (const [at, stretch] of stretches.entries()) {
    if (!stretch?.isNear || known[at]) continue;
    numbers.set([1, ...stretch.polynomial], place + at * WIDTH);
    known[at] = true;
  }
}
