/** What all benchmarks share. */
import { readdirSync, readFileSync } from "node:fs";
import loadHighs from "highs";
import {
  createHighsSolver,
  type Model,
  runCase,
  type SensitivityTask,
  type Solver,
} from "../../models/index.ts";
import { type BusinessCase, openCase } from "../../scenarios/index.ts";
import { type Size, sizedCase } from "./sizedCase.ts";

export const print = (text: string) => process.stdout.write(`${text}\n`);

/** The middle of some times, or of any figures. */
export function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/** Median time of `work` in ms over `rounds`, after as many to warm up. */
export function median(work: () => void, rounds = 25): number {
  for (let round = 0; round < rounds; round += 1) work();
  return middle(Array.from({ length: rounds }, () => once(work)));
}

/** Time of `work` in ms. */
export function once(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Processor time of `work` in ms: on a machine that others use too it says more than the clock. */
export function processor(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** The middle of what each of some measurements gives, taken in turns after one round to warm up. */
export function inTurns(measurements: readonly (() => number)[], rounds: number): number[] {
  for (const measure of measurements) measure();
  const taken = measurements.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (const [index, measure] of measurements.entries()) taken[index]?.push(measure());
  return taken.map(middle);
}

export function modelOf(text: string): Model {
  const opened = openCase(text);
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

export const sizedText = (size: Size) => JSON.stringify(sizedCase(size) satisfies BusinessCase);

export const sized = (size: Size) => modelOf(sizedText(size));

export const solver: Solver = createHighsSolver(await loadHighs());

/** All scenarios of a case, worked out, as the analyses take them. */
export function taskOf(text: string): SensitivityTask {
  const model = modelOf(text);
  const { runs, reference } = runCase(model, solver);
  return { model, runs, reference };
}

/** The shipped case with the most strata: municipality, segment and track. */
export function largestCase(): { readonly name: string; readonly text: string } {
  const folder = "scenarios/data";
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => {
      const text = readFileSync(`${folder}/${name}`, "utf8");
      const { municipalities, segments, tracks } = JSON.parse(text) as BusinessCase;
      return { name, text, strata: municipalities.length * segments.length * tracks.length };
    });
  const [largest] = cases.sort((a, b) => b.strata - a.strata);
  if (!largest) throw new Error(folder);
  return largest;
}
