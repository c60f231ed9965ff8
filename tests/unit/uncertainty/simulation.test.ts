/** What a simulation says, against distributions that are known in closed form and against the slow way. */
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../../models/core/specialFunctions.ts";
import {
  createTypeScriptKernel,
  keepAllocation,
  runKept,
  type SensitivityTask,
  scenarioFigures,
  scenarioValues,
} from "../../../models/index.ts";
import { type DrawSettings, DrawSource, drawnParameters } from "../../../models/uncertainty/draws.ts";
import { CasePlan, type FigureKey } from "../../../models/uncertainty/plan/evaluation.ts";
import { type Amounts, copyColumn, type Kept } from "../../../models/uncertainty/plan/keptRows.ts";
import { Simulation, type Stretch } from "../../../models/uncertainty/simulation.ts";
import { inlinePort, SimulationRunner } from "../../../models/uncertainty/simulationRunner.ts";
import { type SimulationRequest, SimulationService } from "../../../models/uncertainty/simulationService.ts";
import { summarizeSimulation } from "../../../models/uncertainty/summary.ts";
import { caseWith, modelOf, placeOf, shippedCase, taskOf } from "./cases.ts";

const settings = (draws: number, seed = 1): DrawSettings => ({ draws, seed, sampling: "plain" });

function simulate(task: SensitivityTask, how: DrawSettings, slice = 1000) {
  const simulation = new Simulation(task.model, task.runs, task.reference, how, createTypeScriptKernel);
  while (!simulation.finished) simulation.advance(slice);
  return { keys: simulation.keys, part: simulation.part() };
}

function summary(task: SensitivityTask, how: DrawSettings) {
  const { keys, part } = simulate(task, how);
  return summarizeSimulation(keys, how, [part]);
}

const isNpv = (task: SensitivityTask, scenario: string, perspective: string) => (key: FigureKey) =>
  key.kind === "perspective" &&
  key.scenario === placeOf(task.model.scenarios, scenario) &&
  key.index === placeOf(task.model.perspectives, perspective);

/** NPV of society by the way of a single run, at values of choice, with the allocation of the task. */
function npvByRun(
  task: SensitivityTask,
  scenario: string,
  parameters: Readonly<Record<string, number>>,
): number {
  const { model } = task;
  const columns: (Float64Array | undefined)[] = model.parameters.map(() => undefined);
  for (const [id, value] of Object.entries(parameters))
    columns[placeOf(model.parameters, id)] = Float64Array.of(value);
  const draw = { count: 1, columns };
  const [run, reference] = [placeOf(model.scenarios, scenario), task.reference].map((index) => {
    const planned = task.runs.find((known) => known.scenario === index);
    if (!planned) throw new Error(`no run of ${index}`);
    return runKept(model, index, scenarioValues(model, index, draw), keepAllocation(model, planned));
  });
  if (!run || !reference) throw new Error(scenario);
  const society = placeOf(model.perspectives, "samenleving");
  return scenarioFigures(model, run, reference).perspectives[society]?.npv ?? Number.NaN;
}

/** The task with one scenario beside the reference: what a check does not look at need not be drawn. */
function only(task: SensitivityTask, scenario: string): SensitivityTask {
  const kept = [task.reference, placeOf(task.model.scenarios, scenario)];
  return { ...task, runs: task.runs.filter((run) => kept.includes(run.scenario)) };
}

const DRAWS = 3_600;
const ROOT = Math.sqrt(DRAWS);

