/** Sobol indices of the largest shipped case: with 30 of its parameters, which has a goal, and with all. */
import { createKernel, drawnParameters, sobol } from "../../models/index.ts";
import { finishSliced } from "../../models/uncertainty/sliced.ts";
import type { BusinessCase } from "../../scenarios/index.ts";
import { largestCase, once, print, taskOf } from "./measure.ts";

const ROWS = 1_024;

/** A case in which so many parameters keep their distribution, evenly over those that have one. */
function withDistributions(text: string, count: number): string {
  const file = JSON.parse(text) as BusinessCase;
  const drawn = (file.parameters ?? []).filter(({ distribution }) => distribution);
  const every = Math.max(1, Math.floor(drawn.length / count));
  const chosen = new Set(drawn.filter((_, place) => place % every === 0).slice(0, count));
  const parameters = (file.parameters ?? []).map((parameter) => {
    const { distribution: _, ...plain } = parameter;
    return chosen.has(parameter) ? parameter : plain;
  });
  return JSON.stringify({ ...file, parameters });
}

function measure(text: string, goal: string): void {
  const task = taskOf(text);
  const time = once(() => finishSliced(sobol(task, { rows: ROWS, seed: 1 }, createKernel)));
  const drawn = drawnParameters(task.model).length;
  print(`  ${String(drawn).padStart(3)} parameters     ${(time / 1000).toFixed(1)} s${goal}`);
}

export function sobolIndices(): void {
  const { name, text } = largestCase();
  print(`Sobol, ${name}, ${ROWS} rows, one thread`);
  measure(withDistributions(text, 30), "  (goal < 60 s)");
  measure(text, "");
}
