import Papa from "papaparse";
import type { Fault } from "../../models/index.ts";
import type { BusinessCase, Expression, Parameter } from "../caseFile.ts";
import { LARGEST_FILE, validateCase } from "../open.ts";
import { texts } from "../text/index.ts";
import { ASSUMPTION_COLUMNS, type AssumptionColumn, range } from "./assumptions.ts";
import { holdsCitizenNumbers } from "./citizenNumbers.ts";
import { type Refusal, readExpression } from "./expressions.ts";
import { type DecimalMark, isSameNumber, type NumberReader, notationOf } from "./numbers.ts";
import { restore } from "./table.ts";

/** One value that an import changes. */
export interface ImportedChange {
  /** Row of the spreadsheet, from 1. */
  readonly row: number;
  /** Place in the case, such as `parameters/instroom/value`. */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** What an import gives: the changed case, or every fault with its row. */
export type ImportResult =
  | {
      readonly ok: true;
      readonly caseFile: BusinessCase;
      readonly changes: readonly ImportedChange[];
      readonly warnings: readonly Fault[];
    }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Columns whose numbers can be edited. */
const NUMBER_COLUMNS = ["value", "low", "mode", "high"] as const;

/** Faults of a cell that can be read in two ways or in none; anything else that is refused is no number. */
const REFUSALS: Readonly<Partial<Record<Refusal, string>>> = {
  percentOfUnit: "CSV_PERCENT_OF_UNIT",
  commaInCall: "CSV_COMMA_IN_CALL",
  pointInFormula: "CSV_POINT_IN_FORMULA",
  separatorOutside: "CSV_FUNCTION_UNREADABLE",
  argumentsMissing: "CSV_FUNCTION_UNREADABLE",
  logOfTen: "CSV_FUNCTION_UNREADABLE",
};

/** Distributions with a low and a high, by what they are called in either language. */
const BANDS: ReadonlyMap<string, "uniform" | "triangular" | "normal" | "lognormal" | "pert"> = new Map(
  (["nl", "en"] as const).flatMap((language) =>
    (["uniform", "triangular", "normal", "lognormal", "pert"] as const).map(
      (kind) => [texts(language).figures.distributionKinds[kind].toLowerCase(), kind] as const,
    ),
  ),
);

interface Sheet {
  /** Columns by place; null where the heading is not one of ours. */
  readonly columns: readonly (AssumptionColumn | null)[];
  readonly headings: readonly string[];
  /** Row of the headings in the spreadsheet, from 1. */
  readonly headRow: number;
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly suggested: DecimalMark;
  readonly hash: string | null;
}

const HEADINGS: ReadonlyMap<string, AssumptionColumn> = new Map(
  (["nl", "en"] as const).flatMap((language) =>
    ASSUMPTION_COLUMNS.map((column) => [texts(language).csv.assumptions[column], column] as const),
  ),
);

const HASH_HEADS: readonly string[] = [texts("nl").csv.head.hash, texts("en").csv.head.hash];

/** Reads the text with the delimiter under which the headings are found. */
function readSheet(text: string): Sheet | null {
  const plain = text.replace(/^\ufeff/, "");
  for (const delimiter of [";", ",", "\t"]) {
    const lines = Papa.parse<string[]>(plain, { delimiter }).data;
    const head = lines.findIndex((line) => {
      const known = line.map((cell) => HEADINGS.get(cell.trim().toLowerCase()));
      return known.includes("id") && known.includes("value");
    });
    const headings = lines[head];
    if (!headings) continue;
    const hashLine = lines.slice(0, head).find(([label = ""]) => HASH_HEADS.includes(label.trim()));
    return {
      headings,
      columns: headings.map((cell) => HEADINGS.get(cell.trim().toLowerCase()) ?? null),
      headRow: head + 1,
      rows: lines
        .slice(head + 1)
        .map((cells, index) => ({ row: head + 2 + index, cells }))
        .filter(({ cells }) => cells.some((cell) => cell.trim() !== "")),
      suggested: delimiter === "," ? "." : ",",
      hash: hashLine?.[1]?.trim() ?? null,
    };
  }
  return null;
}

class Importer {
  private readonly faults: Fault[] = [];
  private readonly changes: ImportedChange[] = [];
  private readonly parameters: Parameter[];
  private readonly seen = new Map<string, number>();
  private readonly notation: DecimalMark;

  constructor(
    private readonly file: BusinessCase,
    private readonly sheet: Sheet,
  ) {
    this.parameters = structuredClone(file.parameters);
    const numbers = sheet.rows.flatMap(({ cells }) =>
      sheet.columns.flatMap((column, at) =>
        NUMBER_COLUMNS.some((name) => name === column) ? [cells[at] ?? ""] : [],
      ),
    );
    this.notation = notationOf(numbers, sheet.suggested);
  }

