import { SHOWN_QUANTILES } from "../core/statistics.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { type Amounts, alignColumns, copyColumn, type Kept } from "./plan/keptRows.ts";
import { Samples } from "./samples.ts";
import type { SharePart } from "./shares.ts";

/** Quantiles of one year's amount, at SHOWN_QUANTILES, and its mean. */
export interface FanYear {
  readonly mean: number;
  readonly quantiles: readonly number[];
}

/** Amounts of the draws of one worker in all years, or in some, the same ones for all workers. */
export type YearsPart = Pick<SharePart, "count" | "invalidDraws" | "years">;

/** What the draws say of the amounts of one year. Plain data. */
export interface YearFans {
  /** The column of each figure that lasts so long; see lasting. */
  readonly columns: Int32Array;
  /** [column]: mean and SHOWN_QUANTILES. */
  readonly fans: Float64Array;
}

const WIDTH = 1 + SHOWN_QUANTILES.length;

/** How many draws there are in all parts, and which of them gave nothing, ascending. */
export function drawsOf(parts: readonly Pick<SharePart, "count" | "invalidDraws">[]) {
  return {
    draws: parts.reduce((sum, { count }) => sum + count, 0),
    invalidDraws: parts.flatMap(({ invalidDraws }) => invalidDraws).sort((a, b) => a - b),
  };
}

/**
 * Copies what all workers have of a row, in the order of the draws, without the invalid ones.
 *
 * @param invalidDraws ascending
 * @param into as long as there are draws
 * @returns how many
 */
export function joined(
  parts: readonly Kept<Amounts>[],
  row: number,
  invalidDraws: readonly number[],
  into: Amounts,
): number {
  for (const kept of parts) copyColumn(kept, kept.columns[row] as number, into);
  let at = 0;
  let from = 0;
  for (const draw of [...invalidDraws, into.length]) {
    if (at < from) into.copyWithin(at, from, draw);
    at += draw - from;
    from = draw + 1;
  }
  return at;
}

/**
 * Sums yearly amounts up over all draws, a column between two pauses.
 *
 * @param parts what all workers have
 * @param createKernel gives a kernel with so many bytes at least
 */
export function* sumUpYears(
  parts: readonly YearsPart[],
  createKernel: (bytes: number) => Kernel,
): Generator<undefined, YearFans[]> {
  const { draws, invalidDraws } = drawsOf(parts);
  const samples = new Samples(draws, createKernel, (...bytes) => new Float32Array(...bytes));
  const years: YearFans[] = [];
  for (const year of parts[0]?.years.keys() ?? []) {
    const kept = parts.map((part) => part.years[year] as Kept<Float32Array>);
    const { columns, rows } = alignColumns(kept);
    const fans = new Float64Array(WIDTH * rows.length);
    for (const [column, row] of rows.entries()) {
      const { mean, quantiles } = samples.quantiles(joined(kept, row, invalidDraws, samples.values));
      fans.set([mean, ...quantiles], WIDTH * column);
      yield;
    }
    years.push({ columns, fans });
  }
  return years;
}

/** The fans of figures that have so many years, in their order. */
export function fansOf(lengths: readonly number[], years: readonly YearFans[]): FanYear[][] {
  const made = years.map(({ fans }) =>
    Array.from({ length: fans.length / WIDTH }, (_, column): FanYear => {
      const at = WIDTH * column;
      return { mean: fans[at] as number, quantiles: [...fans.subarray(at + 1, at + WIDTH)] };
    }),
  );
  const next = years.map(() => 0);
  return lengths.map((length) =>
    Array.from({ length }, (_, year) => {
      const row = next[year] as number;
      next[year] = row + 1;
      return made[year]?.[years[year]?.columns[row] as number] as FanYear;
    }),
  );
}
