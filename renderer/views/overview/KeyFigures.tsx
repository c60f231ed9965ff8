import { useTranslation } from "react-i18next";
import type { ScenarioView } from "../../run/caseView.ts";
import { Term } from "../../ui/Term.tsx";
import { toneOf, useFormats } from "../format.ts";
import { paybackText, paybackYears } from "../payback.ts";
import { ScenarioName } from "../ScenarioName.tsx";
import type { Shown } from "../shown.ts";

interface KeyFigure {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly of: (scenario: ScenarioView) => number | null;
  readonly format: (value: number) => string;
  /** Words for a figure that is not there. */
  readonly missing?: (scenario: ScenarioView) => string;
  readonly formatDifference: (value: number) => string;
  /** +1 where more is better, -1 where less is. */
  readonly better: 1 | -1;
}

/** Years after entry at which the key figures look at an outcome, where they are followed so long. */
const OUTCOME_YEAR = 5;

function useKeyFigures(shown: Shown): KeyFigure[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const { perspective, view } = shown;
  const first = view.outline.order.outcomes[0];
  const outcome = first === undefined ? null : view.outline.outcomes[first];
  const after = view.scenarios[0]?.outcomes[first ?? 0]?.after ?? [];
  const year = [...after].reverse().find((value) => value <= OUTCOME_YEAR) ?? after[0] ?? 0;
  const figures: KeyFigure[] = [
    {
      id: "npv",
      title: t("overview.npv"),
      help: t("overview.npvHelp"),
      of: (scenario) => scenario.perspectives[perspective]?.npv ?? null,
      format: formats.rounded,
      formatDifference: formats.signedRounded,
      better: 1,
    },
    {
      id: "ratio",
      title: t("overview.ratio"),
      help: t("overview.ratioHelp"),
      of: (scenario) => scenario.perspectives[perspective]?.ratioNet ?? null,
      format: (value) => formats.number(value, 2),
      formatDifference: (value) => formats.signed(value, 2),
      better: 1,
    },
    {
      id: "payback",
      title: t("overview.payback"),
      help: t("overview.paybackHelp"),
      of: (scenario) => paybackYears(scenario.perspectives[perspective]?.payback),
      format: (value) => t("common.years", { years: formats.years(value) }),
      missing: (scenario) => paybackText(scenario.perspectives[perspective]?.payback, t, formats),
      formatDifference: (value) => t("common.years", { years: formats.signedYears(value) }),
      better: -1,
    },
  ];
  if (outcome && first !== undefined && year > 0)
    figures.push({
      id: "outcome",
      title: t("overview.outcome", { outcome: outcome.label, count: year }),
      help: t("overview.outcomeHelp"),
      of: (scenario) => {
        const figure = scenario.outcomes[first];
        return figure?.share[figure.after.indexOf(year)] ?? null;
      },
      format: (value) => formats.percent(value),
      formatDifference: (value) => t("common.points", { points: formats.signed(value * 100, 1) }),
      better: 1,
    });
  return figures;
}

function Side({
  scenario,
  side,
  figure,
}: {
  readonly scenario: ScenarioView;
  readonly side: "left" | "right";
  readonly figure: KeyFigure;
}) {
  const { t } = useTranslation();
  const value = figure.of(scenario);
  const text = value === null ? (figure.missing?.(scenario) ?? t("common.notDefined")) : figure.format(value);
  return (
    <div className={`app-kpi__side app-kpi__side--${side}`}>
      <dt>
        <ScenarioName side={side} label={scenario.label} />
      </dt>
      <dd className={text.length > 13 ? "app-kpi__value app-kpi__value--long" : "app-kpi__value"}>{text}</dd>
    </div>
  );
}

/** The same few figures of the two scenarios side by side. */
export function KeyFigures({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation();
  const figures = useKeyFigures(shown);
  const { left, right, view, perspective } = shown;
  return (
    <section
      className="app-kpis"
      aria-label={t("overview.kpiLabel", { perspective: view.outline.perspectives[perspective]?.label })}
    >
      <div className="app-kpis__cards">
        {figures.map((figure) => {
          const values = [left, right].map((scenario) => (scenario ? figure.of(scenario) : null));
          const [before = null, after = null] = values;
          const difference = before !== null && after !== null ? after - before : null;
          const text = difference === null ? t("common.notDefined") : figure.formatDifference(difference);
          const tone = toneOf(text, (difference ?? 0) * figure.better);
          return (
            <div key={figure.id} className="app-card app-kpi" data-figure={figure.id}>
              <h3 className="app-kpi__title">
                <Term explanation={figure.help}>{figure.title}</Term>
              </h3>
              <dl className="app-kpi__sides">
                {left && <Side scenario={left} side="left" figure={figure} />}
                {right && right !== left && <Side scenario={right} side="right" figure={figure} />}
              </dl>
              <p className="app-kpi__difference">
                <span>{t("common.difference")}</span> <strong className={tone}>{text}</strong>
              </p>
            </div>
          );
        })}
      </div>
      {left && right && left !== right && <p className="app-kpis__note">{t("common.differenceHelp")}</p>}
    </section>
  );
}
