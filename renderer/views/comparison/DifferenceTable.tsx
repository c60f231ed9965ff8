import { useTranslation } from "react-i18next";
import type { ScenarioView } from "../../run/caseView.ts";
import { Card } from "../../ui/Card.tsx";
import { Term } from "../../ui/Term.tsx";
import { isNothing, useFormats } from "../format.ts";
import { ProvisionalNote } from "../ProvisionalNote.tsx";
import { paybackText, paybackYears } from "../payback.ts";
import { ScenarioName } from "../ScenarioName.tsx";
import type { Shown } from "../shown.ts";

interface Row {
  readonly label: string;
  readonly of: (scenario: ScenarioView) => number | null;
  readonly format: (value: number) => string;
  /** Where a difference reads otherwise than a value. */
  readonly formatDifference?: (value: number) => string;
  /** Words for a figure that is not there. */
  readonly missing?: (scenario: ScenarioView) => string;
}

/** Every headline figure of the two scenarios, and the difference. */
export function DifferenceTable({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { left, right } = shown;
  const { outline } = shown.view;
  if (!left || !right) return null;
  const name = (index: number, list: readonly { label: string }[]) => list[index]?.label ?? "";
  const rows: Row[] = [
    ...outline.order.perspectives.map((index) => ({
      label: t("scenarios.npvOf", { name: name(index, outline.perspectives) }),
      of: (scenario: ScenarioView) => scenario.perspectives[index]?.npv ?? null,
      format: formats.thousands,
    })),
    ...outline.order.parties.map((index) => ({
      label: t("scenarios.npvAfterOf", { name: name(index, outline.parties) }),
      of: (scenario: ScenarioView) => scenario.purses.parties[index]?.npv ?? null,
      format: formats.thousands,
    })),
    ...outline.order.perspectives.map((index) => ({
      label: t("scenarios.ratioOf", { name: name(index, outline.perspectives) }),
      of: (scenario: ScenarioView) => scenario.perspectives[index]?.ratioNet ?? null,
      format: (value: number) => formats.number(value, 2),
    })),
    ...outline.order.perspectives.map((index) => ({
      label: t("scenarios.paybackOf", { name: name(index, outline.perspectives) }),
      of: (scenario: ScenarioView) => paybackYears(scenario.perspectives[index]?.payback),
      format: formats.years,
      missing: (scenario: ScenarioView) => paybackText(scenario.perspectives[index]?.payback, t, formats),
    })),
    ...outline.order.outcomes.flatMap((index) =>
      (right.outcomes[index]?.after ?? []).map((years, at) => ({
        label: t("scenarios.outcomeOf", { outcome: name(index, outline.outcomes), count: years }),
        of: (scenario: ScenarioView) => scenario.outcomes[index]?.share[at] ?? null,
        format: (value: number) => formats.percent(value),
        formatDifference: (value: number) => t("common.points", { points: formats.number(100 * value, 1) }),
      })),
    ),
  ];
  const show = (row: Row, scenario: ScenarioView) => {
    const value = row.of(scenario);
    return value === null ? (row.missing?.(scenario) ?? t("common.notDefined")) : row.format(value);
  };
  const difference = (row: Row, before: number | null, after: number | null) =>
    before === null || after === null ? "" : (row.formatDifference ?? row.format)(after - before);
  return (
    <Card title={t("scenarios.compare")}>
      <ProvisionalNote />
      <div className="app-scroll">
        <table className="utrecht-table app-table">
          <caption className="app-table__caption">{t("scenarios.thousands")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("scenarios.figure")}</th>
              <th scope="col" className="app-number">
                <ScenarioName side="left" label={left.label} />
              </th>
              <th scope="col" className="app-number">
                <ScenarioName side="right" label={right.label} />
              </th>
              <th scope="col" className="app-number">
                <Term explanation={t("common.differenceHelp")}>{t("common.difference")}</Term>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const [a, b] = [row.of(left), row.of(right)];
              const text = difference(row, a, b);
              const same = isNothing(text);
              return (
                <tr key={row.label}>
                  <th scope="row">{row.label}</th>
                  <td className="app-number">{show(row, left)}</td>
                  <td className="app-number">{show(row, right)}</td>
                  <td className={`app-number ${same ? "app-soft" : "app-scenarios__moved"}`}>{text}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
