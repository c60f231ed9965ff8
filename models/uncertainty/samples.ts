import {
  type Chance,
  chanceOf,
  quantilesBetween,
  SHOWN_QUANTILES,
  type ShownRanks,
  type Summary,
  shownRanks,
} from "../core/statistics.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { SampleKind, type SampleLayout, sampleRoom } from "./kernel/orderStatistics.ts";
import type { Amounts } from "./plan/keptRows.ts";

/** Numbers that the moments of a sample take. */
const MOMENTS = 4;

/** A sample's mean, spread, and how often it is above a bound or below what is opposite to it. */
export interface Moments extends Omit<Summary, "quantiles"> {
  readonly above: Chance;
  readonly below: Chance;
}

/** Room of a kernel in which samples are summed up, one after the other. */
export class Samples<Column extends Amounts> {
  /** Takes a sample; its first values, if there are fewer than it has room for. */
  readonly values: Column;
  protected readonly kernel: Kernel;
  protected readonly layout: SampleLayout;
  private shown: ShownRanks = shownRanks(1);
  private count = 1;

  /**
   * @param draws most values of a sample
   * @param createKernel gives a kernel with so many bytes at least
   * @param view gives numbers in which a sample stands, of 32 bits or 64
   */
  constructor(
    draws: number,
    createKernel: (bytes: number) => Kernel,
    view: (buffer: ArrayBufferLike, byte: number, length: number) => Column,
  ) {
    const most = 2 * SHOWN_QUANTILES.length;
    const [values, into] = [0, draws];
    const ranks = into + Math.max(MOMENTS, 1 + most);
    const room = ranks + most;
    this.kernel = createKernel(Float64Array.BYTES_PER_ELEMENT * (room + sampleRoom(draws, most)));
    const { buffer, byteOffset } = this.kernel.numbers;
    this.values = view(buffer, byteOffset, draws);
    const isNarrow = this.values instanceof Float32Array;
    this.layout = { values, isNarrow, into, ranks: 2 * ranks, wanted: 0, room };
  }

  /** Mean and SHOWN_QUANTILES of the first so many values: the value itself where all are equal; no numbers where one is none. */
  quantiles(count: number): { readonly mean: number; readonly quantiles: readonly number[] } {
    const { kernel, layout, values } = this;
    if (count === 0) return same(Number.NaN);
    if (count !== this.count) this.shown = shownRanks(count);
    this.count = count;
    const { ranks } = this.shown;
    kernel.indices.set(ranks, layout.ranks);
    const kind = kernel.orderStatistics({ ...layout, wanted: ranks.length }, count);
    if (kind !== SampleKind.varied)
      return same(kind === SampleKind.constant ? (values[0] as number) + 0 : Number.NaN);
    const { numbers } = kernel;
    const { into } = layout;
    const found = numbers.subarray(into + 1, into + 1 + ranks.length);
    return { mean: (numbers[into] as number) / count, quantiles: quantilesBetween(this.shown, found) };
  }
}

/** What equal values give. */
const same = (value: number) => ({ mean: value, quantiles: SHOWN_QUANTILES.map(() => value) });

/** Samples in 64 bits, of which there are moments too. */
export class WideSamples extends Samples<Float64Array> {
  /** As for Samples. */
  constructor(draws: number, createKernel: (bytes: number) => Kernel) {
    super(draws, createKernel, (...bytes) => new Float64Array(...bytes));
  }

  /**
   * Mean, spread and chances of the first so many values.
   *
   * @param bound not below 0
   */
  moments(count: number, bound: number): Moments {
    const { kernel, layout } = this;
    kernel.moments(layout, count, bound);
    const { into } = layout;
    const [mean = 0, variance = 0, above = 0, below = 0] = kernel.numbers.subarray(into, into + MOMENTS);
    const sd = Math.sqrt(variance);
    return {
      draws: count,
      mean,
      sd,
      se: sd / Math.sqrt(count),
      above: chanceOf(above, count),
      below: chanceOf(below, count),
    };
  }
}
