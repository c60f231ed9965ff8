/** What a cell of the grid shows, what it is edited as, and what an entered text makes of the case. */
import {
  type BusinessCase,
  type DecimalMark,
  type Expression,
  type Parameter,
  type Reading,
  readExpression,
  writeFormula,
} from "../../../scenarios/index.ts";
import type { Language } from "../../../scenarios/text/index.ts";
import type { ParameterValues } from "../../run/caseView.ts";
import type { ChangeRecord } from "../../state/caseStore.ts";
import {
  addSource,
  bound,
  localValue,
  OTHER_END,
  patchParameter,
  setBound,
  setLocal,
  setSource,
  setValue,
  sourceId,
  sourceLocator,
} from "../../state/edits.ts";
import { formatsOf } from "../format.ts";

export type ColumnKind = "label" | "value" | "local" | "unit" | "low" | "high" | "source" | "kind" | "note";

export interface GridColumn {
  readonly key: string;
  readonly kind: ColumnKind;
  /** Id of the municipality of a local column. */
  readonly municipality: string | null;
  readonly width: number;
  readonly editable: boolean;
  readonly numeric: boolean;
}

const KINDS = ["observed", "stated", "assumed", "projected"] as const;

/** The columns of the grid, with one per municipality when they are wanted. */
export function columnsOf(file: BusinessCase, local: boolean): GridColumn[] {
  const column = (
    kind: ColumnKind,
    width: number,
    editable = true,
    municipality: string | null = null,
  ): GridColumn => ({
    key: municipality === null ? kind : `local:${municipality}`,
    kind,
    municipality,
    width,
    editable,
    numeric: ["value", "local", "low", "high"].includes(kind),
  });
  return [
    column("label", 278, false),
    column("value", 108),
    ...(local ? file.municipalities.map(({ id }) => column("local", 100, true, id)) : []),
    column("unit", 92, false),
    column("low", 78),
    column("high", 78),
    column("kind", 104),
    column("source", 210),
    column("note", 260),
  ];
}

export interface CellContext {
  readonly file: BusinessCase;
  readonly values: ParameterValues | null;
  readonly language: Language;
  readonly kindLabels: Readonly<Record<string, string>>;
  /** Words for the parts of a unit. */
  readonly unitWords: Readonly<Record<string, string>>;
}

export interface ShownCell {
  readonly text: string;
  readonly formula: boolean;
  /** The value is not this cell's own but the region's. */
  readonly inherited: boolean;
}

function expressionOf(parameter: Parameter, column: GridColumn): Expression | undefined {
  if (column.kind === "value") return parameter.value;
  if (column.kind === "local" && column.municipality !== null)
    return localValue(parameter, column.municipality);
  return column.kind === "low" || column.kind === "high" ? bound(parameter, column.kind) : undefined;
}

function sourceText(file: BusinessCase, parameter: Parameter): string {
  const id = sourceId(parameter.source);
  if (id === "") return "";
  const title = file.sources?.find((source) => source.id === id)?.title ?? id;
  const locator = sourceLocator(parameter.source);
  return locator === "" ? title : `${title}, ${locator}`;
}

/** A unit in the reader's words: "EUR / year" is "EUR / jaar". */
export function unitText(unit: string, words: CellContext["unitWords"]): string {
  return unit === "1" ? "" : unit.replace(/[A-Za-z]+/g, (part) => words[part] ?? part);
}

/**
 * What a parameter comes to in a column: in the region, or in the municipality of a local column. In the unit and at the
 * price level of its row.
 */
function computedValue(parameter: Parameter, column: GridColumn, context: CellContext): number | undefined {
  const computed = context.values?.get(parameter.id);
  const places = context.file.municipalities.map(({ id }) => id).sort();
  return column.kind === "local"
    ? computed?.local[places.indexOf(column.municipality ?? "")]
    : computed?.region;
}

/** What a local column has from its row, where it has nothing of its own: the number as stated, or what its formula gives. */
function inheritedValue(parameter: Parameter, column: GridColumn, context: CellContext): number | undefined {
  if (column.kind !== "local" || expressionOf(parameter, column) !== undefined) return undefined;
  return typeof parameter.value === "number" ? parameter.value : computedValue(parameter, column, context);
}

