/** Formulas over rows of numbers, one number per draw: the same bits as ../formulas.ts. */
import { exp, log, power } from "./elementaryFunctions";

/** Operations that have a loop of their own: Op of ../../../core/program.ts. */
const ADD = 2;
const SUBTRACT = 3;
const MULTIPLY = 4;
const DIVIDE = 5;
const SELECT = 14;

/** The nearest whole number, halves away from 0. */
function rounded(a: f64): f64 {
  const size = abs(a);
  const whole = floor(size);
  return copysign(size - whole >= 0.5 ? whole + 1 : whole, a);
}

/** One operation; unary ones ignore `b`: apply of ../../../core/program.ts. */
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
 * into = a in one row. `version` becomes `now` where that brings other bits; in the row `wrong` there comes 1 where a value is below `least` or not finite.
 */
export function renewRow(into: usize, a: usize, least: f64, version: usize, wrong: usize, now: f64, wide: usize): void {
  const leasts = f64x2.splat(least);
  const ends = f64x2.splat(Infinity);
  const one = f64x2.splat(1);
  let differs = i64x2.splat(0);
  for (let at: usize = 0; at < wide; at += 16) {
    const values = v128.load(a + at);
    differs = v128.or(differs, i64x2.ne(values, v128.load(into + at)));
    v128.store(into + at, values);
    const isRight = v128.and(f64x2.ge(values, leasts), f64x2.lt(values, ends));
    v128.store(wrong + at, v128.bitselect(v128.load(wrong + at), one, isRight));
  }
  if (v128.any_true(differs)) store<f64>(version, now);
}
