/** What every run must keep, on random cases (published properties P1 to P13, and those of model.md). */
import fc from "fast-check";
import loadHighs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import { openStrata } from "../../models/cohort/strata.ts";
import {
  type CaseRun,
  createHighsSolver,
  cubeOf,
  lineBearer,
  type Model,
  presentValue,
  runCase,
  type ScenarioRun,
  type Solver,
  scenarioValues,
  sumLines,
} from "../../models/index.ts";
import { type BusinessCase, openCase, serializeCase } from "../../scenarios/index.ts";
import { randomCase } from "./randomCase.ts";

const RUNS = { numRuns: 40, seed: 20261123 };
let solver: Solver;
beforeAll(async () => {
  solver = createHighsSolver(await loadHighs());
});

function modelOf(file: BusinessCase): Model {
  const opened = openCase(serializeCase(file));
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

function scenario(model: Model, result: CaseRun, id: string): ScenarioRun {
  const run = result.runs.find(({ scenario: index }) => model.scenarios[index]?.id === id);
  if (!run) throw new Error(id);
  return run;
}

function near(found: number, expected: number, relative: number, what: string): void {
  expect(Math.abs(found - expected), `${what}: ${found} against ${expected}`).toBeLessThanOrEqual(
    relative * Math.max(1, Math.abs(expected)),
  );
}

/** Checks a property on random cases, run whole. */
function everyCase(check: (file: BusinessCase, model: Model, result: CaseRun) => void): void {
  fc.assert(
    fc.property(randomCase, (file) => {
      const model = modelOf(file);
      check(file, model, runCase(model, solver));
    }),
    RUNS,
  );
}

describe("money", () => {
  it("P1 net present value is benefits less costs, and P2 parties sum to the widest perspective, per year", () =>
    everyCase((_, model, result) => {
      const widest = model.perspectives.findIndex(({ parties }) => parties.length === model.parties.length);
      for (const figures of result.figures) {
        for (const appraisal of [...figures.perspectives, ...figures.parties, ...figures.municipalities])
          near(appraisal.npv, appraisal.benefits - appraisal.costs, 1e-9, "P1");
        const all = figures.perspectives[widest];
        for (const [year, net] of (all?.net ?? []).entries())
          near(
            figures.parties.reduce((sum, party) => sum + (party.net[year] ?? 0), 0),
            net,
            1e-7,
            "P2",
          );
      }
    }));

  it("P3 at a rate of zero the net present value is the plain sum", () =>
    fc.assert(
      fc.property(randomCase, (file) => {
        file.parameters[0] = { ...file.parameters[0], id: "disconto", label: "Disconto", value: 0 };
        const model = modelOf(file);
        for (const { perspectives } of runCase(model, solver).figures)
          for (const { npv, net } of perspectives)
            near(
              npv,
              net.reduce((sum, amount) => sum + amount, 0),
              1e-12,
              "P3",
            );
      }),
      RUNS,
    ));

  it("P4 doubling all money doubles the value and leaves ratio and rate of return", () => {
    const double = (value: unknown): unknown => (typeof value === "number" ? 2 * value : `2 * (${value})`);
    fc.assert(
      fc.property(randomCase, (file) => {
        const twice = structuredClone(file);
        twice.parameters = twice.parameters.map((item) =>
          item.unit?.startsWith("EUR") ? { ...item, value: double(item.value) as number } : item,
        );
        for (const state of twice.states)
          for (const flow of state.flows ?? [])
            if (typeof flow.amount === "number") flow.amount = double(flow.amount) as number;
        for (const account of twice.accounts)
          if (typeof account.envelope === "number") account.envelope = double(account.envelope) as number;
        for (const intervention of twice.interventions)
          for (const cost of intervention.costs ?? []) {
            if ("amount" in cost) cost.amount = double(cost.amount) as number;
            else cost.perMonth = double(cost.perMonth) as number;
          }
        const before = runCase(modelOf(file), solver);
        const after = runCase(modelOf(twice), solver);
        // The willingness slack is in euros and no hurdle is set here, so the same tracks are open.
        for (const [index, figures] of before.figures.entries()) {
          const objective = before.runs[index]?.objective;
          if (objective !== null && objective !== undefined)
            near(after.runs[index]?.objective ?? Number.NaN, 2 * objective, 1e-7, "objective");
          if (index === 0)
            for (const [at, { npv, ratioGross, irr }] of figures.perspectives.entries()) {
              near(after.figures[index]?.perspectives[at]?.npv ?? Number.NaN, 2 * npv, 1e-9, "npv");
              expect(after.figures[index]?.perspectives[at]?.ratioGross).toBe(ratioGross);
              expect(after.figures[index]?.perspectives[at]?.irr).toBe(irr);
            }
        }
      }),
      RUNS,
    );
  });

  it("P5 a scenario against itself differs by exactly nothing", () =>
    everyCase((_, model, result) => {
      for (const run of result.runs) {
        const self = runCase(model, solver, [run.scenario], run.scenario).figures[0];
        for (const appraisal of [...(self?.perspectives ?? []), ...(self?.parties ?? [])]) {
          expect(appraisal.npv).toBe(0);
          expect([...appraisal.net].every((amount) => amount === 0)).toBe(true);
          expect(appraisal.costs).toBe(0);
          expect(appraisal.benefits).toBe(0);
        }
      }
    }));
});

describe("persons", () => {
  it("P13 every distribution sums to 1 and every entrant has one track", () =>
    everyCase((_, model, result) => {
      const strata = openStrata(model, scenarioValues(model, null));
      for (const [segment] of model.segments.entries())
        for (const [track] of model.tracks.entries()) {
          const { course } = strata.get(0, segment, track);
          for (let cycle = 0; cycle <= course.cycles; cycle += 1) {
            const row = course.distribution.subarray(cycle * course.states, (cycle + 1) * course.states);
            near(
              row.reduce((sum, share) => sum + share, 0),
              1,
              1e-12,
              "row",
            );
            expect(row.every((share) => share >= -1e-12)).toBe(true);
          }
        }
      for (const run of result.runs)
        for (const [municipality, segments] of run.entrants.entries())
          for (const [segment, years] of segments.entries())
            for (const [year, persons] of years.entries()) {
              const placed = run.tracks
                .filter((track) => track.municipality === municipality && track.segment === segment)
                .reduce((sum, track) => sum + (track.persons[year] ?? 0), 0);
              near(placed, persons, 1e-9, "placed");
            }
    }));
});

describe("walls", () => {
  it("every cost is paid, once, and no purse pays more than it has or what it may not", () =>
    everyCase((_, model, result) => {
      const general = model.accounts.length;
      for (const run of result.runs) {
        const data = model.scenarios[run.scenario];
        const pooled = new Set(data?.pool);
        for (const payment of run.payments) {
          expect(payment.amounts.every((amount) => amount >= 0)).toBe(true);
          const account = model.accounts[payment.account];
          const spent = payment.amounts.reduce((sum, amount) => sum + amount, 0);
          if (!account || spent < 1e-6) continue;
          const inEarmark = account.earmark === null || account.earmark.includes(payment.intervention);
          const allowed =
            account.funds.includes(payment.intervention) || (pooled.has(payment.account) && inEarmark);
          expect(allowed, `${account.id} pays ${model.interventions[payment.intervention]?.id}`).toBe(true);
        }
        for (const [index, account] of model.accounts.entries()) {
          if (pooled.has(index)) continue;
          const room = run.envelopes[index]?.flat() ?? [];
          const total = room.reduce((sum, years) => sum + years.reduce((a, b) => a + b, 0), 0);
          const paid = run.payments
            .filter((payment) => payment.account === index)
            .reduce((sum, payment) => sum + payment.amounts.reduce((a, b) => a + b, 0), 0);
          expect(paid, account.id).toBeLessThanOrEqual(total + 1e-4);
        }
        const optional = run.payments.filter(
          (payment) =>
            payment.account === general && model.interventions[payment.intervention]?.statutory !== true,
        );
        if (data?.allocation.mode === "optimal") expect(optional).toEqual([]);
      }
    }));

  it("P6 pooled is never worse than siloed for the same objective and the same open tracks", () =>
    everyCase((_, model, result) => {
      const siloed = scenario(model, result, "verkokerd");
      const pooled = scenario(model, result, "ontschot");
      const slack = 1e-8 * Math.max(1, Math.abs(siloed.objective ?? 0)) + 1e-3;
      expect(pooled.objective ?? Number.NaN).toBeLessThanOrEqual((siloed.objective ?? Number.NaN) + slack);
    }));

  it("P6 lifting an earmark never lowers the value", () =>
    fc.assert(
      fc.property(randomCase, (file) => {
        const pooled = file.scenarios.find(({ id }) => id === "ontschot");
        if (!pooled) throw new Error("ontschot");
        file.scenarios.push({ ...pooled, id: "onrechtmatig", liftEarmarks: ["spuk"] });
        const model = modelOf(file);
        const result = runCase(model, solver);
        const lawful = scenario(model, result, "ontschot");
        const lifted = scenario(model, result, "onrechtmatig");
        const slack = 1e-8 * Math.max(1, Math.abs(lawful.objective ?? 0)) + 1e-3;
        expect(lifted.objective ?? Number.NaN).toBeLessThanOrEqual((lawful.objective ?? Number.NaN) + slack);
        expect(lawful.unlawful.some(({ reason }) => reason === "LIFTS_EARMARK")).toBe(false);
        expect(lifted.unlawful.some(({ reason }) => reason === "LIFTS_EARMARK")).toBe(true);
      }),
      RUNS,
    ));

  it("the objective of a run is what its cube says its parties bear", () =>
    everyCase((_, model, result) => {
      for (const run of result.runs) {
        const objective = model.scenarios[run.scenario]?.objective;
        if (objective === null || objective === undefined) continue;
        const parties = model.perspectives[objective]?.parties ?? [];
        const borne = sumLines(cubeOf(run), model.time.years, (line) =>
          parties.includes(lineBearer(model, line)),
        );
        near(run.objective ?? Number.NaN, presentValue(borne, run.factors), 1e-12, "objective");
      }
    }));
});

describe("names and order", () => {
  it("P10 the order of lists changes nothing, to the bit", () =>
    fc.assert(
      fc.property(randomCase, (file) => {
        const turned = structuredClone(file);
        for (const list of [
          turned.accounts,
          turned.states,
          turned.segments,
          turned.interventions,
          turned.tracks,
          turned.scenarios,
          turned.municipalities,
          turned.parties,
          turned.parameters,
          ...turned.segments.map((segment) => segment.transitions),
          ...turned.perspectives.map((perspective) => perspective.parties),
        ])
          list.reverse();
        const figures = (source: BusinessCase) => {
          const model = modelOf(source);
          const order = model.scenarios.map((_, index) => index);
          return JSON.stringify(
            runCase(model, solver, order).figures.map(({ perspectives, parties, municipalities }) =>
              [...perspectives, ...parties, ...municipalities].map(({ npv, net }) => [npv, ...net]),
            ),
          );
        };
        expect(figures(turned)).toBe(figures(file));
      }),
      RUNS,
    ));

  it("P9 and P11 the same case gives the same bytes, and writing and reading changes none", () =>
    everyCase((file, model, result) => {
      const again = runCase(model, solver);
      expect(JSON.stringify(again.figures)).toBe(JSON.stringify(result.figures));
      const text = serializeCase(file);
      const opened = openCase(text);
      expect(opened.ok && serializeCase(opened.caseFile)).toBe(text);
    }));
});

describe("effects", () => {
  it("zero effects give zero difference in what people live through", () =>
    fc.assert(
      fc.property(randomCase, (file) => {
        for (const intervention of file.interventions)
          for (const effect of intervention.effects ?? [])
            if ("hazardRatio" in effect) effect.hazardRatio = 1;
            else effect.factor = 1;
        for (const track of file.tracks) {
          track.wait = 2;
          track.clockShift = 0;
        }
        const model = modelOf(file);
        // Who pays may shift between parties; together they can only lose what optional work costs.
        const widest = model.perspectives.findIndex(({ parties }) => parties.length === model.parties.length);
        for (const { perspectives } of runCase(model, solver).figures)
          expect(perspectives[widest]?.npv).toBeLessThanOrEqual(1e-3);
        const strata = openStrata(model, scenarioValues(model, null));
        for (const [segment] of model.segments.entries()) {
          const reference = strata.get(0, segment, 0).money.flows;
          for (const [track] of model.tracks.entries())
            expect(strata.get(0, segment, track).money.flows).toEqual(reference);
        }
        expect(strata.courses).toBeLessThanOrEqual(model.segments.length);
      }),
      RUNS,
    ));

  it("P12 more optimism correction never raises the value of a track that only helps", () =>
    fc.assert(
      fc.property(randomCase, fc.constantFrom(0.2, 0.5, 1), (file, correction) => {
        for (const intervention of file.interventions) {
          for (const effect of intervention.effects ?? [])
            if ("hazardRatio" in effect) {
              effect.hazardRatio = 1.5;
              effect.to = ["werk"];
            } else effect.factor = 0.8;
        }
        // Work costs the objective less than any other state, and nobody falls back from it: helping into work only helps.
        for (const segment of file.segments) {
          segment.transitions = segment.transitions.filter(({ from }) => from !== "werk");
          segment.transitions = segment.transitions.filter(({ to }) => to !== "vertrek");
        }
        file.scenarios = [
          { id: "nul", label: "Nul", allocation: { mode: "reference" } },
          {
            id: "vast",
            label: "Vast",
            allocation: { mode: "fixed", shares: { b1: { duaal: 1 }, z: { duaal: 1 } } },
            objective: "alles",
          },
        ];
        const npv = (bias: number) => {
          const model = modelOf({
            ...file,
            optimismBias: { enabled: true, correction: { 1: bias, 2: bias, 3: bias, 4: bias } },
          });
          const result = runCase(model, solver);
          const widest = model.perspectives.findIndex(({ id }) => id === "alles");
          return result.figures[1]?.perspectives[widest]?.npv ?? Number.NaN;
        };
        expect(npv(correction)).toBeLessThanOrEqual(npv(0) + 1e-6);
      }),
      RUNS,
    ));
});
