/** Which mark stands before the decimals. */
export type DecimalMark = "," | ".";

/** Digits with marks, as a reader of any country writes them. */
const WRITTEN = /^[+-]?(\d[\d.,]*|[.,]\d+)([eE][+-]?\d+)?$/;

function strip(text: string): string {
  return text.replace(/[\s\u00a0\u202f€]/g, "").replace(/\u2212/g, "-");
}

/** Whether the whole part is grouped in thousands by the mark: 1.234.567. */
function isGrouped(whole: string, mark: string): boolean {
  const groups = whole.replace(/^[+-]/, "").split(mark);
  const [first = "", ...others] = groups;
  return /^[1-9]\d{0,2}$/.test(first) && others.every((group) => /^\d{3}$/.test(group));
}

/** The mark that a number shows to be its decimal mark beyond doubt; null where it shows none. */
export function shownMark(text: string): DecimalMark | null {
  const digits = strip(text);
  if (!WRITTEN.test(digits)) return null;
  const mantissa = digits.replace(/[eE].*$/, "");
  const last = Math.max(mantissa.lastIndexOf(","), mantissa.lastIndexOf("."));
  if (last < 0) return null;
  const mark = mantissa[last] as DecimalMark;
  const other = mark === "," ? "." : ",";
  if (mantissa.includes(other)) return isGrouped(mantissa.slice(0, last), other) ? mark : null;
  if (mantissa.indexOf(mark) !== last) return isGrouped(mantissa, mark) ? other : null;
  return isGrouped(mantissa, mark) ? null : mark;
}

/** The notation of a column of numbers: what they show; where they show nothing or both, what the file suggests. */
export function notationOf(cells: readonly string[], suggested: DecimalMark): DecimalMark {
  const shown = new Set(cells.map(shownMark).filter((mark) => mark !== null));
  const [only] = shown;
  return shown.size === 1 && only ? only : suggested;
}

/**
 * Reads a number in Dutch or English notation: 1.234,5 and 1,234.5 and 1234.5; what can be read in two ways (1.234) is
 * read in the notation given.
 *
 * @returns null when it is no number
 */
export function parseNumber(text: string, notation: DecimalMark): number | null {
  const digits = strip(text);
  if (!WRITTEN.test(digits)) return null;
  const exponent = /[eE].*$/.exec(digits)?.[0] ?? "";
  const mantissa = exponent ? digits.slice(0, -exponent.length) : digits;
  if (!/[.,]/.test(mantissa)) return Number(digits);
  const mark = shownMark(text) ?? notation;
  const other = mark === "," ? "." : ",";
  const [whole = "", decimals = "", ...more] = mantissa.split(mark);
  if (more.length > 0 || decimals.includes(other)) return null;
  if (whole.includes(other) && !isGrouped(whole, other)) return null;
  return Number(`${whole.replaceAll(other, "") || "0"}.${decimals || "0"}${exponent}`);
}

/** How many significant digits a written number shows. */
export function shownDigits(text: string): number {
  return strip(text)
    .replace(/[eE].*$/, "")
    .replace(/[^\d]/g, "")
    .replace(/^0+/, "").length;
}

/** Fewest digits at which a number counts as another number that a spreadsheet has shortened. */
const SHORTENED_DIGITS = 9;

/** Whether a written number is this value, perhaps shortened by a spreadsheet to the digits that it shows. */
export function isSameNumber(text: string, value: number, notation: DecimalMark): boolean {
  const written = parseNumber(text, notation);
  if (written === null) return false;
  if (written === value) return true;
  const digits = shownDigits(text);
  return digits >= SHORTENED_DIGITS && digits <= 17 && Number(value.toPrecision(digits)) === written;
}
