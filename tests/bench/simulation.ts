/** Simulation of many draws: in workers of Node, in Chromium, and how it grows. */
import { readFileSync } from "node:fs";
import { nodePort } from "../../cli/simulationPort.ts";
import { createKernel, drawnParameters, type SensitivityTask, SimulationRunner } from "../../models/index.ts";
import { Simulation } from "../../models/uncertainty/simulation.ts";
import { openSimulationPage } from "../browser/chromium.ts";
import { largestCase, middle, once, print, sizedText, taskOf } from "./measure.ts";
import type { Size } from "./sizedCase.ts";

const [DRAWS, WORKERS, ROUNDS] = [10_000, 2, 3];

const settings = (draws: number) => ({ draws, seed: 1, sampling: "plain" as const });

/** Most memory that this process has held, MB; null where the system does not tell. */
function peakMemory(): number | null {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync("/proc/self/status", "utf8"));
    return found ? Number(found[1]) / 1024 : null;
  } catch {
    return null;
  }
}

const seconds = (times: readonly number[]) =>
  `${(middle(times) / 1000).toFixed(2)} s (${times.map((time) => (time / 1000).toFixed(2)).join(", ")})`;

/** All draws, scenarios, settlement and quantiles in workers of Node that have started. */
export async function simulation(): Promise<void> {
  const { name, text } = largestCase();
  const task = taskOf(text);
  const parameters = drawnParameters(task.model).length;
  print(`Simulation, ${name}, ${DRAWS} draws of ${parameters} parameters, ${task.runs.length} scenarios`);
  const times: number[] = [];
  let memory: number | null = null;
  for (const workers of [WORKERS, 1]) {
    const runner = new SimulationRunner(
      () => nodePort(new URL("../cli/simulation.worker.mjs", import.meta.url)),
      workers,
    );
    await runner.run({ ...task, settings: settings(256) });
    const own: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      const outcome = await runner.run({ ...task, settings: settings(DRAWS) });
      own.push(performance.now() - start);
      // That of one simulation: what later rounds leave to be collected is not its need.
      memory ??= peakMemory();
      if (outcome.kind !== "finished") throw new Error(JSON.stringify(outcome));
    }
    runner.close();
    times.push(middle(own));
    print(
      `  Node, ${workers} worker${workers > 1 ? "s" : " "}      ${seconds(own)}${workers > 1 ? "  (goal < 3 s)" : ""}`,
    );
  }
  print(`  2 workers / 1      ${((times[0] ?? 0) / (times[1] ?? 1)).toFixed(2)}`);
  print(`  peak memory        ${memory?.toFixed(0) ?? "?"} MB  (goal < 500 MB)`);
}

/** The same in Web Workers. */
export async function chromium(): Promise<void> {
  const { name, text } = largestCase();
  const page = await openSimulationPage();
  try {
    await page.open(text);
    await page.simulate(settings(256), WORKERS);
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      times.push((await page.simulate(settings(DRAWS), WORKERS)).milliseconds);
    print(`Simulation in Chromium, ${name}, ${DRAWS} draws`);
    print(`  ${WORKERS} workers          ${seconds(times)}  (goal < 4 s)`);
  } finally {
    await page.close();
  }
}

function drawTime(task: SensitivityTask, draws: number): number {
  const work = () => {
    const { model, runs, reference } = task;
    const simulation = new Simulation(model, runs, reference, settings(draws), createKernel);
    return once(() => {
      while (!simulation.finished) simulation.advance();
    });
  };
  work();
  return middle([work(), work(), work()]);
}

/** Time at 1, 2 and 4 times a size, one thread; and a case as large as a whole region's. */
export function growth(): void {
  print("Growth of the simulation, one thread: time at 1×, 2×, 4× of a size (ratio to 1×)");
  const start: Size = { municipalities: 2, segments: 2, tracks: 4, inflowYears: 3, years: 5, working: 3 };
  const show = (axis: string, times: readonly number[]) => {
    const ratios = times.map((time) => (time / (times[0] ?? 1)).toFixed(1)).join(" : ");
    print(`  ${axis.padEnd(18)} ${times.map((time) => `${time.toFixed(0)} ms`).join(", ")}  (${ratios})`);
  };
  const task = taskOf(sizedText(start));
  show(
    "draws",
    [1, 2, 4].map((factor) => drawTime(task, factor * 512)),
  );
  for (const axis of ["years", "segments", "municipalities"] as const)
    show(
      axis,
      [1, 2, 4].map((factor) => drawTime(taskOf(sizedText({ ...start, [axis]: start[axis] * factor })), 256)),
    );
  const region: Size = {
    municipalities: 4,
    segments: 10,
    tracks: 15,
    inflowYears: 5,
    years: 15,
    working: 4,
    more: 5,
  };
  const large = taskOf(sizedText(region));
  const draws = 256;
  print(
    `  4 municipalities × 10 segments × 15 tracks, ${large.runs.length} scenarios, 15 years: ${(drawTime(large, draws) / draws).toFixed(2)} ms per draw`,
  );
}
