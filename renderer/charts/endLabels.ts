import type { Chart, Plugin } from "chart.js";

interface Label {
  readonly text: string;
  readonly colour: string;
  y: number;
}

const LINE = 16;

/** Moves labels apart so that none covers another, keeping their order and staying inside. */
export function spread(labels: Label[], top: number, bottom: number): void {
  labels.sort((a, b) => a.y - b.y);
  for (let at = 1; at < labels.length; at += 1) {
    const [above, own] = [labels[at - 1], labels[at]];
    if (above && own) own.y = Math.max(own.y, above.y + LINE);
  }
  const over = (labels.at(-1)?.y ?? 0) - bottom;
  if (over > 0) for (const label of labels) label.y -= over;
  for (let at = labels.length - 2; at >= 0; at -= 1) {
    const [own, below] = [labels[at], labels[at + 1]];
    if (own && below) own.y = Math.min(own.y, below.y - LINE);
  }
  const under = top - (labels[0]?.y ?? top);
  if (under > 0) for (const label of labels) label.y += under;
}

/** Shortens a text with an ellipsis until it fits. */
export function shorten(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  let short = text;
  while (short.length > 1 && context.measureText(`${short}…`).width > width) short = short.slice(0, -1);
  return `${short}…`;
}

/** Writes the name of each line at its end, instead of a legend to be looked up. */
export const endLabels: Plugin<"line"> = {
  id: "endLabels",
  afterDatasetsDraw(chart: Chart) {
    if ((chart.config as { type?: string }).type !== "line") return;
    const { ctx, chartArea } = chart;
    const labels: Label[] = chart.data.datasets.flatMap((dataset, index) => {
      const last = chart.getDatasetMeta(index).data.at(-1);
      return last && dataset.label
        ? [{ text: dataset.label, colour: String(dataset.borderColor), y: last.y }]
        : [];
    });
    spread(labels, chartArea.top + 6, chartArea.bottom - 6);
    ctx.save();
    ctx.textBaseline = "middle";
    ctx.font = `600 13px ${chart.options.font?.family ?? "sans-serif"}`;
    for (const label of labels) {
      ctx.fillStyle = label.colour;
      ctx.fillText(
        shorten(ctx, label.text, chart.width - chartArea.right - 12),
        chartArea.right + 8,
        label.y,
      );
    }
    ctx.restore();
  },
};
