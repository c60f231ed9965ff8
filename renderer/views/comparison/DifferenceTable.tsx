import { useTranslation } from "react-i18next";
import type { ScenarioView } from "../../run/caseView.ts";
import { Card } from "../../ui/Card.tsx";
import { useFormats } from "../format.ts";
import type { Shown } from "../shown.ts";

interface Row {
  readonly label: string;
  readonly of: (scenario: ScenarioView) => number | null;
  readonly format: (value: number) => string;
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
      of: (scenario: ScenarioView) => scenario.perspectives[index]?.payback ?? null,
      format: formats.years,
    })),
    ...outline.order.outcomes.flatMap((index) =>
      (right.outcomes[index]?.after ?? []).map((years, at) => ({
        label: t("scenarios.outcomeOf", { outcome: name(index, outline.outcomes), years }),
        of: (scenario: ScenarioView) => scenario.outcomes[index]?.share[at] ?? null,
        format: (value: number) => formats.percent(value),
      })),
    ),
  ];
  const show = (value: number | null, format: (value: number) => string) =>
    value === null ? t("common.notDefined") : format(value);
  return (
    <Card title={t("scenarios.compare")}>
      <div className="app-scroll">
        <table className="utrecht-table app-table">
          <caption className="app-table__caption">{t("scenarios.thousands")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("scenarios.figure")}</th>
              <th scope="col" className="app-number">
                <span className="app-swatch app-swatch--left" /> {left.label}
              </th>
              <th scope="col" className="app-number">
                <span className="app-swatch app-swatch--right" /> {right.label}
              </th>
              <th scope="col" className="app-number">
                {t("common.difference")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const [a, b] = [row.of(left), row.of(right)];
              return (
                <tr key={row.label}>
                  <th scope="row">{row.label}</th>
                  <td className="app-number">{show(a, row.format)}</td>
                  <td className="app-number">{show(b, row.format)}</td>
                  <td className="app-number">{a === null || b === null ? "" : row.format(b - a)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
