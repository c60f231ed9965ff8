import type { Model } from "../../models/index.ts";
import type { BusinessCase, Expression, Parameter } from "../caseFile.ts";
import { type Language, texts } from "../text/index.ts";
import { type HeadRuns, headLines, type Provenance } from "./head.ts";
import { type Cell, number, type Table, whole } from "./table.ts";

/** The columns of the assumptions, in order. */
export const ASSUMPTION_COLUMNS = [
  "id",
  "name",
  "group",
  "unit",
  "municipality",
  "value",
  "distribution",
  "low",
  "mode",
  "high",
  "reason",
  "source",
  "locator",
  "kind",
  "evidence",
  "priceLevel",
  "index",
  "note",
] as const;

export type AssumptionColumn = (typeof ASSUMPTION_COLUMNS)[number];

/** Numbers are written with every digit, so that they come back the same. */
function expression(value: Expression | undefined): Cell {
  if (value === undefined) return null;
  return typeof value === "number" ? number(value, null) : value;
}

/** Low, mode and high of a parameter's distribution as far as it has them. */
export function range(parameter: Parameter): { low?: number; mode?: number; high?: number } {
  const { distribution } = parameter;
  if (!distribution || !("low" in distribution)) return {};
  const { low, high } = distribution;
  return distribution.kind === "pert" && distribution.mode !== undefined
    ? { low, mode: distribution.mode, high }
    : { low, high };
}

/** The assumptions with their sources: one row a parameter, and one for each value of a municipality's own. */
export function assumptionTable(
  file: BusinessCase,
  model: Model,
  report: HeadRuns,
  options: Provenance & { readonly language: Language },
): Table {
  const words = texts(options.language);
  const labels = words.csv.assumptions;
  const rows = file.parameters.flatMap((parameter): Cell[][] => {
    const { source } = parameter;
    const cited = typeof source === "string" ? { id: source, locator: "" } : source;
    const title = file.sources?.find(({ id }) => id === cited?.id)?.title;
    const { low, mode, high } = range(parameter);
    const row = (
      municipality: string,
      value: Expression,
      reason: string,
    ): Record<AssumptionColumn, Cell> => ({
      id: parameter.id,
      name: parameter.label,
      group: parameter.group ?? "",
      unit: parameter.unit ?? "",
      municipality,
      value: expression(value),
      distribution: null,
      low: null,
      mode: null,
      high: null,
      reason,
      source: cited ? `${cited.id}: ${title ?? ""}` : null,
      locator: cited?.locator ?? null,
      kind: parameter.kind ? words.figures.parameterKinds[parameter.kind] : null,
      evidence: parameter.evidence === undefined ? null : number(parameter.evidence, null),
      priceLevel: parameter.priceLevel === undefined ? null : whole(parameter.priceLevel),
      index: parameter.index ?? null,
      note: parameter.note ?? null,
    });
    const own = {
      ...row("", parameter.value, ""),
      distribution: parameter.distribution
        ? words.figures.distributionKinds[parameter.distribution.kind]
        : null,
      low: expression(low),
      mode: expression(mode),
      high: expression(high),
    };
    const local = Object.entries(parameter.local ?? {}).map(([id, value]) =>
      typeof value === "object" ? row(id, value.value, value.reason) : row(id, value, ""),
    );
    return [own, ...local].map((cells) => ASSUMPTION_COLUMNS.map((column) => cells[column]));
  });
  return {
    name: "uitgangspunten",
    head: headLines(model, report, options, words.csv.tables.assumptions, options.language),
    columns: ASSUMPTION_COLUMNS.map((column) => labels[column]),
    rows,
  };
}
