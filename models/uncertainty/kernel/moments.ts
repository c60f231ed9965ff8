import { countAbove, mean, variance } from "../../core/statistics.ts";

/** A sample of which mean and spread are wanted. Places in the numbers. */
export interface MomentsLayout {
  /** The values, in 64 bits. */
  readonly values: number;
  /** Takes mean, variance, and how many values are above the bound, and below what is opposite to it. */
  readonly into: number;
}

/** Mean, variance and chances of a sample in TypeScript: the twin of assembly/moments.ts. */
export function moments(
  numbers: Float64Array,
  { values, into }: MomentsLayout,
  count: number,
  bound: number,
): void {
  const sample = numbers.subarray(values, values + count);
  const center = mean(sample);
  numbers[into] = center;
  numbers[into + 1] = variance(sample, center);
  numbers[into + 2] = countAbove(sample, bound);
  numbers[into + 3] = countAbove(
    sample.map((value) => -value),
    bound,
  );
}
