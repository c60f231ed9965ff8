import type { Highs, Model as HighsModel } from "highs";
import type { LinearProgramme, Solver, SolverLimits, SolverOutcome, Stage } from "./linearProgramme.ts";

/** The strictest that HiGHS takes: with money in thousands of euros, 10⁻⁷ euro. */
const FEASIBILITY = 1e-10;

/** Two points are equal for an objective when they differ by less than this, relatively. */
const EQUAL = 1e-12;

/** A tie-break that gains less than this, relatively, only moves rounding errors: nothing is changed for it. */
const WORTH = 1e-6;

const COLD = {
  simplex_strategy: 1,
  primal_simplex_bound_perturbation_multiplier: 1,
  dual_simplex_cost_perturbation_multiplier: 1,
};
const WARM = {
  simplex_strategy: 4,
  primal_simplex_bound_perturbation_multiplier: 0,
  dual_simplex_cost_perturbation_multiplier: 0,
};

/** The row that keeps `objective` at most `value` plus the tolerance, or what the solver itself may be off. */
function keep(
  model: HighsModel,
  infinity: number,
  objective: Float64Array,
  value: number,
  tolerance: number,
): void {
  const indices: number[] = [];
  const values: number[] = [];
  for (const [column, cost] of objective.entries()) {
    if (cost === 0) continue;
    indices.push(column);
    values.push(cost);
  }
  if (indices.length > 0)
    model.addRow(-infinity, value + Math.max(FEASIBILITY, tolerance * Math.max(1, Math.abs(value))), {
      indices,
      values,
    });
}

/** The rows that together cannot hold: those with weight in the certificate of infeasibility that simplex finds. */
function conflictingRows(model: HighsModel): number[] {
  model.clearSolver();
  model.options.set({ presolve: "off", solver: "simplex" });
  attempt(model);
  const weights = model.getDualRay()?.values ?? [];
  return [...weights].flatMap((weight, row) => (Math.abs(weight) > FEASIBILITY ? [row] : []));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}

/** How much less each objective weighs than the one before where all are minimised together. */
const LESS = 1e-3;

/**
 * All objectives in one, each weighing far less than those before it. Its optimum decides nothing: it lies close to
 * what the stages look for one by one, so that they start from a basis that is almost theirs.
 */
function weighed(objectives: readonly Float64Array[]): Float64Array {
  const largest = (costs: Float64Array) =>
    costs.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0) || 1;
  const sum = new Float64Array(objectives[0]?.length ?? 0);
  for (const [index, objective] of objectives.entries()) {
    const weight = LESS ** index / largest(objective);
    for (const [column, cost] of objective.entries()) sum[column] = (sum[column] ?? 0) + weight * cost;
  }
  return sum;
}

/** How the solver came out of a stage. */
interface StageEnd {
  readonly status: number;
  /** What the solver threw; empty when it ended by itself. */
  readonly detail: string;
}

