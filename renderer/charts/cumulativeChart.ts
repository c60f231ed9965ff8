import type { ChartConfiguration, ChartDataset, TooltipItem } from "chart.js";
import type { Drawing } from "./drawing.ts";
import { DASHES, MARKERS, type Palette } from "./palette.ts";

export interface CumulativeLine {
  readonly label: string;
  /** Cumulative EUR at the end of each year; the first point is 0 at the start. */
  readonly points: readonly number[];
  /** Place in the palette; the total is drawn thicker, in ink. */
  readonly series: number | "total";
}

interface CumulativeChartContent {
  readonly lines: readonly CumulativeLine[];
  /** Start of the horizon and the end of every year. */
  readonly years: readonly string[];
  readonly axis: string;
  /** Years from the start; null draws no mark. */
  readonly payback: { readonly years: number; readonly label: string } | null;
  readonly format: (thousands: number) => string;
  readonly label: string;
  readonly version: string;
}

/** Cumulative benefit per party; where the total stays above zero it has paid back. */
export function cumulativeChart(content: CumulativeChartContent): Drawing {
  return {
    configure: (palette) => configure(content, palette),
    label: content.label,
    version: content.version,
    height: 300,
  };
}

function configure(
  { lines, years, axis, payback, format }: CumulativeChartContent,
  palette: Palette,
): ChartConfiguration<"line"> {
  const datasets = lines.map(({ label, points, series }): ChartDataset<"line"> => {
    const total = series === "total";
    const colour = total ? palette.ink : (palette.series[series % palette.series.length] ?? palette.ink);
    return {
      label,
      data: points.map((value) => value / 1_000),
      borderColor: colour,
      backgroundColor: colour,
      borderWidth: total ? 3 : 2,
      borderDash: total ? [] : [...(DASHES[series % DASHES.length] ?? [])],
      pointStyle: total ? "circle" : (MARKERS[series % MARKERS.length] ?? "circle"),
      pointRadius: total ? 2.5 : 3,
      pointHoverRadius: 5,
      tension: 0,
      order: total ? 0 : 1,
    };
  });
  return {
    type: "line",
    data: { labels: [...years], datasets },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      layout: { padding: { right: 128, top: 8 } },
      scales: {
        x: {
          grid: { display: false },
          ticks: { color: palette.soft, maxRotation: 0, autoSkipPadding: 12 },
          border: { color: palette.grid },
        },
        y: {
          title: { display: true, text: axis, color: palette.soft },
          grid: {
            color: ({ tick }) => (tick?.value === 0 ? palette.soft : palette.grid),
            lineWidth: ({ tick }) => (tick?.value === 0 ? 1.5 : 1),
          },
          ticks: { color: palette.soft, callback: (value) => format(Number(value)) },
          border: { display: false },
        },
      },
      plugins: {
        tooltip: {
          callbacks: {
            label: (item: TooltipItem<"line">) => ` ${item.dataset.label}: ${format(Number(item.parsed.y))}`,
          },
        },
        annotation: {
          annotations: payback
            ? {
                payback: {
                  type: "line",
                  scaleID: "x",
                  value: payback.years,
                  borderColor: palette.ink,
                  borderWidth: 1.5,
                  borderDash: [4, 4],
                  label: {
                    display: true,
                    content: payback.label,
                    position: "end",
                    backgroundColor: palette.card,
                    color: palette.ink,
                    font: { size: 13, weight: 600 },
                    padding: 4,
                  },
                },
              }
            : {},
        },
      },
    },
  };
}
