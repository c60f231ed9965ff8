/** Opens a case and solves its scenarios, as the page itself may not compile WebAssembly. */
import "../../renderer/jitless.ts";
import loadHighs from "highs";
import wasmUrl from "highs/runtime?url";
import { createHighsSolver, runCase } from "../../models/index.ts";
import { openCase } from "../../scenarios/index.ts";

self.addEventListener("message", async ({ data }: MessageEvent<string>) => {
  const highs = await loadHighs({ locateFile: () => new URL(wasmUrl, self.location.href).href });
  const opened = openCase(data);
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  const { runs, reference } = runCase(opened.model, createHighsSolver(highs));
  self.postMessage({ model: opened.model, runs, reference });
});