describe("closed forms", () => {
  it("gives the normal distribution of an NPV that is linear in two normals", async () => {
    const whole = await taskOf(
      modelOf(
        caseWith({
          coach_prijs: { kind: "normal", low: 900, high: 1700 },
          opstart: { kind: "normal", low: 30_000, high: 90_000 },
        }),
      ),
    );
    const task = only(whole, "ontschot");
    const at = (coach: number, start: number) =>
      npvByRun(task, "ontschot", { coach_prijs: coach, opstart: start });
    const [perCoach, perStart] = [at(1301, 60_000) - at(1300, 60_000), at(1300, 60_001) - at(1300, 60_000)];
    const z = normalQuantile(0.95);
    const expected = {
      mean: at(1300, 60_000),
      sd: Math.hypot((perCoach * 400) / z, (perStart * 30_000) / z),
    };
    const { figures } = summary(task, settings(DRAWS));
    const found = figures.find(({ key }) => isNpv(task, "ontschot", "samenleving")(key));
    expect(expected.sd).toBeGreaterThan(10_000);
    expect(Math.abs((found?.mean ?? 0) - expected.mean)).toBeLessThan(4 * (found?.se ?? 0));
    expect(found?.se).toBeCloseTo(expected.sd / ROOT, -2);
    expect(Math.abs((found?.sd ?? 0) - expected.sd)).toBeLessThan((4 * expected.sd) / Math.sqrt(2 * DRAWS));
    for (const [place, p] of [0.05, 0.25, 0.5, 0.75, 0.95].entries()) {
      const score = normalQuantile(p);
      const density = Math.exp((-score * score) / 2) / Math.sqrt(2 * Math.PI);
      const error = (expected.sd * Math.sqrt(p * (1 - p))) / (density * ROOT);
      const quantile = expected.mean + score * expected.sd;
      expect(Math.abs((found?.quantiles[place] ?? 0) - quantile)).toBeLessThan(4 * error);
    }
  });

  it("gives the moments of an NPV that is linear in a product of lognormals", async () => {
    const file = caseWith({
      coach_prijs: { kind: "lognormal", low: 700, high: 2400 },
      tweede: { kind: "lognormal", low: 0.6, high: 1.7 },
    });
    const factor = {
      id: "tweede",
      label: "Tweede factor",
      value: 1,
      kind: "assumed",
      distribution: { kind: "lognormal", low: 0.6, high: 1.7 },
    } as unknown as (typeof file.parameters)[number];
    const interventions = file.interventions.map((intervention) =>
      intervention.id === "coach"
        ? { ...intervention, costs: [{ months: "jaarduur", perMonth: "coach_prijs * tweede / jaarduur" }] }
        : intervention,
    );
    const whole = await taskOf(
      modelOf({ ...file, parameters: [...file.parameters, factor], interventions } as typeof file),
    );
    const task = only(whole, "ontschot");
    const at = (coach: number) => npvByRun(task, "ontschot", { coach_prijs: coach, tweede: 1 });
    const slope = at(1301) - at(1300);
    const z = normalQuantile(0.95);
    const log = (low: number, high: number) => ({
      mean: (Math.log(low) + Math.log(high)) / 2,
      variance: ((Math.log(high) - Math.log(low)) / (2 * z)) ** 2,
    });
    const [one, other] = [log(700, 2400), log(0.6, 1.7)];
    const variance = one.variance + other.variance;
    const mean = Math.exp(one.mean + other.mean + variance / 2);
    const expected = {
      mean: at(1300) + slope * (mean - 1300),
      sd: Math.abs(slope) * mean * Math.sqrt(Math.exp(variance) - 1),
    };
    const { figures } = summary(task, settings(DRAWS));
    const found = figures.find(({ key }) => isNpv(task, "ontschot", "samenleving")(key));
    expect(Math.abs((found?.mean ?? 0) - expected.mean)).toBeLessThan((4 * expected.sd) / ROOT);
    // The median of the product is the product of the medians.
    const median = at(1300) + slope * (Math.exp(one.mean + other.mean) - 1300);
    const error =
      (Math.abs(slope) * Math.exp(one.mean + other.mean) * Math.sqrt((variance * Math.PI) / 2)) / ROOT;
    expect(Math.abs((found?.quantiles[2] ?? 0) - median)).toBeLessThan(4 * error);
  });
});

