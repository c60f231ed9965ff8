/** What must hold for the purses of every case (model.md section 5; money.md R10). */
import fc from "fast-check";
import loadHighs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import { transferCosts } from "../../models/funding/settlement/transfers.ts";
import {
  createHighsSolver,
  cubeOf,
  type Model,
  runScenario,
  type Solver,
  scenarioValues,
} from "../../models/index.ts";
import { costsAfterTransfers, linePayer, type Settlement, settle } from "../../models/results/settlement.ts";
import { type Account, type BusinessCase, validateCase } from "../../scenarios/index.ts";
import { randomCase } from "./randomCase.ts";

let solver: Solver;
beforeAll(async () => {
  solver = createHighsSolver(await loadHighs());
});

/** Purse rules of every kind, to be laid over the accounts of a random case. */
const rules = fc.record({
  spukCarry: fc.constantFrom(0, 0.25, 1),
  repayLag: fc.integer({ min: 0, max: 3 }),
  deficit: fc.constantFrom("holder" as const, "carry" as const),
  buigGrant: fc.integer({ min: 0, max: 2_000_000 }),
  other: fc.integer({ min: 0, max: 1_000_000 }),
  history: fc.array(fc.integer({ min: -300_000, max: 300_000 }), { maxLength: 4 }),
  lag: fc.integer({ min: 0, max: 2 }),
  cumulative: fc.boolean(),
  extended: fc.boolean(),
  feedback: fc.array(
    fc.record({ after: fc.integer({ min: 0, max: 3 }), share: fc.double({ min: 0, max: 0.5, noNaN: true }) }),
    {
      maxLength: 2,
    },
  ),
});
type Rules = typeof rules extends fc.Arbitrary<infer T> ? T : never;

function withRules(file: BusinessCase, draw: Rules): BusinessCase {
  const accounts = file.accounts.map((account): Account => {
    if (account.id === "spuk")
      return { ...account, carryOver: draw.spukCarry, repayLag: draw.repayLag, deficit: draw.deficit };
    if (account.id === "re") return { ...account, carryOver: draw.spukCarry };
    if (account.id !== "buig") return account;
    return {
      ...account,
      funder: "rijk",
      grant: draw.buigGrant,
      other: draw.other,
      history: draw.history,
      backstop: {
        party: "rijk",
        lag: draw.lag,
        tiers: [
          { above: 0.075, share: 0.5 },
          { above: 0.125, share: 1 },
        ],
        ...(draw.cumulative ? { cumulative: { years: 3, above: 0.075 } } : {}),
        ...(draw.extended ? { extended: { years: 3, atLeast: 2, share: 0.05, lower: 0.05 } } : {}),
      },
      grantFeedback: draw.feedback,
    };
  });
  return { ...file, accounts };
}

const cases = fc.tuple(randomCase, rules).map(([file, draw]) => withRules(file, draw));