/** What a cell shows. */
export function shownCell(parameter: Parameter, column: GridColumn, context: CellContext): ShownCell {
  const own = (text: string): ShownCell => ({ text, formula: false, inherited: false });
  const formats = formatsOf(context.language);
  switch (column.kind) {
    case "label":
      return own(parameter.label);
    case "unit":
      return own(unitText(parameter.unit ?? "", context.unitWords));
    case "kind":
      return own(context.kindLabels[parameter.kind ?? ""] ?? "");
    case "source":
      return own(sourceText(context.file, parameter));
    case "note":
      return own(parameter.note ?? "");
    default: {
      const { unit } = parameter;
      const expression = expressionOf(parameter, column);
      if (expression === undefined) {
        const inherited = inheritedValue(parameter, column, context);
        if (inherited === undefined) return own("");
        const text =
          inherited === parameter.value ? formats.cell(inherited, unit) : formats.result(inherited, unit);
        return { text, formula: false, inherited: true };
      }
      if (typeof expression === "number") return own(formats.cell(expression, unit));
      const value = computedValue(parameter, column, context);
      return {
        text: value === undefined ? "…" : formats.result(value, unit),
        formula: true,
        inherited: false,
      };
    }
  }
}

const markOf = (language: Language): DecimalMark => (language === "nl" ? "," : ".");

/** A formula in the reader's notation. */
export function formulaText(formula: string, language: Language): string {
  return writeFormula(formula, markOf(language));
}

/** What a cell is edited as: a number with the reader's decimal mark, a formula after "=". */
export function editText(parameter: Parameter, column: GridColumn, context: CellContext): string {
  const expression = expressionOf(parameter, column);
  if (typeof expression === "number") return formatsOf(context.language).plain(expression);
  if (typeof expression === "string") return `=${formulaText(expression, context.language)}`;
  return ["source", "kind", "note", "label", "unit"].includes(column.kind)
    ? shownCell(parameter, column, context).text
    : "";
}

/** What a cell gives to a spreadsheet: what it shows, numbers in full. */
export function copyText(parameter: Parameter, column: GridColumn, context: CellContext): string {
  const formula = typeof expressionOf(parameter, column) === "string";
  const value = formula
    ? computedValue(parameter, column, context)
    : inheritedValue(parameter, column, context);
  if (value !== undefined) return formatsOf(context.language).plain(value);
  return formula ? "" : editText(parameter, column, context);
}

/** Why a text is not taken: a key of the texts with what it names. */
export interface Refused {
  readonly message: string;
  readonly values?: Readonly<Record<string, string>>;
}

export type ParsedCell =
  | {
      readonly ok: true;
      readonly change: (file: BusinessCase) => BusinessCase;
      /** Whether it is something to work out. */
      readonly formula: boolean;
      readonly record: ChangeRecord;
    }
  | ({ readonly ok: false } & Refused);

const refuse = (message: string, values: Readonly<Record<string, string>> = {}): ParsedCell => ({
  ok: false,
  message: `assumptions.${message}`,
  values,
});

/** A single word that is neither a number nor the name of an assumption. */
function isUnknownWord(text: string, file: BusinessCase): boolean {
  return /^[A-Za-z_]\w*$/.test(text) && !file.parameters.some(({ id }) => id === text);
}

/** Where a text comes from: typed, or a block of a spreadsheet. */
export type Entered = "typed" | "pasted";

/** What becomes of a band that comes or goes with one of its ends: what was not entered is told. */
export interface BandEffect {
  readonly key: "assumptions.bandGone" | "assumptions.bandMade";
  readonly end: "low" | "high";
  /** The end that was not entered; null where the band is gone. */
  readonly other: number | null;
}

/** What an entry in one end did to the other; null where nothing. */
export function bandEffect(before: Parameter, after: Parameter, end: "low" | "high"): BandEffect | null {
  const other = OTHER_END[end];
  const [was, is] = [bound(before, other), bound(after, other)];
  if (was === is) return null;
  return is === undefined
    ? { key: "assumptions.bandGone", end, other: null }
    : { key: "assumptions.bandMade", end, other: is };
}