describe("draws away from the stated values", () => {
  it("gives the NPV of society that a single run with the same allocation gives", async () => {
    const task = await taskOf(modelOf(shippedCase()));
    const drawn = drawnParameters(task.model);
    const source = new DrawSource(task.model, drawn, settings(64, 7));
    const draws = source.columns(0, 12);
    const plan = new CasePlan(
      task.model,
      task.runs,
      task.reference,
      createTypeScriptKernel,
      drawn.map(({ index }) => index),
    );
    const { figures, invalid } = plan.evaluate(draws);
    expect([...invalid].every((flag) => flag === 0)).toBe(true);
    for (const scenario of ["verkokerd", "ontschot"]) {
      const place = plan.keys.findIndex(isNpv(task, scenario, "samenleving"));
      for (let draw = 0; draw < draws.count; draw += 1) {
        const parameters = Object.fromEntries(
          drawn.map(({ id, index }) => [id, draws.columns[index]?.[draw] ?? Number.NaN]),
        );
        const expected = npvByRun(task, scenario, parameters);
        const found = figures[draw * plan.keys.length + place] ?? Number.NaN;
        expect(Math.abs(found - expected)).toBeLessThan(1e-9 * Math.abs(expected) + 1e-4);
      }
    }
  });
});

describe("what is kept", () => {
  it("keeps figures as they are, and yearly amounts to seven digits", async () => {
    const task = await taskOf(modelOf(shippedCase()));
    const { part } = simulate(task, settings(40, 3));
    const drawn = drawnParameters(task.model);
    const plan = new CasePlan(
      task.model,
      task.runs,
      task.reference,
      createTypeScriptKernel,
      drawn.map(({ index }) => index),
    );
    const { figures, years } = plan.evaluate(
      new DrawSource(task.model, drawn, settings(40, 3)).columns(0, 32),
    );
    const columns = (values: Float64Array, width: number) =>
      Array.from({ length: width }, (_, place) =>
        Array.from({ length: 32 }, (_, draw) => values[draw * width + place] as number),
      );
    const kept = (rows: Kept<Amounts>) =>
      Array.from(rows.columns, (column) => {
        const into = new Float64Array(40);
        copyColumn(rows, column, into);
        return [...into.subarray(0, 32)];
      });
    expect(kept(part.figures)).toEqual(columns(figures, plan.keys.length));
    expect(
      part.years.every(({ pieces }) => pieces.every(({ amounts }) => amounts instanceof Float32Array)),
    ).toBe(true);
    const byYear = part.years.map(kept);
    expect(
      plan.keys.flatMap(({ length }) => Array.from({ length }, (_, year) => byYear[year]?.shift())),
    ).toEqual(columns(years, plan.yearWidth).map((column) => column.map(Math.fround)));
  });
});

