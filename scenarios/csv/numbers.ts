/** Which mark stands before the decimals. */
export type DecimalMark = "," | ".";

/** A number taken apart: what stands around the digits is a sign, euros or a percentage, each at most once. */
interface Written {
  readonly negative: boolean;
  /** Digits with marks, without spaces. */
  readonly mantissa: string;
  readonly exponent: number;
  readonly percent: boolean;
}

/** Digits with marks, as a reader of any country writes them; after a mark a dash may stand for no cents (5,-). */
const DIGITS =
  /^(?<before>(?:[-+(€ ]|EUR)*)(?<digits>\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d(?:[\d.,]*\d)?|[.,]\d+)(?<mark>[.,](?:-{1,2})?)?(?:E(?<exponent>[+-]?\d+))?(?<after>(?:[-)€% ]|EUR)*)$/i;

/** What a spreadsheet shows for nothing in its notation of accounts. */
const DASH = /^(?:(?:€|EUR) ?-|- ?(?:€|EUR)|(-))$/i;

/** Spaces of any width as one space, dashes that stand for a minus as a minus. */
export function plainSigns(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\u2212\u2013]/g, "-")
    .trim();
}

function written(text: string): Written | null {
  const { before = "", digits = "", mark = "", exponent = "0", after = "" } = DIGITS.exec(text)?.groups ?? {};
  if (digits === "") return null;
  const around = `${before}|${after}`.toUpperCase().replaceAll("EUR", "€");
  const count = (sign: string) => around.split(sign).length - 1;
  const brackets = count("(");
  const signs = count("-") + count("+") + brackets;
  if (brackets !== count(")") || signs > 1 || count("€") + count("%") > 1) return null;
  return {
    negative: brackets + count("-") > 0,
    mantissa: digits.replaceAll(" ", "") + mark.slice(0, 1),
    exponent: Number(exponent),
    percent: count("%") > 0,
  };
}

/** Whether the whole part is grouped in thousands by the mark: 1.234.567. */
export function isGrouped(whole: string, mark: DecimalMark): boolean {
  const groups = whole.split(mark);
  const [first = "", ...others] = groups;
  return /^[1-9]\d{0,2}$/.test(first) && others.every((group) => /^\d{3}$/.test(group));
}

/** The mark that digits show to be their decimal mark beyond doubt; null where they show none. */
function markOf(mantissa: string): DecimalMark | null {
  const last = Math.max(mantissa.lastIndexOf(","), mantissa.lastIndexOf("."));
  if (last < 0) return null;
  const mark = mantissa[last] === "," ? "," : ".";
  const other = mark === "," ? "." : ",";
  if (mantissa.includes(other)) return isGrouped(mantissa.slice(0, last), other) ? mark : null;
  if (mantissa.indexOf(mark) !== last) return isGrouped(mantissa, mark) ? other : null;
  return isGrouped(mantissa, mark) ? null : mark;
}

/** The mark that a number shows to be its decimal mark beyond doubt; null where it shows none. */
export function shownMark(text: string): DecimalMark | null {
  return markOf(written(plainSigns(text))?.mantissa ?? "");
}

/** The notation of a column of numbers: what they show; where they show nothing or both, what the file suggests. */
export function notationOf(cells: readonly string[], suggested: DecimalMark): DecimalMark {
  const shown = new Set(cells.map(shownMark).filter((mark) => mark !== null));
  const [only] = shown;
  return shown.size === 1 && only ? only : suggested;
}

/** Digits in a notation as a program has them: no groups, a decimal point; null when they are no number. */
export function plainDigits(mantissa: string, notation: DecimalMark): string | null {
  if (!/[.,]/.test(mantissa)) return mantissa;
  const mark = markOf(mantissa) ?? notation;
  const other = mark === "," ? "." : ",";
  const [whole = "", decimals = "", ...more] = mantissa.split(mark);
  if (more.length > 0 || decimals.includes(other)) return null;
  if (whole.includes(other) && !isGrouped(whole, other)) return null;
  return `${whole.replaceAll(other, "") || "0"}.${decimals || "0"}`;
}

/** Who wrote a number, and of what. */
export interface NumberReader {
  readonly notation: DecimalMark;
  /** What a percentage is of: of a share it is hundredths, of a unit in percent it is the number itself. */
  readonly unit: string;
  /** From a spreadsheet a dash alone is nothing; typed it is a number that was not finished. */
  readonly fromSheet: boolean;
}

/** By which power of ten a percentage becomes a number in a unit; null where it cannot. */
function percentPower(unit: string): number | null {
  if (unit.trim() === "" || unit.trim() === "1") return -2;
  const above = unit.split("/")[0] ?? "";
  return /(^|[\s*(])(percent|%)($|[\s*)])/.test(above) ? 0 : null;
}

/**
 * Reads a number in Dutch or English notation: 1.234,5 and 1,234.5 and 1234.5; what can be read in two ways (1.234) is
 * read in the notation given. Also as accounts have it: (1.234), 5,00- and € -.
 *
 * @returns null when it is no number, "percent" when it is a percentage of something that has none
 */
export function readNumber(text: string, reader: NumberReader): number | "percent" | null {
  const plain = plainSigns(text);
  const dash = DASH.exec(plain);
  if (dash) return dash[1] === undefined || reader.fromSheet ? 0 : null;
  const parts = written(plain);
  const digits = parts && plainDigits(parts.mantissa, reader.notation);
  if (!parts || digits === null) return null;
  const power = parts.percent ? percentPower(reader.unit) : 0;
  if (power === null) return "percent";
  const size = Number(`${digits}e${parts.exponent + power}`);
  return parts.negative && size !== 0 ? -size : size;
}

/** How many significant digits a written number shows. */
function shownDigits(text: string): number {
  return (written(plainSigns(text))?.mantissa ?? "").replace(/[.,]/g, "").replace(/^0+/, "").length;
}

/** Fewest digits at which a number counts as another number that a spreadsheet has shortened. */
const SHORTENED_DIGITS = 9;

/** Whether a written number is this value, perhaps shortened by a spreadsheet to the digits that it shows. */
export function isSameNumber(text: string, value: number, reader: NumberReader): boolean {
  const read = readNumber(text, reader);
  if (typeof read !== "number") return false;
  if (read === value) return true;
  const digits = shownDigits(text);
  return digits >= SHORTENED_DIGITS && digits <= 17 && Number(value.toPrecision(digits)) === read;
}
