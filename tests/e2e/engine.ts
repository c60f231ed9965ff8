/** What the engine says of a case, to hold the screen against. */
import { readFileSync } from "node:fs";
import loadHighs from "highs";
import { createHighsSolver, runCase } from "../../models/index.ts";
import { type BusinessCase, openCase, validateCase } from "../../scenarios/index.ts";
import { formatEuroRounded, formatThousands } from "../../scenarios/text/index.ts";

export function shippedCase(id: string): BusinessCase {
  const opened = openCase(readFileSync(new URL(`../../scenarios/data/${id}.json`, import.meta.url), "utf8"));
  if (!opened.ok) throw new Error(`${id} is no case`);
  return opened.caseFile;
}

export function withValue(file: BusinessCase, parameter: string, value: number): BusinessCase {
  const parameters = file.parameters.map((item) => (item.id === parameter ? { ...item, value } : item));
  return { ...file, parameters };
}

export function withPool(file: BusinessCase, scenario: string, pool: string[]): BusinessCase {
  return {
    ...file,
    scenarios: file.scenarios.map((item) => (item.id === scenario ? { ...item, pool } : item)),
  };
}

/** Net present value of a scenario for a perspective. */
export async function npvOf(file: BusinessCase, scenario: string, perspective: string): Promise<number> {
  const checked = validateCase(file);
  if (!checked.ok) throw new Error(checked.faults.map(({ code }) => code).join());
  const { model } = checked;
  const place = model.scenarios.findIndex(({ id }) => id === scenario);
  const { figures } = runCase(model, createHighsSolver(await loadHighs()), [place]);
  const npv = figures[0]?.perspectives[model.perspectives.findIndex(({ id }) => id === perspective)]?.npv;
  if (npv === undefined) throw new Error(`no figure for ${scenario} and ${perspective}`);
  return npv;
}

/** As the screen has it: a true minus, and no line break inside an amount. */
const typeset = (text: string) => text.replaceAll("-", "\u2212").replaceAll(" ", "\u00a0");

export const rounded = (value: number) => typeset(formatEuroRounded(value, "nl"));
export const thousands = (value: number) => typeset(formatThousands(value, "nl"));
