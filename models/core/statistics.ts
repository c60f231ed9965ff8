/** Shares of the distribution at which results are shown (model.md section 8). */
export const SHOWN_QUANTILES: readonly number[] = [0.05, 0.25, 0.5, 0.75, 0.95];

/** A sample in one line. Standard errors are those of Monte Carlo: they shrink with the square root of the draws. */
export interface Summary {
  readonly draws: number;
  readonly mean: number;
  readonly sd: number;
  /** Standard error of the mean. */
  readonly se: number;
  /** At SHOWN_QUANTILES. */
  readonly quantiles: readonly number[];
}

/** A chance estimated from draws. */
export interface Chance {
  readonly chance: number;
  readonly se: number;
}

/** Sum in the order of the sample, with the rounding errors carried along (Neumaier). */
export function sum(sample: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  const { length } = sample;
  for (let index = 0; index < length; index += 1) {
    const value = sample[index] as number;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** Mean of a sample; NaN when it is empty. */
export function mean(sample: ArrayLike<number>): number {
  return sum(sample) / sample.length;
}

/** Variance with n − 1; 0 for a single draw. */
export function variance(sample: ArrayLike<number>): number {
  if (sample.length < 2) return 0;
  const center = mean(sample);
  const squares = new Float64Array(sample.length);
  for (let index = 0; index < squares.length; index += 1) {
    const away = (sample[index] as number) - center;
    squares[index] = away * away;
  }
  return sum(squares) / (sample.length - 1);
}

/**
 * Quantile of a sorted sample, linear between order statistics.
 *
 * @source Hyndman & Fan 1996, type 7 (as R and Excel PERCENTILE.INC)
 */
export function sortedQuantile(sorted: ArrayLike<number>, p: number): number {
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (place - below);
}

/**
 * Mean, spread and quantiles of a sample.
 *
 * @param room at least as long as the sample; what stands in it is lost
 */
export function summarize(sample: Float64Array, room: Float64Array): Summary {
  const copy = room.subarray(0, sample.length);
  copy.set(sample);
  const sd = Math.sqrt(variance(sample));
  return {
    draws: sample.length,
    mean: mean(sample),
    sd,
    se: sd / Math.sqrt(sample.length),
    quantiles: shownQuantiles(copy),
  };
}

/** Share of a sample above a bound, with its standard error √(p(1 − p)/n). */
export function chanceAbove(sample: ArrayLike<number>, bound: number): Chance {
  let above = 0;
  for (let index = 0; index < sample.length; index += 1) if ((sample[index] ?? 0) > bound) above += 1;
  const chance = above / sample.length;
  return { chance, se: Math.sqrt((chance * (1 - chance)) / sample.length) };
}

/**
 * Puts the k-th smallest of `values` from `low` to `high` in its place, smaller ones before it and larger ones after.
 *
 * @source Hoare 1961, quickselect with the median of three
 */
function select(values: Float64Array, k: number, low: number, high: number): void {
  let left = low;
  let right = high;
  while (right > left) {
    const [a, b, c] = [
      values[left] as number,
      values[(left + right) >>> 1] as number,
      values[right] as number,
    ];
    const pivot = a < b ? (b < c ? b : a < c ? c : a) : a < c ? a : b < c ? c : b;
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] as number) < pivot) i += 1;
      while ((values[j] as number) > pivot) j -= 1;
      if (i <= j) {
        const held = values[i] as number;
        values[i] = values[j] as number;
        values[j] = held;
        i += 1;
        j -= 1;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}

/** The SHOWN_QUANTILES of a sample, which is put in another order; the same numbers as sortedQuantile. */
export function shownQuantiles(sample: Float64Array): number[] {
  const last = sample.length - 1;
  let done = 0;
  return SHOWN_QUANTILES.map((p) => {
    const place = last * p;
    const below = Math.floor(place);
    select(sample, below, done, last);
    done = below;
    const low = sample[below] ?? Number.NaN;
    if (place === below || below === last) return low;
    let high = Number.POSITIVE_INFINITY;
    for (let index = below + 1; index <= last; index += 1) high = Math.min(high, sample[index] as number);
    return low + (high - low) * (place - below);
  });
}
