import { useTranslation } from "react-i18next";
import type { ScenarioView } from "../../run/caseView.ts";
import { Card } from "../../ui/Card.tsx";
import { Term } from "../../ui/Term.tsx";
import { asName, toneOf, useFormats } from "../format.ts";
import { paybackText } from "../payback.ts";
import { ScenarioName } from "../ScenarioName.tsx";
import type { Shown } from "../shown.ts";

/** A name of so many signs stays on one line. */
const SHORT = 26;

function npvAfter(scenario: ScenarioView | null, municipality: number): number {
  return scenario?.purses.municipalities[municipality]?.npv ?? 0;
}

/** The municipalities side by side, after transfers, with the region below. */
export function MunicipalityTable({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { left, right, view } = shown;
  const { outline } = view;
  const main = right ?? left;
  if (!main || main.purses.municipalities.length === 0) return null;
  const order = outline.order.municipalities;
  const first = outline.order.outcomes[0];
  const outcome = first === undefined ? undefined : outline.outcomes[first];
  const after = main.outcomes[first ?? 0]?.after ?? [];
  const year = [...after].reverse().find((value) => value <= 5) ?? 0;
  const outcomeAt = (figures: ScenarioView["outcomes"]) => {
    const figure = figures[first ?? 0];
    return figure ? formats.percent(figure.share[figure.after.indexOf(year)] ?? 0) : t("common.notDefined");
  };
  const sum = (of: (municipality: number) => number) => order.reduce((total, m) => total + of(m), 0);
  const amount = (value: number) => {
    const text = formats.thousands(value);
    return <td className={`app-number ${value < 0 ? toneOf(text, value) : ""}`}>{text}</td>;
  };
  const region = main.purses.parties[outline.localParty];
  const pairShown = left && right && left !== right;
  return (
    <Card title={t("overview.municipalities.title")}>
      <div className="app-scroll">
        <table className="utrecht-table app-table">
          <caption className="app-table__caption">{t("overview.municipalities.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("overview.municipalities.municipality")}</th>
              <th scope="col" className="app-number">
                {t("overview.municipalities.entrants")}
              </th>
              {pairShown && (
                <th scope="col" className="app-number">
                  <ScenarioName side="left" label={left.label} />
                </th>
              )}
              <th scope="col" className="app-number">
                <ScenarioName side="right" label={main.label} />
              </th>
              {pairShown && (
                <th scope="col" className="app-number">
                  <Term explanation={t("common.differenceHelp")}>{t("common.difference")}</Term>
                </th>
              )}
              <th scope="col" className="app-number">
                <Term explanation={t("overview.municipalities.peakHelp")}>
                  {t("overview.municipalities.peak")}
                </Term>
              </th>
              <th scope="col" className="app-number">
                <Term explanation={t("overview.paybackHelp")}>{t("overview.municipalities.payback")}</Term>
              </th>
              {outcome && (
                <th scope="col" className="app-number">
                  {t("overview.municipalities.outcome", { outcome: outcome.label, count: year })}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {order.map((municipality) => {
              const purse = main.purses.municipalities[municipality];
              const name = outline.municipalities[municipality]?.label ?? "";
              return (
                <tr key={municipality}>
                  <th scope="row" className={name.length <= SHORT ? "app-nowrap" : ""}>
                    {name}
                  </th>
                  <td className="app-number">{formats.number(main.entrants[municipality] ?? 0)}</td>
                  {pairShown && amount(npvAfter(left, municipality))}
                  {amount(npvAfter(main, municipality))}
                  {pairShown && amount(npvAfter(main, municipality) - npvAfter(left, municipality))}
                  <td className="app-number">{formats.thousands(purse?.peakPrefinancing ?? 0)}</td>
                  <td className="app-number">{paybackText(purse?.payback, t, formats)}</td>
                  {outcome && (
                    <td className="app-number">{outcomeAt(main.localOutcomes[municipality] ?? [])}</td>
                  )}
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("common.total")}</th>
              <td className="app-number">{formats.number(sum((m) => main.entrants[m] ?? 0))}</td>
              {pairShown && amount(sum((m) => npvAfter(left, m)))}
              {amount(sum((m) => npvAfter(main, m)))}
              {pairShown && amount(sum((m) => npvAfter(main, m) - npvAfter(left, m)))}
              <td className="app-number">{formats.thousands(region?.peakPrefinancing ?? 0)}</td>
              <td className="app-number">{paybackText(region?.payback, t, formats)}</td>
              {outcome && <td className="app-number">{outcomeAt(main.outcomes)}</td>}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="app-chart__note">{t("overview.municipalities.note", { scenario: asName(main.label) })}</p>
    </Card>
  );
}
