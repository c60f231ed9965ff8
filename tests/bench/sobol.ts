/** Sobol indices of the largest shipped case. */
import { createKernel, drawnParameters, sobol } from "../../models/index.ts";
import { finishSliced } from "../../models/uncertainty/sliced.ts";
import { largestCase, once, print, taskOf } from "./measure.ts";

export function sobolIndices(): void {
  const { name, text } = largestCase();
  const task = taskOf(text);
  const rows = 1_024;
  const time = once(() => finishSliced(sobol(task, { rows, seed: 1 }, createKernel)));
  print(
    `Sobol, ${name}, ${drawnParameters(task.model).length} parameters, ${rows} rows, one thread (goal < 60 s)`,
  );
  print(`  indices            ${(time / 1000).toFixed(1)} s`);
}
