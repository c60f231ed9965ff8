import { ask, notify } from "../state/screenStore.ts";

export interface ChartOnScreen {
  readonly title: string;
  readonly save: () => void;
}

/** The charts that are on the screen, with the button that saves each. */
export function chartsOnScreen(root: ParentNode = document): ChartOnScreen[] {
  return [...root.querySelectorAll<HTMLElement>("[data-export-chart]")].map((button) => ({
    title: button.closest("figure")?.querySelector("h2")?.textContent ?? "",
    save: () => button.click(),
  }));
}

/** Saves the only chart on the screen, or asks which one. */
export function exportChart(): void {
  const charts = chartsOnScreen();
  const [only] = charts;
  if (!only) notify({ tone: "info", key: "chart.noneHere" });
  else if (charts.length === 1) only.save();
  else ask({ kind: "chart" });
}
