import { copyFileSync, renameSync, writeFileSync } from "node:fs";
import { CURRENT_VERSION, serializeCase } from "../../scenarios/index.ts";
import { type Language, texts } from "../../scenarios/text/index.ts";
import { casePath, openFile } from "../case.ts";

/** Brings an older file up to date; the old one is kept beside it as `.v<version>.bak`. */
export function migrateFile(file: string, language: Language): string {
  const opened = openFile(file, language);
  const words = texts(language).report;
  if (opened.migrated.length === 0) return words.upToDate(file, CURRENT_VERSION);
  const path = casePath(file);
  copyFileSync(path, `${path}.v${CURRENT_VERSION - opened.migrated.length}.bak`);
  writeFileSync(`${path}.new`, serializeCase(opened.caseFile));
  renameSync(`${path}.new`, path);
  return words.migrated(file, CURRENT_VERSION);
}
