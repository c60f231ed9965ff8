/** Fits the rates of the Drechtsteden case to the targets; what is fitted is named here, nothing else moves. */
import { levenbergMarquardt } from "ml-levenberg-marquardt";
import { cubeOf, runScenario, type Solver, sumLines } from "../../models/index.ts";
import type { BusinessCase } from "../../scenarios/index.ts";
import { asylumSegments, compile, outcomeShares, relapse, withValues } from "./model.ts";
import { COHORT_2014, RECENT, RELAPSE, type Target } from "./targets.ts";

const BINS = [1, 2, 3, 4, 5, 6, 8];
const OTHER_BINS = [1, 3, 6];
const names = (cohort: "nu" | "2014") => [
  ...BINS.map((bin) => `werk_${bin}_${cohort}`),
  ...OTHER_BINS.map((bin) => `overig_${bin}_${cohort}`),
];

/** Least squares over the logarithms of positive parameters, each residual in units of its tolerance. */
function leastSquares(
  start: Readonly<Record<string, number>>,
  targets: readonly number[],
  tolerances: readonly number[],
  predict: (values: Record<string, number>) => number[],
): Record<string, number> {
  const ids = Object.keys(start);
  const values = (logs: readonly number[]) =>
    Object.fromEntries(ids.map((id, index) => [id, Math.exp(logs[index] ?? 0)]));
  const known = new Map<string, number[]>();
  const predicted = (logs: number[]) => {
    const key = logs.join();
    let answer = known.get(key);
    if (!answer) {
      answer = predict(values(logs));
      known.set(key, answer);
    }
    return answer;
  };
  const scale = (value: number, index: number) => value / (tolerances[index] ?? 1);
  const { parameterValues } = levenbergMarquardt(
    { x: targets.map((_, index) => index), y: targets.map(scale) },
    (logs) => (index) => scale(predicted(logs)[index] ?? 0, index),
    {
      initialValues: Object.values(start).map(Math.log),
      minValues: ids.map(() => Math.log(0.01)),
      maxValues: ids.map(() => Math.log(10)),
      damping: 0.1,
      gradientDifference: 1e-4,
      centralDifference: true,
      errorTolerance: 1e-9,
      improvementThreshold: 1e-6,
      maxIterations: 40,
    },
  );
  return values(parameterValues);
}

const valuesOf = (caseFile: BusinessCase, ids: readonly string[]) =>
  Object.fromEntries(
    ids.map((id) => {
      const value = caseFile.parameters.find((parameter) => parameter.id === id)?.value;
      if (typeof value !== "number") throw new Error(`no number: ${id}`);
      return [id, value];
    }),
  );

/** Rates are stated to four digits: more would feign precision, and the file stays readable. */
const rounded = (values: Record<string, number>, digits = 4) =>
  Object.fromEntries(Object.entries(values).map(([id, value]) => [id, Number(value.toPrecision(digits))]));

function fitCohort(caseFile: BusinessCase, cohort: "nu" | "2014", targets: readonly Target[]) {
  const model = compile(caseFile);
  const found = leastSquares(
    valuesOf(caseFile, names(cohort)),
    targets.flatMap(({ values }) => values),
    targets.flatMap(({ tolerances }) => tolerances),
    (rates) => {
      const values = { ...rates, tempo_2014: cohort === "2014" ? 1 : 0 };
      return targets.flatMap(({ outcome }) =>
        outcomeShares(model, outcome, asylumSegments(model), { values }),
      );
    },
  );
  return withValues(caseFile, rounded(found));
}

/** Costs of benefit of the new group in the region, per year of the horizon, in the reference scenario; to EUR 1,000. */
function newGroup(caseFile: BusinessCase, solver: Solver): Record<string, number> {
  const model = compile(caseFile);
  const run = runScenario(model, model.reference, solver);
  const account = model.accounts.findIndex(({ id }) => id === "buig");
  const flows = sumLines(cubeOf(run), model.time.years, (line) => line.account === account);
  return Object.fromEntries(
    [...flows].map((amount, year) => [
      `nieuw_${model.time.startYear + year}`,
      1000 * Math.round(amount / 1000),
    ]),
  );
}

/** The case with its rates fitted anew: relapse first, then the pace of both cohorts, then the new group in the BUIG. */
export function calibrate(caseFile: BusinessCase, solver: Solver): BusinessCase {
  const middle = RELAPSE.map(({ values: [low, high] }) => (low + high) / 2);
  const settled = withValues(
    caseFile,
    rounded(
      leastSquares(
        valuesOf(caseFile, ["terugval_nieuw", "terugval_vast"]),
        middle,
        RELAPSE.map(({ tolerance }) => tolerance),
        relapse(caseFile),
      ),
    ),
  );
  const paced = fitCohort(fitCohort(settled, "nu", RECENT), "2014", COHORT_2014);
  return withValues(paced, newGroup(paced, solver));
}
