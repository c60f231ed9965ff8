import { type Quantile, quantileOf } from "../core/distributions.ts";
import { ModelError } from "../core/errors.ts";
import { LARGEST_SEED, latinLayers, layeredUniforms, type Sampling, uniforms } from "../core/random.ts";
import { isDimensionless, parseUnit } from "../core/units.ts";
import { type Draws, resolveParameters, slotValue } from "../model/environment.ts";
import type { Model, Parameter } from "../model/model.ts";

/** A parameter that is drawn: its index, its deterministic value and its quantile function, in its own unit. */
export interface DrawnParameter {
  readonly index: number;
  readonly id: string;
  /** In the parameter's own unit, before its price factor. */
  readonly value: number;
  readonly quantile: Quantile;
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
function ownQuantile(parameter: Parameter, value: number): Quantile {
  const distribution = parameter.distribution;
  if (!distribution) throw new RangeError(parameter.id);
  const unit = parseUnit(parameter.unit, `parameters/${parameter.id}/unit`);
  if (distribution.kind !== "beta" || !isDimensionless(unit.dimension) || unit.size === 1)
    return quantileOf(distribution, value);
  const { size } = unit;
  const share = quantileOf(
    "sd" in distribution ? { kind: "beta", sd: distribution.sd * size } : distribution,
    value * size,
  );
  return (p) => share(p) / size;
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
  return model.parameters.flatMap((parameter, index): DrawnParameter[] => {
    if (!parameter.distribution) return [];
    const value = values.get(index) ?? Number.NaN;
    try {
      return [{ index, id: parameter.id, value, quantile: ownQuantile(parameter, value) }];
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

/**
 * The draws of a simulation, any stretch of them at any time.
 *
 * @source model.md section 8: one uniform per (seed, parameter id, draw) through the quantile function
 */
export class DrawSource {
  private readonly layers = new Map<string, Uint32Array>();

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

  /** Where in their distributions the draws `first` up to `first + count` of one parameter lie: shares of 1. */
  uniforms(id: string, first: number, count: number): Float64Array {
    const { seed, draws, sampling } = this.settings;
    if (sampling === "plain") return uniforms(seed, id, first, count);
    const layers = this.layers.get(id) ?? latinLayers(seed, id, draws);
    this.layers.set(id, layers);
    return layeredUniforms(seed, id, first, count, layers);
  }

  /** Drawn values: one column per drawn parameter. */
  columns(first: number, count: number): Draws {
    const columns: (Float64Array | undefined)[] = new Array(this.model.parameters.length).fill(undefined);
    for (const { index, id, quantile } of this.drawn) {
      const values = this.uniforms(id, first, count);
      for (let draw = 0; draw < count; draw += 1) values[draw] = quantile(values[draw] as number);
      columns[index] = values;
    }
    return { count, columns };
  }
}
