/** The table of assumptions by itself. */
import { byPosition, type Model, scenarioValues, unlawfulness } from "../../models/index.ts";
import {
  assumptionTable,
  type BusinessCase,
  type CsvFile,
  type HeadRuns,
  type PackOptions,
  writeTable,
} from "../../scenarios/index.ts";

/** What the lines above the table say of the runs: the rate, the reference and the law, which no run decides. */
function headOf(model: Model): HeadRuns {
  const rate = scenarioValues(model, model.reference).region(model.discounting.rate);
  const scenarios = byPosition(model.scenarios).flatMap((index) => {
    const scenario = model.scenarios[index];
    return scenario ? [{ run: { scenario: index, unlawful: unlawfulness(model, scenario) } }] : [];
  });
  return { reference: { run: { scenario: model.reference, rate } }, scenarios };
}

/** The file that the whole pack has too, without a programme being solved for it. */
export function assumptionsCsv(file: BusinessCase, model: Model, options: PackOptions): CsvFile {
  return writeTable(assumptionTable(file, model, headOf(model), options), options.form);
}
