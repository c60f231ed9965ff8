import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { SimulationAnswer, SimulationPort, SimulationRequest } from "../models/index.ts";

/**
 * MB for what a worker has just made. Node gives it up to 48, of which a simulation, whose numbers stand outside, fills what
 * it may and needs little.
 */
const YOUNG = 8;

/**
 * Bytes of its code that a function runs through between two looks at whether to optimise it; Node takes 132 kB. A simulation
 * begins with much code that is run but a few times, and optimising all of that would take the processors from the workers
 * for longer than it runs. Draws run the same few functions over and over: those are found soon enough.
 */
const INTERRUPT_BUDGET = 300_000;

/** A way to a worker of Node; its bundle stands beside that of the command line. */
export function nodePort(bundle: URL = new URL("./simulation.worker.mjs", import.meta.url)): SimulationPort {
  setFlagsFromString(`--interrupt-budget=${INTERRUPT_BUDGET}`);
  const worker = new Worker(bundle, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
  return {
    post: (request: SimulationRequest, buffers = []) => worker.postMessage(request, buffers),
    onAnswer: (listener) => worker.on("message", (answer: SimulationAnswer) => listener(answer)),
    onFailure: (listener) => {
      worker.on("error", ({ message }) => listener(message));
      worker.on("messageerror", ({ message }) => listener(message));
    },
    close: () => void worker.terminate(),
  };
}
