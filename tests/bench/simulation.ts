/** Simulation of many draws: in workers of Node, in Chromium, and how it grows. */
import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { nodePort } from "../../cli/simulationPort.ts";
import { createKernel, drawnParameters, type SensitivityTask, SimulationRunner } from "../../models/index.ts";
import { Simulation } from "../../models/uncertainty/simulation.ts";
import { openSimulationPage } from "../browser/chromium.ts";
import { largestCase, middle, once, print, sizedText, taskOf } from "./measure.ts";
import { RECORDED, referenceAtOnce } from "./reference.ts";
import type { Size } from "./sizedCase.ts";

const [DRAWS, WORKERS, ROUNDS] = [10_000, 2, 3];

const settings = (draws: number) => ({ draws, seed: 1, sampling: "plain" as const });

/**
 * Most memory that one simulation from the command line holds, MB: a process of its own that reads the case, solves the
 * programmes, draws and writes the answer. NaN where the system does not tell.
 */
function peakMemory(name: string): number {
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", "./tests/bench/peak.mjs", "cli/ontschot.mjs", "simulate", name, "--draws", String(DRAWS)],
    { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] },
  );
  if (status !== 0) throw new Error(stderr);
  return Number(stderr.trim().split("\n").at(-1)) / 1024;
}

const seconds = (times: readonly number[]) =>
  `${(middle(times) / 1000).toFixed(2)} s (${times.map((time) => (time / 1000).toFixed(2)).join(", ")})`;

/**
 * What times come to where the processors are as fast as recorded, by what the reference took of that before the first and
 * after each, on as many at once.
 */
function atRecordedSpeed(times: readonly number[], speeds: readonly number[], processors: number): string {
  const there = times.map((time, round) => (2 * time) / ((speeds[round] ?? 1) + (speeds[round + 1] ?? 1)));
  const took = speeds.map((speed) => speed.toFixed(2)).join(", ");
  return `    at recorded speed ${seconds(there)}: C++ on ${processors} at once took ${took} × that`;
}

/** All draws, scenarios, settlement and quantiles in workers of Node that have started. */
export async function simulation(): Promise<void> {
  const { name, text } = largestCase();
  const task = taskOf(text);
  const parameters = drawnParameters(task.model).length;
  print(`Simulation, ${name}, ${DRAWS} draws of ${parameters} parameters, ${task.runs.length} scenarios`);
  const times: number[] = [];
  for (const workers of [WORKERS, 1]) {
    const runner = new SimulationRunner(
      () => nodePort(new URL("../cli/simulation.worker.mjs", import.meta.url)),
      workers,
    );
    await runner.run({ ...task, settings: settings(256) });
    const cpp = referenceAtOnce(workers);
    const own: number[] = [];
    const speeds = cpp ? [(await cpp()) / RECORDED] : [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      const outcome = await runner.run({ ...task, settings: settings(DRAWS) });
      own.push(performance.now() - start);
      if (cpp) speeds.push((await cpp()) / RECORDED);
      if (outcome.kind !== "finished") throw new Error(JSON.stringify(outcome));
    }
    runner.close();
    times.push(middle(own));
    print(
      `  Node, ${workers} worker${workers > 1 ? "s" : " "}      ${seconds(own)}${workers > 1 ? "  (goal < 3 s)" : ""}`,
    );
    if (cpp) print(atRecordedSpeed(own, speeds, workers));
  }
  print(`  2 workers / 1      ${((times[0] ?? 0) / (times[1] ?? 1)).toFixed(2)}`);
}

/** Memory of one simulation in a process of its own. */
export function memory(): void {
  const { name } = largestCase();
  const peaks = Array.from({ length: ROUNDS }, () => peakMemory(`scenarios/data/${name}`));
  const processors = availableParallelism();
  print(`Memory of ontschot simulate, ${name}, ${DRAWS} draws, a worker on each of ${processors} processors`);
  print(
    `  peak ${middle(peaks).toFixed(0)} MB (${peaks.map((peak) => peak.toFixed(0)).join(", ")})  (goal with 2 workers < 500 MB)`,
  );
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
