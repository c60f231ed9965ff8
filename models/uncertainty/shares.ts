import type { Kept } from "./plan/keptRows.ts";
import type { InvalidDraw, SimulationPart } from "./simulation.ts";

/** What one worker sums up over the draws of all: the figures or not, and some years. */
export interface Share {
  readonly figures: boolean;
  readonly years: readonly number[];
}

/** What the draws of one worker gave of a share. Plain data. */
export interface SharePart {
  /** How many draws. */
  readonly count: number;
  readonly invalid: readonly InvalidDraw[];
  readonly invalidDraws: readonly number[];
  /** Null where the share has none. */
  readonly figures: Kept<Float64Array> | null;
  /** The share's years, in its order; the last ones are not there where no figure lasts so long. */
  readonly years: readonly Kept<Float32Array>[];
}

/** How much longer the figures take than a year: there are as many of them, in 64 bits, and their spread is wanted. */
const FIGURES = 3;

/** Divides what is to be summed up over workers, the largest first, each to whoever has least so far. */
export function divide(years: number, workers: number): Share[] {
  const sizes = [FIGURES, ...Array.from({ length: years }, () => 1)];
  const shares = Array.from({ length: workers }, () => ({ figures: false, years: [] as number[], size: 0 }));
  for (const [place, size] of sizes.entries()) {
    const least = shares.reduce((best, share) => (share.size < best.size ? share : best));
    least.size += size;
    if (place === 0) least.figures = true;
    else least.years.push(place - 1);
  }
  return shares.map(({ figures, years: own }) => ({ figures, years: own }));
}

/** What a worker's draws gave of a share. */
export function partOf(
  { count, figures, invalid, invalidDraws, years }: SimulationPart,
  share: Share,
): SharePart {
  return {
    count,
    invalid,
    invalidDraws,
    figures: share.figures ? figures : null,
    years: share.years.flatMap((year) => years[year] ?? []),
  };
}
