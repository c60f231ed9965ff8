/**
 * What a written cell stands for: one reader for what is typed, pasted or imported, and for formulas one writer. A
 * formula is kept as the file has it, with decimal points and commas between arguments. Where numbers have a decimal
 * comma, formulas are written as a Dutch spreadsheet does: `min(1,5; a)`.
 */
import { LONGEST_FORMULA } from "../../models/index.ts";
import {
  type DecimalMark,
  isGrouped,
  type NumberReader,
  plainDigits,
  plainSigns,
  readNumber,
} from "./numbers.ts";
import { type Argument, sheetFunction } from "./sheetFunctions.ts";

/** Why a text is not taken: it is nothing, or can be read in two ways. */
export type Refusal =
  | "notANumber"
  | "wordsBesideNumber"
  | "percentOfUnit"
  | "percentInFormula"
  | "likeADate"
  | "commaInCall"
  | "pointInFormula"
  | "separatorOutside"
  | "argumentsMissing"
  | "logOfTen";

export type Reading =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "formula"; readonly text: string }
  | { readonly kind: "refused"; readonly why: Refusal };

const refused = (why: Refusal): Reading => ({ kind: "refused", why });

/** Something to work out: a name or a bracket, or a sign between two numbers. */
const WORKED_OUT = /[A-Za-z_(]|\d\s*[-+*/^]\s*\S/;

/** 3-4, 1/2, 1-1-2026, 06-12345678: dates, parts and ranges as often as sums. */
const LIKE_A_DATE = /^\d+([-/])\d+(\1\d+)?$/;

const NUMBER_BEFORE_WORD = /(?<![\w.,])\d[\d.,]*(?![\d.,]|[eE][+-]?\d)\s*[A-Za-z_€]/;
const WORD_BEFORE = String.raw`(?<!\w)[A-Za-z_]\w*\.?`;
const WORD_BEFORE_NUMBER = new RegExp(String.raw`${WORD_BEFORE}\s+\d`);
const WORD_BEFORE_WORD = new RegExp(String.raw`${WORD_BEFORE}\s+[A-Za-z_]|(?<!\w)[A-Za-z]\.[A-Za-z]`);

/** Why a text without "=" is a remark, alone or beside a number, and nothing to work out; null where it may be a formula. */
function remark(text: string): Refusal | null {
  if (NUMBER_BEFORE_WORD.test(text) || WORD_BEFORE_NUMBER.test(text)) return "wordsBesideNumber";
  return WORD_BEFORE_WORD.test(text) ? "notANumber" : null;
}

/** Reads a number in the notation of its writer, a formula after "=", or what is clearly one without it. */
export function readExpression(text: string, reader: NumberReader): Reading {
  const plain = plainSigns(text);
  if (plain.startsWith("=")) return readFormula(plain.slice(1).trim(), reader.notation);
  const number = readNumber(plain, reader);
  if (number === "percent") return refused("percentOfUnit");
  if (number !== null)
    return Number.isFinite(number) ? { kind: "number", value: number } : refused("notANumber");
  if (LIKE_A_DATE.test(plain)) return refused("likeADate");
  const why = WORKED_OUT.test(plain) ? remark(plain) : "notANumber";
  return why === null ? readFormula(plain, reader.notation) : refused(why);
}

/** Functions in whose brackets a comma can also stand between arguments. */
const WITH_ARGUMENTS: readonly string[] = ["max", "min", "sum", "average", "if", "power"];

const NUMBERS: Readonly<Record<DecimalMark, string>> = {
  ",": String.raw`\d(?:[\d.,]*\d)?(?:[eE][+-]?\d+)?`,
  ".": String.raw`\d(?:[\d.]*\d)?(?:[eE][+-]?\d+)?`,
};
const OTHER_PARTS = String.raw`[A-Za-z_]\w*|\s+|[<>=!]=|<>|.`;

/** Signs of a spreadsheet that a formula of the file writes otherwise. */
const SIGNS: Readonly<Record<string, string>> = { "=": "==", "<>": "!=" };

class Refused extends Error {
  constructor(readonly why: Refusal) {
    super(why);
  }
}

/** Reads a formula as a spreadsheet has it, and writes it as the file has it. */
class FormulaReader {
  private readonly parts: readonly string[];
  private at = 0;

  constructor(
    text: string,
    private readonly notation: DecimalMark,
  ) {
    this.parts = [...text.matchAll(new RegExp(`${NUMBERS[notation]}|${OTHER_PARTS}`, "g"))].map(
      ([part]) => part,
    );
  }

  read(): string {
    let text = "";
    // A bracket too many is left to the formula's own check.
    while (this.at < this.parts.length) text += this.group();
    return text;
  }

  /** What stands up to the end of brackets that hold one expression, with that end if it is there. */
  private group(): string {
    const { written, end } = this.within(null);
    return `${written[0]?.text ?? ""}${end}`;
  }

  /** What stands up to the end of the brackets: one argument, or those of a call. */
  private within(call: string | null): { written: readonly Argument[]; end: ")" | "" } {
    const written = [{ text: "", signs: "" }];
    let end: ")" | "" = "";
    let doubtful = false;
    let semicolon = false;
    while (this.at < this.parts.length) {
      const part = this.parts[this.at] ?? "";
      this.at += 1;
      const last = written[written.length - 1];
      if (part === ")") {
        end = part;
        break;
      }
      if (part === ";" || part === ",") {
        if (call === null) throw new Refused("separatorOutside");
        semicolon ||= part === ";";
        written.push({ text: "", signs: "" });
      } else if (last) {
        doubtful ||= this.notation === "," && /^\d.*,/.test(part);
        if (/^[-+*/^<>=!?:]/.test(part)) last.signs += part;
        last.text += this.one(part);
      }
    }
    const many = WITH_ARGUMENTS.includes(sheetFunction(call ?? "")?.key ?? "");
    if (doubtful && many && !semicolon) throw new Refused("commaInCall");
    return { written, end };
  }

  /** One part, with what belongs to it. */
  private one(part: string): string {
    if (/^\d/.test(part)) return this.notation === "," ? dutchNumber(part) : part;
    if (part === "(") return `(${this.group()}`;
    const opens = /^[A-Za-z_]/.test(part) && this.parts[this.at] === "(";
    if (!opens) return SIGNS[part] ?? part;
    this.at += 1;
    return this.call(part);
  }

  private call(name: string): string {
    const { written, end } = this.within(name);
    const known = sheetFunction(name);
    let text: string;
    if (known) {
      const { least, most, write } = known;
      const filled = least === 0 || written.every((argument) => argument.text.trim() !== "");
      if (!filled || written.length < least || written.length > most) throw new Refused("argumentsMissing");
      text = write(written);
    } else {
      // To a spreadsheet it is of ten, to the file natural.
      if (name !== "log" && name.toLowerCase() === "log") throw new Refused("logOfTen");
      text = `${name}(${written.map((argument) => argument.text).join(",")})`;
    }
    return `${text.slice(0, -1)}${end}`;
  }
}

function dutchNumber(part: string): string {
  if (!/[.,]/.test(part)) return part;
  const [mantissa = "", exponent = ""] = part.split(/(?=[eE])/);
  if (isGrouped(mantissa, ".")) throw new Refused("pointInFormula");
  const digits = plainDigits(mantissa, ",");
  if (digits === null) throw new Refused("notANumber");
  return digits + exponent;
}

function readFormula(text: string, notation: DecimalMark): Reading {
  if (text === "") return refused("notANumber");
  // A hundredth in one unit and a percent in another: which of the two is meant, a formula cannot say.
  if (text.includes("%")) return refused("percentInFormula");
  // Refused for its length by what compiles it; here it would only nest too deep.
  if (text.length > LONGEST_FORMULA) return { kind: "formula", text };
  try {
    return { kind: "formula", text: new FormulaReader(text, notation).read() };
  } catch (error) {
    if (error instanceof Refused) return refused(error.why);
    throw error;
  }
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
