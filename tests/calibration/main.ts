/**
 * Fits the Drechtsteden case anew and rewrites its tables: `npm run calibrate`; with `-- --tables` only the tables.
 * Run it after any change to the case that moves a course, a price or a rule.
 */
import { readFileSync, writeFileSync } from "node:fs";
import loadHighs from "highs";
import { createHighsSolver } from "../../models/index.ts";
import { openCase, serializeCase } from "../../scenarios/index.ts";
import { calibrate } from "./fit.ts";
import { between, calibrationTables, honestyRuns, honestyTables } from "./tables.ts";

const CASE = "scenarios/data/drechtsteden.json";
const opened = openCase(readFileSync(CASE, "utf8"));
if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
const solver = createHighsSolver(await loadHighs());
const fitted = process.argv.includes("--tables") ? opened.caseFile : calibrate(opened.caseFile, solver);
writeFileSync(CASE, serializeCase(fitted));

const rewrite = (path: string, marker: string, text: string) => {
  const document = readFileSync(path, "utf8");
  writeFileSync(path, between(document, marker, text));
};
rewrite("docs/calibration.md", "calibration", calibrationTables(fitted));
rewrite("docs/method.md", "effects", honestyTables(honestyRuns(fitted, solver)));
process.stdout.write(`${calibrationTables(fitted)}\n`);
