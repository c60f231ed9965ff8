/** Formulas over rows of numbers, one number per draw: the same bits as ../formulas.ts. */
import { exp } from "./chances";

/** Operations that have a loop of their own: Op of ../../core/program.ts. */
const ADD = 2;
const SUBTRACT = 3;
const MULTIPLY = 4;
const DIVIDE = 5;
const SELECT = 14;

/** Natural logarithm: log of ../../core/elementaryFunctions.ts. */
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

/** base^exponent: power of ../../core/elementaryFunctions.ts. */
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

/** The nearest whole number, halves away from 0. */
function rounded(a: f64): f64 {
  const size = abs(a);
  const whole = floor(size);
  return copysign(size - whole >= 0.5 ? whole + 1 : whole, a);
}

/** One operation; unary ones ignore `b`: apply of ../../core/program.ts. */
function applied(op: i32, a: f64, b: f64): f64 {
  switch (op) {
    case 6:
      return power(a, b);
    case 7:
      return -a;
    case 8:
      return a < b ? 1 : 0;
    case 9:
      return a <= b ? 1 : 0;
    case 10:
      return a > b ? 1 : 0;
    case 11:
      return a >= b ? 1 : 0;
    case 12:
      return a == b ? 1 : 0;
    case 13:
      return a != b ? 1 : 0;
    case 15:
      return min(a, b);
    case 16:
      return max(a, b);
    case 17:
      return abs(a);
    case 18:
      return sqrt(a);
    case 19:
      return exp(a);
    case 20:
      return log(a);
    case 21:
      return rounded(a);
    default:
      return NaN;
  }
}

/** into = a op b in one row; a selection is a where c is not 0, and else b. `wide` are its bytes. */
export function applyRow(op: i32, into: usize, a: usize, b: usize, c: usize, wide: usize): void {
  const none = f64x2.splat(0);
  switch (op) {
    case ADD:
      for (let at: usize = 0; at < wide; at += 16)
        v128.store(into + at, f64x2.add(v128.load(a + at), v128.load(b + at)));
      break;
    case SUBTRACT:
      for (let at: usize = 0; at < wide; at += 16)
        v128.store(into + at, f64x2.sub(v128.load(a + at), v128.load(b + at)));
      break;
    case MULTIPLY:
      for (let at: usize = 0; at < wide; at += 16)
        v128.store(into + at, f64x2.mul(v128.load(a + at), v128.load(b + at)));
      break;
    case DIVIDE:
      for (let at: usize = 0; at < wide; at += 16) {
        const divisor = v128.load(b + at);
        const quotient = f64x2.div(v128.load(a + at), divisor);
        v128.store(into + at, v128.bitselect(f64x2.splat(NaN), quotient, f64x2.eq(divisor, none)));
      }
      break;
    case SELECT:
      for (let at: usize = 0; at < wide; at += 16) {
        const condition = f64x2.gt(f64x2.abs(v128.load(c + at)), none);
        v128.store(into + at, v128.bitselect(v128.load(a + at), v128.load(b + at), condition));
      }
      break;
    default:
      for (let at: usize = 0; at < wide; at += 8)
        store<f64>(into + at, applied(op, load<f64>(a + at), load<f64>(b + at)));
  }
}

/**
 * into = a in one row. `changed` becomes 1 where that brings other bits, else 0; in the row `wrong` there comes 1 where a
 * value is below `least` or not finite.
 */
export function renewRow(into: usize, a: usize, least: f64, changed: usize, wrong: usize, wide: usize): void {
  const leasts = f64x2.splat(least);
  const ends = f64x2.splat(Infinity);
  const one = f64x2.splat(1);
  let differs = i64x2.splat(0);
  for (let at: usize = 0; at < wide; at += 16) {
    const now = v128.load(a + at);
    differs = v128.or(differs, i64x2.ne(now, v128.load(into + at)));
    v128.store(into + at, now);
    const isRight = v128.and(f64x2.ge(now, leasts), f64x2.lt(now, ends));
    v128.store(wrong + at, v128.bitselect(v128.load(wrong + at), one, isRight));
  }
  store<f64>(changed, v128.any_true(differs) ? 1 : 0);
}
