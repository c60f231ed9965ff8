import "../jitless.ts";
import loadHighs from "highs";
import wasmUrl from "highs/runtime?url";
import { createHighsSolver } from "../../models/index.ts";
import { Job } from "./job.ts";
import type { JobAnswer, JobRequest } from "./protocol.ts";

const post = (answer: JobAnswer) => self.postMessage(answer);
const solver = loadHighs({ locateFile: () => new URL(wasmUrl, self.location.href).href }).then(
  createHighsSolver,
);
const job = solver.then((ready) => new Job(ready, post));

self.addEventListener("message", async ({ data }: MessageEvent<JobRequest>) => {
  await (await job).take(data);
});
void job.then(() => post({ kind: "ready" }));
