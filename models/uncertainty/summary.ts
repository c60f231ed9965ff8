import {
  type Chance,
  chanceAbove,
  SHOWN_QUANTILES,
  type Summary,
  shownQuantiles,
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

/** The parts of a figure in the order of the draws, without the invalid ones; it stands in `sample` until the next. */
function joined(
  parts: readonly SimulationPart[],
  sample: Float64Array,
  pick: (part: SimulationPart) => Float64Array | Float32Array | undefined,
): Float64Array {
  let at = 0;
  for (const part of parts) {
    const values = pick(part)?.subarray(0, part.count);
    if (!values) continue;
    if (part.invalidDraws.length === 0) {
      sample.set(values, at);
      at += values.length;
      continue;
    }
    let next = 0;
    for (let draw = 0; draw < values.length; draw += 1)
      if (part.invalidDraws[next] === part.first + draw) next += 1;
      else {
        sample[at] = values[draw] as number;
        at += 1;
      }
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

/** The fans of yearly amounts; amounts that are the same arrays in every part are summed up once. */
class Fans {
  private readonly names = new Map<Float32Array | undefined, number>();
  private readonly known = new Map<string, FanYear>();
  private readonly room: Float64Array;

  constructor(
    private readonly parts: readonly SimulationPart[],
    draws: number,
  ) {
    this.room = new Float64Array(draws);
  }

  private name(amounts: Float32Array | undefined): number {
    const name = this.names.get(amounts) ?? this.names.size;
    this.names.set(amounts, name);
    return name;
  }

  year(place: number): FanYear {
    const { known, parts, room } = this;
    const key = parts.map(({ years }) => this.name(years[place])).join();
    const found = known.get(key) ?? fanYear(joined(parts, room, ({ years }) => years[place]));
    known.set(key, found);
    return found;
  }
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
  const ordered = [...parts].sort((a, b) => a.first - b.first);
  const invalid = ordered.reduce((sum, { invalidDraws }) => sum + invalidDraws.length, 0);
  const draws = ordered.reduce((sum, { count }) => sum + count, 0);
  const room = new Float64Array(draws);
  const fans = new Fans(ordered, draws);
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
      fan: Array.from({ length: Math.max(0, key.length) }, (_, year) => fans.year(key.years + year)),
    };
  });
  const comparisons = [...perspectives].flatMap(([perspective, scenarios]) =>
    scenarios.flatMap((one) =>
      scenarios.flatMap((other): Comparison[] => {
        if (one === other) return [];
        const difference = one.sample.map((value, draw) => value - (other.sample[draw] ?? 0));
        const { mean, se } = summarize(difference);
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
