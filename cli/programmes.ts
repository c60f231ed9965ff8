import { Worker } from "node:worker_threads";
import { type CaseRun, type Fault, type Model, ModelError } from "../models/index.ts";

/** What the worker is asked. Plain data; indices are places in the model's sorted lists. */
export interface ProgrammesRequest {
  readonly model: Model;
  readonly scenarios: readonly number[];
  readonly reference: number;
}

export type ProgrammesAnswer =
  | { readonly kind: "solved"; readonly result: CaseRun }
  | { readonly kind: "failed"; readonly fault: Fault };

/**
 * Runs scenarios of a case, as runCase, in a worker that ends with it: solving takes some 200 MB for the largest case, most
 * of which stays taken as long as its thread is there.
 *
 * @param signal ends the work at once, with its reason
 * @param bundle of the worker; it stands beside that of the command line
 * @throws ModelError as runCase
 */
export async function solveCase(
  request: ProgrammesRequest,
  signal?: AbortSignal,
  bundle: URL = new URL("./programmes.worker.mjs", import.meta.url),
): Promise<CaseRun> {
  signal?.throwIfAborted();
  const worker = new Worker(bundle);
  try {
    return await new Promise((resolve, reject) => {
      worker.on("message", (answer: ProgrammesAnswer) => {
        if (answer.kind === "solved") resolve(answer.result);
        else reject(new ModelError(answer.fault));
      });
      worker.on("error", reject);
      worker.on("messageerror", reject);
      signal?.addEventListener("abort", () => reject(signal.reason));
      worker.postMessage(request);
    });
  } finally {
    await worker.terminate();
  }
}
