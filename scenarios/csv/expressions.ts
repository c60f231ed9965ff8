/**
 * What a written cell stands for: one reader for what is typed, pasted or imported, and for formulas one writer. A
 * formula is kept as the file has it, with decimal points and commas between arguments. Where numbers have a decimal
 * comma, formulas are written as a Dutch spreadsheet does: `min(1,5; a)`.
 */
import {
  type DecimalMark,
  isGrouped,
  type NumberReader,
  plainDigits,
  plainSigns,
  readNumber,
} from "./numbers.ts";

/** Why a text is not taken: it is nothing, or can be read in two ways. */
export type Refusal =
  | "notANumber"
  | "percentOfUnit"
  | "percentInFormula"
  | "likeADate"
  | "commaInCall"
  | "pointInFormula";

export type Reading =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "formula"; readonly text: string }
  | { readonly kind: "refused"; readonly why: Refusal };

const refused = (why: Refusal): Reading => ({ kind: "refused", why });

/** Something to work out: a name or a bracket, or a sign between two numbers. */
const WORKED_OUT = /[A-Za-z_(]|\d\s*[-+*/^]\s*\S/;

/** 3-4, 1/2, 1-1-2026, 06-12345678: dates, parts and ranges as often as sums. */
const LIKE_A_DATE = /^\d+([-/])\d+(\1\d+)?$/;

/** Reads a number in the notation of its writer, a formula after "=", or what is clearly one without it. */
export function readExpression(text: string, reader: NumberReader): Reading {
  const plain = plainSigns(text);
  if (plain.startsWith("=")) return readFormula(plain.slice(1).trim(), reader.notation);
  const number = readNumber(plain, reader);
  if (number === "percent") return refused("percentOfUnit");
  if (number !== null)
    return Number.isFinite(number) ? { kind: "number", value: number } : refused("notANumber");
  if (LIKE_A_DATE.test(plain)) return refused("likeADate");
  return WORKED_OUT.test(plain) ? readFormula(plain, reader.notation) : refused("notANumber");
}

/** Functions with more than one argument: only in their brackets can a comma also stand between arguments. */
const WITH_ARGUMENTS: readonly string[] = ["min", "max"];

const WRITTEN_PARTS = /[A-Za-z_]\w*|\d(?:[\d.,]*\d)?(?:[eE][+-]?\d+)?|\s+|./g;

/** A pair of brackets with what stands in it. */
interface Brackets {
  readonly call: boolean;
  semicolon: boolean;
}

function readFormula(text: string, notation: DecimalMark): Reading {
  if (text === "") return refused("notANumber");
  // A hundredth in one unit and a percent in another: which of the two is meant, a formula cannot say.
  if (text.includes("%")) return refused("percentInFormula");
  if (notation === ".") return { kind: "formula", text };
  const open: Brackets[] = [{ call: false, semicolon: false }];
  let name = "";
  const parts = [...text.matchAll(WRITTEN_PARTS)].map(([part]) => {
    const within = open[open.length - 1];
    if (part === "(") open.push({ call: WITH_ARGUMENTS.includes(name), semicolon: false });
    else if (part === ")" && open.length > 1) open.pop();
    else if (part === ";" && within) within.semicolon = true;
    if (part.trim() !== "") name = part;
    return { part, within };
  });
  let formula = "";
  for (const { part, within } of parts) {
    if (part === ";") formula += ",";
    else if (!/^\d.*[.,]/.test(part)) formula += part;
    else {
      const [mantissa = "", exponent = ""] = part.split(/(?=[eE])/);
      if (mantissa.includes(",") && within?.call && !within.semicolon) return refused("commaInCall");
      if (isGrouped(mantissa, ".")) return refused("pointInFormula");
      const digits = plainDigits(mantissa, notation);
      if (digits === null) return refused("notANumber");
      formula += digits + exponent;
    }
  }
  return { kind: "formula", text: formula };
}

const FILED_PARTS = /[A-Za-z_]\w*|\d+(?:\.\d*)?|\.\d+|,/g;

/** A formula of the file in a reader's notation, without the "=" in front. */
export function writeFormula(formula: string, notation: DecimalMark): string {
  if (notation === ".") return formula;
  return formula.replace(FILED_PARTS, (part) => {
    if (part === ",") return ";";
    if (!/^[\d.]+$/.test(part)) return part;
    const [whole = "", decimals = ""] = part.split(".");
    return decimals === "" ? whole : `${whole || "0"},${decimals}`;
  });
}
