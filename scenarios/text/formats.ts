/** Number formats: the only place where a figure is rounded. */
export type Language = "nl" | "en";

const LOCALES: Readonly<Record<Language, string>> = { nl: "nl-NL", en: "en-GB" };
const formatters = new Map<string, Intl.NumberFormat>();

/** A number with a fixed number of decimals; never "-0". */
export function formatNumber(value: number, language: Language, decimals = 0): string {
  const key = `${language} ${decimals}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(LOCALES[language], {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formatters.set(key, formatter);
  }
  const rounded = Math.abs(value) < 0.5 * 10 ** -decimals ? 0 : value;
  return formatter.format(rounded).replace(/\u2212/g, "-");
}

/** Whole euros: "€ 1.234.567", "€ -12". */
export function formatEuro(value: number, language: Language): string {
  return `€ ${formatNumber(value, language)}`;
}

/** Euros as a sentence speaks of them, to three figures: "€ 158.000", "€ 1,21 mln". */
export function formatEuroRounded(value: number, language: Language): string {
  const size = Math.abs(value);
  const million = language === "nl" ? "mln" : "m";
  const step = size < 1 ? 1 : 10 ** Math.max(0, Math.floor(Math.log10(size)) - 2);
  const rounded = Math.round(value / step) * step;
  if (Math.abs(rounded) < 1_000_000) return formatEuro(rounded, language);
  const decimals = Math.max(0, 8 - Math.floor(Math.log10(Math.abs(rounded))));
  return `€ ${formatNumber(rounded / 1_000_000, language, Math.min(2, decimals))} ${million}`;
}

/** Years with one decimal. */
export function formatYears(value: number, language: Language): string {
  return formatNumber(value, language, 1);
}

/** Calendar years, those that follow each other as a range: "2027, 2029–2031". */
export function formatYearRanges(years: readonly number[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === year - 1) last.to = year;
    else ranges.push({ from: year, to: year });
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

/** A number in full precision with the reader's decimal mark and no grouping, as it is typed and copied. */
export function formatPlain(value: number, language: Language): string {
  const text = String(value);
  return language === "nl" ? text.replace(".", ",") : text;
}

/** Below so many euros an amount is a rate, whose decimals say something. */
const RATE = 0.1;

/** Whether a unit is of amounts in euros, also per something. */
function isEuros(unit: string): boolean {
  return /(^|[\s*(])(EUR|eur|euro)($|[\s*)])/.test(unit.split("/")[0] ?? "");
}

/**
 * A number as a cell shows it: grouped, with the decimals that it has, at most six; an amount in euros that is not whole
 * with cents.
 *
 * @param unit of the number, as the file has it
 */
export function formatCell(value: number, language: Language, unit = ""): string {
  const own = Math.min(6, (String(value).split(".")[1] ?? "").length);
  const cents = Math.abs(value) < RATE ? Math.max(2, own) : 2;
  const decimals = own > 0 && isEuros(unit) ? cents : own;
  return formatNumber(value, language, Math.abs(value) >= 1e15 ? 0 : decimals);
}

/**
 * What a formula gives, as a cell shows it: it has no digits of its own, so six, of large numbers all before the decimal
 * mark and of euros the cents.
 */
export function formatResult(value: number, language: Language, unit = ""): string {
  const whole = String(Math.trunc(Math.abs(value))).length;
  const digits = Math.max(6, whole + (isEuros(unit) ? 2 : 0));
  return formatCell(Number(value.toPrecision(digits)), language, unit);
}

/** Thousands of euros, for tables headed "x € 1.000". */
export function formatThousands(value: number, language: Language): string {
  return formatNumber(value / 1_000, language);
}

/** A share as a percentage: 0.0225 → "2,25%". */
export function formatPercent(value: number, language: Language, decimals = 1): string {
  return `${formatNumber(value * 100, language, decimals)}%`;
}

/** Persons or person-years, with one decimal. */
export function formatPersons(value: number, language: Language): string {
  return formatNumber(value, language, 1);
}

/** Whatever a fault found or expected, short and in the reader's notation. */
export function formatFound(value: unknown, language: Language): string {
  if (value === null || value === undefined || value === "") return language === "nl" ? "niets" : "nothing";
  if (typeof value !== "number") return String(value);
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value))
    return Math.abs(value) < 10_000 ? String(value) : formatNumber(value, language);
  const decimals = Math.min(12, Math.max(2, 4 - Math.floor(Math.log10(Math.abs(value)))));
  return formatNumber(value, language, decimals)
    .replace(/([,.]\d*?)0+$/, "$1")
    .replace(/[,.]$/, "");
}

/**
 * A number for a cell of a spreadsheet: no thousands separators, never "-0".
 *
 * @param decimals number of decimals; null: every digit that float64 needs to come back the same
 */
export function formatForSheet(value: number, mark: "," | ".", decimals: number | null): string {
  const digits = decimals === null || Math.abs(value) >= 1e21 ? String(value) : value.toFixed(decimals);
  const plain = /^-0(\.0*)?$/.test(digits) ? digits.slice(1) : digits;
  return plain.replace(".", mark).replace("e", "E");
}