describe("reproducible", () => {
  it("has the same bytes for slices of 1, 7 and 1,000 draws", async () => {
    const task = await taskOf(modelOf(shippedCase()));
    const [one, seven, many] = [1, 7, 1000].map((slice) => simulate(task, settings(150, 3), slice).part);
    expect(seven).toEqual(one);
    expect(many).toEqual(one);
    expect(simulate(task, settings(150, 4)).part.figures).not.toEqual(one?.figures);
  });

  it("has the same bytes for any slices, also where no draw moves some courses", async () => {
    const task = await taskOf(modelOf(caseWith({ coach_prijs: { kind: "normal", low: 900, high: 1700 } })));
    const [one, many] = [1, 1000].map((slice) => simulate(task, settings(40, 3), slice).part);
    expect(many).toEqual(one);
    const figures = one?.figures as Kept<Float64Array>;
    const figure = new Float64Array(40);
    const moves = Array.from(figures.columns, (column) => {
      copyColumn(figures, column, figure);
      return figure[0] !== figure[1];
    });
    expect(new Set(moves)).toEqual(new Set([true, false]));
  });

  it.each(["plain", "latinHypercube"] as const)(
    "has the same bytes for any dealing of %s draws",
    async (sampling) => {
      const task = await taskOf(modelOf(caseWith({ z_werk: { kind: "normal", low: -0.1, high: 1.3 } })));
      const how = { draws: 300, seed: 3, sampling };
      const dealt = (stretches: readonly Stretch[]) => {
        const [first, ...more] = stretches;
        const simulation = new Simulation(
          task.model,
          task.runs,
          task.reference,
          how,
          createTypeScriptKernel,
          first,
        );
        while (!simulation.finished) simulation.advance(1000);
        for (const stretch of more) {
          simulation.goOn(stretch);
          while (!simulation.finished) simulation.advance(40);
        }
        return simulation.part();
      };
      const { keys, part } = simulate(task, how);
      const parts = [
        dealt([
          { first: 5, count: 64 },
          { first: 137, count: 3 },
          { first: 141, count: 159 },
        ]),
        dealt([
          { first: 0, count: 5 },
          { first: 69, count: 68 },
          { first: 140, count: 1 },
        ]),
      ];
      expect(part.invalidDraws.length).toBeGreaterThan(20);
      expect(parts.every(({ invalidDraws }) => invalidDraws.length > 0)).toBe(true);
      expect(summarizeSimulation(keys, how, parts)).toEqual(summarizeSimulation(keys, how, [part]));
    },
  );

  it("has the same bytes for any slices, also where draws are invalid", async () => {
    const task = await taskOf(modelOf(caseWith({ z_werk: { kind: "normal", low: -0.1, high: 1.3 } })));
    const [one, many] = [1, 1000].map((slice) => simulate(task, settings(60, 3), slice).part);
    expect(one?.invalidDraws.length).toBeGreaterThan(0);
    const figures = one?.figures as Kept<Float64Array>;
    const figure = new Float64Array(60);
    for (let column = 0; column < figures.width; column += 1) {
      copyColumn(figures, column, figure);
      for (const draw of one?.invalidDraws ?? []) expect(figure[draw]).toBeNaN();
    }
    expect(many).toEqual(one);
  });

  it("moves no draw of another parameter when one is added or two change places", () => {
    const model = modelOf(caseWith({ coach_prijs: { kind: "normal", low: 900, high: 1700 } }));
    const more = modelOf(
      caseWith({
        coach_prijs: { kind: "normal", low: 900, high: 1700 },
        opstart: { kind: "normal", low: 30_000, high: 90_000 },
      }),
    );
    const file = caseWith({ coach_prijs: { kind: "normal", low: 900, high: 1700 } });
    const turned = modelOf({ ...file, parameters: [...file.parameters].reverse() });
    const [alone, together, reversed] = [model, more, turned].map((known) => {
      const { columns } = new DrawSource(known, drawnParameters(known), settings(50)).columns(0, 50);
      return columns[placeOf(known.parameters, "coach_prijs")];
    });
    expect(together).toEqual(alone);
    expect(reversed).toEqual(alone);
  });

  it("spreads the error of a Latin hypercube thinner than that of plain draws", async () => {
    const whole = await taskOf(modelOf(caseWith({ coach_prijs: { kind: "normal", low: 900, high: 1700 } })));
    const task = only(whole, "verkokerd");
    const exact = npvByRun(task, "verkokerd", { coach_prijs: 1300 });
    const miss = (sampling: DrawSettings["sampling"]) => {
      const { figures } = summary(task, { draws: 400, seed: 5, sampling });
      const found = figures.find(({ key }) => isNpv(task, "verkokerd", "samenleving")(key));
      return Math.abs((found?.mean ?? 0) - exact);
    };
    expect(miss("latinHypercube")).toBeLessThan(miss("plain") / 5);
  });
});

describe("a worker", () => {
  it("takes its memory again for the next question, and gives the same to the same", async () => {
    const task = await taskOf(modelOf(shippedCase()));
    let created = 0;
    const open = () =>
      inlinePort(
        (post) =>
          new SimulationService({
            now: () => performance.now(),
            pause: () => new Promise((resolve) => setTimeout(resolve)),
            post,
            createKernel: (bytes) => {
              created += 1;
              return createTypeScriptKernel(bytes);
            },
          }),
      );
    const runner = new SimulationRunner(open, 1);
    const outcomes = [];
    for (const seed of [1, 2, 1]) outcomes.push(await runner.run({ ...task, settings: settings(40, seed) }));
    expect(created).toBe(1);
    expect(outcomes[0]?.kind).toBe("finished");
    expect(outcomes[2]).toEqual(outcomes[0]);
    expect(outcomes[1]).not.toEqual(outcomes[0]);
  });

  it("sends its workers no more of a run than what every draw keeps of it", async () => {
    const task = await taskOf(modelOf(shippedCase()));
    const sent: SimulationRequest[] = [];
    const post = (request: SimulationRequest) => void sent.push(request);
    const open = () => ({ post, onAnswer: () => {}, onFailure: () => {}, close: () => {} });
    const runner = new SimulationRunner(open, 1);
    void runner.run({ ...task, settings: settings(40) });
    runner.close();
    const [first] = sent;
    const runs = first?.kind === "start" ? first.task.runs : [];
    expect(runs).toHaveLength(task.runs.length);
    for (const run of runs) {
      expect(Object.keys(run).sort()).toEqual(["payments", "scenario", "tracks"]);
      for (const track of run.tracks)
        expect(Object.keys(track).sort()).toEqual(["municipality", "persons", "segment", "track"]);
    }
  });
});