  private fault(code: string, row: number, column: string, found: unknown, expected: unknown = ""): void {
    this.faults.push({
      code,
      path: column === "" ? `${row}` : `${row}/${column}`,
      row,
      column,
      found,
      expected,
    });
  }

  run(hash: string | null): ImportResult {
    this.checkColumns();
    if (this.faults.length === 0) for (const { row, cells } of this.sheet.rows) this.row(row, cells);
    if (this.faults.length > 0) return { ok: false, faults: this.faults };
    const checked = validateCase({ ...this.file, parameters: this.parameters });
    if (!checked.ok) return { ok: false, faults: checked.faults.map((fault) => this.withRow(fault)) };
    const other = hash !== null && this.sheet.hash !== null && this.sheet.hash !== hash;
    const warning = { code: "CSV_OF_OTHER_VERSION", path: "1", found: this.sheet.hash, expected: hash };
    return { ok: true, caseFile: checked.caseFile, changes: this.changes, warnings: other ? [warning] : [] };
  }

  /** Points a fault of the changed case at the row that caused it. */
  private withRow(fault: Fault): Fault {
    const change = this.changes.find(({ path }) => {
      const place = path.replace(/\/(value|low|mode|high|reason)$/, "");
      return fault.path === path || fault.path.startsWith(place);
    });
    return change ? { ...fault, row: change.row, path: `${change.row}: ${fault.path}` } : fault;
  }

  private checkColumns(): void {
    const { columns, headings, headRow, rows } = this.sheet;
    for (const [at, heading] of headings.entries()) {
      if (holdsCitizenNumbers(rows.map(({ cells }) => cells[at] ?? "")))
        this.fault("CSV_CITIZEN_NUMBERS", headRow, heading, heading);
      else if (columns[at] === null && heading.trim() !== "")
        this.fault("CSV_UNKNOWN_COLUMN", headRow, heading, heading, this.columnNames());
    }
    for (const [at, column] of columns.entries())
      if (column !== null && columns.indexOf(column) !== at)
        this.fault("CSV_DUPLICATE_COLUMN", headRow, headings[at] ?? "", headings[at]);
  }

  private columnNames(): string {
    return ASSUMPTION_COLUMNS.map((column) => texts("nl").csv.assumptions[column]).join(", ");
  }

  private row(row: number, cells: readonly string[]): void {
    const cell = (column: AssumptionColumn): string | null => {
      const at = this.sheet.columns.indexOf(column);
      return at < 0 ? null : restore((cells[at] ?? "").trim());
    };
    const id = cell("id") ?? "";
    const municipality = cell("municipality") ?? "";
    const parameter = this.parameters.find((item) => item.id === id);
    if (!parameter) {
      this.fault("CSV_UNKNOWN_PARAMETER", row, "id", id);
      return;
    }
    const key = `${id} ${municipality}`;
    const before = this.seen.get(key);
    if (before !== undefined) {
      this.fault("CSV_DUPLICATE_ROW", row, "id", key.trim(), before);
      return;
    }
    this.seen.set(key, row);
    if (municipality === "") this.ownValue(row, parameter, cell);
    else if (this.file.municipalities.some((item) => item.id === municipality))
      this.localValue(row, parameter, municipality, cell);
    else {
      const known = this.file.municipalities.map((item) => item.id).join(", ");
      this.fault("CSV_UNKNOWN_MUNICIPALITY", row, "municipality", municipality, known);
    }
  }

  private reader(parameter: Parameter): NumberReader {
    return { notation: this.notation, unit: parameter.unit ?? "", fromSheet: true };
  }

  /** The value in a cell where it differs from the one known; undefined where it does not. */
  private edited(
    row: number,
    column: string,
    text: string,
    known: Expression | undefined,
    parameter: Parameter,
  ): Expression | undefined {
    if (text === "") {
      if (known !== undefined) this.fault("CSV_VALUE_MISSING", row, column, "");
      return undefined;
    }
    const reader = this.reader(parameter);
    if (typeof known === "number" ? isSameNumber(text, known, reader) : text === known) return undefined;
    const reading = readExpression(text, reader);
    if (reading.kind === "number") return reading.value;
    if (reading.kind === "formula") return reading.text;
    this.fault(REFUSALS[reading.why] ?? "CSV_NOT_A_NUMBER", row, column, text);
    return undefined;
  }

  private note(row: number, path: string, from: unknown, to: unknown): void {
    this.changes.push({ row, path, from: from ?? null, to });
  }

