import { useTranslation } from "react-i18next";
import type { BusinessCase, Scenario } from "../../../scenarios/index.ts";
import type { Outline, ScenarioView } from "../../run/caseView.ts";
import { parametersIn } from "../../state/edits.ts";
import { useFormats } from "../format.ts";

interface DeliveryNoteProps {
  readonly file: BusinessCase;
  readonly scenario: Scenario;
  readonly outline: Outline;
  /** Null while the scenario is not computed. */
  readonly view: ScenarioView | null;
}

/** Names before the rest is counted. */
const NAMED = 3;

/** Labels of the parameters in an expression, or a number as an amount. */
function costNames(file: BusinessCase, expression: number | string, euro: (value: number) => string) {
  if (typeof expression === "number") return [euro(expression)];
  const labels = parametersIn(file, expression).map(({ label }) => label);
  return labels.length > 0 ? labels : [expression];
}

/** What joint delivery does in a scenario, and what it leaves as it is. */
export function DeliveryNote({ file, scenario, outline, view }: DeliveryNoteProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const tracks = file.tracks.filter(({ requires }) => requires === "jointDelivery");
  const names = tracks.map(({ label }) => label);
  const rest = names.length - NAMED;
  const listed =
    rest > 1
      ? `${names.slice(0, NAMED).join(", ")} ${t("headline.others", { count: rest })}`
      : formats.list(names);
  const ids = new Set(tracks.map(({ id }) => id));
  const nobody = view && !view.persons.some(({ track }) => ids.has(outline.tracks[track]?.id ?? ""));
  const costs = (scenario.costs ?? []).flatMap(({ oneOff, perYear }) =>
    [oneOff, perYear].flatMap((cost) => (cost === undefined ? [] : costNames(file, cost, formats.euro))),
  );
  const closed = !scenario.jointDelivery && view?.mode === "optimal";
  const opens = [
    names.length === 0 ? t("walls.delivery.none") : t("walls.delivery.opens", { tracks: listed }),
    names.length > 0 && nobody ? t(closed ? "walls.delivery.closed" : "walls.delivery.nobody") : "",
  ];
  const summary = opens.filter((text) => text !== "").join(" ");
  if (costs.length === 0) return <p className="app-soft app-walls__note">{summary}</p>;
  return (
    <details className="app-soft app-walls__note">
      <summary>{summary}</summary>
      <p>{t("walls.delivery.costs", { names: formats.list([...new Set(costs)]) })}</p>
    </details>
  );
}
