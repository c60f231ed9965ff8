import type { Highs, Model as HighsModel, Solution } from "highs";
import type { LinearProgramme, Solver, SolverLimits, SolverOutcome, Stage } from "./linearProgramme.ts";

/** The strictest that HiGHS takes: with money in thousands of euros, 10⁻⁷ euro. */
const FEASIBILITY = 1e-10;

/** HiGHS's numbers for its simplex methods. The last stage moves least and goes fastest by the primal one. */
const DUAL = 1;
const PRIMAL = 4;

/** A dual below this is a rounding error of the solver; one above it holds its column or row to its bound. */
const NO_WORTH = 1e-9;

/** Bounds of columns and rows as HiGHS has them: finite, or its infinity. */
interface Bounds {
  readonly columnLower: Float64Array;
  readonly columnUpper: Float64Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
}

const copyOf = ({ columnLower, columnUpper, rowLower, rowUpper }: Bounds): Bounds => ({
  columnLower: columnLower.slice(),
  columnUpper: columnUpper.slice(),
  rowLower: rowLower.slice(),
  rowUpper: rowUpper.slice(),
});

function setBounds(model: HighsModel, { columnLower, columnUpper, rowLower, rowUpper }: Bounds): void {
  model.changeColsBounds({ kind: "range", from: 0, to: columnLower.length - 1 }, columnLower, columnUpper);
  if (rowLower.length > 0)
    model.changeRowsBounds({ kind: "range", from: 0, to: rowLower.length - 1 }, rowLower, rowUpper);
}

/**
 * Narrows bounds to the solutions that are exactly as good as the optimum with these duals: by complementary slackness
 * every column with a reduced cost and every row with a dual stays at its bound.
 */
function holdToBounds(duals: Float64Array, lower: Float64Array, upper: Float64Array, infinity: number): void {
  for (let index = 0; index < lower.length; index += 1) {
    const dual = duals[index] ?? 0;
    if (Math.abs(dual) <= NO_WORTH) continue;
    const bound = (dual > 0 ? lower[index] : upper[index]) ?? 0;
    if (Math.abs(bound) >= infinity) continue;
    lower[index] = bound;
    upper[index] = bound;
  }
}

/** Adds the row of an objective, not bounded yet; false where the objective is nothing. */
function addObjectiveRow(model: HighsModel, infinity: number, objective: Float64Array): boolean {
  const indices: number[] = [];
  const values: number[] = [];
  for (const [column, cost] of objective.entries()) {
    if (cost === 0) continue;
    indices.push(column);
    values.push(cost);
  }
  if (indices.length > 0) model.addRow(-infinity, infinity, { indices, values });
  return indices.length > 0;
}

/** The rows that together cannot hold: those with weight in the certificate of infeasibility that simplex finds. */
function conflictingRows(model: HighsModel): number[] {
  model.clearSolver();
  model.options.set({ presolve: "off", solver: "simplex" });
  model.run();
  const weights = model.getDualRay()?.values ?? [];
  return [...weights].flatMap((weight, row) => (Math.abs(weight) > FEASIBILITY ? [row] : []));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
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
    minimise(programme: LinearProgramme, objectives: readonly Float64Array[], limits: SolverLimits) {
      const rows = programme.rowLower.length;
      // Nobody enters and nothing is paid: HiGHS has no solution to give for a programme without columns.
      if (programme.columns === 0) {
        const stages = objectives.map(() => ({ value: 0, rowDuals: new Float64Array(rows) }));
        return { status: "optimal", values: new Float64Array(0), stages };
      }
      const bounds = {
        columnLower: unlimited(programme.columnLower),
        columnUpper: unlimited(programme.columnUpper),
        rowLower: unlimited(programme.rowLower),
        rowUpper: unlimited(programme.rowUpper),
      };
      const data = {
        numCols: programme.columns,
        numRows: rows,
        colCost: objectives[0] ?? new Float64Array(programme.columns),
        colLower: bounds.columnLower,
        colUpper: bounds.columnUpper,
        rowLower: bounds.rowLower,
        rowUpper: bounds.rowUpper,
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
        const all = { kind: "range", from: 0, to: programme.columns - 1 } as const;
        const face = copyOf(bounds);
        const kept: { row: number; atMost: number }[] = [];
        const stages: Stage[] = [];
        let nextRow = rows;
        let duals: Pick<Solution, "colDual" | "rowDual"> = {
          colDual: new Float64Array(0),
          rowDual: new Float64Array(0),
        };
        let values: Float64Array = new Float64Array(programme.columns);
        for (const [index, objective] of objectives.entries()) {
          if (index > 0) {
            // First among the solutions exactly as good as before, a smaller programme with a feasible start …
            holdToBounds(duals.colDual, face.columnLower, face.columnUpper, infinity);
            holdToBounds(duals.rowDual, face.rowLower, face.rowUpper, infinity);
            for (const { row } of kept) model.changeRowBounds(row, -infinity, infinity);
            setBounds(model, face);
            model.options.set({ simplex_strategy: PRIMAL });
            model.changeColsCost(all, objective);
            model.run();
            duals = model.getSolution();
            // … then, from there, among those that are as good within the tolerance.
            setBounds(model, bounds);
            for (const { row, atMost } of kept) model.changeRowBounds(row, -infinity, atMost);
            if (index + 1 < objectives.length) model.options.set({ simplex_strategy: DUAL });
          }
          model.run();
          const status = model.getModelStatus();
          if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible)
            return { status: "infeasible", rows: conflictingRows(model) };
          if (status === modelStatus.timeLimit) return { status: "timeLimit", detail: `stage ${index + 1}` };
          if (status === modelStatus.unbounded) return { status: "unbounded", detail: `stage ${index + 1}` };
          if (status !== modelStatus.optimal)
            return { status: "failed", detail: `HiGHS status ${status} in stage ${index + 1}` };
          const solution = model.getSolution();
          if (index === 0) duals = solution;
          values = withinBounds(programme, solution.colValue);
          const value = dot(objective, values);
          stages.push({ value, rowDuals: solution.rowDual.slice(0, rows) });
          if (addObjectiveRow(model, infinity, objective)) {
            kept.push({ row: nextRow, atMost: value + limits.tolerance * Math.max(1, Math.abs(value)) });
            nextRow += 1;
          }
        }
        return { status: "optimal", values, stages };
      });
    },
  };
}
