import { discountFactors } from "../core/discounting.ts";
import type { Model } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import { type PurseFigures, purseFigures, type SettledRun } from "./afterTransfers.ts";
import { type ScenarioFigures, scenarioFigures } from "./figures.ts";

/** The figures of a scenario at another discount rate; the allocation stays that of the case's own rate. */
export interface FiguresAtRate {
  /** Per year. */
  readonly rate: number;
  readonly figures: ScenarioFigures;
  readonly purses: PurseFigures;
}

/** The same run and purses, valued at another rate. */
export function atRate(model: Model, settled: SettledRun, rate: number): SettledRun {
  const factors = (years: number) => discountFactors(rate, years, model.discounting.timing);
  return {
    run: { ...settled.run, rate, factors: factors(model.time.years) },
    settlement: { ...settled.settlement, factors: factors(settled.settlement.years) },
  };
}

/**
 * The figures at the case's further rates (`alsoAt`).
 *
 * @param values the values of the scenario, for the rates
 * @source model.md section 6
 */
export function figuresAtRates(
  model: Model,
  values: Values,
  scenario: SettledRun,
  reference: SettledRun,
): FiguresAtRate[] {
  return model.discounting.alsoAt.map((slot) => {
    const rate = values.region(slot);
    const [there, base] = [atRate(model, scenario, rate), atRate(model, reference, rate)];
    return {
      rate,
      figures: scenarioFigures(model, there.run, base.run),
      purses: purseFigures(model, there, base),
    };
  });
}
