/** A worker of the page that works out a stretch of a simulation. */
import {
  createKernel,
  type SimulationAnswer,
  type SimulationRequest,
  SimulationService,
} from "../../models/index.ts";

// A timer would be held back to 4 ms when it is set from a timer; a message to oneself is not.
const { port1, port2 } = new MessageChannel();
port1.start();

const service = new SimulationService({
  now: () => performance.now(),
  pause: () =>
    new Promise((resolve) => {
      port1.addEventListener("message", () => resolve(), { once: true });
      port2.postMessage(null);
    }),
  post: (answer: SimulationAnswer, buffers) => self.postMessage(answer, { transfer: buffers }),
  createKernel,
});

self.addEventListener("message", ({ data }: MessageEvent<SimulationRequest>) => void service.take(data));
