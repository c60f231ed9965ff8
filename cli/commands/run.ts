import { byPosition, type CaseRun, type Model, settleCase } from "../../models/index.ts";
import { type Language, texts } from "../../scenarios/text/index.ts";
import { compute, openFile, Refusal, readCase, refusedFaults } from "../case.ts";
import { writePack } from "../output/csv.ts";
import { runAsJson } from "../output/json.ts";
import { runAsText } from "../output/text.ts";
import { solveCase } from "../programmes.ts";

export interface RunOptions {
  readonly scenarios: readonly string[];
  readonly reference: string | undefined;
  readonly json: boolean;
  /** Folder for the CSV pack. */
  readonly out: string | undefined;
  readonly language: Language;
}

/** The scenario of an id; refuses an unknown one. */
export function scenarioIndex(model: Model, id: string, language: Language): number {
  const index = model.scenarios.findIndex((scenario) => scenario.id === id);
  if (index >= 0) return index;
  const known = byPosition(model.scenarios).map((at) => model.scenarios[at]?.id);
  const [what, mend] = texts(language).faults.UNKNOWN_SCENARIO;
  throw new Refusal(2, [`${what} ${id}`, `${mend} ${known.join(", ")}`]);
}

/**
 * Computes the chosen scenarios of a case: all of them when none is named.
 *
 * @param signal ends the work at once, with its reason
 */
export async function runChosen(
  file: string,
  model: Model,
  { scenarios, reference, language }: Pick<RunOptions, "scenarios" | "reference" | "language">,
  signal?: AbortSignal,
): Promise<CaseRun> {
  const chosen =
    scenarios.length > 0
      ? scenarios.map((id) => scenarioIndex(model, id, language))
      : byPosition(model.scenarios);
  const against = reference === undefined ? model.reference : scenarioIndex(model, reference, language);
  return solveCase({ model, scenarios: chosen, reference: against }, signal).catch(
    refusedFaults(file, language),
  );
}

/** Computes the scenarios of a case and gives them as text or JSON. */
export async function run(file: string, options: RunOptions): Promise<string> {
  const { model, caseFile, warnings } = openFile(file, options.language);
  const result = await runChosen(file, model, options);
  if (options.out !== undefined) {
    const { out: folder, language } = options;
    const place = { folder, text: readCase(file, language), language };
    return compute(file, language, () => writePack(place, caseFile, model, result));
  }
  const settled = compute(file, options.language, () => settleCase(model, result));
  return options.json
    ? runAsJson(model, result, settled)
    : runAsText(model, result, settled, warnings, options.language);
}
