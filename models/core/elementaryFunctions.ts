/**
 * exp, expm1, log and power with the same bits in every engine: `Math.exp` and its kin may differ between browsers,
 * + − × / and sqrt may not. Errors below 1 unit in the last place for exp, expm1 and log.
 *
 * @source FreeBSD msun e_exp.c, s_expm1.c, e_log.c: Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
 *   Developed at SunPro, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this
 *   software is freely granted, provided that this notice is preserved.
 */

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const PER_LN2 = Math.LOG2E;
const OVERFLOW = 709.782712893384;
const UNDERFLOW = -745.1332191019411;

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
/** Place of the word with sign and exponent: 1 where the least significant word comes first. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;

/** 2^k for k = −1022 … 1023. */
const POWERS_OF_TWO = Float64Array.from({ length: 2046 }, (_, index) => {
  words[HIGH] = (index + 1) << 20;
  words[1 - HIGH] = 0;
  return number[0] ?? 0;
});
const powerOfTwo = (exponent: number): number => POWERS_OF_TWO[exponent + 1022] ?? 0;

/** y · 2^k, also where 2^k itself is out of range. */
function scale(y: number, k: number): number {
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  if (k >= -1021) return y * powerOfTwo(k);
  return y * powerOfTwo(k + 1000) * powerOfTwo(-1000);
}

/** e^x. */
export function exp(x: number): number {
  if (!(x < OVERFLOW)) return x >= OVERFLOW ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < UNDERFLOW) return 0;
  let high = x;
  let low = 0;
  let k = 0;
  let rest = x;
  if (Math.abs(x) > 0.34657359027997264) {
    k = Math.trunc(PER_LN2 * x + (x < 0 ? -0.5 : 0.5));
    high = x - k * LN2_HIGH;
    low = k * LN2_LOW;
    rest = high - low;
  } else if (Math.abs(x) < 3.725290298461914e-9) return 1 + x;
  const t = rest * rest;
  const c =
    rest -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((rest * c) / (c - 2) - rest);
  return scale(1 - (low - (rest * c) / (2 - c) - high), k);
}

/** e^x − 1, accurate near 0. */
export function expm1(x: number): number {
  if (!(x < OVERFLOW)) return x >= OVERFLOW ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x < -38.816242903571) return -1;
  let k = 0;
  let rest = x;
  let correction = 0;
  if (Math.abs(x) > 0.34657359027997264) {
    k = Math.trunc(PER_LN2 * x + (x < 0 ? -0.5 : 0.5));
    const high = x - k * LN2_HIGH;
    const low = k * LN2_LOW;
    rest = high - low;
    correction = high - rest - low;
  } else if (Math.abs(x) < 5.551115123125783e-17) return x;
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
  const e = square * ((r1 - t) / (6 - rest * t));
  if (k === 0) return rest - (rest * e - square);
  return expm1Scaled(rest, rest * (e - correction) - correction - square, k);
}

/** 2^k · e^rest − 1 for a whole k other than 0, e how far 1 + rest is above e^rest; apart, so that compilers take expm1 into loops. */
function expm1Scaled(rest: number, e: number, k: number): number {
  if (k === -1) return 0.5 * (rest - e) - 0.5;
  if (k === 1) return rest < -0.25 ? -2 * (e - (rest + 0.5)) : 1 + 2 * (rest - e);
  if (k <= -2 || k > 56) return scale(1 - (e - rest), k) - 1;
  const part = powerOfTwo(-k);
  return k < 20 ? scale(1 - part - (e - rest), k) : scale(rest - (e + part) + 1, k);
}

/** Natural logarithm; −∞ at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let k = 0;
  number[0] = x;
  if (x < 2.2250738585072014e-308) {
    k = -54;
    number[0] = x * 18014398509481984;
  }
  const word = words[HIGH] ?? 0;
  const mantissa = word & 0xfffff;
  const carry = (mantissa + 0x95f64) & 0x100000;
  k += (word >>> 20) - 1023 + (carry >>> 20);
  words[HIGH] = mantissa | (carry ^ 0x3ff00000);
  const f = (number[0] ?? 0) - 1;
  if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + k * LN2_LOW;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const even =
    z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const r = odd + even;
  if (((mantissa - 0x6147a) | (0x6b851 - mantissa)) > 0) {
    const half = 0.5 * f * f;
    return k === 0 ? f - (half - s * (half + r)) : k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
  }
  return k === 0 ? f - s * (f - r) : k * LN2_HIGH - (s * (f - r) - k * LN2_LOW - f);
}

/** base^n for a whole n ≥ 0, by squaring. */
function wholePower(base: number, n: number): number {
  let result = 1;
  let square = base;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** Largest exponent that is worked out by multiplication. */
const LARGEST_WHOLE = 4096;

/**
 * base^exponent. Whole and half exponents by multiplication and one square root, so that a discount factor is as exact
 * as its year is short; others through exp and log, to some 10⁻¹⁵ · (1 + |exponent · log base|) relative. NaN for a
 * base below 0 with a broken exponent.
 */
export function power(base: number, exponent: number): number {
  const size = Math.abs(exponent);
  if (size <= LARGEST_WHOLE && Number.isInteger(2 * size)) {
    const whole = Math.floor(size);
    const value = wholePower(base, whole) * (size === whole ? 1 : Math.sqrt(base));
    return exponent < 0 ? 1 / value : value;
  }
  if (base > 0) return exp(exponent * log(base));
  if (base === 0) return exponent > 0 ? 0 : exponent < 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (!Number.isInteger(exponent)) return Number.NaN;
  const value = exp(exponent * log(-base));
  return exponent % 2 === 0 ? value : -value;
}
