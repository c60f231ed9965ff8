import type { ChartConfiguration } from "chart.js";
import type { Drawing } from "./drawing.ts";
import type { Palette } from "./palette.ts";

export interface SankeyFlow {
  readonly from: string;
  readonly to: string;
  /** EUR, above 0. */
  readonly amount: number;
}

export interface SankeyNode {
  readonly id: string;
  readonly label: string;
  /** Beside the label, and never cut. */
  readonly amount?: string;
  readonly column: number;
  /** Place in the palette; null is neutral. */
  readonly series: number | null;
}

interface SankeyChartContent {
  readonly nodes: readonly SankeyNode[];
  readonly flows: readonly SankeyFlow[];
  readonly label: string;
  readonly version: string;
}

/** CSS pixels: for so many nodes above one another, and for each that is more. */
const HEIGHT = 300;
const ROOMY = 4;
const MORE = 42;

/** Nodes of the fullest column. */
function sideOf({ nodes }: SankeyChartContent): number {
  return Math.max(...[0, 2].map((side) => nodes.filter(({ column }) => column === side).length));
}

/** Who pays, and where it ends up. */
export function sankeyChart(content: SankeyChartContent): Drawing {
  return {
    configure: (palette) => configure(content, palette),
    label: content.label,
    version: content.version,
    height: HEIGHT + MORE * Math.max(0, sideOf(content) - ROOMY),
  };
}

function configure({ nodes, flows }: SankeyChartContent, palette: Palette): ChartConfiguration<"sankey"> {
  const colours = new Map(
    nodes.map(({ id, series }) => [
      id,
      series === null ? palette.soft : (palette.series[series % palette.series.length] ?? palette.soft),
    ]),
  );
  const colourOf = (id: string) => colours.get(id) ?? palette.soft;
  return {
    type: "sankey",
    data: {
      datasets: [
        {
          data: flows.map(({ from, to, amount }) => ({ from, to, flow: amount })),
          column: Object.fromEntries(nodes.map(({ id, column }) => [id, column])),
          colorFrom: ({ raw }) => colourOf((raw as unknown as { from: string }).from),
          colorTo: ({ raw }) => colourOf((raw as unknown as { to: string }).to),
          colorMode: "gradient",
          alpha: 0.55,
          nodeLabels: {
            color: palette.ink,
            backgroundColor: `color-mix(in srgb, ${palette.card} 72%, transparent)`,
            borderRadius: 3,
            padding: 2,
            // Beside the middle there is no room; above it there is.
            position: Object.fromEntries(nodes.map(({ id, column }) => [id, column === 1 ? "top" : "auto"])),
          },
          borderWidth: 0,
          nodeWidth: 12,
          size: "max",
        },
      ],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: 22, bottom: 12 } },
      plugins: {
        tooltip: { enabled: false },
        flowLabels: {
          labels: Object.fromEntries(
            nodes.map(({ id, label, amount = "" }) => [id, { name: label, amount }]),
          ),
        },
      },
    },
  };
}
