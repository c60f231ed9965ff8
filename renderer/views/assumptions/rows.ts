import type { BusinessCase, Parameter } from "../../../scenarios/index.ts";
import { sourceId } from "../../state/edits.ts";

export const FILTERS = ["assumed", "changed", "unsourced", "local"] as const;
export type FilterName = (typeof FILTERS)[number];

export interface RowFilter {
  readonly search: string;
  /** "" is every group. */
  readonly group: string;
  readonly only: readonly FilterName[];
}

export const NO_FILTER: RowFilter = { search: "", group: "", only: [] };

/** Groups in the order in which they first occur. */
export function groupsOf(file: BusinessCase): string[] {
  return [...new Set(file.parameters.map(({ group }) => group ?? ""))];
}

/** Whether a parameter differs from what it was when the case was opened. */
export function isChanged(parameter: Parameter, opened: ReadonlyMap<string, Parameter>): boolean {
  const before = opened.get(parameter.id);
  return before !== parameter && JSON.stringify(before) !== JSON.stringify(parameter);
}

/** Without accents and capitals, so that a search finds what it means. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The parameters that a filter lets through: group by group, else in the order of the file. */
export function filterRows(file: BusinessCase, opened: BusinessCase | null, filter: RowFilter): Parameter[] {
  const words = plain(filter.search).split(/\s+/).filter(Boolean);
  const titles = new Map((file.sources ?? []).map(({ id, title }) => [id, title]));
  const before = new Map(opened?.parameters.map((parameter) => [parameter.id, parameter]));
  const tests: Record<FilterName, (parameter: Parameter) => boolean> = {
    assumed: ({ kind }) => kind === "assumed",
    changed: (parameter) => isChanged(parameter, before),
    unsourced: ({ source }) => source === undefined,
    local: ({ local }) => local !== undefined,
  };
  const order = new Map(groupsOf(file).map((group, place) => [group, place]));
  const place = (parameter: Parameter) => order.get(parameter.group ?? "") ?? 0;
  return file.parameters
    .filter((parameter) => {
      if (filter.group !== "" && (parameter.group ?? "") !== filter.group) return false;
      if (!filter.only.every((name) => tests[name](parameter))) return false;
      const source = sourceId(parameter.source);
      const text = plain(
        [parameter.label, parameter.id, source, titles.get(source) ?? "", parameter.note ?? ""].join(" "),
      );
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => place(a) - place(b));
}
