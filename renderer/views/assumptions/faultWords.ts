/** What an edit of the assumptions would break, in words. */
import type { TFunction } from "i18next";
import type { Fault } from "../../../models/index.ts";
import type { BusinessCase, Id, Parameter } from "../../../scenarios/index.ts";
import { describeFault, type Language } from "../../../scenarios/text/index.ts";
import { bound } from "../../state/edits.ts";
import { formatsOf } from "../format.ts";

/** How many values outside their band are named. */
const MOST_NAMED = 4;

interface Named {
  readonly id: Id;
  readonly label: string;
}

/** What stands at the place of a fault, by its own name; "" where that is nothing with a name. */
function placeName(file: BusinessCase, { path }: Fault): string {
  const [list = "", id] = path.split("/");
  const items: unknown = file[list as keyof BusinessCase];
  return Array.isArray(items) ? ((items as Named[]).find((item) => item.id === id)?.label ?? "") : "";
}

/** A number in a unit, as sentences about cells have it: with the sign of a percentage. */
function measure(value: number, unit: string | undefined, language: Language): string {
  const text = formatsOf(language).result(value, unit);
  return isPercent(unit) ? `${text}%` : text;
}

function isPercent(unit: string | undefined): boolean {
  return /^\s*(percent|%)\s*$/.test(unit ?? "");
}

/**
 * How the numbers of a fault are written: in the unit of the assumption whose value they are, as its cell has it; a share
 * that follows from a percentage as a percentage too; undefined for all others.
 */
function writerOf(
  { path, parameter: of, size, share }: Fault,
  file: BusinessCase,
  edited: Parameter | null,
  language: Language,
): ((value: number) => string) | undefined {
  const [list, own] = path.split("/");
  const stated = list === "parameters";
  const parameter = file.parameters.find(({ id }) => id === (stated ? own : of));
  if (parameter) {
    const one = !stated && typeof size === "number" ? size : 1;
    return (value) => measure(value / one, parameter.unit, language);
  }
  if (share !== true || !isPercent(edited?.unit)) return undefined;
  return (value) => measure(value * 100, "percent", language);
}

/** A fault that an edit of a parameter would make: what, where if elsewhere, found, expected, how to mend it. */
export function faultWords(
  fault: Fault,
  file: BusinessCase,
  edited: Parameter | null,
  language: Language,
  t: TFunction,
): string {
  const { what, found, expected, mend, suggestion } = describeFault(
    fault,
    language,
    writerOf(fault, file, edited, language),
  );
  const place = placeName(file, fault);
  const details = [
    place === edited?.label ? "" : place,
    found && t("assumptions.found", { value: found }),
    expected && t("assumptions.expected", { value: expected }),
  ].filter(Boolean);
  return [
    details.length > 0 ? `${what.replace(/\.$/, "")} (${details.join("; ")}).` : what,
    suggestion ? t("broken.suggestion", { name: suggestion }) : mend,
  ]
    .filter(Boolean)
    .join(" ");
}

/** The values that lie outside their own band, by name. */
export function outsideWords(
  faults: readonly Fault[],
  file: BusinessCase,
  language: Language,
  t: TFunction,
): string {
  const named = faults.slice(0, MOST_NAMED).flatMap(({ path, found }) => {
    const parameter = file.parameters.find(({ id }) => id === path.split("/")[1]);
    if (!parameter) return [];
    const [low, high] = [bound(parameter, "low"), bound(parameter, "high")].map((end) =>
      end === undefined ? "" : measure(end, parameter.unit, language),
    );
    return t("assumptions.outsideOne", {
      label: parameter.label,
      value: typeof found === "number" ? measure(found, parameter.unit, language) : "",
      low,
      high,
    });
  });
  const others = faults.length - named.length;
  return t("assumptions.outside", {
    count: faults.length,
    cells: [named.join(", "), others > 0 ? t("headline.others", { count: others }) : ""]
      .filter(Boolean)
      .join(" "),
  });
}
