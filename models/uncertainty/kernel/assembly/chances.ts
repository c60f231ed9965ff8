/** Chances per cycle of the moves out of a state. */
/** 2^k for k = −1022 … 1023. */
function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>((<i64>k + 1023) << 52);
}

/** y · 2^k, also where 2^k itself is out of range. */
function scale(y: f64, k: i32): f64 {
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  if (k >= -1021) return y * powerOfTwo(k);
  return y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
}

/** e^x: exp of ../../core/elementaryFunctions.ts. */
export function exp(x: f64): f64 {
  if (!(x < 709.782712893384)) return x >= 709.782712893384 ? Infinity : NaN;
  if (x < -745.1332191019411) return 0;
  let high = x;
  let low: f64 = 0;
  let k = 0;
  let rest = x;
  if (abs(x) > 0.34657359027997264) {
    k = <i32>(1.4426950408889634 * x + (x < 0 ? -0.5 : 0.5));
    high = x - <f64>k * 0.6931471803691238;
    low = <f64>k * 1.9082149292705877e-10;
    rest = high - low;
  } else if (abs(x) < 3.725290298461914e-9) return 1 + x;
  const t = rest * rest;
  const c =
    rest -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  if (k == 0) return 1 - ((rest * c) / (c - 2) - rest);
  return scale(1 - (low - (rest * c) / (2 - c) - high), k);
}

/** e^x − 1: expm1 of ../../core/elementaryFunctions.ts. */
function expm1(x: f64): f64 {
  if (!(x < 709.782712893384)) return x >= 709.782712893384 ? Infinity : NaN;
  if (x < -38.816242903571) return -1;
  let k = 0;
  let rest = x;
  let correction: f64 = 0;
  if (abs(x) > 0.34657359027997264) {
    k = <i32>(1.4426950408889634 * x + (x < 0 ? -0.5 : 0.5));
    const high = x - <f64>k * 0.6931471803691238;
    const low = <f64>k * 1.9082149292705877e-10;
    rest = high - low;
    correction = high - rest - low;
  } else if (abs(x) < 5.551115123125783e-17) return x;
  const half = 0.5 * rest;
  const square = rest * half;
  const r1 =
    1 +
    square *
      (-0.03333333333333313 +
        square *
          (0.0015873015872548146 +
            square *
              (-7.93650757867488e-5 + square * (4.008217827329362e-6 + square * -2.0109921818362437e-7))));
  const t = 3 - r1 * half;
  let e = square * ((r1 - t) / (6 - rest * t));
  if (k == 0) return rest - (rest * e - square);
  e = rest * (e - correction) - correction;
  e -= square;
  if (k == -1) return 0.5 * (rest - e) - 0.5;
  if (k == 1) return rest < -0.25 ? -2 * (e - (rest + 0.5)) : 1 + 2 * (rest - e);
  if (k <= -2 || k > 56) return scale(1 - (e - rest), k) - 1;
  const part = powerOfTwo(-k);
  return k < 20 ? scale(1 - part - (e - rest), k) : scale(rest - (e + part) + 1, k);
}

// @ts-ignore: decorator
@inline
function number(x: f64): v128 {
  return f64x2.splat(x);
}

/** e^x of two numbers; the same bits as one by one. */
export function exps(x: v128): v128 {
  const size = f64x2.abs(x);
  if (!v128.all_true<i64>(f64x2.lt(size, number(700))))
    return f64x2.replace_lane(
      number(exp(f64x2.extract_lane(x, 0))),
      1,
      exp(f64x2.extract_lane(x, 1)),
    );
  const reduced = f64x2.gt(size, number(0.34657359027997264));
  const half = v128.or(number(0.5), v128.and(x, number(-0.0)));
  const turns = v128.and(
    f64x2.trunc(f64x2.add(f64x2.mul(number(1.4426950408889634), x), half)),
    reduced,
  );
  const high = f64x2.sub(x, f64x2.mul(turns, number(0.6931471803691238)));
  const low = f64x2.mul(turns, number(1.9082149292705877e-10));
  const rest = f64x2.sub(high, low);
  const t = f64x2.mul(rest, rest);
  let sum = f64x2.add(number(-1.6533902205465252e-6), f64x2.mul(t, number(4.1381367970572385e-8)));
  sum = f64x2.add(number(6.613756321437934e-5), f64x2.mul(t, sum));
  sum = f64x2.add(number(-0.0027777777777015593), f64x2.mul(t, sum));
  sum = f64x2.add(number(0.16666666666666602), f64x2.mul(t, sum));
  const c = f64x2.sub(rest, f64x2.mul(t, sum));
  const quotient = f64x2.div(f64x2.mul(rest, c), f64x2.sub(number(2), c));
  const y = f64x2.sub(number(1), f64x2.sub(f64x2.sub(low, quotient), high));
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(turns));
  const power = i64x2.shl(i64x2.add(whole, i64x2.splat(1023)), 52);
  const tiny = f64x2.lt(size, number(3.725290298461914e-9));
  return v128.bitselect(f64x2.add(number(1), x), f64x2.mul(y, power), tiny);
}

/** e^x − 1 of two numbers; the same bits as one by one. */
// @ts-ignore: decorator
@inline
function expm1s(x: v128): v128 {
  const size = f64x2.abs(x);
  const near = v128.and(
    f64x2.le(size, number(0.34657359027997264)),
    f64x2.ge(size, number(5.551115123125783e-17)),
  );
  if (!v128.all_true<i64>(near))
    return f64x2.replace_lane(
      number(expm1(f64x2.extract_lane(x, 0))),
      1,
      expm1(f64x2.extract_lane(x, 1)),
    );
  const half = f64x2.mul(number(0.5), x);
  const square = f64x2.mul(x, half);
  let sum = f64x2.add(number(4.008217827329362e-6), f64x2.mul(square, number(-2.0109921818362437e-7)));
  sum = f64x2.add(number(-7.93650757867488e-5), f64x2.mul(square, sum));
  sum = f64x2.add(number(0.0015873015872548146), f64x2.mul(square, sum));
  sum = f64x2.add(number(-0.03333333333333313), f64x2.mul(square, sum));
  const r1 = f64x2.add(number(1), f64x2.mul(square, sum));
  const t = f64x2.sub(number(3), f64x2.mul(r1, half));
  const e = f64x2.mul(
    square,
    f64x2.div(f64x2.sub(r1, t), f64x2.sub(number(6), f64x2.mul(x, t))),
  );
  return f64x2.sub(x, f64x2.sub(f64x2.mul(x, e), square));
}

// @ts-ignore: decorator
@inline
function row(base: usize, item: usize): usize {
  return base + (<usize>load<i32>(item) << 3);
}

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
