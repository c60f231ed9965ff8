import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Fault } from "../../models/index.ts";
import { importAssumptions, serializeCase } from "../../scenarios/index.ts";
import { formatFound, type Language, texts } from "../../scenarios/text/index.ts";
import { casePath, faultLines, openFile, Refusal, readCase, refuseCase, shippedCases } from "../case.ts";

/** Reads edited assumptions back into a case file; the file is replaced as a whole or not at all. */
export function importFile(csv: string, into: string | undefined, language: Language): string {
  const words = texts(language).csv;
  if (into === undefined) throw new Refusal(2, [words.intoMissing]);
  if (shippedCases().includes(into)) throw new Refusal(2, [words.shippedCase]);
  const path = casePath(into);
  const opened = openFile(into, language);
  const hash = createHash("sha256").update(readCase(into, language)).digest("hex");
  const result = importAssumptions(opened.caseFile, readCsv(csv, language), hash);
  if (!result.ok)
    throw refuseCase(
      csv,
      result.faults.map((fault) => placed(fault, language)),
      language,
    );
  if (result.changes.length > 0) {
    const temporary = `${path}.nieuw`;
    writeFileSync(temporary, serializeCase(result.caseFile));
    renameSync(temporary, path);
  }
  return [
    words.imported(result.changes.length, path),
    ...result.changes.map(({ row, path: place, from, to }) =>
      words.change(row, place, formatFound(from, language), formatFound(to, language)),
    ),
    ...faultLines(result.warnings, language),
  ].join("\n");
}

/** A fault of the sheet with its row and column in the reader's words, before the place in the case if it has one. */
function placed(fault: Fault, language: Language): Fault {
  const words = texts(language).csv;
  const { row, column } = fault;
  if (typeof row !== "number") return fault;
  const headings: Readonly<Record<string, string>> = words.assumptions;
  const heading = typeof column === "string" ? (headings[column] ?? column) : "";
  const inCase = fault.path.includes(": ") ? ` (${fault.path.slice(fault.path.indexOf(": ") + 2)})` : "";
  return { ...fault, path: `${words.place(row, heading)}${inCase}` };
}

function readCsv(file: string, language: Language): string {
  try {
    return readFileSync(resolve(process.env.INIT_CWD ?? "", file), "utf8");
  } catch (error) {
    const found = error instanceof Error && "code" in error ? String(error.code) : "";
    throw refuseCase(file, [{ code: "FILE_NOT_FOUND", path: file, found }], language);
  }
}
