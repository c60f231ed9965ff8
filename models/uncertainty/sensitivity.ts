import type { Draws } from "../model/environment.ts";
import type { Model } from "../model/model.ts";
import type { ScenarioRun } from "../results/scenarioRun.ts";
import { type DrawnParameter, drawnParameters } from "./draws.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { BLOCK, CasePlan, type FigureKey } from "./plan/evaluation.ts";
import type { Sliced } from "./sliced.ts";

/** What every sensitivity analysis starts from: a case, its deterministic runs, and what is looked at. */
export interface SensitivityTask {
  readonly model: Model;
  /** The deterministic runs whose allocation is kept, the reference's among them. */
  readonly runs: readonly ScenarioRun[];
  readonly reference: number;
}

/** An NPV that is looked at: a scenario against the reference, for a perspective. */
export interface Target {
  readonly scenario: number;
  readonly perspective: number;
}

/** The values of all parameters that move, for one evaluation: by place in the list of moving parameters. */
export type Point = Float64Array;

/**
 * Works out NPVs at points of choice: all drawn parameters have their deterministic value but those that a point sets.
 */
export class PointEvaluator {
  readonly targets: readonly Target[];
  private readonly plan: CasePlan;
  private readonly places: readonly number[];

  /** @param parameters the parameters that can be moved */
  constructor(
    private readonly task: SensitivityTask,
    readonly parameters: readonly DrawnParameter[],
    createKernel: (bytes: number) => Kernel,
  ) {
    const { model, runs, reference } = task;
    this.plan = new CasePlan(
      model,
      runs,
      reference,
      createKernel,
      parameters.map(({ index }) => index),
    );
    const kept = this.plan.keys.flatMap((key, place) =>
      key.kind === "perspective" && key.scenario !== reference ? [{ key, place }] : [],
    );
    this.targets = kept.map(({ key }) => targetOf(key));
    this.places = kept.map(({ place }) => place);
  }

  /** The deterministic values. */
  get base(): Point {
    return Float64Array.from(this.parameters, ({ value }) => value);
  }

  /** NPV in EUR at every point, [target][point]; NaN where a value is not what its slot asks for. */
  evaluate(points: readonly Point[]): Float64Array[] {
    const { places, plan, task } = this;
    const values = places.map(() => new Float64Array(points.length));
    for (let first = 0; first < points.length; first += BLOCK) {
      const block = points.slice(first, first + BLOCK);
      const columns: (Float64Array | undefined)[] = task.model.parameters.map(() => undefined);
      for (const [at, { index }] of this.parameters.entries())
        columns[index] = Float64Array.from(block, (point) => point[at] ?? Number.NaN);
      const draws: Draws = { count: block.length, columns };
      const { figures } = plan.evaluate(draws);
      for (const [target, place] of places.entries())
        for (let point = 0; point < block.length; point += 1)
          (values[target] as Float64Array)[first + point] = figures[
            point * plan.keys.length + place
          ] as number;
    }
    return values;
  }
}

function targetOf({ scenario, index }: FigureKey): Target {
  return { scenario, perspective: index };
}

/** Shares of its distribution at which a parameter is tried: 5% and 95%, and between them to see whether the way is straight. */
const TRIED: readonly number[] = [0.05, 0.275, 0.5, 0.725, 0.95];

/** What one parameter alone does to one NPV. EUR. */
export interface TornadoBar {
  readonly parameter: number;
  readonly target: Target;
  /** The parameter's 5% and 95% quantile, in its own unit. */
  readonly low: number;
  readonly high: number;
  /** NPV with the parameter there and all others at their value; NaN where that is no valid case. */
  readonly atLow: number;
  readonly atHigh: number;
  readonly base: number;
  /** The NPV does not rise or fall all the way from low to high: the bar hides something. */
  readonly nonMonotone: boolean;
}

/** |NPV at high − NPV at low|. */
export function barWidth({ atLow, atHigh }: TornadoBar): number {
  return Math.abs(atHigh - atLow);
}

/**
 * Tornado: every drawn parameter at its 5% and 95% quantile, the others at their value; widest first.
 *
 * @source model.md section 8; method.md M15
 */
export function* tornado(
  task: SensitivityTask,
  createKernel: (bytes: number) => Kernel,
): Sliced<TornadoBar[]> {
  const parameters = drawnParameters(task.model);
  const evaluator = new PointEvaluator(task, parameters, createKernel);
  const { base } = evaluator;
  const points = [
    base,
    ...parameters.flatMap(({ quantile }, at) =>
      TRIED.map((p) => {
        const point = base.slice();
        point[at] = quantile(p);
        return point;
      }),
    ),
  ];
  yield 0;
  const values = evaluator.evaluate(points);
  const bars = evaluator.targets.flatMap((target, index) => {
    const npv = values[index] as Float64Array;
    return parameters.map(({ index: parameter }, at): TornadoBar => {
      const first = 1 + at * TRIED.length;
      const tried = npv.subarray(first, first + TRIED.length);
      return {
        parameter,
        target,
        low: points[first]?.[at] ?? Number.NaN,
        high: points[first + TRIED.length - 1]?.[at] ?? Number.NaN,
        atLow: tried[0] ?? Number.NaN,
        atHigh: tried[TRIED.length - 1] ?? Number.NaN,
        base: npv[0] ?? Number.NaN,
        nonMonotone: turns(tried),
      };
    });
  });
  return bars.sort(
    (a, b) =>
      a.target.scenario - b.target.scenario ||
      a.target.perspective - b.target.perspective ||
      barWidth(b) - barWidth(a) ||
      a.parameter - b.parameter,
  );
}

/** Whether a row of values both rises and falls, by more than rounding. */
function turns(values: Float64Array): boolean {
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let rises = false;
  let falls = false;
  for (let index = 1; index < values.length; index += 1) {
    const step = (values[index] as number) - (values[index - 1] as number);
    if (step > 1e-9 * size) rises = true;
    if (step < -1e-9 * size) falls = true;
  }
  return rises && falls;
}
