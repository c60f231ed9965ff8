/** The only door to the engine. */

export * from "./core/errors.ts";
export * from "./core/formula.ts";
export type { LinearProgramme, Solver, SolverLimits, SolverOutcome } from "./core/linearProgramme.ts";
export { createHighsSolver } from "./core/linearProgrammeHighs.ts";
export * from "./core/units.ts";
export type { AllocationOptions, EnvelopeDual, Payment } from "./funding/allocation.ts";
export type { ClosedTrack } from "./funding/programme.ts";
export { bearer, isLocal, mayPay, type Unlawfulness, unlawfulness } from "./funding/walls.ts";
export * from "./model/environment.ts";
export type * from "./model/model.ts";
export type { Reader, Values } from "./model/reader.ts";
export { scenarioValues } from "./model/values.ts";
export { byPosition, type CaseRun, runCase } from "./results/caseRun.ts";
export {
  type ComponentKind,
  type Cube,
  type CubeLine,
  lineBearer,
  NONE,
  presentValue,
  sumLines,
} from "./results/cube.ts";
export {
  type Appraisal,
  appraise,
  OUTCOME_YEARS,
  type OutcomeFigures,
  outcomeFigures,
  type ScenarioFigures,
  scenarioFigures,
  sumStates,
  type Viewpoint,
} from "./results/figures.ts";
export {
  type PersonsInStates,
  type PersonsOnTrack,
  type RunWarning,
  runScenario,
  runWithValues,
  type ScenarioRun,
} from "./results/scenarioRun.ts";
