/** The worked page of docs/method.md: every figure in it is what the engine gives. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openStrata } from "../../../models/cohort/strata.ts";
import { appraise, cubeOf } from "../../../models/index.ts";
import { purseFigures } from "../../../models/results/afterTransfers.ts";
import { budgetView, reconcile } from "../../../models/results/budgetView.ts";
import { sumLines } from "../../../models/results/cube.ts";
import { openCase } from "../../../scenarios/index.ts";
import { place, work } from "./smallCase.ts";

const read = (path: string) => readFileSync(new URL(`../../../docs/${path}`, import.meta.url), "utf8");
const page = read("method.md").split("## One newcomer, from file to figure")[1]?.split("## Sources")[0] ?? "";
const amount = (value: number) =>
  Math.abs(value).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

it("agrees with the engine, figure by figure", async () => {
  const opened = openCase(read("newcomer.json"));
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  const { model, scenario, reference } = await work(opened.caseFile, "coach");
  const said: string[] = [];
  const row = (values: ArrayLike<number>, format: (value: number) => string) =>
    said.push(Array.from(values, format).join(" | "));

  for (const side of [reference, scenario]) {
    const track = place(model.tracks, side === reference ? "basis" : "met_coach");
    const { course } = openStrata(model, side.values).get(0, 0, track);
    const onBenefit = place(model.states, "bijstand");
    const start = Array.from({ length: 5 }, (_, year) => course.distribution[year * 2 + onBenefit] ?? 0);
    row(start, (value) => (value === 1 ? "1" : value.toFixed(6)));
    row(course.personYears[onBenefit] ?? [], (value) => value.toFixed(6));
    const buig = place(model.accounts, "buig");
    row(
      sumLines(cubeOf(side.run), 4, (line) => line.account === buig),
      amount,
    );
  }
  said.push(Array.from(scenario.run.factors, (factor) => factor.toFixed(6)).join(", "));

  const of = (parties: string[]) =>
    appraise(model, scenario.run, reference.run, { parties: parties.map((id) => place(model.parties, id)) })
      .npv;
  const purses = purseFigures(model, scenario, reference);
  for (const value of [
    of(["gemeente", "rijk"]),
    of(["gemeente"]),
    of(["rijk"]),
    purses.municipalities[0]?.npv ?? 0,
    purses.municipalities[0]?.peakPrefinancing ?? 0,
  ])
    said.push(`= ${amount(value)}`);

  const view = budgetView(model, scenario.values, scenario, reference);
  const line = view.lines.find(
    (item) => item.kind === "state" && item.account === place(model.accounts, "buig"),
  );
  if (!line) throw new Error("line");
  for (const year of [1, 2, 3]) said.push(amount(line.amounts[year] ?? 0));
  const row_ = reconcile(line, scenario.settlement.factors);
  for (const part of ["npv", "discounting", "notCashable", "prices", "budget"] as const)
    said.push(amount(row_[part]));
  const tax = view.lines.find((item) => item.account === place(model.accounts, "belasting"));
  for (const value of tax?.social ?? []) if (value !== 0) said.push(amount(value));
  said.push(amount(reconcile(tax ?? line, scenario.settlement.factors).npv));
  row(line.social.slice(0, 4), amount);

  expect(said.length).toBeGreaterThan(25);
  expect(said.filter((figure) => !page.includes(figure))).toEqual([]);
});
