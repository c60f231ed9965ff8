/** The door to the file layer: text in, case and model out, and back. */
export type * from "./caseFile.ts";
export { compileWithReport } from "./compile.ts";
export { assumptionTable } from "./csv/assumptions.ts";
export { type Reading, readExpression, writeFormula } from "./csv/expressions.ts";
export type { HeadRuns } from "./csv/head.ts";
export { type ImportedChange, type ImportResult, importAssumptions } from "./csv/importAssumptions.ts";
export type { DecimalMark } from "./csv/numbers.ts";
export { csvPack, type PackOptions } from "./csv/pack.ts";
export { SHEET_FUNCTIONS } from "./csv/sheetFunctions.ts";
export { type CsvFile, type CsvForm, writeTable } from "./csv/table.ts";
export { type UncertaintyResult, uncertaintyPack } from "./csv/uncertainty.ts";
export { KnownParts, structureOf } from "./knownParts.ts";
export { CURRENT_VERSION, MIGRATIONS } from "./migrations/index.ts";
export { chain, type Migration, migrate } from "./migrations/migrate.ts";
export {
  LARGEST_FILE,
  type OpenFailure,
  type OpenResult,
  openCase,
  validateCase,
} from "./open.ts";
export { serializeCase } from "./serialize.ts";
export { writtenAt } from "./written.ts";
