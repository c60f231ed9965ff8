/** Elementary functions with the bits of ../../../core/elementaryFunctions.ts, of one number and of two. */

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

/** e^x. */
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

/** e^x − 1. */
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
export function expm1s(x: v128): v128 {
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

/** Natural logarithm. */
export function log(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  let k = 0;
  let bits = reinterpret<u64>(x);
  if (x < 2.2250738585072014e-308) {
    k = -54;
    bits = reinterpret<u64>(x * 18014398509481984);
  }
  const word = <i32>(bits >> 32);
  const mantissa = word & 0xfffff;
  const carry = (mantissa + 0x95f64) & 0x100000;
  k += (word >> 20) - 1023 + (carry >> 20);
  const high = <u64>(mantissa | (carry ^ 0x3ff00000));
  const f = reinterpret<f64>((high << 32) | (bits & 0xffffffff)) - 1;
  const turns = <f64>k;
  if (f == 0) return k == 0 ? 0 : turns * 0.6931471803691238 + turns * 1.9082149292705877e-10;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const r = odd + even;
  if (((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
    const half = 0.5 * f * f;
    return k == 0
      ? f - (half - s * (half + r))
      : turns * 0.6931471803691238 - (half - (s * (half + r) + turns * 1.9082149292705877e-10) - f);
  }
  return k == 0
    ? f - s * (f - r)
    : turns * 0.6931471803691238 - (s * (f - r) - turns * 1.9082149292705877e-10 - f);
}

/** base^n for a whole n ≥ 0, by squaring. */
function wholePower(base: f64, n: i32): f64 {
  let result: f64 = 1;
  let square = base;
  for (let rest = n; rest > 0; rest >>= 1) {
    if (rest & 1) result *= square;
    square *= square;
  }
  return result;
}

/** base^exponent. */
export function power(base: f64, exponent: f64): f64 {
  const size = abs(exponent);
  if (size <= 4096 && 2 * size == trunc(2 * size)) {
    const whole = floor(size);
    const value = wholePower(base, <i32>whole) * (size == whole ? 1 : sqrt(base));
    return exponent < 0 ? 1 / value : value;
  }
  if (base > 0) return exp(exponent * log(base));
  if (base == 0) return exponent > 0 ? 0 : exponent < 0 ? Infinity : NaN;
  if (exponent - trunc(exponent) != 0) return NaN;
  const value = exp(exponent * log(-base));
  return 0.5 * exponent == trunc(0.5 * exponent) ? value : -value;
}
