import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { importAssumptions, serializeCase } from "../../scenarios/index.ts";
import { formatFound, type Language, placeInSheet, texts } from "../../scenarios/text/index.ts";
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
      result.faults.map((fault) => placeInSheet(fault, language)),
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

function readCsv(file: string, language: Language): string {
  try {
    return readFileSync(resolve(process.env.INIT_CWD ?? "", file), "utf8");
  } catch (error) {
    const found = error instanceof Error && "code" in error ? String(error.code) : "";
    throw refuseCase(file, [{ code: "FILE_NOT_FOUND", path: file, found }], language);
  }
}
