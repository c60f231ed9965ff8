import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../charts/ChartFigure.tsx";
import { type CumulativeLine, cumulativeChart } from "../../charts/cumulativeChart.ts";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { Segmented } from "../../ui/Segmented.tsx";
import { chartSource } from "../chartSource.ts";
import { useChartWords } from "../chartWords.ts";
import { asName, useFormats } from "../format.ts";
import { paybackText } from "../payback.ts";
import { useSession } from "../session.ts";
import { type Shown, useStanding, useVersion } from "../shown.ts";

function cumulate(net: ArrayLike<number>): number[] {
  const points = [0];
  for (let year = 0; year < net.length; year += 1) points.push((points[year] ?? 0) + (net[year] ?? 0));
  return points;
}

/** Summed benefit per party, and the moment from which the perspective has its money back. */
export function CumulativeFigure({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const version = useVersion();
  const provisional = useStanding() !== "solved";
  const meta = useCase((state) => presentCase(state)?.meta);
  const { documents } = useSession();
  const [side, setSide] = useState<"left" | "right">("right");
  const { outline } = shown.view;
  const scenario = shown[side] ?? shown.right ?? shown.left;
  if (!scenario) return null;
  const total = scenario.perspectives[shown.perspective];
  const perspective = outline.perspectives[shown.perspective];
  const members = outline.order.parties.filter((party) => perspective?.parties.includes(party));
  const lines: CumulativeLine[] = [
    ...members.flatMap((party): CumulativeLine[] => {
      const net = scenario.parties[party]?.net;
      if (!net || members.length < 2) return [];
      return [
        {
          label: outline.parties[party]?.label ?? "",
          points: cumulate(net),
          series: outline.order.parties.indexOf(party),
        },
      ];
    }),
    { label: perspective?.label ?? "", points: cumulate(total?.net ?? []), series: "total" },
  ];
  const years = Array.from({ length: outline.years + 1 }, (_, year) => String(outline.startYear + year - 1));
  const nothing = lines.every(({ points }) => points.every((point) => Math.abs(point) < 0.5));
  const payback = total?.payback;
  const title = t(`overview.cumulative.title.${payback?.kind ?? "nothing"}`, {
    scenario: asName(scenario.label),
    perspective: perspective?.label ?? "",
    year: outline.startYear + outline.years,
    years: t("common.years", { years: paybackText(payback, t, formats) }),
  });
  const ends = lines.map(({ label, points }) => `${label} ${formats.rounded(points.at(-1) ?? 0)}`);
  const summary = t("overview.cumulative.summary", {
    from: outline.startYear,
    to: outline.startYear + outline.years - 1,
    ends: formats.list(ends),
  });
  return (
    <ChartFigure
      title={title}
      subtitle={t("overview.cumulative.axis")}
      source={
        meta
          ? chartSource({ meta, view: shown.view, scenario, discounted: false, provisional }, t, formats)
          : ""
      }
      words={words}
      fileName={`ontschot-${scenario.id}-cumulatief`}
      onPng={(name, bytes) => void documents.exportPng(name, bytes)}
      controls={
        shown.left &&
        shown.right &&
        shown.left !== shown.right && (
          <Segmented
            label={t("overview.cumulative.whose")}
            value={side}
            options={[
              { value: "left", label: shown.left.label },
              { value: "right", label: shown.right.label },
            ]}
            onChange={setSide}
          />
        )
      }
      chart={
        nothing
          ? null
          : cumulativeChart({
              lines,
              years,
              axis: "",
              payback:
                payback?.kind === "after"
                  ? { years: payback.years, label: t("overview.cumulative.payback") }
                  : null,
              format: (value) => formats.number(value),
              label: `${title}. ${summary}`,
              version: `${version} ${side}`,
            })
      }
      table={
        <table className="utrecht-table app-table">
          <caption className="app-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("overview.cumulative.year")}</th>
              {lines.map(({ label }) => (
                <th key={label} scope="col" className="app-number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {years.slice(1).map((year, index) => (
              <tr key={year}>
                <th scope="row">{year}</th>
                {lines.map(({ label, points }) => (
                  <td key={label} className="app-number">
                    {formats.thousands(points[index + 1] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
