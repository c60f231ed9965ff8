import { exp } from "../../core/elementaryFunctions.ts";
import { type RandomKey, uniform } from "../../core/random.ts";
import { COEFFICIENTS, STRETCHES, stretchPlace, stretchValue } from "../../core/specialFunctions.ts";

/** Numbers of a stretch in the table of a line: 1 where it is fitted and near, and its coefficients. */
export const WIDTH = COEFFICIENTS + 1;

/** Numbers in the table of a line. */
export const TABLE = STRETCHES * WIDTH;

/**
 * into = uniform numbers of which the key stands at `key`, from the index at `first` on: one row. Twin of assembly/draws.ts.
 */
export function uniformRow(
  numbers: Float64Array,
  into: number,
  key: number,
  first: number,
  lanes: number,
): void {
  const words = [...numbers.subarray(key, key + 4)] as unknown as RandomKey;
  for (let lane = 0; lane < lanes; lane += 1)
    numbers[into + lane] = uniform(words, (numbers[first] as number) + lane);
}

/**
 * into = quantiles of a fitted distribution at uniform numbers, one row; no number where the table does not give one, and
 * the number at `missing` is then 1, else 0. Twin of assembly/draws.ts.
 *
 * @param scale four numbers: low, width, what a quantile is divided by, and 1 for a logit (see FittedQuantile)
 * @param table of the line
 */
export function quantileRow(
  numbers: Float64Array,
  into: number,
  uniforms: number,
  scale: number,
  missing: number,
  table: number,
  lanes: number,
): void {
  const low = numbers[scale] as number;
  const width = numbers[scale + 1] as number;
  const per = numbers[scale + 2] as number;
  const isLogit = numbers[scale + 3] === 1;
  numbers[missing] = 0;
  for (let lane = 0; lane < lanes; lane += 1) {
    const place = stretchPlace(numbers[uniforms + lane] as number);
    const whole = Math.floor(place);
    const stretch = table + whole * WIDTH;
    const isThere = whole >= 0 && whole < STRETCHES && numbers[stretch] === 1;
    if (!isThere) numbers[missing] = 1;
    const u = isThere ? stretchValue(numbers, stretch + 1, 2 * (place - whole) - 1) : Number.NaN;
    numbers[into + lane] = (low + width * (isLogit ? 1 / (1 + exp(-u)) : exp(u))) / per;
  }
}
