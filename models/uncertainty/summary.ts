import {
  type Chance,
  chanceAbove,
  chanceBelow,
  type Summary,
  spreadOf,
  summarize,
} from "../core/statistics.ts";
import type { DrawSettings } from "./draws.ts";
import { drawsOf, type FanYear, fansOf, joined, sumUpYears, type YearFans } from "./fans.ts";
import { createTypeScriptKernel, type Kernel } from "./kernel/kernel.ts";
import type { FigureKey } from "./plan/evaluation.ts";
import { alignColumns } from "./plan/keptRows.ts";
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
  return withFans(summarizeFigures(keys, settings, parts), finish(sumUpYears(parts, createKernel)));
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

/** The same without fans. */
export function summarizeFigures(
  keys: readonly FigureKey[],
  settings: DrawSettings,
  parts: readonly SimulationPart[],
): SimulationResult {
  const { draws, invalidDraws } = drawsOf(parts);
  const kept = parts.map((part) => part.figures);
  const { columns, rows } = alignColumns(kept);
  const compared = new Set(keys.flatMap(({ kind }, place) => (kind === "perspective" ? columns[place] : [])));
  const samples = new Map<number, Float64Array>();
  const room = new Float64Array(draws);
  const summaries = rows.map((row, column) => {
    const sample = room.subarray(0, joined(kept, row, invalidDraws, room));
    if (compared.has(column as number)) samples.set(column, sample.slice());
    return { ...summarize(sample), positive: chanceAbove(sample, LEAST_GAIN) };
  });
  const figures = keys.map((key, place): FigureSummary => {
    const { positive, ...summary } = summaries[columns[place] as number] as (typeof summaries)[number];
    return { key, ...summary, positive, fan: [] };
  });
  const valid = figures[0]?.draws ?? 0;
  return {
    settings,
    valid,
    invalid: invalidDraws.length,
    invalidDraws: parts
      .flatMap(({ invalid }) => invalid)
      .sort((a, b) => a.draw - b.draw)
      .slice(0, KEPT_FAULTS),
    figures,
    comparisons: compare(
      keys,
      (place) => samples.get(columns[place] as number) as Float64Array,
      room.subarray(0, valid),
    ),
  };
}

/** Compares scenarios for every perspective, each with all others; `room` is as long as a sample. */
function compare(
  keys: readonly FigureKey[],
  sampleOf: (place: number) => Float64Array,
  room: Float64Array,
): Comparison[] {
  const perspectives = new Map<number, Compared[]>();
  for (const [place, { kind, index, scenario }] of keys.entries())
    if (kind === "perspective")
      perspectives.set(index, [...(perspectives.get(index) ?? []), { scenario, sample: sampleOf(place) }]);
  return [...perspectives].flatMap(([perspective, scenarios]) => {
    const pairs = scenarios.map((one, place) =>
      scenarios.slice(place + 1).map((other) => comparePair(perspective, one, other, room)),
    );
    return scenarios.flatMap((_, one) =>
      scenarios.flatMap((_, other) => {
        if (one === other) return [];
        const pair = pairs[Math.min(one, other)]?.[Math.abs(one - other) - 1];
        return (one < other ? pair?.forth : pair?.back) ?? [];
      }),
    );
  });
}

/** A scenario, and its NPV for a perspective in every draw. */
interface Compared {
  readonly scenario: number;
  readonly sample: Float64Array;
}

/** Compares two scenarios, one with the other and back; `difference` takes that of each draw. */
function comparePair(
  perspective: number,
  one: Compared,
  other: Compared,
  difference: Float64Array,
): { readonly forth: Comparison; readonly back: Comparison } {
  for (let draw = 0; draw < difference.length; draw += 1)
    difference[draw] = (one.sample[draw] as number) - (other.sample[draw] as number);
  const { mean, se } = spreadOf(difference);
  const [a, b] = [one.scenario, other.scenario];
  const [better, worse] = [chanceAbove(difference, LEAST_GAIN), chanceBelow(difference, -LEAST_GAIN)];
  return {
    forth: { scenario: a, other: b, perspective, better, mean, se },
    back: { scenario: b, other: a, perspective, better: worse, mean: 0 - mean, se },
  };
}
