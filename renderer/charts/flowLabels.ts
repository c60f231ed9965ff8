import type { Chart, ChartDataset, ChartType, Plugin } from "chart.js";
import { fill, shorten } from "./endLabels.ts";

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

/** A label that fits in a width, on one line or on two. */
export function fitLabel(
  context: CanvasRenderingContext2D,
  { name, amount }: FlowLabel,
  width: number,
): string {
  const whole = amount === "" ? name : `${name} ${amount}`;
  if (context.measureText(whole).width <= width) return whole;
  const [first, rest] = fill(context, name, width);
  const room = amount === "" ? width : width - context.measureText(` ${amount}`).width;
  const last = [rest === "" ? "" : shorten(context, rest, room), amount].filter((part) => part !== "");
  return [shorten(context, first, width), last.join(" ")].filter((line) => line !== "").join("\n");
}

/** Labels may run from their own edge to a little before the middle. */
const MARGIN = 24;

/** Between two nodes, where their labels take one line and where one takes two. */
const GAPS = [22, 38] as const;

/** Keeps the labels of two sides, and of two nodes, apart at every width of the chart. */
export const flowLabels: Plugin<"sankey", { labels: Readonly<Record<string, FlowLabel>> }> = {
  id: "flowLabels",
  beforeUpdate(chart: Chart, _, { labels }) {
    if ((chart.config as { type?: string }).type !== "sankey") return;
    const { ctx } = chart;
    ctx.save();
    ctx.font = `13px ${chart.options.font?.family ?? "sans-serif"}`;
    const fitted = Object.entries(labels).map(
      ([id, label]) => [id, fitLabel(ctx, label, chart.width / 2 - MARGIN)] as const,
    );
    ctx.restore();
    for (const dataset of chart.data.datasets as ChartDataset<"sankey">[]) {
      dataset.labels = Object.fromEntries(fitted);
      dataset.nodePadding = GAPS[fitted.some(([, text]) => text.includes("\n")) ? 1 : 0];
    }
  },
};
