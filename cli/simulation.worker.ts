/** A worker of Node that works out a stretch of a simulation. */
import { setImmediate } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import {
  createKernel,
  type SimulationAnswer,
  type SimulationRequest,
  SimulationService,
} from "../models/index.ts";

const service = new SimulationService({
  now: () => performance.now(),
  pause: () => setImmediate(),
  post: (answer: SimulationAnswer, buffers) => parentPort?.postMessage(answer, buffers),
  createKernel,
});

parentPort?.on("message", (request: SimulationRequest) => void service.take(request));
