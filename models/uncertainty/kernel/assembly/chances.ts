/** Chances per cycle of the moves out of a state. */
import { exps, expm1s } from "./elementaryFunctions";
import { row } from "./words";

/** Where in a row the first pair of some is. */
// @ts-ignore: decorator
@inline
function first(pairs: u32): usize {
  return <usize>ctz(pairs) << 4;
}

/** Bytes of an effect in the list of a group: the rows of its log and strength, and which of what moves it is. */
export const EFFECT: usize = 12;

/** What effects together multiply rates by: exp(Σ log · strength), for the pairs of draws in `mask`. */
export function factor(list: usize, count: i32, into: usize, base: usize, mask: i32): void {
  const end = list + <usize>count * EFFECT;
  for (let left = <u32>mask; left != 0; left &= left - 1) {
    const off = first(left);
    let sum = f64x2.splat(0);
    for (let item = list; item < end; item += EFFECT)
      sum = f64x2.add(
        sum,
        f64x2.mul(v128.load(row(base, item) + off), v128.load(row(base, item + 4) + off)),
      );
    v128.store(into + off, exps(sum));
  }
}

/**
 * Chances of the moves out of one state, for the pairs of draws in `mask` (see Kernel.chances): four pairs at once, the last
 * of them twice where there are three.
 */
export function chances(
  list: usize,
  count: i32,
  stay: usize,
  total: usize,
  perYear: f64,
  isRate: i32,
  base: usize,
  mask: i32,
): void {
  const end = list + <usize>count * MOVE;
  let left = <u32>mask;
  while (popcnt(left) > 2) {
    const a = first(left);
    left &= left - 1;
    const b = first(left);
    left &= left - 1;
    const c = first(left);
    left &= left - 1;
    const d = left != 0 ? first(left) : c;
    left &= left - 1;
    eightChances(list, end, stay, total, perYear, isRate, base, a, b, c, d);
  }
  for (; left != 0; left &= left - 1) {
    const off = first(left);
    twoChances(list, end, stay + off, total + off, perYear, isRate, base + off);
  }
}

/** Bytes of a move in the list: the rows of its rate, of the factor on it, and of its chance. */
export const MOVE: usize = 12;

/** What leaves a state in one cycle, if `sum` are the rates of the moves out of it. */
// @ts-ignore: decorator
@inline
function leaving(sum: v128, perYear: f64): v128 {
  return f64x2.neg(expm1s(f64x2.div(f64x2.neg(sum), f64x2.splat(perYear))));
}

/** The part of what leaves that one move takes; none where there are no rates. */
// @ts-ignore: decorator
@inline
function competing(rate: v128, sum: v128, leave: v128): v128 {
  return v128.and(f64x2.gt(sum, f64x2.splat(0)), f64x2.mul(f64x2.div(rate, sum), leave));
}

/** Chances in two draws. */
function twoChances(
  list: usize,
  end: usize,
  stay: usize,
  total: usize,
  perYear: f64,
  isRate: i32,
  base: usize,
): void {
  let sum = f64x2.splat(0);
  for (let item = list; item < end; item += MOVE) {
    const value = f64x2.mul(v128.load(row(base, item)), v128.load(row(base, item + 4)));
    v128.store(row(base, item + 8), value);
    sum = f64x2.add(sum, value);
  }
  v128.store(total, sum);
  let leave = sum;
  if (isRate) leave = leaving(sum, perYear);
  let rest = f64x2.splat(1);
  for (let item = list; item < end; item += MOVE) {
    const place = row(base, item + 8);
    let chance = v128.load(place);
    if (isRate) {
      chance = competing(chance, sum, leave);
      v128.store(place, chance);
    }
    rest = f64x2.sub(rest, chance);
  }
  v128.store(stay, rest);
}

/** The same for four pairs of draws, which are `a` to `d` from the first of each row. */
function eightChances(
  list: usize,
  end: usize,
  stay: usize,
  total: usize,
  perYear: f64,
  isRate: i32,
  base: usize,
  a: usize,
  b: usize,
  c: usize,
  d: usize,
): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (let item = list; item < end; item += MOVE) {
    const rate = row(base, item);
    const factor = row(base, item + 4);
    const value0 = f64x2.mul(v128.load(rate + a), v128.load(factor + a));
    const value1 = f64x2.mul(v128.load(rate + b), v128.load(factor + b));
    const value2 = f64x2.mul(v128.load(rate + c), v128.load(factor + c));
    const value3 = f64x2.mul(v128.load(rate + d), v128.load(factor + d));
    const chance = row(base, item + 8);
    v128.store(chance + a, value0);
    v128.store(chance + b, value1);
    v128.store(chance + c, value2);
    v128.store(chance + d, value3);
    sum0 = f64x2.add(sum0, value0);
    sum1 = f64x2.add(sum1, value1);
    sum2 = f64x2.add(sum2, value2);
    sum3 = f64x2.add(sum3, value3);
  }
  v128.store(total + a, sum0);
  v128.store(total + b, sum1);
  v128.store(total + c, sum2);
  v128.store(total + d, sum3);
  let leave0 = sum0;
  let leave1 = sum1;
  let leave2 = sum2;
  let leave3 = sum3;
  if (isRate) {
    leave0 = leaving(sum0, perYear);
    leave1 = leaving(sum1, perYear);
    leave2 = leaving(sum2, perYear);
    leave3 = leaving(sum3, perYear);
  }
  let rest0 = f64x2.splat(1);
  let rest1 = rest0;
  let rest2 = rest0;
  let rest3 = rest0;
  for (let item = list; item < end; item += MOVE) {
    const place = row(base, item + 8);
    let chance0 = v128.load(place + a);
    let chance1 = v128.load(place + b);
    let chance2 = v128.load(place + c);
    let chance3 = v128.load(place + d);
    if (isRate) {
      chance0 = competing(chance0, sum0, leave0);
      chance1 = competing(chance1, sum1, leave1);
      chance2 = competing(chance2, sum2, leave2);
      chance3 = competing(chance3, sum3, leave3);
      v128.store(place + a, chance0);
      v128.store(place + b, chance1);
      v128.store(place + c, chance2);
      v128.store(place + d, chance3);
    }
    rest0 = f64x2.sub(rest0, chance0);
    rest1 = f64x2.sub(rest1, chance1);
    rest2 = f64x2.sub(rest2, chance2);
    rest3 = f64x2.sub(rest3, chance3);
  }
  v128.store(stay + a, rest0);
  v128.store(stay + b, rest1);
  v128.store(stay + c, rest2);
  v128.store(stay + d, rest3);
}
