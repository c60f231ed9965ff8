/** Cases and tasks for the tests of uncertainty. */
import { readFileSync } from "node:fs";
import loadHighs from "highs";
import {
  createHighsSolver,
  type Model,
  runCase,
  type SensitivityTask,
  type Solver,
} from "../../../models/index.ts";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";

const SHIPPED = new URL("../../../scenarios/data/drechtsteden-klein.json", import.meta.url);

/** The shipped case as an object of its own, to be changed. */
export function shippedCase(): BusinessCase {
  return JSON.parse(readFileSync(SHIPPED, "utf8"));
}

/** The shipped case in which only these parameters are drawn. */
export function caseWith(distributions: Readonly<Record<string, object>>): BusinessCase {
  const file = shippedCase();
  const parameters = file.parameters.map((parameter) => {
    const { distribution: _, ...rest } = parameter;
    const distribution = distributions[parameter.id];
    return (distribution ? { ...rest, distribution } : rest) as typeof parameter;
  });
  return { ...file, parameters };
}

export function modelOf(file: BusinessCase): Model {
  const opened = openCase(JSON.stringify(file));
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

let solver: Promise<Solver> | null = null;

/** All scenarios of a case, worked out, as the analyses take them. */
export async function taskOf(model: Model): Promise<SensitivityTask> {
  solver ??= loadHighs().then(createHighsSolver);
  const { runs, reference } = runCase(model, await solver);
  return { model, runs, reference };
}

/** Place of an item by id. */
export function placeOf(list: readonly { readonly id: string }[], id: string): number {
  return list.findIndex((item) => item.id === id);
}
