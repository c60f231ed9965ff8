import {
  type AfterTransfers,
  type Appraisal,
  byPosition,
  type CaseRun,
  cubeOf,
  type EarnedBack,
  lineBearer,
  type Model,
  presentValue,
  retention,
  type ScenarioFigures,
  type ScenarioRun,
  type SettledFigures,
  type Side,
  sumLines,
  sumStates,
  wrongPockets,
} from "../../models/index.ts";

const idsOf = <T>(
  list: readonly { readonly id: string; readonly position: number }[],
  value: (index: number) => T,
): Record<string, T> =>
  Object.fromEntries(byPosition(list).map((index) => [list[index]?.id ?? "", value(index)]));

/** Years from the start of the horizon to the first moment from which nothing is behind any more; null: never. */
function momentOf(answer: EarnedBack | undefined): number | null {
  if (answer?.kind === "after") return answer.years;
  return answer === undefined || answer.kind === "never" ? null : 0;
}

function appraisal({ net, ...figures }: Appraisal | AfterTransfers | Record<string, never>): object {
  return {
    ...figures,
    net: [...(net ?? [])],
    payback: momentOf(figures.payback),
    discountedPayback: momentOf(figures.discountedPayback),
  };
}

function wrongPocketsOf(model: Model, figures: ScenarioFigures): object {
  const { index, gap } = wrongPockets(figures.parties);
  return { index, gap: idsOf(model.parties, (party) => gap[party]) };
}

function figuresOf(model: Model, figures: ScenarioFigures): object {
  return {
    reference: model.scenarios[figures.reference]?.id,
    perspectives: idsOf(model.perspectives, (index) => appraisal(figures.perspectives[index] ?? {})),
    parties: idsOf(model.parties, (index) => appraisal(figures.parties[index] ?? {})),
    municipalities: idsOf(model.municipalities, (index) => appraisal(figures.municipalities[index] ?? {})),
    wrongPockets: wrongPocketsOf(model, figures),
    personsAtYearEnd: idsOf(model.states, (index) => [...(figures.personsAtYearEnd[index] ?? [])]),
    outcomes: idsOf(model.outcomes, (index) => {
      const outcome = figures.outcomes[index];
      return { ...outcome, personYears: [...(outcome?.personYears ?? [])] };
    }),
  };
}

/** What every purse is left with, and who owes whom. */
function settledOf(model: Model, { settled, purses, atRates }: SettledFigures): object {
  const { startYear } = model.time;
  const side = ({ party, municipality }: Side) => ({
    party: model.parties[party]?.id,
    municipality: municipality === null ? null : model.municipalities[municipality]?.id,
  });
  return {
    afterTransfers: {
      parties: idsOf(model.parties, (index) => appraisal(purses.parties[index] ?? {})),
      municipalities: idsOf(model.municipalities, (index) => appraisal(purses.municipalities[index] ?? {})),
    },
    alsoAt: atRates.map(({ rate, figures, purses: there }) => ({
      rate,
      perspectives: idsOf(model.perspectives, (index) => figures.perspectives[index]?.npv),
      parties: idsOf(model.parties, (index) => there.parties[index]?.npv),
      municipalities: idsOf(model.municipalities, (index) => there.municipalities[index]?.npv),
    })),
    purses: settled.settlement.purses.map(({ account, municipality, rules, amounts, years }) => ({
      account: model.accounts[account]?.id,
      municipality: municipality === null ? null : model.municipalities[municipality]?.id,
      ...Object.fromEntries(Object.entries(years).map(([name, values]) => [name, [...values]])),
      retention: retention(rules, amounts).map(({ kept }) => kept),
    })),
    transfers: settled.settlement.transfers.map(({ kind, account, from, to, booked, cash, amount }) => ({
      kind,
      account: model.accounts[account]?.id,
      from: side(from),
      to: side(to),
      booked: startYear + booked,
      cash: startYear + cash,
      amount,
    })),
  };
}

function scenarioOf(
  model: Model,
  run: ScenarioRun,
  figures: ScenarioFigures,
  settled: SettledFigures,
): object {
  const { years, startYear } = model.time;
  const total = (chosen: Parameters<typeof sumLines>[2]) => [...sumLines(cubeOf(run), years, chosen)];
  const personYears = sumStates(model, run, "personYears");
  return {
    perspectives: idsOf(model.perspectives, (index) => {
      const parties = model.perspectives[index]?.parties ?? [];
      return presentValue(
        sumLines(cubeOf(run), years, (line) => parties.includes(lineBearer(model, line))),
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
    ...settledOf(model, settled),
  };
}

/** The run in full precision: arrays per calendar year from `startYear`. */
export function runAsJson(model: Model, result: CaseRun, settled: readonly SettledFigures[]): string {
  const scenarios = Object.fromEntries(
    result.runs.map((run, index) => {
      const [figures, purses] = [result.figures[index], settled[index]];
      const scenario = figures && purses ? scenarioOf(model, run, figures, purses) : {};
      return [model.scenarios[run.scenario]?.id ?? "", scenario];
    }),
  );
  return JSON.stringify({ startYear: model.time.startYear, years: model.time.years, scenarios }, null, 2);
}
