import Papa from "papaparse";
import { formatForSheet } from "../text/index.ts";

/** How numbers and columns are written: for a Dutch spreadsheet, or with every digit for other programs. */
export type CsvForm = "dutch" | "precise";

/** A number with the decimals that a reader needs; null: as many as it has. */
export interface NumberCell {
  readonly value: number;
  readonly decimals: number | null;
}

/** A cell: a number, a text, or nothing. */
export type Cell = NumberCell | string | null;

/** A table under its heading lines. */
export interface Table {
  /** File name without extension. */
  readonly name: string;
  /** Lines above the table: a label and what belongs to it. */
  readonly head: readonly (readonly Cell[])[];
  readonly columns: readonly (string | NumberCell)[];
  readonly rows: readonly (readonly Cell[])[];
}

/** One file of the pack. */
export interface CsvFile {
  readonly name: string;
  readonly text: string;
}

/** An amount in euros and cents. */
export const euro = (value: number | undefined): NumberCell => ({ value: value ?? 0, decimals: 2 });

/** A whole number that is no amount: a year, a count. */
export const whole = (value: number): NumberCell => ({ value, decimals: 0 });

/** A number with some decimals. */
export const number = (value: number | undefined, decimals: number | null): NumberCell => ({
  value: value ?? 0,
  decimals,
});

/** Texts that a spreadsheet would take for a formula. */
const FORMULA_LIKE = /^[\s\u00a0]*[=+\-@\t\r＝＋－＠]/;

/** Texts that a spreadsheet would take for a number or a date, such as the locator 1-1-2026. */
const NUMBER_LIKE = /^\s*\d[\d.,]*([-/.: ]\d[\d.,]*)*%?\s*$/;

const isTaken = (text: string) => FORMULA_LIKE.test(text) || NUMBER_LIKE.test(text);

/** Keeps a spreadsheet from taking a text for anything else: an apostrophe before it. Numbers are no texts. */
export function neutralise(text: string): string {
  return isTaken(text) ? `'${text}` : text;
}

/** The text that was neutralised. */
export function restore(text: string): string {
  return text.startsWith("'") && isTaken(text.slice(1)) ? text.slice(1) : text;
}

function write(cell: Cell, form: CsvForm): string {
  if (cell === null) return "";
  if (typeof cell === "string") return neutralise(cell);
  if (!Number.isFinite(cell.value)) return "";
  return form === "dutch"
    ? formatForSheet(cell.value, ",", cell.decimals)
    : formatForSheet(cell.value, ".", null);
}

/** Writes a table as a file: `;`, decimal comma, BOM and CRLF for a Dutch spreadsheet, else `,` and decimal point. */
export function writeTable(table: Table, form: CsvForm): CsvFile {
  const lines = [...table.head, [], table.columns, ...table.rows];
  const text = Papa.unparse(
    lines.map((line) => line.map((cell) => write(cell, form))),
    { delimiter: form === "dutch" ? ";" : ",", newline: "\r\n" },
  );
  return { name: `${table.name}.csv`, text: `\ufeff${text}\r\n` };
}