describe("comparisons", () => {
  it("knows a difference better than two separate means, as both share their draws", async () => {
    const task = await taskOf(modelOf(shippedCase()));
    const { figures, comparisons } = summary(task, settings(2_000));
    const se = (scenario: string) =>
      figures.find(({ key }) => isNpv(task, scenario, "samenleving")(key))?.se ?? Number.NaN;
    const pair = comparisons.find(
      ({ scenario, other, perspective }) =>
        scenario === placeOf(task.model.scenarios, "ontschot") &&
        other === placeOf(task.model.scenarios, "verkokerd") &&
        perspective === placeOf(task.model.perspectives, "samenleving"),
    );
    expect(pair?.se).toBeGreaterThan(0);
    expect(pair?.se ?? Number.NaN).toBeLessThan(0.3 * Math.hypot(se("ontschot"), se("verkokerd")));
    const means = ["ontschot", "verkokerd"].map(
      (id) => figures.find(({ key }) => isNpv(task, id, "samenleving")(key))?.mean ?? Number.NaN,
    );
    expect(pair?.mean).toBeCloseTo((means[0] ?? 0) - (means[1] ?? 0), 5);
  });
});

describe("next to nothing", () => {
  it("is no gain: scenarios that differ by the rounding of a programme do not beat each other", () => {
    const key = (scenario: number): FigureKey => ({
      scenario,
      kind: "perspective",
      index: 0,
      municipality: null,
      years: -1,
      length: 0,
    });
    const { figures, comparisons } = summarizeSimulation([key(0), key(1)], settings(4), [
      {
        count: 4,
        figures: {
          columns: Int32Array.of(0, 1),
          width: 2,
          pieces: [
            {
              first: 0,
              draws: 4,
              amounts: Float64Array.of(100, -100, 0.004, 0.006, 100.003, -100.003, 0, 0),
              places: Int32Array.of(0, 1),
            },
          ],
        },
        years: [],
        invalid: [],
        invalidDraws: [],
      },
    ]);
    expect(figures.map(({ positive }) => positive.chance)).toEqual([0.5, 0.25]);
    expect(comparisons.map(({ scenario, better }) => [scenario, better.chance])).toEqual([
      [0, 0.25],
      [1, 0],
    ]);
  });
});

describe("invalid draws", () => {
  it("counts them, keeps their values and says what is wrong; the statistics are over the others", async () => {
    const model = modelOf(caseWith({ z_werk: { kind: "normal", low: -0.1, high: 1.3 } }));
    const task = await taskOf(model);
    const how = settings(500);
    const { keys, part } = simulate(task, how);
    const result = summarizeSimulation(keys, how, [part]);
    const values = new DrawSource(model, drawnParameters(model), how).columns(0, 500).columns[
      placeOf(model.parameters, "z_werk")
    ] as Float64Array;
    const wrong = [...values.keys()].filter((draw) => (values[draw] as number) < 0);
    expect(wrong.length).toBeGreaterThan(10);
    expect([...part.invalidDraws]).toEqual(wrong);
    expect(result.invalid).toBe(wrong.length);
    expect(result.valid).toBe(500 - wrong.length);
    expect(result.figures.every(({ draws, mean }) => draws === result.valid && Number.isFinite(mean))).toBe(
      true,
    );
    const [first] = result.invalidDraws;
    expect(first?.draw).toBe(wrong[0]);
    expect(first?.parameters.z_werk).toBe(values[wrong[0] as number]);
    expect(first?.fault.code).not.toBe("NOT_FINITE");
    expect(first?.fault.path).not.toBe("");
  });
});
