import loadHighs from "highs";
import {
  byPosition,
  type CaseRun,
  createHighsSolver,
  type Model,
  runCase,
  settleCase,
} from "../../models/index.ts";
import { type Language, texts } from "../../scenarios/text/index.ts";
import { compute, openFile, Refusal, readCase } from "../case.ts";
import { writePack } from "../output/csv.ts";
import { runAsJson } from "../output/json.ts";
import { runAsText } from "../output/text.ts";

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

/** Computes the scenarios of a case and gives them as text or JSON. */
export async function run(file: string, options: RunOptions): Promise<string> {
  const { model, caseFile, warnings } = openFile(file, options.language);
  const chosen =
    options.scenarios.length > 0
      ? options.scenarios.map((id) => scenarioIndex(model, id, options.language))
      : byPosition(model.scenarios);
  const reference =
    options.reference === undefined
      ? model.reference
      : scenarioIndex(model, options.reference, options.language);
  const solver = createHighsSolver(await loadHighs());
  const result: CaseRun = compute(file, options.language, () => runCase(model, solver, chosen, reference));
  if (options.out !== undefined) {
    const { out, language } = options;
    const text = readCase(file, language);
    return compute(file, language, () => writePack(out, text, caseFile, model, result, language));
  }
  const settled = compute(file, options.language, () => settleCase(model, result));
  return options.json
    ? runAsJson(model, result, settled)
    : runAsText(model, result, settled, warnings, options.language);
}