function open(file: BusinessCase): Model {
  const opened = validateCase(file);
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

function settleAll(model: Model) {
  const runs = model.scenarios.map((_, scenario) => runScenario(model, scenario, solver));
  const reference = runs[model.reference];
  if (!reference) throw new Error("no reference");
  return runs.map((run, scenario) => ({
    run,
    settlement: settle(model, scenarioValues(model, scenario), run, reference),
  }));
}

const size = (settlement: Settlement) =>
  settlement.transfers.reduce((most, { amount }) => Math.max(most, amount), 1);

describe("settlement", () => {
  it("keeps double entry: transfers sum to zero in every year, and all parties together bear what was spent", () => {
    fc.assert(
      fc.property(cases, (file) => {
        const model = open(file);
        for (const { run, settlement } of settleAll(model)) {
          const tolerance = 1e-9 * size(settlement);
          for (const total of transferCosts(settlement.transfers, settlement.years, () => true))
            expect(Math.abs(total)).toBeLessThanOrEqual(tolerance);
          for (const { amount, from, to } of settlement.transfers) {
            expect(amount).toBeGreaterThan(0);
            expect(from).not.toEqual(to);
          }
          const after = costsAfterTransfers(model, run, settlement, () => true);
          for (let year = 0; year < settlement.years; year += 1) {
            const spent = cubeOf(run).reduce((sum, line) => sum + (line.amounts[year] ?? 0), 0);
            expect(Math.abs((after[year] ?? 0) - spent)).toBeLessThanOrEqual(
              tolerance + 1e-9 * Math.abs(spent),
            );
          }
        }
      }),
      { numRuns: 25, seed: 20271 },
    );
  });

  it("keeps every purse closed: what comes in is what goes out (R10.1, R10.2), and no backstop is negative (R10.5)", () => {
    fc.assert(
      fc.property(cases, (file) => {
        const model = open(file);
        for (const { settlement } of settleAll(model))
          for (const { amounts, years: y, rules: r } of settlement.purses)
            for (let t = 0; t < model.time.years; t += 1) {
              const at = (column: Float64Array) => column[t] ?? 0;
              const spent =
                at(amounts.other) +
                at(amounts.flows) +
                at(amounts.payments) +
                at(amounts.regime) +
                at(amounts.executor);
              const incoming =
                at(y.grant) + at(y.carriedIn) + at(y.deficitOut) + at(y.borne) + at(y.received);
              const outgoing = spent + at(y.deficitIn) + at(y.carriedOut) + at(y.repaid) + at(y.kept);
              expect(Math.abs(incoming - outgoing)).toBeLessThanOrEqual(
                1e-8 * (1 + Math.abs(spent) + Math.abs(incoming)),
              );
              expect(at(y.carriedOut)).toBeLessThanOrEqual(Math.max(0, r.carryOver * at(y.grant)) + 1e-9);
              expect(at(y.backstop)).toBeGreaterThanOrEqual(0);
              for (const column of [y.carriedOut, y.deficitOut, y.repaid, y.kept, y.borne])
                expect(at(column)).toBeGreaterThanOrEqual(0);
            }
      }),
      { numRuns: 25, seed: 20272 },
    );
  });

  it("gives both modes the same purses without interventions (R10.8)", () => {
    fc.assert(
      fc.property(cases, (file) => {
        const none = {
          ...file,
          interventions: [],
          tracks: [{ id: "basis", label: "Basis", interventions: [] }],
        };
        const accounts = file.accounts.map(({ earmark: _, ...account }) => ({ ...account, funds: [] }));
        const model = open({ ...none, accounts });
        const settled = settleAll(model);
        const of = (id: string) =>
          settled[model.scenarios.findIndex((scenario) => scenario.id === id)]?.settlement;
        const [siloed, pooled] = [of("verkokerd"), of("ontschot")];
        expect(pooled?.purses.length).toBe(siloed?.purses.length);
        for (const [index, purse] of (siloed?.purses ?? []).entries()) {
          const other = pooled?.purses[index];
          for (const key of ["grant", "result", "carriedOut", "repaid", "backstop"] as const)
            for (const [year, amount] of purse.years[key].entries())
              expect(Math.abs(amount - (other?.years[key][year] ?? Number.NaN))).toBeLessThanOrEqual(
                1e-6 * Math.max(1, Math.abs(amount)),
              );
        }
      }),
      { numRuns: 15, seed: 20273 },
    );
  });

  it("leaves the grant of an earmarked purse as it is when purses are pooled (R10.4)", () => {
    fc.assert(
      fc.property(cases, (file) => {
        const model = open(file);
        const spuk = model.accounts.findIndex((account) => account.id === "spuk");
        const grants = settleAll(model).map(({ settlement }) =>
          settlement.purses
            .filter((purse) => purse.account === spuk)
            .map((purse) => Array.from(purse.years.grant)),
        );
        for (const grant of grants) expect(grant).toEqual(grants[0]);
      }),
      { numRuns: 10, seed: 20274 },
    );
  });

  it("pays every line from a holder", () => {
    fc.assert(
      fc.property(cases, (file) => {
        const model = open(file);
        for (const { run } of settleAll(model))
          for (const line of cubeOf(run)) {
            const { party, municipality } = linePayer(model, line);
            expect(party).toBeGreaterThanOrEqual(0);
            expect(municipality).toBe(party === model.localParty ? line.municipality : null);
          }
      }),
      { numRuns: 5, seed: 20275 },
    );
  });
});
