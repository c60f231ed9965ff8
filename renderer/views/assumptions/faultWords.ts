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

/** A fault that an edit of a parameter would make: what, where if elsewhere, found, expected, how to mend it. */
export function faultWords(
  fault: Fault,
  file: BusinessCase,
  edited: Parameter | null,
  language: Language,
  t: TFunction,
): string {
  const { what, found, expected, mend, suggestion } = describeFault(fault, language);
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
  const { cell } = formatsOf(language);
  const named = faults.slice(0, MOST_NAMED).flatMap(({ path, found }) => {
    const parameter = file.parameters.find(({ id }) => id === path.split("/")[1]);
    if (!parameter) return [];
    const [low, high] = [bound(parameter, "low"), bound(parameter, "high")].map((end) =>
      end === undefined ? "" : cell(end),
    );
    return t("assumptions.outsideOne", {
      label: parameter.label,
      value: typeof found === "number" ? cell(Number(found.toPrecision(6))) : "",
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
