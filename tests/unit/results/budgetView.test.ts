import { describe, expect, it } from "vitest";
import {
  type BudgetLine,
  budgetView,
  RECONCILIATION_PARTS,
  reconcile,
} from "../../../models/results/budgetView.ts";
import { presentValue } from "../../../models/results/cube.ts";
import { appraise } from "../../../models/results/figures.ts";
import { indexLevel } from "../../../models/results/priceLevels.ts";
import type { Account, BusinessCase } from "../../../scenarios/index.ts";
import { place, smallCase, work } from "./smallCase.ts";

// Prices rise 10% a year on the BUIG (110 in 2027, 121 in 2028, 133.1 in 2029 against 100 in 2026), nothing on the
// SPUK; of a saved benefit 80% is cashable, from 2029.
const changes: Record<string, Partial<Account>> = {
  buig: { index: "norm", cashable: 0.8, cashableFrom: 2029 },
};
const file: BusinessCase = {
  ...smallCase,
  discounting: { rate: 0.25, timing: "start" },
  indices: [{ id: "norm", label: "Norm", levels: { 2026: 100, 2027: 110 }, growth: 0.1 }],
  accounts: smallCase.accounts.map((account) => ({ ...account, ...changes[account.id] })),
};

describe("budget view", async () => {
  const { model, scenario, reference } = await work(file, "coach");
  const view = budgetView(model, scenario.values, scenario, reference);
  const [a, b] = [place(model.municipalities, "a"), place(model.municipalities, "b")];
  const find = (municipality: number, account: number, kind: BudgetLine["kind"]) =>
    view.lines.find(
      (line) => line.municipality === municipality && line.account === account && line.kind === kind,
    );
  const [spuk, buig] = [place(model.accounts, "spuk"), place(model.accounts, "buig")];

  it("keeps the cashable part of a saving only, in the money of the year", () => {
    // a saves 0, 2,500, 3,125; from 2029 80%: 2,500 · 1.331
    const line = find(a, buig, "state");
    expect(line?.taakveld).toBe("6.3");
    expect(Array.from(line?.amounts ?? [])).toEqual([0, 0, expect.closeTo(3327.5, 9), 0]);
    expect(Array.from(line?.notCashable ?? [])).toEqual([0, -2500, expect.closeTo(-625, 9), 0]);
    expect(Array.from(line?.prices ?? [])).toEqual([0, 0, expect.closeTo(827.5, 9), 0]);
  });

  it("puts payments under the task of the work, and transfers under that of the account", () => {
    expect(find(a, spuk, "intervention")?.taakveld).toBe("6.5");
    expect(Array.from(find(a, spuk, "intervention")?.amounts ?? [])).toEqual([-4000, 0, 0, 0]);
    expect(find(a, spuk, "repay")?.taakveld).toBe("6.1");
    expect(Array.from(find(a, spuk, "repay")?.amounts ?? [])).toEqual([0, 4000, 0, 0]);
    expect(find(b, model.accounts.length, "intervention")?.taakveld).toBe("6.5");
  });

  it("counts a loss in full", async () => {
    // With the coach the better track as reference, going back to none costs 2,500 and 3,125: no share is left out.
    const back = budgetView(model, reference.values, reference, scenario);
    const line = back.lines.find((item) => item.municipality === a && item.kind === "state");
    expect(Array.from(line?.amounts ?? [])).toEqual([
      0,
      expect.closeTo(-2500 * 1.21, 9),
      expect.closeTo(-3125 * 1.331, 9),
      0,
    ]);
  });

  it("calls incidental what stands in at most three years", async () => {
    expect(view.lines.every((line) => line.incidental)).toBe(true);
    const long = await work({ ...file, time: { ...file.time, years: 5 } }, "coach");
    const five = budgetView(long.model, long.scenario.values, long.scenario, long.reference);
    // A saving in 2028, 2029, 2030 and 2031, cashable from 2029: three years; without that bound four: structural.
    const all = await work(
      { ...file, time: { ...file.time, years: 5 }, accounts: smallCase.accounts.map((account) => account) },
      "coach",
    );
    const four = budgetView(all.model, all.scenario.values, all.scenario, all.reference);
    const saving = (lines: readonly BudgetLine[]) => lines.find((line) => line.kind === "state")?.incidental;
    expect(saving(five.lines)).toBe(true);
    expect(saving(four.lines)).toBe(false);
  });

  it("reconciles every line, to the bit, with the social view", () => {
    const parties = [...model.parties.keys()];
    const social = appraise(model, scenario.run, reference.run, { parties });
    let npv = 0;
    for (const line of view.lines) {
      for (let year = 0; year < view.years; year += 1) {
        const parts = [line.social, line.outside, line.notCashable, line.transfers, line.prices];
        expect(parts.reduce((sum, part) => sum + (part[year] ?? 0), 0)).toBe(line.amounts[year]);
      }
      const row = reconcile(line, scenario.settlement.factors);
      expect(RECONCILIATION_PARTS.reduce((sum, part) => sum + row[part], 0)).toBe(row.budget);
      const total = line.amounts.reduce((sum, amount) => sum + amount, 0);
      expect(row.budget).toBeCloseTo(total, 8);
      npv += row.npv;
    }
    expect(npv).toBeCloseTo(social.npv, 8);
    expect(presentValue(social.net, scenario.run.factors)).toBeCloseTo(npv, 8);
  });

  it("leaves the books of others out", async () => {
    const elsewhere: BusinessCase = {
      ...file,
      accounts: file.accounts.map((account) =>
        account.id === "buig" ? { ...account, holder: "rijk" } : account,
      ),
    };
    const other = await work(elsewhere, "coach");
    const lines = budgetView(other.model, other.scenario.values, other.scenario, other.reference).lines;
    const flow = lines.find((line) => line.kind === "state" && line.municipality === a);
    expect(Array.from(flow?.amounts ?? [])).toEqual([0, 0, 0, 0]);
    expect(Array.from(flow?.outside ?? [])).toEqual([0, -2500, -3125, 0]);
  });

  it("takes the last level on, and refuses a year without one", () => {
    const growing = model.indices[0];
    if (!growing) throw new Error("index");
    expect(indexLevel(growing, 2026, scenario.values.region)).toBe(100);
    expect(indexLevel(growing, 2029, scenario.values.region)).toBeCloseTo(133.1, 9);
    expect(() => indexLevel(growing, 2025, scenario.values.region)).toThrow(
      /INDEX_LEVEL_MISSING at indices\/norm\/levels/,
    );
    expect(() => indexLevel({ ...growing, growth: null }, 2029, scenario.values.region)).toThrow(
      /INDEX_LEVEL_MISSING/,
    );
  });
});
