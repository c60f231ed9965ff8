/** The door to the file layer: text in, case and model out, and back. */
export type * from "./caseFile.ts";
export { compileWithReport } from "./compile.ts";
export { CURRENT_VERSION, MIGRATIONS } from "./migrations/index.ts";
export { chain, type Migration, migrate } from "./migrations/migrate.ts";
export { LARGEST_FILE, type OpenFailure, type OpenResult, openCase, validateCase } from "./open.ts";
export { serializeCase } from "./serialize.ts";
