import type { Chart, ChartDataset, ChartType, Plugin } from "chart.js";
import { shorten } from "./endLabels.ts";

/** What stands beside a node: the name gives way where there is no room, the amount never. */
export interface FlowLabel {
  readonly name: string;
  readonly amount: string;
}

declare module "chart.js" {
  interface PluginOptionsByType<TType extends ChartType> {
    flowLabels?: TType extends "sankey" ? { labels: Readonly<Record<string, FlowLabel>> } : never;
  }
}

/** A label that fits in a width. */
export function fitLabel(context: CanvasRenderingContext2D, label: FlowLabel, width: number): string {
  const amount = label.amount === "" ? "" : ` ${label.amount}`;
  return `${shorten(context, label.name, width - context.measureText(amount).width)}${amount}`;
}

/** Labels may run from their own edge to a little before the middle. */
const MARGIN = 24;

/** Keeps the labels of two sides apart at every width of the chart. */
export const flowLabels: Plugin<"sankey", { labels: Readonly<Record<string, FlowLabel>> }> = {
  id: "flowLabels",
  beforeUpdate(chart: Chart, _, { labels }) {
    if ((chart.config as { type?: string }).type !== "sankey") return;
    const { ctx } = chart;
    ctx.save();
    ctx.font = `13px ${chart.options.font?.family ?? "sans-serif"}`;
    const fitted = Object.entries(labels).map(([id, label]) => [
      id,
      fitLabel(ctx, label, chart.width / 2 - MARGIN),
    ]);
    ctx.restore();
    for (const dataset of chart.data.datasets as ChartDataset<"sankey">[])
      dataset.labels = Object.fromEntries(fitted);
  },
};
