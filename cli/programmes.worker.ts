/** A worker of Node that solves the programmes of one case. */
import { parentPort } from "node:worker_threads";
import loadHighs from "highs";
import { createHighsSolver, ModelError, runCase } from "../models/index.ts";
import type { ProgrammesAnswer, ProgrammesRequest } from "./programmes.ts";

const post = (answer: ProgrammesAnswer) => parentPort?.postMessage(answer);

parentPort?.once("message", async ({ model, scenarios, reference }: ProgrammesRequest) => {
  const solver = createHighsSolver(await loadHighs());
  try {
    post({ kind: "solved", result: runCase(model, solver, scenarios, reference) });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    post({ kind: "failed", fault: error.fault });
  }
});
