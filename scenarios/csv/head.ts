import type { Model, ScenarioRun } from "../../models/index.ts";
import { type Language, texts, unlawfulReasons } from "../text/index.ts";
import { type Cell, number, whole } from "./table.ts";

/** What the host knows about a file. */
export interface Provenance {
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly hash: string;
  readonly programVersion: string;
}

/** What the lines above a table say of the runs: no programme has to be solved for it. */
export interface HeadRuns {
  readonly reference: { readonly run: Pick<ScenarioRun, "scenario" | "rate"> };
  readonly scenarios: readonly { readonly run: Pick<ScenarioRun, "scenario" | "unlawful"> }[];
}

/** Whether a scenario is lawful under present law, in words, with the reasons where it is not. */
export function lawfulness(model: Model, { run }: HeadRuns["scenarios"][number], language: Language): string {
  const words = texts(language);
  const reasons = unlawfulReasons(run.unlawful, model.accounts, language);
  return reasons.length === 0 ? words.figures.lawful : `${words.figures.unlawful}: ${reasons.join("; ")}`;
}

/** The lines above every table: what it is, of which file and program, and of which scenarios. */
export function headLines(
  model: Model,
  report: HeadRuns,
  provenance: Provenance,
  table: string,
  language: Language,
): Cell[][] {
  const words = texts(language);
  const { head } = words.csv;
  return [
    [head.title, model.title],
    [head.table, table],
    [head.status, words.report.status[model.status]],
    [head.hash, provenance.hash],
    [head.version, `Ontschot ${provenance.programVersion}`],
    [head.priceLevel, whole(model.priceLevel)],
    [head.rate, number(report.reference.run.rate * 100, 4)],
    [head.timing, words.report.timing[model.discounting.timing]],
    [head.reference, model.scenarios[report.reference.run.scenario]?.label ?? ""],
    ...report.scenarios.map((scenario): Cell[] => {
      const data = model.scenarios[scenario.run.scenario];
      return [head.scenario, data?.label ?? "", data?.id ?? "", lawfulness(model, scenario, language)];
    }),
  ];
}
