import { useEffect, useRef } from "react";
import type { Drawing } from "./drawing.ts";
import { Chart } from "./library.ts";
import { pagePalette } from "./palette.ts";

/** A chart on a canvas; what it shows is also said in words. */
export function ChartCanvas({ drawing }: { readonly drawing: Drawing }) {
  const { version, label, height } = drawing;
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(drawing);
  latest.current = drawing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says when the chart is another one
  useEffect(() => {
    const element = canvas.current;
    if (!element?.getContext("2d")) return;
    const chart = new Chart(element, latest.current.configure(pagePalette()));
    return () => chart.destroy();
  }, [version]);
  return (
    <div className="app-chart__area" style={{ height }}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
