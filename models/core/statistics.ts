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
export function variance(sample: ArrayLike<number>, center = mean(sample)): number {
  const { length } = sample;
  if (length < 2) return 0;
  if (room.squares.length < length) room.squares = new Float64Array(length);
  const squares = room.squares.subarray(0, length);
  for (let index = 0; index < length; index += 1) {
    const away = (sample[index] as number) - center;
    squares[index] = away * away;
  }
  return sum(squares) / (length - 1);
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

/** How many values of a sample are above a bound. Counted without a branch: which way it goes is chance itself. */
export function countAbove(sample: Float64Array, bound: number): number {
  let above = 0;
  for (let index = 0; index < sample.length; index += 1) above += Number((sample[index] as number) > bound);
  return above;
}

/** Chance of what was found in some of the draws, with its standard error √(p(1 − p)/n). */
export function chanceOf(found: number, draws: number): Chance {
  const chance = found / draws;
  return { chance, se: Math.sqrt((chance * (1 - chance)) / draws) };
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

/** Equal stretches into which the range of a sample is divided to find its quantiles. */
const STRETCHES = 2_048;

/** What samples are summed up in, one after the other: making it anew would take as long as the quantiles. */
const room = {
  squares: new Float64Array(),
  /** The stretch that each value falls in. */
  of: new Int32Array(),
  /** How many values fall in each stretch. */
  counts: new Int32Array(STRETCHES),
  /** Where the next value of a stretch is put; −1 for a stretch in which no rank lies. */
  next: new Int32Array(STRETCHES),
  /** The values of stretches in which ranks lie. */
  values: new Float64Array(),
};

/**
 * The range of a sample in equal stretches: which one each value falls in, and how many fall in each.
 *
 * @returns whether it holds numbers only
 */
function divide(sample: Float64Array | Float32Array): boolean {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  const { length } = sample;
  for (let index = 0; index < length; index += 1) {
    const value = sample[index] as number;
    if (Number.isNaN(value)) return false;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const scale = (STRETCHES - 1) / (most - least);
  // A range of nothing, or one too wide for a number, is one stretch.
  const perUnit = scale > 0 && scale < Number.POSITIVE_INFINITY ? scale : 0;
  const from = perUnit === 0 ? 0 : least;
  if (room.of.length < length) room.of = new Int32Array(length);
  const { counts, of } = room;
  // In two loops: one that also counts waits for itself.
  for (let index = 0; index < length; index += 1) of[index] = ((sample[index] as number) - from) * perUnit;
  counts.fill(0);
  for (let index = 0; index < length; index += 1) {
    const stretch = of[index] as number;
    counts[stretch] = (counts[stretch] as number) + 1;
  }
  return true;
}

/**
 * Puts the values of the stretches in which some ranks lie together in the room, once the sample is divided.
 *
 * @param ranks from 0, ascending
 * @returns for each rank from where to where its stretch stands there and its rank therein
 */
function gather(sample: Float64Array | Float32Array, ranks: Int32Array) {
  const { counts, next, of } = room;
  next.fill(-1);
  let [stretch, before, total] = [0, 0, 0];
  const places = Array.from(ranks, (rank) => {
    while (rank >= before + (counts[stretch] as number)) {
      before += counts[stretch] as number;
      stretch += 1;
    }
    const count = counts[stretch] as number;
    if (next[stretch] === -1) {
      next[stretch] = total;
      total += count;
    }
    const first = next[stretch] as number;
    return { first, last: first + count - 1, at: first + rank - before };
  });
  if (room.values.length < total) room.values = new Float64Array(sample.length);
  const { values } = room;
  const { length } = sample;
  for (let index = 0; index < length; index += 1) {
    const place = next[of[index] as number] as number;
    if (place < 0) continue;
    values[place] = sample[index] as number;
    next[of[index] as number] = place + 1;
  }
  return places;
}

/**
 * The order statistics of a sample at some ranks; null where it holds what is no number.
 *
 * @param ranks from 0, ascending
 */
export function orderStatistics(sample: Float64Array | Float32Array, ranks: Int32Array): number[] | null {
  if (!divide(sample)) return null;
  return gather(sample, ranks).map(({ first, last, at }) => {
    select(room.values, at, first, last);
    return room.values[at] as number;
  });
}

/** Where the SHOWN_QUANTILES of a sample lie. */
export interface ShownRanks {
  /** Ranks from 0, ascending, each once. */
  readonly ranks: Int32Array;
  /** For each quantile the places of the ranks on both sides of it, and how far it is from the lower one. */
  readonly between: readonly { readonly low: number; readonly high: number; readonly part: number }[];
}

/** Where the SHOWN_QUANTILES of a sample of so many values lie, one at least; see sortedQuantile. */
export function shownRanks(count: number): ShownRanks {
  const last = count - 1;
  const sides = SHOWN_QUANTILES.map((p) => {
    const low = Math.floor(last * p);
    return { low, high: Math.min(last, low + 1), part: last * p - low };
  });
  const ranks = Int32Array.from(new Set(sides.flatMap(({ low, high }) => [low, high]))).sort();
  return {
    ranks,
    between: sides.map(({ low, high, part }) => ({
      low: ranks.indexOf(low),
      high: ranks.indexOf(high),
      part,
    })),
  };
}

/** The SHOWN_QUANTILES of a sample of which the order statistics at their ranks are known; 0 is never −0. */
export function quantilesBetween({ between }: ShownRanks, values: ArrayLike<number>): number[] {
  return between.map(({ low: below, high: above, part }) => {
    const [low, high] = [values[below] as number, values[above] as number];
    return part === 0 ? low + 0 : low + (high - low) * part;
  });
}
