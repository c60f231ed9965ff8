/** Chances per cycle of the moves out of a state, in TypeScript: the twin of assembly/chances.ts. */
import { exp, expm1 } from "../../core/elementaryFunctions.ts";

/** Draws that the kernel takes at once: the lanes of one SIMD vector of two float64. Blocks are a multiple of them. */
export const LANES = 2;

/** The moves out of one state, as places; see Kernel.chances. */
export interface LeavingLayout {
  /** In the indices: for each move the rows of its rate, of the factor on it, and of its chance. */
  readonly list: number;
  readonly moves: number;
  readonly stay: number;
  /** Where the sum of rates (probabilities) is left. */
  readonly total: number;
  readonly perYear: number;
  readonly isRate: boolean;
}

/** Whole numbers of an effect in the list of a group: the rows of its log and strength, and which of what moves it is. */
export const EFFECT = 3;

/** Whole numbers of a move in the list of a state: the rows of its rate, of the factor on it, and of its chance. */
export const MOVE = 3;

/** What effects together multiply rates by: exp(Σ log · strength), for the pairs of draws in `pairs`. */
export function factor(
  numbers: Float64Array,
  indices: Int32Array,
  list: number,
  effects: number,
  into: number,
  pairs: number,
): void {
  for (let left = pairs, first = 0; left !== 0; left >>>= 1, first += LANES)
    if ((left & 1) === 1)
      for (let lane = first; lane < first + LANES; lane += 1) {
        let sum = 0;
        for (let effect = 0; effect < effects; effect += 1) {
          const item = list + EFFECT * effect;
          sum +=
            (numbers[(indices[item] as number) + lane] as number) *
            (numbers[(indices[item + 1] as number) + lane] as number);
        }
        numbers[into + lane] = exp(sum);
      }
}

/** Chances of the moves out of one state, for the pairs of draws in `pairs` (see Kernel.chances). */
export function chances(
  numbers: Float64Array,
  indices: Int32Array,
  leaving: LeavingLayout,
  pairs: number,
): void {
  for (let left = pairs, lane = 0; left !== 0; ) {
    const both = (left & 3) === 3;
    if ((left & 1) === 1) {
      const apart = both ? LANES : 0;
      fourProducts(numbers, indices, leaving, lane, apart);
      if (leaving.isRate) fourCompeting(numbers, indices, leaving, lane, apart);
    }
    left >>>= both ? 2 : 1;
    lane += both ? 2 * LANES : LANES;
  }
}

/**
 * Rates (probabilities) times factors of the moves out of one state, their sum, and what is left if they are
 * probabilities. In two draws and the two that are `apart` from them, which are the same 0 apart. `| 0` tells the compiler
 * that places are small whole numbers.
 */
function fourProducts(
  numbers: Float64Array,
  indices: Int32Array,
  { list, moves, stay, total }: LeavingLayout,
  lane: number,
  apart: number,
): void {
  const end = list + MOVE * moves;
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let rest0 = 1;
  let rest1 = 1;
  let rest2 = 1;
  let rest3 = 1;
  for (let item = list; item < end; item = (item + 3) | 0) {
    const rate = ((indices[item] as number) + lane) | 0;
    const factor = ((indices[(item + 1) | 0] as number) + lane) | 0;
    const place = ((indices[(item + 2) | 0] as number) + lane) | 0;
    const value0 = (numbers[rate] as number) * (numbers[factor] as number);
    const value1 = (numbers[(rate + 1) | 0] as number) * (numbers[(factor + 1) | 0] as number);
    const value2 = (numbers[(rate + apart) | 0] as number) * (numbers[(factor + apart) | 0] as number);
    const value3 =
      (numbers[(rate + apart + 1) | 0] as number) * (numbers[(factor + apart + 1) | 0] as number);
    numbers[place] = value0;
    numbers[(place + 1) | 0] = value1;
    numbers[(place + apart) | 0] = value2;
    numbers[(place + apart + 1) | 0] = value3;
    sum0 += value0;
    sum1 += value1;
    sum2 += value2;
    sum3 += value3;
    rest0 -= value0;
    rest1 -= value1;
    rest2 -= value2;
    rest3 -= value3;
  }
  keepFour(numbers, total + lane, apart, sum0, sum1, sum2, sum3);
  keepFour(numbers, stay + lane, apart, rest0, rest1, rest2, rest3);
}

/** Chances of moves that compete, out of their rates and the sum of those; in the same draws. */
function fourCompeting(
  numbers: Float64Array,
  indices: Int32Array,
  { list, moves, stay, total, perYear }: LeavingLayout,
  lane: number,
  apart: number,
): void {
  const end = list + MOVE * moves;
  const sums = (total + lane) | 0;
  const sum0 = numbers[sums] as number;
  const sum1 = numbers[(sums + 1) | 0] as number;
  const sum2 = numbers[(sums + apart) | 0] as number;
  const sum3 = numbers[(sums + apart + 1) | 0] as number;
  const leave0 = -expm1(-sum0 / perYear);
  const leave1 = -expm1(-sum1 / perYear);
  const leave2 = apart === 0 ? leave0 : -expm1(-sum2 / perYear);
  const leave3 = apart === 0 ? leave1 : -expm1(-sum3 / perYear);
  let rest0 = 1;
  let rest1 = 1;
  let rest2 = 1;
  let rest3 = 1;
  for (let item = (list + 2) | 0; item < end; item = (item + 3) | 0) {
    const place = ((indices[item] as number) + lane) | 0;
    const value0 = numbers[place] as number;
    const value1 = numbers[(place + 1) | 0] as number;
    const value2 = numbers[(place + apart) | 0] as number;
    const value3 = numbers[(place + apart + 1) | 0] as number;
    const chance0 = sum0 > 0 ? (value0 / sum0) * leave0 : 0;
    const chance1 = sum1 > 0 ? (value1 / sum1) * leave1 : 0;
    const chance2 = sum2 > 0 ? (value2 / sum2) * leave2 : 0;
    const chance3 = sum3 > 0 ? (value3 / sum3) * leave3 : 0;
    numbers[place] = chance0;
    numbers[(place + 1) | 0] = chance1;
    numbers[(place + apart) | 0] = chance2;
    numbers[(place + apart + 1) | 0] = chance3;
    rest0 -= chance0;
    rest1 -= chance1;
    rest2 -= chance2;
    rest3 -= chance3;
  }
  keepFour(numbers, stay + lane, apart, rest0, rest1, rest2, rest3);
}

/** Keeps two numbers, and the two that are `apart` from them. */
export function keepFour(
  numbers: Float64Array,
  place: number,
  apart: number,
  value0: number,
  value1: number,
  value2: number,
  value3: number,
): void {
  numbers[place] = value0;
  numbers[place + 1] = value1;
  numbers[place + apart] = value2;
  numbers[place + apart + 1] = value3;
}
