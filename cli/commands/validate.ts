import type { Language } from "../../scenarios/text/index.ts";
import { texts } from "../../scenarios/text/index.ts";
import { faultLines, openFile } from "../case.ts";

/** Checks a case; its warnings are no faults. */
export function validate(file: string, language: Language): string {
  const { model, warnings } = openFile(file, language);
  const words = texts(language).report;
  const notes = warnings.length > 0 ? [`${words.warnings}:`, ...faultLines(warnings, language)] : [];
  return [words.valid(model.title), ...notes].join("\n");
}
