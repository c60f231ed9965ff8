import {
  type Chance,
  chanceAbove,
  SHOWN_QUANTILES,
  type Summary,
  shownQuantiles,
  spreadOf,
  summarize,
} from "../core/statistics.ts";
import type { DrawSettings } from "./draws.ts";
import type { FigureKey } from "./evaluation.ts";
import { type InvalidDraw, KEPT_FAULTS, type SimulationPart } from "./simulation.ts";

/** EUR: half a cent. Less is the rounding of the programme, no gain. */
const LEAST_GAIN = 0.005;

/** Quantiles of one year's amount, at SHOWN_QUANTILES, and its mean. */
export interface FanYear {
  readonly mean: number;
  readonly quantiles: readonly number[];
}

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

/** A stretch of draws, and which of them gave nothing. */
type Stretched = Pick<SimulationPart, "first" | "count" | "invalidDraws">;

/** Yearly amounts of one stretch, or some of them, the same ones in the same order for all stretches: what sums them up. */
export type YearsPart = Stretched & Pick<SimulationPart, "years">;

/** Yearly amounts of all stretches, and the column of each place in the row of years; see FigureKey. */
export interface AlignedYears {
  readonly places: Int32Array;
  readonly parts: readonly YearsPart[];
}

/**
 * Puts the columns of all stretches in one order. What is equal in every draw of all of them is one column; what is so in
 * the first of them lies side by side.
 */
export function alignYears(parts: readonly SimulationPart[]): AlignedYears {
  const places = parts[0]?.yearPlaces ?? new Int32Array();
  const keys = Array.from(places, (_, place) => parts.map(({ yearPlaces }) => yearPlaces[place]).join());
  const firstPlaces = new Map<string, number>();
  for (const [place, key] of keys.entries()) if (!firstPlaces.has(key)) firstPlaces.set(key, place);
  const ordered = [...firstPlaces].sort(([, a], [, b]) => (places[a] as number) - (places[b] as number));
  const columns = new Map(ordered.map(([key], column) => [key, column]));
  return {
    places: Int32Array.from(keys, (key) => columns.get(key) as number),
    parts: parts.map(({ first, count, invalidDraws, yearPlaces, years }) => ({
      first,
      count,
      invalidDraws,
      years: ordered.map(([, place]) => years[yearPlaces[place] as number] as Float32Array),
    })),
  };
}

/** The parts of a column in the order of the draws, without the invalid ones; it stands in `sample` until the next. */
function joined<Part extends Stretched>(
  parts: readonly Part[],
  sample: Float64Array,
  pick: (part: Part) => Float64Array | Float32Array | undefined,
): Float64Array {
  let at = 0;
  for (const part of parts) {
    const { count, first, invalidDraws } = part;
    const values = pick(part)?.subarray(0, count);
    const valid = count - invalidDraws.length;
    if (!values) sample.fill(0, at, at + valid);
    else if (valid === count)
      for (let draw = 0; draw < count; draw += 1) sample[at + draw] = values[draw] as number;
    else
      for (let draw = 0, next = 0, into = at; draw < count; draw += 1)
        if (invalidDraws[next] === first + draw) next += 1;
        else {
          sample[into] = values[draw] as number;
          into += 1;
        }
    at += valid;
  }
  return sample.subarray(0, at);
}

function fanYear(sample: Float64Array): FanYear {
  let sum = 0;
  let constant = true;
  const [first] = sample;
  for (const value of sample) {
    sum += value;
    if (value !== first) constant = false;
  }
  if (constant)
    return { mean: first ?? Number.NaN, quantiles: SHOWN_QUANTILES.map(() => first ?? Number.NaN) };
  return { mean: sum / sample.length, quantiles: shownQuantiles(sample) };
}

/**
 * Sums up yearly amounts over all draws, one column after the other.
 *
 * @param parts all stretches of the simulation, aligned
 */
export function* fanYears(parts: readonly YearsPart[]): Generator<FanYear> {
  const ordered = inOrder(parts);
  const room = new Float64Array(ordered.reduce((sum, { count }) => sum + count, 0));
  const columns = ordered[0]?.years.length ?? 0;
  for (let column = 0; column < columns; column += 1)
    yield fanYear(joined(ordered, room, ({ years }) => years[column]));
}

/** Parts in the order of their draws. */
function inOrder<Part extends Stretched>(parts: readonly Part[]): Part[] {
  return [...parts].sort((a, b) => a.first - b.first);
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
): SimulationResult {
  const years = alignYears(parts);
  return withFans(summarizeFigures(keys, settings, parts), years.places, [...fanYears(years.parts)]);
}

/**
 * Gives figures their fans.
 *
 * @param places the column of each place in the row of years; see AlignedYears
 * @param fans of each column
 */
export function withFans(
  result: SimulationResult,
  places: Int32Array,
  fans: readonly FanYear[],
): SimulationResult {
  const figures = result.figures.map((figure): FigureSummary => {
    const { years, length } = figure.key;
    const columns = Array.from(places.subarray(years, years + length));
    return { ...figure, fan: columns.map((column) => fans[column] as FanYear) };
  });
  return { ...result, figures };
}

/** The same without fans. */
export function summarizeFigures(
  keys: readonly FigureKey[],
  settings: DrawSettings,
  parts: readonly SimulationPart[],
): SimulationResult {
  const ordered = inOrder(parts);
  const invalid = ordered.reduce((sum, { invalidDraws }) => sum + invalidDraws.length, 0);
  const draws = ordered.reduce((sum, { count }) => sum + count, 0);
  const room = new Float64Array(draws);
  const perspectives = new Map<number, { scenario: number; sample: Float64Array }[]>();
  const figures = keys.map((key, place): FigureSummary => {
    const sample = joined(ordered, room, (part) => part.figures[place]);
    if (key.kind === "perspective")
      perspectives.set(key.index, [
        ...(perspectives.get(key.index) ?? []),
        { scenario: key.scenario, sample: sample.slice() },
      ]);
    return {
      key,
      ...summarize(sample),
      positive: chanceAbove(sample, LEAST_GAIN),
      fan: [],
    };
  });
  const comparisons = [...perspectives].flatMap(([perspective, scenarios]) =>
    scenarios.flatMap((one) =>
      scenarios.flatMap((other): Comparison[] => {
        if (one === other) return [];
        const difference = one.sample.map((value, draw) => value - (other.sample[draw] ?? 0));
        const { mean, se } = spreadOf(difference);
        const better = chanceAbove(difference, LEAST_GAIN);
        return [{ scenario: one.scenario, other: other.scenario, perspective, better, mean, se }];
      }),
    ),
  );
  return {
    settings,
    valid: figures[0]?.draws ?? 0,
    invalid,
    invalidDraws: ordered.flatMap((part) => part.invalid).slice(0, KEPT_FAULTS),
    figures,
    comparisons,
  };
}
