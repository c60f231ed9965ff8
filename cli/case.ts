import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Fault, ModelError } from "../models/index.ts";
import { type OpenResult, openCase } from "../scenarios/index.ts";
import { describeFault, type Language, texts } from "../scenarios/text/index.ts";

/** Folder of the shipped cases, from the bundle in dist/cli. */
const DATA = fileURLToPath(new URL("../../scenarios/data/", import.meta.url));

/** 1: the case is invalid or cannot be computed; 2: wrong use; 130: stopped by Ctrl-C. */
export type ExitCode = 1 | 2 | 130;

/** Ends a command with an exit code and lines for stderr. */
export class Refusal extends Error {
  readonly exitCode: ExitCode;
  readonly lines: readonly string[];

  constructor(exitCode: ExitCode, lines: readonly string[]) {
    super(lines.join("\n"));
    this.exitCode = exitCode;
    this.lines = lines;
  }
}

/** Ids of the shipped cases, sorted. */
export function shippedCases(): string[] {
  return readdirSync(DATA)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.replace(/\.json$/, ""))
    .sort();
}

/** The path of a case: a shipped id, or the path itself, seen from where the user is (npm runs from the root). */
export function casePath(file: string): string {
  return shippedCases().includes(file) ? `${DATA}${file}.json` : resolve(process.env.INIT_CWD ?? "", file);
}

/** Faults as lines for a terminal. */
export function faultLines(faults: readonly Fault[], language: Language): string[] {
  const words = texts(language).report;
  return faults.flatMap((fault) => {
    const text = describeFault(fault, language);
    const details = [
      text.found && `${words.found}: ${text.found}`,
      text.expected && `${words.expected}: ${text.expected}`,
      text.suggestion && `${words.suggestion} ${text.suggestion}`,
    ].filter((part) => part !== "");
    return [
      `  ${text.where || "-"}`,
      `    ${text.what}${details.length > 0 ? ` (${details.join("; ")})` : ""}`,
      ...(text.mend ? [`    ${words.mend}: ${text.mend}`] : []),
    ];
  });
}

/** A refusal for faults in a case. */
export function refuseCase(file: string, faults: readonly Fault[], language: Language): Refusal {
  const count = texts(language).report.faultCount(faults.length);
  return new Refusal(1, [`${file}: ${count}`, ...faultLines(faults, language)]);
}

/** The text of a case file. */
export function readCase(file: string, language: Language): string {
  try {
    return readFileSync(casePath(file), "utf8");
  } catch (error) {
    const found = error instanceof Error && "code" in error ? String(error.code) : "";
    throw refuseCase(file, [{ code: "FILE_NOT_FOUND", path: file, found }], language);
  }
}

/** Opens a case; refuses with all its faults when it does not open. */
export function openFile(file: string, language: Language): Extract<OpenResult, { ok: true }> {
  const opened = openCase(readCase(file, language));
  if (!opened.ok) throw refuseCase(file, opened.faults, language);
  return opened;
}

/** Throws what the engine has thrown; what it cannot compute becomes a refusal that names the place. */
export function refusedFaults(file: string, language: Language): (error: unknown) => never {
  return (error) => {
    if (error instanceof ModelError) throw refuseCase(file, [error.fault], language);
    throw error;
  };
}

/** Runs the engine; what it cannot compute becomes a refusal that names the place. */
export function compute<T>(file: string, language: Language, work: () => T): T {
  try {
    return work();
  } catch (error) {
    return refusedFaults(file, language)(error);
  }
}
