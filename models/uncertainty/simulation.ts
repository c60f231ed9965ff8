import { entrants as entrantsOf } from "../cohort/strata.ts";
import { type Fault, ModelError } from "../core/errors.ts";
import { envelopes } from "../funding/envelopes.ts";
import { keyShares, regionalAmounts } from "../funding/regionalCosts.ts";
import type { Draws } from "../model/environment.ts";
import type { Model } from "../model/model.ts";
import { type KeptRun, SharedRuns } from "../results/scenarioRun.ts";
import { type DrawSettings, DrawSource, drawnParameters } from "./draws.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { BLOCK, CasePlan, type FigureKey } from "./plan/evaluation.ts";
import type { Kept } from "./plan/keptRows.ts";

/** Invalid draws that are kept with their parameter values; the others are counted. */
export const KEPT_FAULTS = 20;

/** A draw that gave no figures, and why. */
export interface InvalidDraw {
  readonly draw: number;
  readonly fault: Fault;
  /** Drawn values by parameter id, in the parameter's own unit. */
  readonly parameters: Readonly<Record<string, number>>;
}

/** What some draws gave: one worker's part. Plain data. */
export interface SimulationPart {
  /** How many draws. */
  readonly count: number;
  /** In the order of the keys; NaN in an invalid draw. */
  readonly figures: Kept<Float64Array>;
  /**
   * Amounts of each year, of the figures that last so long (see lasting); of no meaning in an invalid draw. They are only
   * shown, never reckoned with: seven digits of them are kept. Other parts may have other columns.
   */
  readonly years: readonly Kept<Float32Array>[];
  readonly invalid: readonly InvalidDraw[];
  /** All invalid draws, the ones not kept too, ascending. */
  readonly invalidDraws: readonly number[];
}

/** Draws that are asked for: all, or some that a worker is given. */
export interface Stretch {
  readonly first: number;
  readonly count: number;
}

/**
 * A simulation that is worked out in slices: `advance` as often as there is time, then take its `part`. The draws do not
 * depend on the slices, nor on who works them out. Whoever works out only some is given a stretch after the other.
 *
 * @source model.md section 8
 */
export class Simulation {
  readonly keys: readonly FigureKey[];
  private readonly plan: CasePlan;
  private readonly source: DrawSource;
  private readonly invalid: InvalidDraw[] = [];
  private readonly invalidDraws: number[] = [];
  /** The next draw of the stretch, and the one after its last. */
  private next = 0;
  private end = 0;
  private worked = 0;

  /**
   * @param runs the deterministic runs whose allocation is kept, the reference's among them
   * @throws ModelError DISTRIBUTION_INVALID with the path
   */
  constructor(
    private readonly model: Model,
    private readonly runs: readonly KeptRun[],
    reference: number,
    readonly settings: DrawSettings,
    createKernel: (bytes: number) => Kernel,
    stretch: Stretch = { first: 0, count: settings.draws },
  ) {
    this.goOn(stretch);
    const drawn = drawnParameters(model);
    this.source = new DrawSource(model, drawn, settings);
    this.plan = new CasePlan(
      model,
      runs,
      reference,
      createKernel,
      drawn.map(({ index }) => index),
      (sheet) => this.source.takeRoom(sheet),
    );
    this.keys = this.plan.keys;
  }

  /** Draws worked out so far. */
  get done(): number {
    return this.worked;
  }

  /** Whether the stretch has been worked out. */
  get finished(): boolean {
    return this.next >= this.end;
  }

  /** Takes another stretch, of later draws, once the one before is finished. */
  goOn({ first, count }: Stretch): void {
    this.next = first;
    this.end = first + count;
  }

  /** Works out at most so many draws more of the stretch, a block at a time. */
  advance(draws: number = BLOCK): void {
    const until = Math.min(this.end, this.next + Math.max(1, draws));
    while (this.next < until) {
      const first = this.next;
      const count = Math.min(BLOCK, until - first);
      const columns = this.source.columns(first, count);
      this.plan.work(columns);
      const { draws: kept, invalid } = this.plan;
      kept.keep(first, count, invalid);
      for (let draw = 0; draw < count; draw += 1) {
        if (invalid[draw] !== 1) continue;
        this.invalidDraws.push(first + draw);
        if (this.invalid.length < KEPT_FAULTS) this.invalid.push(this.explain(columns, draw, first + draw));
      }
      this.next += count;
      this.worked += count;
    }
  }

  /** All that has been worked out. */
  part(): SimulationPart {
    const { invalid, invalidDraws } = this;
    return { count: this.worked, ...this.plan.draws.kept, invalid, invalidDraws };
  }

  private explain(block: Draws, at: number, draw: number): InvalidDraw {
    const parameters = Object.fromEntries(
      this.source.drawn.map(({ index, id }) => [id, block.columns[index]?.[at] ?? Number.NaN]),
    );
    const columns = block.columns.map((column) => column && Float64Array.of(column[at] ?? Number.NaN));
    return { draw, parameters, fault: faultOf(this.model, this.runs, { count: 1, columns }) };
  }
}

/** Why a single draw gives no figures: it is worked out again, one piece after the other. */
function faultOf(model: Model, runs: readonly KeptRun[], draw: Draws): Fault {
  try {
    // Scenarios without values of their own have the same courses, entrants and envelopes.
    const shared = new SharedRuns(model, draw);
    for (const run of runs) {
      const values = shared.valuesOf(run.scenario);
      const entrants = entrantsOf(model, values);
      envelopes(model, values, entrants);
      const strata = shared.strataOf(values);
      for (const { municipality, segment, track } of run.tracks) {
        const { course } = strata.get(municipality, segment, track);
        const total = course.distribution.subarray(0, course.states).reduce((sum, share) => sum + share, 0);
        if (!(Math.abs(total - 1) <= 1e-9))
          return {
            code: "ENTRY_SUM",
            path: `segments/${model.segments[segment]?.id}/entry`,
            found: total,
            expected: 1,
          };
      }
      for (const cost of model.scenarios[run.scenario]?.costs ?? []) {
        regionalAmounts(model, values, cost);
        keyShares(model, cost, entrants);
      }
    }
  } catch (error) {
    if (error instanceof ModelError) return error.fault;
    throw error;
  }
  return { code: "NOT_FINITE", path: "", found: "NaN", expected: "number" };
}
