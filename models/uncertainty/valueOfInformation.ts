import { normalQuantile } from "../core/specialFunctions.ts";
import { mean, variance } from "../core/statistics.ts";
import { type DrawSettings, DrawSource, drawnParameters } from "./draws.ts";
import { joined } from "./fans.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { BLOCK } from "./plan/evaluation.ts";
import { conditionalMeans } from "./regression.ts";
import type { SensitivityTask } from "./sensitivity.ts";
import { Simulation } from "./simulation.ts";
import type { Sliced } from "./sliced.ts";

/** What knowing more is worth, and its Monte Carlo standard error. EUR. */
export interface Information {
  readonly value: number;
  readonly se: number;
}

/** Place of the option with the highest mean net benefit. */
export function bestOption(netBenefits: readonly Float64Array[]): number {
  const means = netBenefits.map(mean);
  return means.reduce((best, value, option) => (value > (means[best] as number) ? option : best), 0);
}

/** What choosing per draw by `guide` gives above always choosing the option that is best on average. */
function gain(guide: readonly Float64Array[], best: number): Information {
  const always = guide[best] ?? new Float64Array();
  const gains = always.map((value, draw) =>
    guide.reduce((most, option) => Math.max(most, (option[draw] as number) - value), 0),
  );
  return { value: mean(gains), se: Math.sqrt(variance(gains) / gains.length) };
}

/**
 * Expected value of perfect information: of knowing the true value of every parameter before choosing.
 *
 * @param netBenefits per option and draw, EUR
 * @source method.md M17: E[max NB] − max E[NB]
 */
export function perfectInformation(netBenefits: readonly Float64Array[]): Information {
  return gain(netBenefits, bestOption(netBenefits));
}

/**
 * Expected value of partial perfect information: of knowing some parameters before choosing. The conditional means come
 * from a regression, the standard error from the draws.
 *
 * @param scores normal scores of those parameters, [parameter][draw]
 * @source method.md M17: E[max E(NB|φ)] − max E[NB]; Strong, Oakley & Brennan 2014
 */
export function partialInformation(
  netBenefits: readonly Float64Array[],
  scores: readonly Float64Array[],
): Information {
  return gain(conditionalMeans(scores, netBenefits), bestOption(netBenefits));
}

/** What knowing one parameter, or all of a group, is worth. */
export interface PartialInformation extends Information {
  /** Index of a single parameter; null for a group. */
  readonly parameter: number | null;
  /** Name of the group; null for a single parameter. */
  readonly group: string | null;
  /** Parameters in the group that are drawn; 1 for a single one. */
  readonly size: number;
}

/** What knowing more is worth to one perspective that chooses among the scenarios. */
export interface PerspectiveInformation {
  readonly perspective: number;
  /** Scenario that is best on average. */
  readonly best: number;
  readonly perfect: Information;
  /** Most worth first: single parameters, then groups. */
  readonly parameters: readonly PartialInformation[];
  readonly groups: readonly PartialInformation[];
}

export interface InformationResult {
  readonly settings: DrawSettings;
  readonly valid: number;
  readonly invalid: number;
  /** Scenarios among which is chosen. */
  readonly options: readonly number[];
  readonly perspectives: readonly PerspectiveInformation[];
}

/** Shares of a simulation and of the regressions in the work, roughly. */
const SIMULATED = 0.8;

/**
 * EVPI and EVPPI in euros, for every perspective that chooses among the scenarios of the runs.
 *
 * @source model.md section 8; method.md M17
 */
export function* valueOfInformation(
  task: SensitivityTask,
  settings: DrawSettings,
  createKernel: (bytes: number) => Kernel,
): Sliced<InformationResult> {
  const { model, runs, reference } = task;
  const simulation = new Simulation(model, runs, reference, settings, createKernel);
  while (!simulation.finished) {
    simulation.advance(BLOCK);
    yield (SIMULATED * simulation.done) / settings.draws;
  }
  const part = simulation.part();
  const { invalidDraws } = part;
  const left = new Set(invalidDraws);
  const valid = Array.from({ length: settings.draws }, (_, draw) => draw).filter((draw) => !left.has(draw));
  const kept = (values: Float64Array) => Float64Array.from(valid, (draw) => values[draw] as number);
  const drawn = drawnParameters(model);
  const source = new DrawSource(model, drawn, settings);
  const scores = drawn.map(({ id }) => kept(source.uniforms(id, 0, settings.draws)).map(normalQuantile));
  const options = runs.map(({ scenario }) => scenario);
  const room = new Float64Array(settings.draws);
  const benefits = model.perspectives.map((_, perspective) =>
    options.map((scenario) => {
      const place = simulation.keys.findIndex(
        (key) => key.kind === "perspective" && key.scenario === scenario && key.index === perspective,
      );
      if (place < 0) return new Float64Array(valid.length);
      return room.slice(0, joined([part.figures], place, invalidDraws, room));
    }),
  );
  const names = [...new Set(drawn.flatMap(({ index }) => model.parameters[index]?.group ?? []))];
  const members = [
    ...drawn.map(({ index }, at) => ({ parameter: index, group: null, places: [at] })),
    ...names.map((group) => ({
      parameter: null,
      group,
      places: [...drawn.keys()].filter((at) => model.parameters[drawn[at]?.index ?? -1]?.group === group),
    })),
  ];
  const found: PartialInformation[][] = benefits.map(() => []);
  for (const [at, { parameter, group, places }] of members.entries()) {
    const guides = conditionalMeans(
      places.map((place) => scores[place] as Float64Array),
      benefits.flat(),
    );
    for (const [perspective, netBenefits] of benefits.entries()) {
      const known = found[perspective] ?? [];
      const guide = guides.slice(perspective * options.length, (perspective + 1) * options.length);
      const own = gain(guide, bestOption(netBenefits));
      // A group is worth no less than each of its parameters, whose own regressions may see what one on all at once misses.
      const singles = group === null ? [] : places.map((place) => known[place] ?? own);
      const { value, se } = singles.reduce<Information>(
        (most, one) => (one.value > most.value ? one : most),
        own,
      );
      known.push({ parameter, group, size: places.length, value, se });
    }
    yield SIMULATED + (1 - SIMULATED) * ((at + 1) / members.length);
  }
  const ranked = (list: readonly PartialInformation[]) => [...list].sort((a, b) => b.value - a.value);
  return {
    settings,
    valid: valid.length,
    invalid: invalidDraws.length,
    options,
    perspectives: benefits.map((netBenefits, perspective) => ({
      perspective,
      best: options[bestOption(netBenefits)] ?? reference,
      perfect: perfectInformation(netBenefits),
      parameters: ranked(found[perspective]?.filter(({ group }) => group === null) ?? []),
      groups: ranked(found[perspective]?.filter(({ group }) => group !== null) ?? []),
    })),
  };
}
