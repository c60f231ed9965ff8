/** One suite for the runners: in this thread, and in workers of Node. Those of the page are in chromium.test.ts. */
import { setImmediate, setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { nodePort } from "../../../cli/simulationPort.ts";
import { createTypeScriptKernel, SimulationService } from "../../../models/index.ts";
import { inlinePort } from "../../../models/uncertainty/simulationRunner.ts";
import { modelOf, shippedCase, taskOf } from "../../unit/uncertainty/cases.ts";
import { CHECKS, type CheckedTask } from "./checks.ts";

const PORTS = {
  inline: () =>
    inlinePort(
      (post) =>
        new SimulationService({
          now: () => performance.now(),
          pause: () => setImmediate(),
          post,
          createKernel: createTypeScriptKernel,
        }),
    ),
  "worker of Node": () => nodePort(new URL("../../../dist/cli/simulation.worker.mjs", import.meta.url)),
};

let task: CheckedTask;
beforeAll(async () => {
  task = await taskOf(modelOf(shippedCase()));
});

describe.each(Object.entries(PORTS))("%s", (_, open) => {
  it.each(Object.entries(CHECKS))("%s", async (_name, check) => {
    const host = { open, now: () => performance.now(), sleep: (ms: number) => setTimeout(ms) };
    expect(await check(host, task)).toEqual([]);
  });
});
