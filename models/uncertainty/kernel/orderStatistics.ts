import { orderStatistics as statisticsOf } from "../../core/statistics.ts";

/** Stretches into which the compiled kernel divides the range of a sample. */
const STRETCHES = 2_048;

/** A sample of which some order statistics are wanted. All are places. */
export interface SampleLayout {
  /** In the numbers: the values, in 32 bits or in 64. */
  readonly values: number;
  readonly isNarrow: boolean;
  /** In the indices: ranks from 0, ascending; how many. */
  readonly ranks: number;
  readonly wanted: number;
  /** In the numbers: takes the sum of the values, in their order, and the value of each rank. */
  readonly into: number;
  /** In the numbers: what it is worked out in; see sampleRoom. */
  readonly room: number;
}

/** What a sample is: holding what is no number, equal values only, or neither. Only then its ranks are looked up. */
export const SampleKind = { broken: 0, constant: 1, varied: 2 } as const;

/** Numbers of the room for a sample of so many values, in 64 bits, of which so many order statistics are wanted. */
export function sampleRoom(count: number, wanted: number): number {
  return STRETCHES + Math.ceil((5 * count) / 4) + 2 * wanted;
}

/** Sums a sample up in TypeScript: the twin of assembly/orderStatistics.ts. */
export function orderStatistics(
  numbers: Float64Array,
  indices: Int32Array,
  narrow: Float32Array,
  { values, isNarrow, ranks, wanted, into }: SampleLayout,
  count: number,
): number {
  const sample = isNarrow
    ? narrow.subarray(2 * values, 2 * values + count)
    : numbers.subarray(values, values + count);
  const [first] = sample;
  let sum = 0;
  let isConstant = true;
  for (let index = 0; index < count; index += 1) {
    const value = sample[index] as number;
    sum += value;
    if (value !== first) isConstant = false;
  }
  numbers[into] = sum;
  if (isConstant) return SampleKind.constant;
  const found = statisticsOf(sample, indices.subarray(ranks, ranks + wanted));
  if (!found) return SampleKind.broken;
  numbers.set(found, into + 1);
  return SampleKind.varied;
}
