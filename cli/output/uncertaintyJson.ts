import {
  byPosition,
  type CaseRun,
  type FigureKey,
  type FigureSummary,
  type InformationResult,
  type Model,
  SHOWN_QUANTILES,
  type SimulationResult,
  type SobolResult,
  type SwitchingValue,
  type Target,
  type TornadoBar,
} from "../../models/index.ts";
import type { UncertaintyResult } from "../../scenarios/index.ts";

const quantilesOf = (quantiles: readonly number[]) =>
  Object.fromEntries(SHOWN_QUANTILES.map((p, at) => [String(Math.round(100 * p)), quantiles[at]]));

function summaryOf(figure: FigureSummary): object {
  const { draws, mean, se, sd, quantiles, positive, fan } = figure;
  return {
    draws,
    mean,
    se,
    sd,
    quantiles: quantilesOf(quantiles),
    chancePositive: positive.chance,
    chancePositiveSe: positive.se,
    ...(fan.length > 0 && {
      perYear: fan.map((year) => ({ mean: year.mean, quantiles: quantilesOf(year.quantiles) })),
    }),
  };
}

function simulationOf(model: Model, reference: number, result: SimulationResult): object {
  const { settings, valid, invalid, invalidDraws, figures, comparisons } = result;
  const of = (scenario: number, kind: FigureKey["kind"]) =>
    figures.filter(({ key }) => key.scenario === scenario && key.kind === kind);
  const named = (
    list: readonly { readonly id: string }[],
    found: readonly FigureSummary[],
    value: (figure: FigureSummary) => object = summaryOf,
  ) => Object.fromEntries(found.map((figure) => [list[figure.key.index]?.id ?? "", value(figure)]));
  const shown = byPosition(model.scenarios).filter((scenario) => of(scenario, "perspective").length > 0);
  return {
    draws: settings.draws,
    seed: settings.seed,
    sampling: settings.sampling,
    valid,
    invalid,
    invalidDraws: invalidDraws.map(({ draw, fault, parameters }) => ({ draw, ...fault, parameters })),
    reference: model.scenarios[reference]?.id,
    startYear: model.time.startYear,
    scenarios: Object.fromEntries(
      shown.map((scenario) => [
        model.scenarios[scenario]?.id ?? "",
        {
          perspectives: named(model.perspectives, of(scenario, "perspective"), (figure) => {
            const against = comparisons.find(
              (pair) =>
                pair.scenario === scenario &&
                pair.other === reference &&
                pair.perspective === figure.key.index,
            );
            // The reference is not better than itself.
            const better = against?.better ?? { chance: 0, se: 0 };
            return {
              ...summaryOf(figure),
              chanceBeatsReference: better.chance,
              chanceBeatsReferenceSe: better.se,
            };
          }),
          parties: named(model.parties, of(scenario, "party")),
          municipalities: named(model.municipalities, of(scenario, "municipality")),
          afterTransfers: {
            parties: named(model.parties, of(scenario, "partyAfter")),
            municipalities: named(model.municipalities, of(scenario, "municipalityAfter")),
          },
          purses: of(scenario, "purse").map((figure) => ({
            account: model.accounts[figure.key.index]?.id,
            municipality:
              figure.key.municipality === null ? null : model.municipalities[figure.key.municipality]?.id,
            ...summaryOf(figure),
          })),
        },
      ]),
    ),
    comparisons: comparisons.map(({ scenario, other, perspective, better, mean, se }) => ({
      scenario: model.scenarios[scenario]?.id,
      other: model.scenarios[other]?.id,
      perspective: model.perspectives[perspective]?.id,
      chanceBetter: better.chance,
      chanceBetterSe: better.se,
      mean,
      se,
    })),
  };
}

const targetOf = (model: Model, { scenario, perspective }: Target) => ({
  scenario: model.scenarios[scenario]?.id,
  perspective: model.perspectives[perspective]?.id,
});

function tornadoOf(model: Model, bars: readonly TornadoBar[]): object {
  return bars.map(({ parameter, target, ...bar }) => ({
    ...targetOf(model, target),
    parameter: model.parameters[parameter]?.id,
    ...bar,
  }));
}

function switchingOf(model: Model, found: readonly SwitchingValue[]): object {
  return found.map(({ parameter, target, ...row }) => ({
    ...targetOf(model, target),
    parameter: model.parameters[parameter]?.id,
    ...row,
  }));
}

function sobolOf(model: Model, { settings, evaluations, invalidRows, indices }: SobolResult): object {
  return {
    ...settings,
    evaluations,
    invalidRows,
    indices: indices.map(({ parameter, target, first, total }) => ({
      ...targetOf(model, target),
      parameter: model.parameters[parameter]?.id,
      first,
      total,
    })),
  };
}

function informationOf(model: Model, result: InformationResult): object {
  const { settings, valid, invalid, options, perspectives } = result;
  return {
    ...settings,
    valid,
    invalid,
    options: options.map((scenario) => model.scenarios[scenario]?.id),
    perspectives: Object.fromEntries(
      perspectives.map(({ perspective, best, perfect, parameters, groups }) => [
        model.perspectives[perspective]?.id ?? "",
        {
          best: model.scenarios[best]?.id,
          evpi: perfect,
          evppi: Object.fromEntries(
            parameters.map(({ parameter, value, se }) => [
              model.parameters[parameter ?? -1]?.id ?? "",
              { value, se },
            ]),
          ),
          groups: Object.fromEntries(
            groups.map(({ group, size, value, se }) => [group ?? "", { size, value, se }]),
          ),
        },
      ]),
    ),
  };
}

/** An analysis of uncertainty in full precision. What has no number is null. */
export function uncertaintyAsJson(model: Model, run: CaseRun, analysis: UncertaintyResult): string {
  const content = {
    simulation: (result: SimulationResult) => simulationOf(model, run.reference, result),
    tornado: (result: readonly TornadoBar[]) => tornadoOf(model, result),
    switching: (result: readonly SwitchingValue[]) => switchingOf(model, result),
    sobol: (result: SobolResult) => sobolOf(model, result),
    evppi: (result: InformationResult) => informationOf(model, result),
  };
  const write = content[analysis.kind] as (result: UncertaintyResult["result"]) => object;
  return JSON.stringify(write(analysis.result), null, 2);
}
