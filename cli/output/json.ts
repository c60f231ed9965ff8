import {
  type Appraisal,
  byPosition,
  type CaseRun,
  lineBearer,
  type Model,
  presentValue,
  type ScenarioFigures,
  type ScenarioRun,
  sumLines,
  sumStates,
} from "../../models/index.ts";

const idsOf = <T>(
  list: readonly { readonly id: string; readonly position: number }[],
  value: (index: number) => T,
): Record<string, T> =>
  Object.fromEntries(byPosition(list).map((index) => [list[index]?.id ?? "", value(index)]));

function appraisal({ net, ...figures }: Appraisal | Record<string, never>): object {
  return { ...figures, net: [...(net ?? [])] };
}

function figuresOf(model: Model, figures: ScenarioFigures): object {
  return {
    reference: model.scenarios[figures.reference]?.id,
    perspectives: idsOf(model.perspectives, (index) => appraisal(figures.perspectives[index] ?? {})),
    parties: idsOf(model.parties, (index) => appraisal(figures.parties[index] ?? {})),
    municipalities: idsOf(model.municipalities, (index) => appraisal(figures.municipalities[index] ?? {})),
    personsAtYearEnd: idsOf(model.states, (index) => [...(figures.personsAtYearEnd[index] ?? [])]),
    outcomes: idsOf(model.outcomes, (index) => {
      const outcome = figures.outcomes[index];
      return { ...outcome, personYears: [...(outcome?.personYears ?? [])] };
    }),
  };
}

function scenarioOf(model: Model, run: ScenarioRun, figures: ScenarioFigures): object {
  const { years, startYear } = model.time;
  const total = (chosen: Parameters<typeof sumLines>[2]) => [...sumLines(run.cube, years, chosen)];
  const personYears = sumStates(model, run, "personYears");
  return {
    perspectives: idsOf(model.perspectives, (index) => {
      const parties = model.perspectives[index]?.parties ?? [];
      return presentValue(
        sumLines(run.cube, years, (line) => parties.includes(lineBearer(model, line))),
        run.factors,
      );
    }),
    accounts: idsOf(model.accounts, (index) => ({
      flows: total((line) => line.account === index && line.component === "state"),
      payments: total((line) => line.account === index && line.component === "intervention"),
      regime: total((line) => line.account === index && line.component === "regime"),
      executor: total((line) => line.account === index && line.component === "executor"),
    })),
    general: total((line) => line.account === model.accounts.length),
    personYears: idsOf(model.states, (index) => [...(personYears[index] ?? [])]),
    allocation: run.tracks.flatMap((track) =>
      [...track.persons].flatMap((persons, year) =>
        persons === 0
          ? []
          : [
              {
                municipality: model.municipalities[track.municipality]?.id,
                segment: model.segments[track.segment]?.id,
                track: model.tracks[track.track]?.id,
                year: startYear + year,
                persons,
              },
            ],
      ),
    ),
    objective: run.objective,
    unlawful: run.unlawful.map(({ reason, account }) => ({
      reason,
      account: account === null ? null : model.accounts[account]?.id,
    })),
    walls: run.duals.map((dual) => ({
      account: model.accounts[dual.account]?.id,
      municipality: dual.municipality === null ? null : model.municipalities[dual.municipality]?.id,
      year: startYear + dual.year,
      worth: dual.worth,
    })),
    figures: figuresOf(model, figures),
  };
}

/** The run in full precision: arrays per calendar year from `startYear`. */
export function runAsJson(model: Model, result: CaseRun): string {
  const scenarios = Object.fromEntries(
    result.runs.map((run, index) => {
      const figures = result.figures[index];
      return [model.scenarios[run.scenario]?.id ?? "", figures ? scenarioOf(model, run, figures) : {}];
    }),
  );
  return JSON.stringify({ startYear: model.time.startYear, years: model.time.years, scenarios }, null, 2);
}