  private ownValue(
    row: number,
    parameter: Parameter,
    cell: (column: AssumptionColumn) => string | null,
  ): void {
    const path = `parameters/${parameter.id}`;
    const value = this.edited(row, "value", cell("value") ?? "", parameter.value, parameter);
    if (value !== undefined) {
      this.note(row, `${path}/value`, parameter.value, value);
      parameter.value = value;
    }
    const known = range(parameter);
    const band = this.band(parameter, cell);
    if (band !== undefined) {
      if (band)
        for (const [name, edge] of Object.entries(range({ ...parameter, distribution: band })))
          this.note(row, `${path}/distribution/${name}`, null, edge);
      else this.note(row, `${path}/distribution`, parameter.distribution, null);
      if (band) parameter.distribution = band;
      else delete parameter.distribution;
      return;
    }
    for (const name of ["low", "mode", "high"] as const) {
      const text = cell(name);
      if (text === null || (text === "" && known[name] === undefined)) continue;
      const edge = this.edited(row, name, text, known[name], parameter);
      if (edge === undefined) continue;
      const fits = known[name] !== undefined || (name === "mode" && parameter.distribution?.kind === "pert");
      if (typeof edge !== "number") this.fault("CSV_NOT_A_NUMBER", row, name, text);
      else if (!fits || !parameter.distribution) this.fault("CSV_NO_RANGE", row, name, text);
      else {
        this.note(row, `${path}/distribution/${name}`, known[name], edge);
        parameter.distribution = { ...parameter.distribution, [name]: edge } as NonNullable<
          Parameter["distribution"]
        >;
      }
    }
  }

  /**
   * A band that comes or goes as a whole: it comes where low and high are filled in and there is no distribution, and goes
   * (null) where its kind is emptied with all its numbers. Undefined where neither happens.
   */
  private band(
    parameter: Parameter,
    cell: (column: AssumptionColumn) => string | null,
  ): NonNullable<Parameter["distribution"]> | null | undefined {
    const { distribution } = parameter;
    const [low, mode, high] = [cell("low"), cell("mode") ?? "", cell("high")];
    const name = cell("distribution");
    if (distribution) {
      const emptied = "low" in distribution && name === "" && low === "" && mode === "" && high === "";
      return emptied ? null : undefined;
    }
    if (!low || !high) return undefined;
    const kind = name ? BANDS.get(name.toLowerCase()) : "pert";
    const [from, top, to] = [low, mode, high].map((text) =>
      text === "" ? undefined : readExpression(text, this.reader(parameter)),
    );
    if (!kind || from?.kind !== "number" || to?.kind !== "number") return undefined;
    if (top === undefined) return { kind, low: from.value, high: to.value };
    return kind === "pert" && top.kind === "number"
      ? { kind, low: from.value, mode: top.value, high: to.value }
      : undefined;
  }

  private localValue(
    row: number,
    parameter: Parameter,
    municipality: string,
    cell: (column: AssumptionColumn) => string | null,
  ): void {
    const path = `parameters/${parameter.id}/local/${municipality}`;
    const known = parameter.local?.[municipality];
    const [before, because] = typeof known === "object" ? [known.value, known.reason] : [known, ""];
    const text = cell("value") ?? "";
    if (text === "" && known === undefined) {
      this.fault("CSV_VALUE_MISSING", row, "value", "");
      return;
    }
    const value = this.edited(row, "value", text, before, parameter);
    const reason = cell("reason") ?? because;
    if (value === undefined && reason === because) return;
    const kept = value ?? before;
    if (kept === undefined) return;
    if (value !== undefined) this.note(row, `${path}/value`, before, value);
    if (reason !== because) this.note(row, `${path}/reason`, because, reason);
    const plain = reason === "" && typeof known !== "object";
    parameter.local = { ...parameter.local, [municipality]: plain ? kept : { value: kept, reason } };
  }
}

/**
 * Reads edited assumptions back into a case: exactly the values that differ are changed; the other columns are there for
 * the reader and are not read, but for the kind of a band that comes or goes. Rows that were left out leave their value as
 * it is. Every fault names its row.
 *
 * Numbers in Dutch or English notation; a number that a spreadsheet has shortened to nine digits or more is no edit. A
 * column with citizen numbers is refused.
 *
 * @param hash of the case's file, to warn where the export was of another; null: do not compare
 */
export function importAssumptions(
  file: BusinessCase,
  text: string,
  hash: string | null = null,
): ImportResult {
  const refuse = (code: string, found: unknown, expected: unknown): ImportResult => ({
    ok: false,
    faults: [{ code, path: "", found, expected }],
  });
  if (text.length > LARGEST_FILE) return refuse("FILE_TOO_LARGE", text.length, LARGEST_FILE);
  if (file.meta.status === "vastgesteld") return refuse("CASE_ADOPTED", file.meta.status, "concept");
  const sheet = readSheet(text);
  if (!sheet) return refuse("CSV_WITHOUT_HEADINGS", "", "id, waarde");
  return new Importer(file, sheet).run(hash);
}
