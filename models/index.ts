/** The only door to the engine. */

export { KeptStrata } from "./cohort/strata.ts";
export { discountFactors, type EarnedBack } from "./core/discounting.ts";
export * from "./core/errors.ts";
export * from "./core/formula.ts";
export type { LinearProgramme, Solver, SolverLimits, SolverOutcome } from "./core/linearProgramme.ts";
export { createHighsSolver } from "./core/linearProgrammeHighs.ts";
export { multipleOf, type Program } from "./core/program.ts";
export { LARGEST_SEED, type Sampling } from "./core/random.ts";
export { SHOWN_QUANTILES } from "./core/statistics.ts";
export * from "./core/units.ts";
export type { AllocationOptions, EnvelopeDual, Payment } from "./funding/allocation.ts";
export type { ClosedTrack } from "./funding/programme.ts";
export type { BackstopEntry } from "./funding/settlement/backstop.ts";
export {
  type PurseAmounts,
  type PurseRules,
  type PurseYears,
  type Retention,
  retention,
} from "./funding/settlement/purse.ts";
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
export { parameterColumns, scenarioValues } from "./model/values.ts";
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
export { cubeOf } from "./results/runCube.ts";
export {
  type PersonsInStates,
  type PersonsOnTrack,
  type RunWarning,
  runScenario,
  runWithValues,
  type ScenarioRun,
  type SharedCourses,
  SharedRuns,
} from "./results/scenarioRun.ts";
export { linePayer, type Settlement, settle } from "./results/settlement.ts";
export { type WrongPockets, wrongPockets } from "./results/wrongPockets.ts";
export { type DrawSettings, drawnParameters, LARGEST_DRAWS } from "./uncertainty/draws.ts";
export { createTypeScriptKernel } from "./uncertainty/kernel/kernel.ts";
export { createKernel } from "./uncertainty/kernel/kernelWasm.ts";
export type { FigureKey, FigureKind } from "./uncertainty/plan/evaluation.ts";
export {
  barWidth,
  type SensitivityTask,
  type Target,
  type TornadoBar,
  tornado,
} from "./uncertainty/sensitivity.ts";
export type { InvalidDraw } from "./uncertainty/simulation.ts";
export {
  type SimulationOutcome,
  type SimulationPort,
  SimulationRunner,
} from "./uncertainty/simulationRunner.ts";
export {
  type SimulationAnswer,
  type SimulationHost,
  type SimulationRequest,
  SimulationService,
  type SimulationTask,
} from "./uncertainty/simulationService.ts";
export type { Sliced } from "./uncertainty/sliced.ts";
export { type SobolIndex, type SobolResult, type SobolSettings, sobol } from "./uncertainty/sobol.ts";
export type { Comparison, FigureSummary, SimulationResult } from "./uncertainty/summary.ts";
export { type SwitchingValue, switchingValues } from "./uncertainty/switching.ts";
export {
  type InformationResult,
  type PartialInformation,
  type PerspectiveInformation,
  valueOfInformation,
} from "./uncertainty/valueOfInformation.ts";
