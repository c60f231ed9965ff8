import type { ChartConfiguration } from "chart.js";
import { useEffect, useRef } from "react";
import { Chart } from "./library.ts";

interface ChartCanvasProps {
  // biome-ignore lint/suspicious/noExplicitAny: a configuration is checked where it is made
  readonly configure: () => ChartConfiguration<any, any, any>;
  /** The chart is drawn anew when this changes. */
  readonly version: string;
  readonly label: string;
  readonly height: number;
}

/** A chart on a canvas; what it shows is also said in words. */
export function ChartCanvas({ configure, version, label, height }: ChartCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(configure);
  latest.current = configure;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when the chart is another one
  useEffect(() => {
    const element = canvas.current;
    if (!element?.getContext("2d")) return;
    const chart = new Chart(element, latest.current());
    return () => chart.destroy();
  }, [version]);
  return (
    <div className="app-chart__area" style={{ height }}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
