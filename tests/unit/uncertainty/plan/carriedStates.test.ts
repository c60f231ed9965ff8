/** Courses carry persons only through states that somebody asks for, or from which such a state can be reached. */
import { expect, it } from "vitest";
import { DrawSource, drawnParameters } from "../../../../models/uncertainty/draws.ts";
import { createTypeScriptKernel } from "../../../../models/uncertainty/kernel/kernel.ts";
import { carriedPlaces } from "../../../../models/uncertainty/plan/carriedStates.ts";
import { CasePlan } from "../../../../models/uncertainty/plan/evaluation.ts";
import type { BusinessCase } from "../../../../scenarios/index.ts";
import { modelOf, placeOf, shippedCase, taskOf } from "../cases.ts";
import { createCompiledKernel } from "../kernels.ts";

type Json = Record<string, unknown>;

/** The shipped case whose first segments have these moves too, and in which states have other fields. */
function caseOf(fields: Readonly<Record<string, object>>, moves: readonly Json[]): BusinessCase {
  const file = shippedCase() as unknown as { states: Json[]; segments: Json[] };
  for (const state of file.states) Object.assign(state, fields[state.id as string]);
  for (const segment of file.segments) (segment.transitions as Json[]).push(...moves);
  return file as unknown as BusinessCase;
}

it("leaves out a state without flows or costs that leads nowhere", () => {
  const model = modelOf(shippedCase());
  const left = placeOf(model.states, "vertrek");
  const places = carriedPlaces(model);
  expect(places[left]).toBe(-1);
  expect(places.filter((_, state) => state !== left)).toEqual(model.states.slice(1).map((_, place) => place));
});

it("carries an exit with a flow", () => {
  const flows = [{ account: "zvw", amount: "zorg" }];
  const model = modelOf(caseOf({ vertrek: { flows } }, []));
  expect(carriedPlaces(model)).toEqual(model.states.map((_, place) => place));
});

it("carries a state that leads to one that is asked for", () => {
  const model = modelOf(caseOf({}, [{ from: "vertrek", to: "bijstand", rate: "verhuisd" }]));
  expect(carriedPlaces(model)).toEqual(model.states.map((_, place) => place));
});

it("can leave out every state", async () => {
  const file = caseOf(Object.fromEntries(shippedCase().states.map(({ id }) => [id, { flows: [] }])), []);
  const costless = {
    ...file,
    interventions: file.interventions.map((intervention) => ({ ...intervention, costs: [] })),
  } as unknown as BusinessCase;
  const task = await taskOf(modelOf(costless));
  expect(carriedPlaces(task.model).every((place) => place === -1)).toBe(true);
  const drawn = drawnParameters(task.model);
  const draws = new DrawSource(task.model, drawn, { draws: 2, seed: 2, sampling: "plain" }).columns(0, 2);
  const [slow, fast] = [createTypeScriptKernel, createCompiledKernel].map((create) => {
    const plan = new CasePlan(task.model, task.runs, task.reference, create);
    return plan.evaluate(draws);
  });
  expect([...(slow?.invalid ?? [])]).toEqual([0, 0]);
  expect(fast).toEqual(slow);
});
