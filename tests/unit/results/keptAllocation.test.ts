/** A kept allocation gives the run that it was kept from, and moves with the values. */
import { readFileSync } from "node:fs";
import loadHighs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  byPosition,
  createHighsSolver,
  cubeOf,
  keepAllocation,
  type Model,
  presentValue,
  runKept,
  runScenario,
  type Solver,
  scenarioValues,
} from "../../../models/index.ts";
import { openCase } from "../../../scenarios/index.ts";

const text = readFileSync(
  new URL("../../../scenarios/data/drechtsteden-klein.json", import.meta.url),
  "utf8",
);

function open(change: (raw: { parameters: { id: string; value: unknown }[] }) => void = () => {}): Model {
  const raw = JSON.parse(text);
  change(raw);
  const opened = openCase(JSON.stringify(raw));
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

let solver: Solver;
beforeAll(async () => {
  solver = createHighsSolver(await loadHighs());
});

const total = (run: ReturnType<typeof runKept>) =>
  cubeOf(run).reduce((sum, line) => sum + presentValue(line.amounts, run.factors), 0);

describe("a kept allocation", () => {
  it("gives the same figures on the same case", () => {
    const model = open();
    for (const scenario of byPosition(model.scenarios)) {
      const run = runScenario(model, scenario, solver);
      const again = runKept(model, scenario, scenarioValues(model, scenario), keepAllocation(model, run));
      expect(total(again)).toBeCloseTo(total(run), 3);
      const paid = (of: typeof run, account: number) =>
        of.payments
          .filter((payment) => payment.account === account)
          .reduce((sum, payment) => sum + presentValue(payment.amounts, of.factors), 0);
      for (let account = 0; account <= model.accounts.length; account += 1)
        expect(paid(again, account)).toBeCloseTo(paid(run, account), 3);
    }
  });

  it("follows a change of inflow and of price without solving", () => {
    const model = open();
    const scenario = model.scenarios.findIndex(({ id }) => id === "ontschot");
    const kept = keepAllocation(model, runScenario(model, scenario, solver));
    const larger = open((raw) => {
      for (const parameter of raw.parameters) if (parameter.id === "volwassenen") parameter.value = 255;
    });
    const before = runKept(model, scenario, scenarioValues(model, scenario), kept);
    const after = runKept(larger, scenario, scenarioValues(larger, scenario), kept);
    const persons = (run: typeof before) =>
      run.tracks.reduce((sum, track) => sum + track.persons.reduce((a, b) => a + b, 0), 0);
    expect(persons(after)).toBeCloseTo(1.5 * persons(before), 6);
  });
});