/** What a text entered in a cell makes of the case. */
export function parseCell(
  parameter: Parameter,
  column: GridColumn,
  text: string,
  context: CellContext,
  how: Entered = "typed",
): ParsedCell {
  const { id } = parameter;
  const entered = text.trim();
  const from = editText(parameter, column, context);
  const done = (change: (file: BusinessCase) => BusinessCase, formula = false): ParsedCell => ({
    ok: true,
    change,
    formula,
    record: { path: `parameters/${id}/${column.key}`, from, to: entered },
  });
  const read = () =>
    readExpression(entered, {
      notation: markOf(context.language),
      unit: parameter.unit ?? "",
      fromSheet: how === "pasted",
    });
  const refuseReading = ({ why }: Extract<Reading, { kind: "refused" }>) =>
    refuse(why, { unit: unitText(parameter.unit ?? "", context.unitWords) });
  switch (column.kind) {
    case "value": {
      if (entered === "") return refuse("valueNeeded");
      if (isUnknownWord(entered, context.file)) return refuse("unknownWord", { text: entered });
      const reading = read();
      if (reading.kind === "refused") return refuseReading(reading);
      const value = reading.kind === "number" ? reading.value : reading.text;
      return done((file) => setValue(file, id, value), reading.kind === "formula");
    }
    case "local": {
      const { municipality } = column;
      if (municipality === null) return refuse("readOnly");
      if (entered === "") return done((file) => setLocal(file, id, municipality, undefined));
      if (isUnknownWord(entered, context.file)) return refuse("unknownWord", { text: entered });
      const reading = read();
      if (reading.kind === "refused") return refuseReading(reading);
      const value = reading.kind === "number" ? reading.value : reading.text;
      return done((file) => setLocal(file, id, municipality, value), reading.kind === "formula");
    }
    case "low":
    case "high": {
      const end = column.kind;
      const value = typeof parameter.value === "number" ? parameter.value : context.values?.get(id)?.region;
      if (entered === "") return done((file) => setBound(file, id, end, undefined, value));
      if (parameter.distribution && !("low" in parameter.distribution)) return refuse("noBand");
      const reading = read();
      if (reading.kind === "refused") return refuseReading(reading);
      return reading.kind === "number"
        ? done((file) => setBound(file, id, end, reading.value, value))
        : refuse("numberOnly");
    }
    case "kind": {
      if (entered === "" || entered === context.kindLabels[""])
        return done((file) => patchParameter(file, id, { kind: undefined }));
      const kind = KINDS.find(
        (name) => name === entered || context.kindLabels[name]?.toLowerCase() === entered.toLowerCase(),
      );
      return kind ? done((file) => patchParameter(file, id, { kind })) : refuse("unknownKind");
    }
    case "source":
      return done((file) => citeSource(file, parameter, entered));
    case "note":
      return done((file) => patchParameter(file, id, { note: entered === "" ? undefined : entered }));
    default:
      return refuse("readOnly");
  }
}

/** Cites a source by its title or id, with what follows as the place in it; an unknown title is a new source. */
function citeSource(file: BusinessCase, parameter: Parameter, entered: string): BusinessCase {
  const { id } = parameter;
  if (entered === "") return setSource(file, id, "", "");
  const lower = entered.toLowerCase();
  const known = (file.sources ?? [])
    .filter(({ id: own, title }) =>
      [own, title].some((name) => lower === name.toLowerCase() || lower.startsWith(`${name.toLowerCase()},`)),
    )
    .sort((a, b) => b.title.length - a.title.length)[0];
  if (known) {
    const name = lower.startsWith(known.title.toLowerCase()) ? known.title : known.id;
    const locator = entered.slice(name.length).replace(/^,\s*/, "").trim();
    return setSource(file, id, known.id, locator);
  }
  const [title = entered, ...rest] = entered.split(", ");
  const added = addSource(file, title);
  return setSource(added.file, id, added.id, rest.join(", "));
}

/** The words of an undo step for an edit in a column. */
export function stepKey(column: GridColumn): string {
  return {
    value: "value",
    local: "local",
    low: "band",
    high: "band",
    source: "source",
    kind: "kind",
    note: "note",
  }[column.kind as string] as string;
}