function attempt(model: HighsModel): StageEnd {
  try {
    model.run();
    return { status: model.getModelStatus(), detail: "" };
  } catch (error) {
    return { status: -1, detail: `: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * Solves one stage from the basis of what was solved before, which is as good as optimal: perturbing it only makes
 * work, and as it fits the rows, the primal simplex stays within them. A stage that a warm start leads astray is solved
 * once more from nothing.
 *
 * @param warm whether there is such a basis
 */
function runStage(highs: Highs, model: HighsModel, warm: boolean): StageEnd {
  const { modelStatus } = highs.constants;
  const answers: readonly number[] = [
    modelStatus.optimal,
    modelStatus.infeasible,
    modelStatus.unboundedOrInfeasible,
    modelStatus.unbounded,
    modelStatus.timeLimit,
  ];
  model.options.set({ ...COLD, ...(warm ? WARM : {}) });
  const first = attempt(model);
  // A later stage keeps a point that exists: only the first can be infeasible.
  const led = warm && first.status !== modelStatus.optimal && first.status !== modelStatus.timeLimit;
  if (!led && answers.includes(first.status)) return first;
  model.clearSolver();
  model.options.set(COLD);
  return attempt(model);
}

/** Values a rounding error outside their bounds are put on them. */
function withinBounds(programme: LinearProgramme, values: Float64Array): Float64Array {
  return values.map((value, column) =>
    Math.min(
      Math.max(value, programme.columnLower[column] ?? 0),
      programme.columnUpper[column] ?? Number.POSITIVE_INFINITY,
    ),
  );
}

/**
 * A solver on the HiGHS library, loaded by the host (WASM, synchronous once loaded).
 * The same model is kept for all stages, so that each starts from the basis of the one before.
 */
export function createHighsSolver(highs: Highs): Solver {
  const { infinity } = highs;
  const { modelStatus } = highs.constants;
  const unlimited = (values: Float64Array) =>
    values.map((value) => (Number.isFinite(value) ? value : Math.sign(value) * infinity));
  return {
    minimise(
      programme: LinearProgramme,
      objectives: readonly Float64Array[],
      limits: SolverLimits,
      tieBreak: Float64Array | null = null,
    ) {
      const rows = programme.rowLower.length;
      // Nobody enters and nothing is paid: HiGHS has no solution to give for a programme without columns.
      if (programme.columns === 0) {
        const stages = objectives.map(() => ({ value: 0, rowDuals: new Float64Array(rows) }));
        return { status: "optimal", values: new Float64Array(0), stages };
      }
      const data = {
        numCols: programme.columns,
        numRows: rows,
        colCost: objectives[0] ?? new Float64Array(programme.columns),
        colLower: unlimited(programme.columnLower),
        colUpper: unlimited(programme.columnUpper),
        rowLower: unlimited(programme.rowLower),
        rowUpper: unlimited(programme.rowUpper),
        matrix: {
          format: "csr" as const,
          numRows: rows,
          numCols: programme.columns,
          starts: programme.starts,
          indices: programme.indices,
          values: programme.values,
        },
      };
      return highs.withModel(data, (model): SolverOutcome => {
        model.options.set({
          output_flag: false,
          time_limit: limits.seconds,
          primal_feasibility_tolerance: FEASIBILITY,
          dual_feasibility_tolerance: FEASIBILITY,
          random_seed: 0,
        });
        const change = (costs: Float64Array) =>
          model.changeColsCost({ kind: "range", from: 0, to: programme.columns - 1 }, costs);
        const all = tieBreak ? [...objectives, tieBreak] : objectives;
        let warm = false;
        if (all.length > 1) {
          change(weighed(all));
          warm = runStage(highs, model, false).status === modelStatus.optimal;
          if (!warm) model.clearSolver();
          change(objectives[0] ?? new Float64Array(programme.columns));
        }
        const stages: Stage[] = [];
        let values: Float64Array = new Float64Array(programme.columns);
        for (const [index, objective] of objectives.entries()) {
          if (index > 0) {
            keep(
              model,
              infinity,
              objectives[index - 1] ?? objective,
              stages[index - 1]?.value ?? 0,
              limits.tolerance,
            );
            change(objective);
          }
          const { status, detail } = runStage(highs, model, warm || index > 0);
          if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible)
            return { status: "infeasible", rows: conflictingRows(model) };
          if (status === modelStatus.timeLimit) return { status: "timeLimit", detail: `stage ${index + 1}` };
          if (status === modelStatus.unbounded) return { status: "unbounded", detail: `stage ${index + 1}` };
          if (status !== modelStatus.optimal)
            return {
              status: "failed",
              detail: `HiGHS status ${status} in stage ${index + 1}${detail}`,
            };
          const solution = model.getSolution();
          values = withinBounds(programme, solution.colValue);
          stages.push({ value: dot(objective, values), rowDuals: solution.rowDual.slice(0, rows) });
        }
        const last = stages.length - 1;
        const decided = objectives[last];
        if (tieBreak && decided) {
          keep(model, infinity, decided, stages[last]?.value ?? 0, EQUAL);
          change(tieBreak);
          // Where rounding leaves no point, searching for one from nothing would only take long.
          model.options.set({ ...COLD, ...WARM });
          const { status } = attempt(model);
          if (status === modelStatus.timeLimit) return { status: "timeLimit", detail: "tie-break" };
          if (status === modelStatus.optimal) {
            const chosen = withinBounds(programme, model.getSolution().colValue);
            const [was, is] = [dot(tieBreak, values), dot(tieBreak, chosen)];
            if (was - is > WORTH * Math.max(1, Math.abs(was))) values = chosen;
          }
        }
        return { status: "optimal", values, stages };
      });
    },
  };
}
