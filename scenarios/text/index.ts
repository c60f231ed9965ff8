/** The door to all sentences and number formats, in Dutch and English. */
import type { Fault, Unlawfulness } from "../../models/index.ts";
import { writeFormula } from "../csv/expressions.ts";
import { app as appEn } from "./en/app.ts";
import { appWork as appWorkEn } from "./en/appWork.ts";
import { csv as csvEn } from "./en/csv.ts";
import { desktop as desktopEn } from "./en/desktop.ts";
import { explanation as explanationEn } from "./en/explanation.ts";
import { faults as faultsEn } from "./en/faults.ts";
import { figures as figuresEn } from "./en/figures.ts";
import { hostFaults as hostFaultsEn } from "./en/hostFaults.ts";
import { report as reportEn } from "./en/report.ts";
import { uncertainty as uncertaintyEn } from "./en/uncertainty.ts";
import { formatFound, type Language } from "./formats.ts";
import { app as appNl } from "./nl/app.ts";
import { appWork as appWorkNl } from "./nl/appWork.ts";
import { csv as csvNl } from "./nl/csv.ts";
import { desktop as desktopNl } from "./nl/desktop.ts";
import { explanation as explanationNl } from "./nl/explanation.ts";
import { faults as faultsNl } from "./nl/faults.ts";
import { figures as figuresNl } from "./nl/figures.ts";
import { hostFaults as hostFaultsNl } from "./nl/hostFaults.ts";
import { report as reportNl } from "./nl/report.ts";
import { uncertainty as uncertaintyNl } from "./nl/uncertainty.ts";
import type { AppTexts, Texts } from "./texts.ts";

export * from "./formats.ts";
export type { AppTexts, Texts } from "./texts.ts";

const TEXTS: Readonly<Record<Language, Texts>> = {
  nl: {
    faults: { ...faultsNl, ...hostFaultsNl },
    report: reportNl,
    figures: figuresNl,
    csv: csvNl,
    explanation: explanationNl,
    desktop: desktopNl,
    uncertainty: uncertaintyNl,
  },
  en: {
    faults: { ...faultsEn, ...hostFaultsEn },
    report: reportEn,
    figures: figuresEn,
    csv: csvEn,
    explanation: explanationEn,
    desktop: desktopEn,
    uncertainty: uncertaintyEn,
  },
};

/** Texts of the interface in a language, as i18next takes them. */
export const APP_TEXTS = {
  nl: { ...appNl, ...appWorkNl },
  en: { ...appEn, ...appWorkEn },
} as const satisfies Readonly<Record<Language, AppTexts>>;

/** All texts in a language. */
export function texts(language: Language): Texts {
  return TEXTS[language];
}

/** A fault in the reader's words: what, where, found, expected, how to mend. */
export interface FaultText {
  readonly what: string;
  readonly where: string;
  readonly found: string;
  readonly expected: string;
  readonly mend: string;
  /** A known name that may have been meant; "" when there is none. */
  readonly suggestion: string;
}

/**
 * Puts a fault into words; a code without a sentence shows itself, so that nothing is lost. A sentence for the reason of
 * a fault (CODE/REASON) says all there is to say.
 *
 * @param write how a value and the ends of a range are written, where that is not as the file has them
 */
export function describeFault(
  fault: Fault,
  language: Language,
  write: (value: number) => string = (value) => formatFound(value, language),
): FaultText {
  const { code, path, found, expected, reason } = fault;
  const sentences: Readonly<Record<string, readonly [string, string]>> = texts(language).faults;
  const ofReason = `${code}/${reason}`;
  const special = Object.hasOwn(sentences, ofReason);
  const key = special ? ofReason : code;
  const [what, mend] = (Object.hasOwn(sentences, key) && sentences[key]) || [code, ""];
  return {
    what: reasonWords(fault, language) ?? what,
    mend,
    where: placeInText(fault, language) ?? path,
    found: special || found === undefined ? "" : foundWords(fault, language, write),
    expected:
      special || expected === undefined || expected === "" ? "" : expectedWords(fault, language, write),
    suggestion: typeof fault.suggestion === "string" ? fault.suggestion : "",
  };
}

/** Where a text stops being what it should be, in the reader's words; null where a fault has another kind of place. */
function placeInText({ line, character }: Fault, language: Language): string | null {
  if (typeof line !== "number" || typeof character !== "number") return null;
  return texts(language).report.placeInText(line, character);
}

/** Longest part of a formula that is quoted. */
const LONGEST_QUOTE = 40;

/** What a fault with a reason says: where a formula stops, in the reader's notation. */
function reasonWords({ reason, before, sign }: Fault, language: Language): string | null {
  const words: Readonly<Record<string, (before: string, sign: string) => string>> =
    texts(language).report.unreadable;
  const sentence = typeof reason === "string" && Object.hasOwn(words, reason) ? words[reason] : undefined;
  if (!sentence) return null;
  const [until, at] = [before, sign].map((part) => writeFormula(String(part), language === "nl" ? "," : "."));
  const quote = until && until.length > LONGEST_QUOTE ? `…${until.slice(-LONGEST_QUOTE)}` : (until ?? "");
  return sentence(quote, at ?? "");
}

/** Faults that expect a kind of value; others expect values, which stay as they are written. */
const EXPECT_A_KIND = new Set(["MISSING_KEY", "WRONG_TYPE", "NOT_FINITE"]);

/** Faults that found a value, and expect one in a range or an exact sum. */
const EXPECT_A_RANGE = new Set([
  "OUT_OF_RANGE",
  "VALUE_OUTSIDE_RANGE",
  "DISTRIBUTION_INVALID",
  "ENTRY_SUM",
  "SHARES_SUM",
  "ROW_SUM_ABOVE_ONE",
]);

function foundWords({ code, found }: Fault, language: Language, write: (value: number) => string): string {
  return typeof found === "number" && EXPECT_A_RANGE.has(code) ? write(found) : formatFound(found, language);
}

function expectedWords(
  { code, expected }: Fault,
  language: Language,
  write: (value: number) => string,
): string {
  if (EXPECT_A_RANGE.has(code))
    return String(expected).replace(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g, (end) => write(Number(end)));
  if (!EXPECT_A_KIND.has(code)) return formatFound(expected, language);
  const kinds: Readonly<Record<string, string>> = texts(language).report.kinds;
  const words = String(expected)
    .split(", ")
    .map((kind) => (Object.hasOwn(kinds, kind) ? (kinds[kind] ?? kind) : kind));
  return [...new Set(words)].join(", ");
}

/** A fault of the sheet with its row and column in the reader's words, before the place in the case if it has one. */
export function placeInSheet(fault: Fault, language: Language): Fault {
  const words = texts(language).csv;
  const { row, column } = fault;
  if (typeof row !== "number") return fault;
  const headings: Readonly<Record<string, string>> = words.assumptions;
  const heading = typeof column === "string" ? (headings[column] ?? column) : "";
  const inCase = fault.path.includes(": ") ? ` (${fault.path.slice(fault.path.indexOf(": ") + 2)})` : "";
  return { ...fault, path: `${words.place(row, heading)}${inCase}` };
}

/** Why a scenario is not lawful under present law, a reason each; empty when it is. */
export function unlawfulReasons(
  unlawful: readonly Unlawfulness[],
  accounts: readonly { readonly label: string }[],
  language: Language,
): string[] {
  const words = texts(language).report.unlawfulBecause;
  return unlawful.map(({ reason, account }) =>
    words[reason](account === null ? "" : (accounts[account]?.label ?? "")),
  );
}
