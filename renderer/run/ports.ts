import type { SimulationAnswer, SimulationPort, SimulationRequest } from "../../models/index.ts";
import type { JobAnswer, JobRequest, LiveAnswer, LiveRequest } from "./protocol.ts";
import type { Port, Ports } from "./runner.ts";

function portOf<Request, Answer>(worker: Worker): Port<Request, Answer> {
  return {
    post: (request) => worker.postMessage(request),
    onAnswer: (listener) =>
      worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => listener(data)),
    onFailure: (listener) => worker.addEventListener("error", ({ message }) => listener(message)),
    terminate: () => worker.terminate(),
  };
}

/** The real workers. */
export const workerPorts: Ports = {
  live: () =>
    portOf<LiveRequest, LiveAnswer>(
      new Worker(new URL("./live.worker.ts", import.meta.url), { type: "module" }),
    ),
  job: () =>
    portOf<JobRequest, JobAnswer>(
      new Worker(new URL("./job.worker.ts", import.meta.url), { type: "module" }),
    ),
};

/** A way to a worker of the page that works out draws; SimulationRunner keeps several. */
export function simulationPort(): SimulationPort {
  const worker = new Worker(new URL("./simulation.worker.ts", import.meta.url), { type: "module" });
  const { onAnswer, onFailure, terminate } = portOf<SimulationRequest, SimulationAnswer>(worker);
  const post = (request: SimulationRequest, buffers: ArrayBuffer[] = []) =>
    worker.postMessage(request, buffers);
  return { post, onAnswer, onFailure, close: terminate };
}
