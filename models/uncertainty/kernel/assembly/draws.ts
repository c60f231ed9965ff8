/** Draws of parameters, one number per draw: the same bits as ../draws.ts. */
import { exps, log } from "./elementaryFunctions";

// @ts-ignore: decorator
@inline
function words(first: f64, second: f64): v128 {
  const low = i32x4.splat(<i32><u32>first);
  const high = i32x4.splat(<i32><u32>second);
  return v128.shuffle<i32>(low, high, 0, 1, 4, 5);
}

/**
 * Uniform numbers of one name: uniforms of ../../../core/random.ts, two draws side by side.
 *
 * @param key four numbers: the two words of the name, the two of the seed
 */
export function uniformRow(into: usize, key: usize, first: f64, lanes: i32): void {
  const factors = i32x4(0xd2511f53, 0xd2511f53, 0xcd9e8d57, 0xcd9e8d57);
  const steps = i32x4(0x9e3779b9, 0x9e3779b9, 0xbb67ae85, 0xbb67ae85);
  // The words 0 and 2 of two counters, and their words 1 and 3.
  const counters = words(load<f64>(key), first);
  const rest = words(load<f64>(key, 8), 0);
  const seed = words(load<f64>(key, 16), load<f64>(key, 24));
  for (let lane = 0; lane < lanes; lane += 4) {
    let even0 = i32x4.add(counters, i32x4(0, 0, lane, lane + 1));
    let even1 = i32x4.add(counters, i32x4(0, 0, lane + 2, lane + 3));
    let odd0 = rest;
    let odd1 = rest;
    let keys = seed;
    for (let round = 0; round < 10; round++) {
      const low0 = i64x2.extmul_low_i32x4_u(even0, factors);
      const low1 = i64x2.extmul_low_i32x4_u(even1, factors);
      const high0 = i64x2.extmul_high_i32x4_u(even0, factors);
      const high1 = i64x2.extmul_high_i32x4_u(even1, factors);
      even0 = v128.xor(v128.xor(v128.shuffle<i32>(high0, low0, 1, 3, 5, 7), odd0), keys);
      even1 = v128.xor(v128.xor(v128.shuffle<i32>(high1, low1, 1, 3, 5, 7), odd1), keys);
      odd0 = v128.shuffle<i32>(high0, low0, 0, 2, 4, 6);
      odd1 = v128.shuffle<i32>(high1, low1, 0, 2, 4, 6);
      keys = i32x4.add(keys, steps);
    }
    const place = into + (<usize>lane << 3);
    v128.store(place, between(even0, odd0));
    if (lane + 2 < lanes) v128.store(place, between(even1, odd1), 16);
  }
}

/** Two numbers in (0, 1) of the random words of two draws. */
// @ts-ignore: decorator
@inline
function between(first: v128, second: v128): v128 {
  const high = f64x2.convert_low_i32x4_u(i32x4.shr_u(first, 5));
  const low = f64x2.convert_low_i32x4_u(i32x4.shr_u(second, 6));
  const bits = f64x2.add(f64x2.mul(high, f64x2.splat(67_108_864)), low);
  return f64x2.div(f64x2.add(bits, f64x2.splat(0.5)), f64x2.splat(9_007_199_254_740_992));
}

/** Coefficients of normalQuantile in ../../../core/specialFunctions.ts: eight over, eight below. */
const CENTRE: usize = memory.data<f64>([
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227, 1, 42.31333070160091, 687.1870074920579,
  5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852854,
]);
const SIDE: usize = memory.data<f64>([
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414, 1, 2.053191626637759,
  1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]);

/** Eight coefficients over eight others. */
// @ts-ignore: decorator
@inline
function rational(coefficients: usize, over: v128, x: v128): v128 {
  let above = v128.load64_splat(coefficients, 56);
  let below = v128.load64_splat(coefficients, 120);
  for (let at = coefficients + 48; at >= coefficients; at -= 8) {
    above = f64x2.add(f64x2.mul(above, x), v128.load64_splat(at));
    below = f64x2.add(f64x2.mul(below, x), v128.load64_splat(at, 64));
  }
  return f64x2.div(f64x2.mul(over, above), below);
}

/** Beyond which |p − 0.5| a p is in the tails. */
const CENTRAL: f64 = 0.425;

