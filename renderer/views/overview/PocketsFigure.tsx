import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../charts/ChartFigure.tsx";
import { sankeyChart } from "../../charts/sankeyChart.ts";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { chartSource } from "../chartSource.ts";
import { useChartWords } from "../chartWords.ts";
import { asName, useFormats } from "../format.ts";
import { useSession } from "../session.ts";
import { type Shown, useStanding, useVersion } from "../shown.ts";
import { pocketFlows } from "./pocketFlows.ts";

/** From who pays to who receives, with the wrong-pocket index. */
export function PocketsFigure({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const chartWords = useChartWords();
  const version = useVersion();
  const provisional = useStanding() !== "solved";
  const meta = useCase((state) => presentCase(state)?.meta);
  const { documents } = useSession();
  const scenario = shown.right ?? shown.left;
  if (!scenario) return null;
  const { nodes, flows, rows } = pocketFlows(shown.view.outline, scenario, {
    pays: (name) => t("overview.sankey.pays", { name }),
    loses: (name) => t("overview.sankey.loses", { name }),
    gains: (name) => t("overview.sankey.gains", { name }),
    effort: t("overview.sankey.effort"),
    surplus: t("overview.sankey.surplus"),
    lost: t("overview.sankey.lost"),
    other: t("overview.sankey.other"),
  });
  const { index } = scenario.pockets;
  const amounts = new Map<string, number>();
  for (const { from, to, amount } of flows)
    for (const id of [from, to]) if (id !== "effort") amounts.set(id, (amounts.get(id) ?? 0) + amount);
  const title =
    index === null || flows.length === 0
      ? t("overview.sankey.titleNothing", { scenario: asName(scenario.label) })
      : index < 0.005
        ? t("overview.sankey.titleMatch")
        : t("overview.sankey.titleSplit", { share: formats.percent(index, 0) });
  const subtitle =
    index === null
      ? scenario.label
      : `${scenario.label} · ${t("overview.sankey.index", { index: formats.number(index, 2) })}`;
  const summary = t("overview.sankey.summary", {
    flows: rows.map(({ from, to, amount }) => `${from} → ${to}: ${formats.rounded(amount)}`).join("; "),
  });
  return (
    <ChartFigure
      title={title}
      subtitle={subtitle}
      source={
        meta
          ? chartSource({ meta, view: shown.view, scenario, discounted: true, provisional }, t, formats)
          : ""
      }
      words={chartWords}
      fileName={`ontschot-${scenario.id}-portemonnees`}
      onPng={(name, bytes) => void documents.exportPng(name, bytes)}
      note={t("overview.sankey.indexHelp")}
      chart={
        flows.length === 0
          ? null
          : sankeyChart({
              nodes: nodes.map((node) =>
                node.id === "effort" ? node : { ...node, amount: formats.rounded(amounts.get(node.id) ?? 0) },
              ),
              flows,
              label: `${title}. ${summary}`,
              version,
            })
      }
      table={
        <table className="utrecht-table app-table">
          <caption className="app-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("overview.sankey.payer")}</th>
              <th scope="col">{t("overview.sankey.gainer")}</th>
              <th scope="col" className="app-number">
                {t("overview.sankey.amount")}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ from, to, amount }) => (
              <tr key={`${from} ${to}`}>
                <th scope="row">{from}</th>
                <td>{to}</td>
                <td className="app-number">{formats.number(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
