/** What the engine says a screen is to show, worked out beside the app. */
import { readFileSync } from "node:fs";
import loadHighs from "highs";
import { createHighsSolver, runCase } from "../../models/index.ts";
import { type BusinessCase, openCase, validateCase } from "../../scenarios/index.ts";
import { formatEuroRounded } from "../../scenarios/text/formats.ts";

/** The smallest shipped case of the region: its programmes take a second. */
export const CASE = "drechtsteden-klein";
export const TITLE = "Drechtsteden, kleine casus";

export function shippedCase(): BusinessCase {
  const opened = openCase(
    readFileSync(new URL(`../../scenarios/data/${CASE}.json`, import.meta.url), "utf8"),
  );
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.caseFile;
}

/** The case after a change of its plain data. */
export function changed(change: (file: BusinessCase) => void): BusinessCase {
  const file = structuredClone(shippedCase());
  change(file);
  return file;
}

/** The net present value of a perspective in a scenario as the screen writes it. */
export async function shownNpv(file: BusinessCase, scenario: string, perspective: string): Promise<string> {
  const opened = validateCase(file);
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  const { model } = opened;
  const { figures } = runCase(model, createHighsSolver(await loadHighs()));
  const index = model.scenarios.findIndex(({ id }) => id === scenario);
  const at = model.perspectives.findIndex(({ id }) => id === perspective);
  const npv = figures.find((figure) => figure.scenario === index)?.perspectives[at]?.npv;
  if (npv === undefined) throw new Error(`no ${perspective} in ${scenario}`);
  return formatEuroRounded(npv, "nl");
}

/** Text of the screen with plain spaces and hyphens for its typographic ones. */
export const plain = (text: string | null): string =>
  (text ?? "").replace(/\u00a0|\u202f/g, " ").replace(/\u2212/g, "-");
