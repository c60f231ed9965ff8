import { byPosition, parseFigure, settleRun } from "../../models/index.ts";
import { type Language, texts } from "../../scenarios/text/index.ts";
import { compute, openFile, Refusal } from "../case.ts";
import { explanationAsJson, explanationAsText } from "../output/explanation.ts";
import { runChosen } from "./run.ts";

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
  const scenario = model.scenarios[figure.scenario]?.id ?? "";
  const chosen = { scenarios: [scenario], reference: options.reference, language };
  const { runs: computed, referenceRun: base } = await runChosen(file, model, chosen);
  return compute(file, language, () => {
    const run = computed[0] ?? base;
    const runs = { scenario: settleRun(model, run, base), reference: settleRun(model, base, base) };
    const explained = { file: caseFile, model, runs, figure };
    return options.json ? explanationAsJson(explained) : explanationAsText(explained, language);
  });
}
