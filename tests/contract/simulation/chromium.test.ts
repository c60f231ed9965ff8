/** The suite of runners.test.ts in Web Workers of Chromium, under the content security policy of the program. */
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createKernel } from "../../../models/index.ts";
import { Simulation } from "../../../models/uncertainty/simulation.ts";
import { summarizeSimulation } from "../../../models/uncertainty/summary.ts";
import { openSimulationPage, type SimulationPage } from "../../browser/chromium.ts";
import { modelOf, shippedCase, taskOf } from "../../unit/uncertainty/cases.ts";
import { CHECKS } from "./checks.ts";

let page: SimulationPage;
beforeAll(async () => {
  page = await openSimulationPage();
  await page.open(JSON.stringify(shippedCase()));
}, 120_000);
afterAll(() => page?.close());

it.each(Object.keys(CHECKS))("%s", async (name) => {
  expect(await page.check(name)).toEqual([]);
});

it("gives the bytes that Node gives, from the file to the last quantile", async () => {
  const settings = { draws: 301, seed: 11, sampling: "latinHypercube" } as const;
  const { model, runs, reference } = await taskOf(modelOf(shippedCase()));
  const simulation = new Simulation(model, runs, reference, settings, createKernel);
  while (!simulation.finished) simulation.advance();
  const result = summarizeSimulation(simulation.keys, settings, [simulation.part()]);
  const expected = createHash("sha256").update(JSON.stringify(result)).digest("hex");
  expect((await page.simulate(settings, 2)).digest).toBe(expected);
});
