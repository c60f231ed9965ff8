import { quantilesBetween, SHOWN_QUANTILES, type ShownRanks, shownRanks } from "../core/statistics.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { SampleKind, type SampleLayout, sampleRoom } from "./kernel/orderStatistics.ts";
import { type Amounts, alignColumns, copyColumn, type Kept } from "./plan/keptRows.ts";
import type { SimulationPart } from "./simulation.ts";

/** Quantiles of one year's amount, at SHOWN_QUANTILES, and its mean. */
export interface FanYear {
  readonly mean: number;
  readonly quantiles: readonly number[];
}

/** Amounts of the draws of one worker in all years, or in some, the same ones for all workers. */
export type YearsPart = Pick<SimulationPart, "count" | "invalidDraws" | "years">;

/** What the draws say of the amounts of one year. Plain data. */
export interface YearFans {
  /** The column of each figure that lasts so long; see lasting. */
  readonly columns: Int32Array;
  /** [column]: mean and SHOWN_QUANTILES. */
  readonly fans: Float64Array;
}

const WIDTH = 1 + SHOWN_QUANTILES.length;

/** How many draws there are in all parts, and which of them gave nothing, ascending. */
export function drawsOf(parts: readonly Pick<SimulationPart, "count" | "invalidDraws">[]) {
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

/** Sums samples of amounts up, one after the other. */
export class FanMaker {
  /** Takes the sample. */
  readonly sample: Float32Array;
  private readonly kernel: Kernel;
  private readonly layout: SampleLayout;
  private shown: ShownRanks = shownRanks(1);
  private count = 1;

  /**
   * @param draws most values of a sample
   * @param createKernel gives a kernel with so many bytes at least
   */
  constructor(draws: number, createKernel: (bytes: number) => Kernel) {
    const most = 2 * SHOWN_QUANTILES.length;
    const [values, into] = [0, Math.ceil(draws / 2)];
    const ranks = into + 1 + most;
    const room = ranks + most;
    this.layout = { values, into, ranks: 2 * ranks, wanted: 0, room };
    this.kernel = createKernel(8 * (room + sampleRoom(draws)));
    const { buffer, byteOffset } = this.kernel.numbers;
    this.sample = new Float32Array(buffer, byteOffset, draws);
  }

  /** The fan of the first values of the sample: its mean and SHOWN_QUANTILES, to be put at a place. */
  write(count: number, fans: Float64Array, at: number): void {
    const { kernel, layout, sample } = this;
    if (count === 0) {
      fans.fill(Number.NaN, at, at + WIDTH);
      return;
    }
    if (count !== this.count) this.shown = shownRanks(count);
    this.count = count;
    const { ranks } = this.shown;
    kernel.indices.set(ranks, layout.ranks);
    const kind = kernel.orderStatistics({ ...layout, wanted: ranks.length }, count);
    const { numbers } = kernel;
    const { into } = layout;
    if (kind === SampleKind.varied) {
      fans[at] = (numbers[into] as number) / count;
      const values = numbers.subarray(into + 1, into + 1 + ranks.length);
      fans.set(quantilesBetween(this.shown, values), at + 1);
    } else fans.fill(kind === SampleKind.constant ? (sample[0] as number) + 0 : Number.NaN, at, at + WIDTH);
  }
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
  const maker = new FanMaker(draws, createKernel);
  const years: YearFans[] = [];
  for (const year of parts[0]?.years.keys() ?? []) {
    const kept = parts.map((part) => part.years[year] as Kept<Float32Array>);
    const { columns, rows } = alignColumns(kept);
    const fans = new Float64Array(WIDTH * rows.length);
    for (const [column, row] of rows.entries()) {
      maker.write(joined(kept, row, invalidDraws, maker.sample), fans, WIDTH * column);
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
