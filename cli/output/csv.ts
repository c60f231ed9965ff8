import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type CaseRun, type Model, reportCase } from "../../models/index.ts";
import {
  type BusinessCase,
  type CsvFile,
  type CsvForm,
  csvPack,
  type PackOptions,
  type UncertaintyResult,
  uncertaintyPack,
} from "../../scenarios/index.ts";
import { type Language, texts } from "../../scenarios/text/index.ts";

/** Version of this program, from its package.json beside the bundle. */
function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

/** Folder of each form below the one that was asked for. */
const FOLDERS: Readonly<Record<CsvForm, string>> = { dutch: "", precise: "volledige-precisie" };

/** Where a pack comes from and goes to. */
export interface PackPlace {
  readonly folder: string;
  /** The text of the case file, for its hash. */
  readonly text: string;
  readonly language: Language;
}

/** Writes files in both forms: for a Dutch spreadsheet in the folder itself, with full precision below it. */
function write(
  { folder, text, language }: PackPlace,
  files: (options: PackOptions) => readonly CsvFile[],
): string {
  const hash = createHash("sha256").update(text).digest("hex");
  const target = resolve(process.env.INIT_CWD ?? "", folder);
  let count = 0;
  for (const form of ["dutch", "precise"] as const) {
    const place = join(target, FOLDERS[form]);
    mkdirSync(place, { recursive: true });
    for (const { name, text: content } of files({ form, language, hash, programVersion: programVersion() })) {
      writeFileSync(join(place, name), content);
      count += 1;
    }
  }
  return texts(language).csv.written(count, target);
}

/** Writes the CSV pack of a run. */
export function writePack(place: PackPlace, file: BusinessCase, model: Model, result: CaseRun): string {
  const report = reportCase(model, result);
  return write(place, (options) => csvPack(file, model, report, options));
}

/** Writes the tables of an analysis of uncertainty. */
export function writeUncertainty(
  place: PackPlace,
  model: Model,
  result: CaseRun,
  analysis: UncertaintyResult,
): string {
  const report = reportCase(model, result);
  return write(place, (options) => uncertaintyPack(model, report, analysis, options));
}
