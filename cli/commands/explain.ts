import loadHighs from "highs";
import { byPosition, createHighsSolver, parseFigure, runScenario, settleRun } from "../../models/index.ts";
import { type Language, texts } from "../../scenarios/text/index.ts";
import { compute, openFile, Refusal } from "../case.ts";
import { explanationAsJson, explanationAsText } from "../output/explanation.ts";
import { scenarioIndex } from "./run.ts";

export interface ExplainOptions {
  readonly figure: string;
  readonly reference: string | undefined;
  readonly json: boolean;
  readonly language: Language;
}

/** Takes a figure of a case apart, as text or JSON. */
export async function explain(file: string, options: ExplainOptions): Promise<string> {
  const { language } = options;
  const { model, caseFile } = openFile(file, language);
  const words = texts(language).explanation;
  const figure = parseFigure(model, options.figure);
  if (!figure) {
    const ids = (list: readonly { readonly id: string; readonly position: number }[]) =>
      byPosition(list)
        .map((index) => list[index]?.id)
        .join(", ");
    const owners = [model.perspectives, model.parties, model.municipalities].map(ids).join(", ");
    throw new Refusal(2, [
      words.unknownFigure(options.figure),
      words.figureForm,
      words.known("npv, npvBefore, npvAfter, costs, benefits", owners, ids(model.scenarios)),
    ]);
  }
  const solver = createHighsSolver(await loadHighs());
  const reference =
    options.reference === undefined ? model.reference : scenarioIndex(model, options.reference, language);
  return compute(file, language, () => {
    const base = runScenario(model, reference, solver);
    const run = figure.scenario === reference ? base : runScenario(model, figure.scenario, solver);
    const runs = { scenario: settleRun(model, run, base), reference: settleRun(model, base, base) };
    const explained = { file: caseFile, model, runs, figure };
    return options.json ? explanationAsJson(explained) : explanationAsText(explained, language);
  });
}
