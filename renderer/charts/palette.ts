/** Colours of the theme as the charts need them: read when a chart is drawn, so that it follows the theme. */
export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly grid: string;
  readonly card: string;
  readonly series: readonly string[];
}

/** The colours of the theme that the page has now. */
export function pagePalette(): Palette {
  return readPalette(document.body);
}

/** The colours of the light theme, whatever the page has: what is printed is on white. */
export function paperPalette(): Palette {
  const light = document.createElement("div");
  light.className = "voorbeeld-theme app-theme";
  document.body.append(light);
  const palette = readPalette(light);
  light.remove();
  return palette;
}

function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim() || "#444";
  return {
    ink: read("--app-chart-ink"),
    soft: read("--app-ink-soft"),
    grid: read("--app-chart-grid"),
    card: read("--app-card"),
    series: [1, 2, 3, 4, 5, 6, 7].map((number) => read(`--app-series-${number}`)),
  };
}

/** Dashes and markers beside the colours: lines stay apart in grey and for every eye. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 4],
  [2, 3],
  [10, 3, 2, 3],
  [5, 2],
  [1, 2],
  [12, 4],
];
export const MARKERS = ["circle", "rect", "triangle", "rectRot", "cross", "star", "crossRot"] as const;