/** normalQuantile of ../../../core/specialFunctions.ts in the tails, for q = p − 0.5; infinite where no stretch reaches. */
function tailScore(p: f64, q: f64): f64 {
  const r = sqrt(-log(q < 0 ? p : 1 - p));
  const found = rational(SIDE, f64x2.splat(1), f64x2.splat(r - 1.6));
  const size = r <= 5 ? f64x2.extract_lane(found, 0) : Infinity;
  return q < 0 ? -size : size;
}

/** into = normalQuantile of ../../../core/specialFunctions.ts. */
function scoreRow(into: usize, uniforms: usize, wide: usize): void {
  for (let at: usize = 0; at < wide; at += 16) {
    const q = f64x2.sub(v128.load(uniforms + at), f64x2.splat(0.5));
    v128.store(into + at, rational(CENTRE, q, f64x2.sub(f64x2.splat(0.180625), f64x2.mul(q, q))));
  }
  for (let at: usize = 0; at < wide; at += 8) {
    const p = load<f64>(uniforms + at);
    const q = p - 0.5;
    if (abs(q) > CENTRAL) store<f64>(into + at, tailScore(p, q));
  }
}

/** The nodes of a stretch, and what a stretch takes in a table, in bytes (see ../draws.ts). */
const NODES: usize = memory.data<f64>([
  0.9914448613738104, -0.9914448613738104, -0.13052619222005157, 0.6087614290087207,
  -0.7933533402912352, 0.38268343236508984, 0.9238795325112867, -0.9238795325112867,
  -0.38268343236508984, 0.7933533402912352, -0.6087614290087207, 0.13052619222005157,
]);
const STRETCH: usize = 104;
const STRETCHES: f64 = 24;

/** Where the stretch of a score is in a table; 0 where it is in none that is near. */
// @ts-ignore: decorator
@inline
function stretch(table: usize, at: f64): usize {
  if (!(at >= 0 && at < STRETCHES)) return 0;
  const place = table + <usize>at * STRETCH;
  return load<f64>(place) == 1 ? place : 0;
}

/** The polynomials of two stretches; of no meaning where there is none. */
// @ts-ignore: decorator
@inline
function polynomials(first: usize, second: usize, t: v128): v128 {
  let sum = f64x2.splat(0);
  for (let at: usize = 96; at > 0; at -= 8) {
    const coefficients = v128.load64_lane(second + at, v128.load64_zero(first + at), 1);
    sum = f64x2.add(f64x2.mul(sum, f64x2.sub(t, v128.load64_splat(NODES + at - 8))), coefficients);
  }
  return sum;
}

/** Scores become quantiles on the line, or no numbers; gives whether there is one that is none. */
function lineRow(into: usize, table: usize, wide: usize): bool {
  let missing = false;
  for (let at: usize = 0; at < wide; at += 16) {
    const place = f64x2.mul(f64x2.add(v128.load(into + at), f64x2.splat(6)), f64x2.splat(2));
    const whole = f64x2.floor(place);
    const t = f64x2.sub(f64x2.mul(f64x2.splat(2), f64x2.sub(place, whole)), f64x2.splat(1));
    const first = stretch(table, f64x2.extract_lane(whole, 0));
    const second = stretch(table, f64x2.extract_lane(whole, 1));
    v128.store(into + at, polynomials(first, second, t));
    if (first != 0 && second != 0) continue;
    missing = true;
    if (first == 0) store<f64>(into + at, NaN);
    if (second == 0) store<f64>(into + at, NaN, 8);
  }
  return missing;
}

/**
 * Quantiles of a fitted distribution; no number where its table does not give one, and `missing` is then 1, else 0 (see
 * Instruction.quantiles).
 */
export function quantileRow(
  into: usize,
  uniforms: usize,
  scale: usize,
  missing: usize,
  table: usize,
  wide: usize,
): void {
  scoreRow(into, uniforms, wide);
  store<f64>(missing, lineRow(into, table, wide) ? 1 : 0);
  const low = v128.load64_splat(scale);
  const width = v128.load64_splat(scale, 8);
  const per = v128.load64_splat(scale, 16);
  const isLogit = load<f64>(scale, 24) == 1;
  const one = f64x2.splat(1);
  for (let at: usize = 0; at < wide; at += 16) {
    const u = v128.load(into + at);
    const power = exps(isLogit ? f64x2.neg(u) : u);
    const x = isLogit ? f64x2.div(one, f64x2.add(one, power)) : power;
    v128.store(into + at, f64x2.div(f64x2.add(low, f64x2.mul(width, x)), per));
  }
}
