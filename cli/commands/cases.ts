import type { Language } from "../../scenarios/text/index.ts";
import { openFile, shippedCases } from "../case.ts";

/** The shipped cases, with their titles. */
export function cases(language: Language): string {
  const ids = shippedCases();
  const width = Math.max(...ids.map((id) => id.length));
  return ids.map((id) => `${id.padEnd(width)}  ${openFile(id, language).model.title}`).join("\n");
}
