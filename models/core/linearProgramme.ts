/**
 * A linear programme in sparse rows: lower ≤ A·x ≤ upper, columns between their bounds, minimised.
 */
export interface LinearProgramme {
  readonly columns: number;
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Compressed sparse rows: row i holds `indices[starts[i] .. starts[i + 1]]`. */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface SolverLimits {
  /** Seconds for all stages together. */
  readonly seconds: number;
  /** Each stage keeps the values of those before within this relative tolerance. */
  readonly tolerance: number;
}

export interface Stage {
  readonly value: number;
  /** Change of the stage's optimum per unit of a row's binding bound. */
  readonly rowDuals: Float64Array;
}

export type SolverOutcome =
  | { readonly status: "optimal"; readonly values: Float64Array; readonly stages: readonly Stage[] }
  | { readonly status: "infeasible"; readonly rows: readonly number[] }
  | { readonly status: "timeLimit" | "unbounded" | "failed"; readonly detail: string };

/** Minimises the objectives in turn, each within what the ones before allow. Synchronous; holds no state between calls. */
export interface Solver {
  /**
   * @param tieBreak costs that choose among points that are equal for all objectives, to the precision of the solver;
   *   where that leaves no point, the one that the objectives gave stands
   */
  minimise(
    programme: LinearProgramme,
    objectives: readonly Float64Array[],
    limits: SolverLimits,
    tieBreak?: Float64Array | null,
  ): SolverOutcome;
}

/** Builds a sparse programme row by row. */
export class ProgrammeBuilder {
  private readonly lower: number[] = [];
  private readonly upper: number[] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];
  private readonly starts: number[] = [0];
  private readonly indices: number[] = [];
  private readonly values: number[] = [];

  get columns(): number {
    return this.lower.length;
  }

  get rows(): number {
    return this.rowLower.length;
  }

  get entries(): number {
    return this.indices.length;
  }

  /** Adds a column with its bounds; returns its index. */
  column(lower = 0, upper = Number.POSITIVE_INFINITY): number {
    this.lower.push(lower);
    this.upper.push(upper);
    return this.lower.length - 1;
  }

  /** Adds a coefficient to the row being built; each column at most once per row, zeros are dropped. */
  entry(column: number, value: number): void {
    if (value === 0) return;
    this.indices.push(column);
    this.values.push(value);
  }

  /** Closes the row being built; returns its index. */
  row(lower: number, upper: number): number {
    this.rowLower.push(lower);
    this.rowUpper.push(upper);
    this.starts.push(this.indices.length);
    return this.rowLower.length - 1;
  }

  build(): LinearProgramme {
    return {
      columns: this.lower.length,
      columnLower: Float64Array.from(this.lower),
      columnUpper: Float64Array.from(this.upper),
      rowLower: Float64Array.from(this.rowLower),
      rowUpper: Float64Array.from(this.rowUpper),
      starts: Int32Array.from(this.starts),
      indices: Int32Array.from(this.indices),
      values: Float64Array.from(this.values),
    };
  }
}
