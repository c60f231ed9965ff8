/** The only door to the engine. */

export * from "./core/errors.ts";
export * from "./core/formula.ts";
export type { LinearProgramme, Solver, SolverLimits, SolverOutcome } from "./core/linearProgramme.ts";
export { createHighsSolver } from "./core/linearProgrammeHighs.ts";
export * from "./core/units.ts";
export type { AllocationOptions, EnvelopeDual, Payment } from "./funding/allocation.ts";
export type { ClosedTrack } from "./funding/programme.ts";
export type { BackstopEntry } from "./funding/settlement/backstop.ts";
export type { PurseAmounts, PurseRules, PurseYears, Retention } from "./funding/settlement/purse.ts";
export type { SettledPurse } from "./funding/settlement/settlement.ts";
export {
  type Side,
  type Transfer,
  type TransferKind,
  transferCosts,
} from "./funding/settlement/transfers.ts";
export { bearer, isLocal, mayPay, type Unlawfulness, unlawfulness } from "./funding/walls.ts";
export * from "./model/environment.ts";
export type * from "./model/model.ts";
export type { Reader, Values } from "./model/reader.ts";
export { scenarioValues } from "./model/values.ts";
export {
  type AfterTransfers,
  appraiseAfterTransfers,
  type PurseFigures,
  purseFigures,
  type SettledRun,
  TRANSFER_KINDS,
  type TransferBridge,
} from "./results/afterTransfers.ts";
export {
  type BudgetKind,
  type BudgetLine,
  type BudgetView,
  budgetView,
  INCIDENTAL_YEARS,
  RECONCILIATION_PARTS,
  type ReconciliationLine,
  reconcile,
} from "./results/budgetView.ts";
export {
  type CaseReport,
  reportCase,
  type ScenarioReport,
  type SettledFigures,
  type SettledScenario,
  settleCase,
  settleRun,
} from "./results/caseReport.ts";
export { byPosition, type CaseRun, runCase } from "./results/caseRun.ts";
export { type CohortFigures, cohortFigures } from "./results/cohorts.ts";
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
  type ExplainedRuns,
  type ExplanationLeaf,
  type ExplanationNode,
  explainFigure,
  type FigureMeasure,
  type FigureName,
  type FigureOwner,
  figureValue,
  headlineFigures,
  leavesOf,
  parseFigure,
} from "./results/explanation.ts";
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
export { type KeptAllocation, keepAllocation, runKept } from "./results/keptAllocation.ts";
export { type LeavingPart, leavingPart } from "./results/leaving.ts";
export { type FiguresAtRate, figuresAtRates } from "./results/otherRates.ts";
export {
  type PersonsInStates,
  type PersonsOnTrack,
  type RunWarning,
  runScenario,
  runWithValues,
  type ScenarioRun,
} from "./results/scenarioRun.ts";
export { linePayer, type Settlement, settle } from "./results/settlement.ts";
export { type WrongPockets, wrongPockets } from "./results/wrongPockets.ts";
