/** One draw at the deterministic values is the run itself, to the bit. */
import { readdirSync, readFileSync } from "node:fs";
import loadHighs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import { createHighsSolver, type Model, reportCase, runCase, type Solver } from "../../../../models/index.ts";
import { baseValues } from "../../../../models/uncertainty/draws.ts";
import { createTypeScriptKernel } from "../../../../models/uncertainty/kernel/kernel.ts";
import { CasePlan } from "../../../../models/uncertainty/plan/evaluation.ts";
import { openCase } from "../../../../scenarios/index.ts";
import { modelOf, shippedCase } from "../cases.ts";

const golden = new URL("../../../golden/cases/", import.meta.url);
const shipped = new URL("../../../../scenarios/data/", import.meta.url);
const files = [golden, shipped].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".expected.json"))
    .map((name) => ({ name, url: new URL(name, folder) })),
);

let solver: Solver;
beforeAll(async () => {
  solver = createHighsSolver(await loadHighs());
});

function open(url: URL): Model {
  const opened = openCase(readFileSync(url, "utf8"));
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

/** Draws at the deterministic values give every figure of the run. */
function holdsRun(model: Model): void {
  const result = runCase(model, solver);
  const report = reportCase(model, result);
  const drawn = model.parameters.flatMap(({ distribution }, index) => (distribution ? [index] : []));
  const plan = new CasePlan(model, result.runs, result.reference, createTypeScriptKernel, drawn);
  const columns: (Float64Array | undefined)[] = model.parameters.map(() => undefined);
  for (const [index, value] of baseValues(model, drawn))
    columns[index] = Float64Array.of(value, value, value);
  const { figures, years, invalid } = plan.evaluate({ count: 3, columns });
  expect([...invalid]).toEqual([0, 0, 0]);
  for (let draw = 0; draw < 3; draw += 1)
    for (const [place, key] of plan.keys.entries()) {
      const value = figures[draw * plan.keys.length + place];
      const scenario = report.scenarios.find(({ run }) => run.scenario === key.scenario);
      const expected = {
        perspective: () => scenario?.figures.perspectives[key.index],
        party: () => scenario?.figures.parties[key.index],
        municipality: () => scenario?.figures.municipalities[key.index],
        partyAfter: () => scenario?.purses.parties[key.index],
        municipalityAfter: () => scenario?.purses.municipalities[key.index],
        purse: () => undefined,
      }[key.kind]();
      if (!expected) continue;
      expect([key.kind, key.index, value]).toEqual([key.kind, key.index, expected.npv]);
      if (key.years < 0) continue;
      const from = draw * plan.yearWidth + key.years;
      expect([...years.slice(from, from + key.length)]).toEqual([...expected.net]);
    }
}

describe.each(files)("$name", ({ url }) => {
  it("gives every figure of the run, to the bit", () => {
    holdsRun(open(url));
  });
});

describe("costs of the region by entrants", () => {
  it("are those of the run, to the bit, also where nobody comes in", () => {
    const file = shippedCase();
    const [empty] = file.municipalities;
    const scenarios = file.scenarios.map((scenario) => ({
      ...scenario,
      costs: [
        ...(scenario.costs ?? []),
        { account: file.accounts[0]?.id ?? "", perYear: 1_000.1, oneOff: -77.7, key: "entrants" as const },
      ],
    }));
    const segments = file.segments.map((segment) => ({
      ...segment,
      inflow: { ...segment.inflow, [empty?.id ?? ""]: 0 },
    }));
    holdsRun(modelOf({ ...file, scenarios, segments }));
  });
});
