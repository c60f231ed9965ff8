import type { Chart, Plugin } from "chart.js";

interface Label {
  /** One line, or two where the name is long. */
  readonly lines: readonly string[];
  readonly colour: string;
  y: number;
}

const LINE = 16;

/** Between the middles of two labels that touch. */
function distance(a: Label, b: Label): number {
  return (LINE * (a.lines.length + b.lines.length)) / 2;
}

/** Moves labels apart so that none covers another, keeping their order and staying inside. */
export function spread(labels: Label[], top: number, bottom: number): void {
  labels.sort((a, b) => a.y - b.y);
  for (let at = 1; at < labels.length; at += 1) {
    const [above, own] = [labels[at - 1], labels[at]];
    if (above && own) own.y = Math.max(own.y, above.y + distance(above, own));
  }
  const over = (labels.at(-1)?.y ?? 0) - bottom;
  if (over > 0) for (const label of labels) label.y -= over;
  for (let at = labels.length - 2; at >= 0; at -= 1) {
    const [own, below] = [labels[at], labels[at + 1]];
    if (own && below) own.y = Math.min(own.y, below.y - distance(own, below));
  }
  const under = top - (labels[0]?.y ?? top);
  if (under > 0) for (const label of labels) label.y += under;
}

/** As many words of a text as fit on a line, at least one, and the rest. */
export function fill(context: CanvasRenderingContext2D, text: string, width: number): [string, string] {
  const words = text.split(" ");
  let first = words.shift() ?? "";
  while (words[0] !== undefined && context.measureText(`${first} ${words[0]}`).width <= width)
    first = `${first} ${words.shift()}`;
  return [first, words.join(" ")];
}

/** A text on one line, or on two that break at a space. */
export function wrap(context: CanvasRenderingContext2D, text: string, width: number): string[] {
  return fill(context, text, width)
    .filter((line) => line !== "")
    .map((line) => shorten(context, line, width));
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
    const width = chart.width - chartArea.right - 12;
    ctx.save();
    ctx.textBaseline = "middle";
    ctx.font = `600 13px ${chart.options.font?.family ?? "sans-serif"}`;
    const labels: Label[] = chart.data.datasets.flatMap((dataset, index) => {
      const last = chart.getDatasetMeta(index).data.at(-1);
      return last && dataset.label
        ? [{ lines: wrap(ctx, dataset.label, width), colour: String(dataset.borderColor), y: last.y }]
        : [];
    });
    spread(labels, chartArea.top + 6, chartArea.bottom - 6);
    for (const { lines, colour, y } of labels) {
      ctx.fillStyle = colour;
      for (const [at, line] of lines.entries())
        ctx.fillText(line, chartArea.right + 8, y + LINE * (at - (lines.length - 1) / 2));
    }
    ctx.restore();
  },
};
