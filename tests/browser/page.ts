/** The runners of simulations in a page, for the contract test and the benchmark. */
import { type DrawSettings, SimulationRunner } from "../../models/index.ts";
import { simulationPort } from "../../renderer/run/ports.ts";
import { CHECKS, type CheckedTask } from "../contract/simulation/checks.ts";

/** A simulation as the page saw it. */
export interface PageRun {
  readonly milliseconds: number;
  /** SHA-256 of the result as JSON, hexadecimal. */
  readonly digest: string;
}

let task: CheckedTask;
let warm: { readonly workers: number; readonly runner: SimulationRunner } | null = null;

function open(text: string): Promise<void> {
  const worker = new Worker(new URL("./solve.worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    worker.addEventListener("message", ({ data }: MessageEvent<CheckedTask>) => {
      task = data;
      worker.terminate();
      resolve();
    });
    worker.postMessage(text);
  });
}

function check(name: string): Promise<string[]> {
  const host = {
    open: simulationPort,
    now: () => performance.now(),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  };
  return CHECKS[name]?.(host, task) ?? Promise.resolve([`no check ${name}`]);
}

async function simulate(settings: DrawSettings, workers: number): Promise<PageRun> {
  if (warm?.workers !== workers) {
    warm?.runner.close();
    warm = { workers, runner: new SimulationRunner(simulationPort, workers) };
  }
  const start = performance.now();
  const outcome = await warm.runner.run({ ...task, settings });
  const milliseconds = performance.now() - start;
  if (outcome.kind !== "finished") throw new Error(JSON.stringify(outcome));
  const bytes = new TextEncoder().encode(JSON.stringify(outcome.result));
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { milliseconds, digest: [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("") };
}

const api = { open, check, simulate };
export type PageApi = typeof api;
Object.assign(globalThis, { simulations: api });
