import type { TFunction } from "i18next";
import type { BusinessCase } from "../../scenarios/index.ts";
import type { CaseView, ScenarioView } from "../run/caseView.ts";
import { asName, type Formats } from "./format.ts";

interface Charted {
  readonly meta: BusinessCase["meta"];
  readonly view: CaseView;
  readonly scenario: ScenarioView;
  /** Whether the amounts are present values. */
  readonly discounted: boolean;
  /** Whether no solved programme of this case lies under the figures. */
  readonly provisional: boolean;
}

/** What a reader of an image must know who has not seen the screen: the case, what is compared, the prices. */
export function chartSource(
  { meta, view, scenario, discounted, provisional }: Charted,
  t: TFunction,
  formats: Formats,
): string {
  const reference = view.scenarios.find(({ id }) => id === view.reference);
  const compared =
    !reference || reference.id === scenario.id
      ? t("chart.source.reference", { scenario: asName(scenario.label) })
      : t("chart.source.compared", {
          scenario: asName(scenario.label),
          reference: asName(reference.label),
        });
  return [
    t("chart.source.case", { title: meta.title, status: t(`status.${meta.status ?? "concept"}`) }),
    compared,
    ...(provisional ? [t("chart.source.provisional")] : []),
    ...(scenario.unlawful.length > 0 ? [t("walls.unlawful")] : []),
    t(discounted ? "chart.source.discounted" : "chart.source.undiscounted", {
      priceLevel: meta.priceLevel,
      rate: formats.percent(view.rate, 2),
    }),
  ].join(" · ");
}
