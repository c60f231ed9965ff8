import type { Chance, Summary } from "../core/statistics.ts";
import type { DrawSettings } from "./draws.ts";
import { drawsOf, type FanYear, fansOf, joined, sumUpYears, type YearFans } from "./fans.ts";
import { createTypeScriptKernel, type Kernel } from "./kernel/kernel.ts";
import type { FigureKey } from "./plan/evaluation.ts";
import { alignColumns } from "./plan/keptRows.ts";
import { WideSamples } from "./samples.ts";
import type { SharePart } from "./shares.ts";
import { type InvalidDraw, KEPT_FAULTS, type SimulationPart } from "./simulation.ts";

/** EUR: half a cent. Less is the rounding of the programme, no gain. */
const LEAST_GAIN = 0.005;

/** What the draws say of one figure. EUR. */
export interface FigureSummary extends Summary {
  readonly key: FigureKey;
  /** Chance of a net benefit against the reference of more than half a cent. */
  readonly positive: Chance;
  /** Incremental net benefit per year (after transfers: of cash); empty where no years are kept. */
  readonly fan: readonly FanYear[];
}

/** How often one scenario is better than another for a perspective, on the same draws. */
export interface Comparison {
  readonly scenario: number;
  readonly other: number;
  readonly perspective: number;
  readonly better: Chance;
  /** Mean of the difference in NPV, and its standard error: that of the pairs, as both share their draws. */
  readonly mean: number;
  readonly se: number;
}

/** What a simulation says. Plain data. */
export interface SimulationResult {
  readonly settings: DrawSettings;
  /** Draws with figures; the statistics are over these. */
  readonly valid: number;
  /** Draws without figures: counted, and the first ones reported in full. Never drawn again. */
  readonly invalid: number;
  readonly invalidDraws: readonly InvalidDraw[];
  readonly figures: readonly FigureSummary[];
  readonly comparisons: readonly Comparison[];
}

/**
 * Sums up the draws of a simulation. The order of the parts does not matter: draws are summed in their own order.
 *
 * @source model.md section 8; chances and means with their Monte Carlo standard errors
 */
export function summarizeSimulation(
  keys: readonly FigureKey[],
  settings: DrawSettings,
  parts: readonly SimulationPart[],
  createKernel: (bytes: number) => Kernel = createTypeScriptKernel,
): SimulationResult {
  const figures = finish(sumUpFigures({ keys, settings, parts }, createKernel));
  return withFans(figures, finish(sumUpYears(parts, createKernel)));
}

/** What work in slices gives. */
function finish<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Gives figures their fans. */
export function withFans(result: SimulationResult, years: readonly YearFans[]): SimulationResult {
  const fans = fansOf(
    result.figures.map(({ key }) => key.length),
    years,
  );
  const figures = result.figures.map(
    (figure, place): FigureSummary => ({ ...figure, fan: fans[place] ?? [] }),
  );
  return { ...result, figures };
}

type Summarized = Omit<FigureSummary, "key">;

/** Figures of all draws. Plain data. */
export interface DrawnFigures {
  readonly keys: readonly FigureKey[];
  readonly settings: DrawSettings;
  /** What all workers have. */
  readonly parts: readonly Omit<SharePart, "years">[];
}

/**
 * Sums figures up over all draws, without their fans; a column or a comparison between two pauses.
 *
 * @param createKernel gives a kernel with so many bytes at least
 */
export function* sumUpFigures(
  { keys, settings, parts }: DrawnFigures,
  createKernel: (bytes: number) => Kernel,
): Generator<undefined, SimulationResult> {
  const { draws, invalidDraws } = drawsOf(parts);
  const kept = parts.flatMap(({ figures }) => figures ?? []);
  const { columns, rows } = alignColumns(kept);
  const compared = new Set(keys.flatMap(({ kind }, place) => (kind === "perspective" ? columns[place] : [])));
  const drawn = new Map<number, Float64Array>();
  const samples = new WideSamples(draws, createKernel);
  const summaries: Summarized[] = [];
  for (const [column, row] of rows.entries()) {
    const count = joined(kept, row, invalidDraws, samples.values);
    if (compared.has(column)) drawn.set(column, samples.values.slice(0, count));
    const { quantiles } = samples.quantiles(count);
    const { above: positive, mean, sd, se } = samples.moments(count, LEAST_GAIN);
    summaries.push({ draws: count, mean, sd, se, quantiles, positive, fan: [] });
    yield;
  }
  const drawnOf = (place: number) => drawn.get(columns[place] as number) as Float64Array;
  return {
    settings,
    valid: draws - invalidDraws.length,
    invalid: invalidDraws.length,
    invalidDraws: parts
      .flatMap(({ invalid }) => invalid)
      .sort((a, b) => a.draw - b.draw)
      .slice(0, KEPT_FAULTS),
    figures: keys.map((key, place) => ({ key, ...(summaries[columns[place] as number] as Summarized) })),
    comparisons: yield* compare(keys, drawnOf, samples),
  };
}

/** A scenario, and its NPV for a perspective in every draw. */
interface Compared {
  readonly scenario: number;
  readonly drawn: Float64Array;
}

/** Two scenarios, one compared with the other and back. */
interface Pair {
  readonly forth: Comparison;
  readonly back: Comparison;
}

/** Compares scenarios for every perspective, each with all others. */
function* compare(
  keys: readonly FigureKey[],
  drawnOf: (place: number) => Float64Array,
  samples: WideSamples,
): Generator<undefined, Comparison[]> {
  const perspectives = new Map<number, Compared[]>();
  for (const [place, { kind, index, scenario }] of keys.entries())
    if (kind === "perspective")
      perspectives.set(index, [...(perspectives.get(index) ?? []), { scenario, drawn: drawnOf(place) }]);
  const comparisons: Comparison[] = [];
  for (const [perspective, scenarios] of perspectives) {
    const pairs: Pair[][] = [];
    for (const [place, one] of scenarios.entries()) {
      pairs.push(scenarios.slice(place + 1).map((other) => comparePair(perspective, one, other, samples)));
      yield;
    }
    for (const one of scenarios.keys())
      for (const other of scenarios.keys()) {
        if (one === other) continue;
        const pair = pairs[Math.min(one, other)]?.[Math.abs(one - other) - 1] as Pair;
        comparisons.push(one < other ? pair.forth : pair.back);
      }
  }
  return comparisons;
}

function comparePair(perspective: number, one: Compared, other: Compared, samples: WideSamples): Pair {
  const { values } = samples;
  const { length } = one.drawn;
  for (let draw = 0; draw < length; draw += 1)
    values[draw] = (one.drawn[draw] as number) - (other.drawn[draw] as number);
  const { mean, se, above, below } = samples.moments(length, LEAST_GAIN);
  const [a, b] = [one.scenario, other.scenario];
  return {
    forth: { scenario: a, other: b, perspective, better: above, mean, se },
    back: { scenario: b, other: a, perspective, better: below, mean: 0 - mean, se },
  };
}
