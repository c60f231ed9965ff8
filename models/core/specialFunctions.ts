/** Normal, beta and gamma distribution functions and their inverses, on + − × / and sqrt alone. */
import { exp, log } from "./elementaryFunctions.ts";

/** Evaluates c₀ + c₁x + … */
function polynomial(coefficients: Float64Array, x: number): number {
  let sum = 0;
  for (let index = coefficients.length - 1; index >= 0; index -= 1)
    sum = sum * x + (coefficients[index] ?? 0);
  return sum;
}

const CENTRE = Float64Array.of(
  3.3871328727963665,
  133.14166789178438,
  1971.5909503065513,
  13731.69376550946,
  45921.95393154987,
  67265.7709270087,
  33430.57558358813,
  2509.0809287301227,
);
const CENTRE_BELOW = Float64Array.of(
  1,
  42.31333070160091,
  687.1870074920579,
  5394.196021424751,
  21213.794301586597,
  39307.89580009271,
  28729.085735721943,
  5226.495278852854,
);
const SIDE = Float64Array.of(
  1.4234371107496835,
  4.630337846156546,
  5.769497221460691,
  3.6478483247632045,
  1.2704582524523684,
  0.2417807251774506,
  0.022723844989269184,
  0.0007745450142783414,
);
const SIDE_BELOW = Float64Array.of(
  1,
  2.053191626637759,
  1.6763848301838038,
  0.6897673349851,
  0.14810397642748008,
  0.015198666563616457,
  0.0005475938084995345,
  1.0507500716444169e-9,
);
const TAIL = Float64Array.of(
  6.657904643501103,
  5.463784911164114,
  1.7848265399172913,
  0.29656057182850487,
  0.026532189526576124,
  0.0012426609473880784,
  2.7115555687434876e-5,
  2.0103343992922881e-7,
);
const TAIL_BELOW = Float64Array.of(
  1,
  0.599832206555888,
  0.1369298809227358,
  0.014875361290850615,
  0.0007868691311456133,
  1.8463183175100548e-5,
  1.421511758316446e-7,
  2.0442631033899397e-15,
);

/**
 * Standard normal quantile, to some 10⁻¹⁶ relative.
 *
 * @param p in (0, 1)
 * @source Wichura 1988, algorithm AS 241 (PPND16)
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE, r)) / polynomial(CENTRE_BELOW, r);
  }
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? polynomial(SIDE, r - 1.6) / polynomial(SIDE_BELOW, r - 1.6)
      : polynomial(TAIL, r - 5) / polynomial(TAIL_BELOW, r - 5);
  return q < 0 ? -size : size;
}

/** Standard normal distribution function, both tails to some 10⁻¹⁴ relative. */
export function normalDistribution(z: number): number {
  const half = 0.5 * gammaTails(0.5, 0.5 * z * z).upper;
  return z < 0 ? half : 1 - half;
}

/** log Γ(z) less Stirling's main terms: Γ(z) = √(2π/z) (z/e)^z e^δ(z), for z > 0. */
function stirlingRest(z: number): number {
  if (z >= 10) {
    const w = 1 / (z * z);
    return (
      (1 / 12 -
        w *
          (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360360 - w * (1 / 156))))))) /
      z
    );
  }
  // Γ(z) = Γ(z + n) / (z (z+1) … (z+n−1)), with z + n ≥ 10.
  let product = 1;
  let shifted = z;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  return (
    stirlingRest(shifted) + (shifted - 0.5) * log(shifted) - (z - 0.5) * log(z) - (shifted - z) - log(product)
  );
}

/** log(1 + t) − t, accurate near 0. */
function logExcess(t: number): number {
  if (Math.abs(t) > 0.3) return log(1 + t) - t;
  // log(1 + t) = 2 artanh(s), s = t / (2 + t); the leading 2s − t = −st.
  const s = t / (2 + t);
  const square = s * s;
  let term = 2 * s;
  let sum = -s * t;
  for (let n = 3; n < 60; n += 2) {
    term *= square;
    const next = sum + term / n;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** Both tails of a distribution at one point: they sum to 1, each accurate where it is small. */
export interface Tails {
  readonly lower: number;
  readonly upper: number;
  /** Of the distribution on the line (logit or logarithm of x). */
  readonly density: number;
}

/** What Stirling's main terms leave of log B(a, b). */
function betaRest(a: number, b: number): number {
  return stirlingRest(a + b) - stirlingRest(a) - stirlingRest(b);
}

/** x^a y^b / B(a, b) with y = 1 − x: the density of the beta distribution with respect to log(x / y). */
export function betaDensity(
  a: number,
  b: number,
  x: number,
  y: number,
  rest: number = betaRest(a, b),
): number {
  const n = a + b;
  const s = (x * n - a) / a;
  const t = (y * n - b) / b;
  // Near the mean the linear terms a·s + b·t cancel exactly, so they are left out.
  const near = Math.abs(s) < 0.3 && Math.abs(t) < 0.3;
  const exponent = near ? a * logExcess(s) + b * logExcess(t) : a * log((x * n) / a) + b * log((y * n) / b);
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * exp(rest + exponent);
}

const SMALLEST = 1e-300;

/** Lentz's continued fraction of the incomplete beta function, for x < (a + 1) / (a + b + 2). */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < SMALLEST ? SMALLEST : d);
  let h = d;
  for (let m = 1; m < 100_000; m += 1) {
    const m2 = 2 * m;
    const even = (m * (b - m) * x) / ((a + m2 - 1) * (a + m2));
    d = 1 + even * d;
    d = 1 / (Math.abs(d) < SMALLEST ? SMALLEST : d);
    c = 1 + even / c;
    if (Math.abs(c) < SMALLEST) c = SMALLEST;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + m2) * (a + m2 + 1));
    d = 1 + odd * d;
    d = 1 / (Math.abs(d) < SMALLEST ? SMALLEST : d);
    c = 1 + odd / c;
    if (Math.abs(c) < SMALLEST) c = SMALLEST;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return h;
}

/**
 * The beta distribution function and its complement.
 *
 * @param a shape > 0
 * @param b shape > 0
 * @param x in [0, 1]
 * @param y 1 − x, given apart so that it is exact near x = 1
 * @param rest what does not depend on x, for who asks more than once
 * @source regularised incomplete beta function; Numerical Recipes 6.4, prefactor after Loader 2000
 */
export function betaTails(a: number, b: number, x: number, y: number, rest: number = betaRest(a, b)): Tails {
  if (x <= 0) return { lower: 0, upper: 1, density: 0 };
  if (y <= 0) return { lower: 1, upper: 0, density: 0 };
  const density = betaDensity(a, b, x, y, rest);
  if (x < (a + 1) / (a + b + 2)) {
    const lower = (density * betaFraction(a, b, x)) / a;
    return { lower, upper: 1 - lower, density };
  }
  const upper = (density * betaFraction(b, a, y)) / b;
  return { lower: 1 - upper, upper, density };
}

/** x^a e^−x / Γ(a): the density of the gamma distribution (scale 1) with respect to log x. */
export function gammaDensity(a: number, x: number): number {
  const t = (x - a) / a;
  const exponent = Math.abs(t) < 0.3 ? a * logExcess(t) : a * log(x / a) - (x - a);
  return Math.sqrt(a / (2 * Math.PI)) * exp(exponent - stirlingRest(a));
}

/**
 * The gamma distribution function with scale 1, and its complement.
 *
 * @param a shape > 0
 * @param x ≥ 0
 * @source regularised incomplete gamma functions; series below a + 1, continued fraction above (Numerical Recipes 6.2)
 */
export function gammaTails(a: number, x: number): Tails {
  if (x <= 0) return { lower: 0, upper: 1, density: 0 };
  const density = gammaDensity(a, x);
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 1_000_000; n += 1) {
      term *= x / (a + n);
      sum += term;
      if (term < sum * 1e-17) break;
    }
    const lower = density * sum;
    return { lower, upper: 1 - lower, density };
  }
  let b = x + 1 - a;
  let c = 1 / SMALLEST;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < 1_000_000; n += 1) {
    const an = -n * (n - a);
    b += 2;
    d = an * d + b;
    d = 1 / (Math.abs(d) < SMALLEST ? SMALLEST : d);
    c = b + an / c;
    if (Math.abs(c) < SMALLEST) c = SMALLEST;
    const change = d * c;
    h *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  const upper = density * h;
  return { lower: 1 - upper, upper, density };
}

/** A distribution on a line u from −∞ to ∞: its two tails and its density. */
interface OnLine {
  tails(u: number): Tails;
}

/** A place in a distribution: the share of 1 in the smaller of its tails, and which tail that is. */
interface TailShare {
  readonly isLower: boolean;
  readonly share: number;
}

/** How near, relative to the larger of 1 and |u|, a u is to be. */
const NEAR = 1e-13;

/**
 * The u with a tail of some share: Newton on the logarithm of the smaller tail, which is nearly straight in the tails,
 * kept within a bracket.
 */
function invert(on: OnLine, { isLower, share }: TailShare, start: number): number {
  const target = log(share);
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let u = start;
  for (let step = 0; step < 400; step += 1) {
    const { lower, upper, density } = on.tails(u);
    const tail = isLower ? lower : upper;
    const logTail = log(tail);
    const below = isLower ? logTail < target : logTail > target;
    if (below) low = u;
    else high = u;
    const slope = ((isLower ? 1 : -1) * density) / tail;
    let next = u - (logTail - target) / slope;
    const newton = next >= low && next <= high;
    if (!newton) {
      if (Number.isFinite(low) && Number.isFinite(high)) next = low + (high - low) / 2;
      else next = Number.isFinite(low) ? low + 1 + Math.abs(low) : high - 1 - Math.abs(high);
    }
    const change = Math.abs(next - u);
    u = next;
    // Newton doubles the digits with every step: after one this small nothing is left but rounding.
    if (change <= (newton ? NEAR : 4e-16) * Math.max(1, Math.abs(u)) || Math.abs(u) > 745) break;
  }
  return u;
}

/** Quantiles are fitted against standard normal scores, in stretches of equal length from −WIDTH to WIDTH. */
const WIDTH = 6;
export const STRETCHES = 24;
const STRETCH = (2 * WIDTH) / STRETCHES;

/**
 * Where on a stretch, from −1 to 1, its polynomial is the quantile: the roots of the Chebyshev polynomial of degree 12, in
 * an order in which differences stay accurate (Leja). And where it is tried: as far from them as can be.
 */
const NODES = Float64Array.of(
  0.9914448613738104,
  -0.9914448613738104,
  -0.13052619222005157,
  0.6087614290087207,
  -0.7933533402912352,
  0.38268343236508984,
  0.9238795325112867,
  -0.9238795325112867,
  -0.38268343236508984,
  0.7933533402912352,
  -0.6087614290087207,
  0.13052619222005157,
);
const TRIED: readonly number[] = [-1, 0, 1];

/** The polynomial through the nodes, by Newton's divided differences. */
function fitted(values: Float64Array): Float64Array {
  const differences = values.slice();
  for (let order = 1; order < differences.length; order += 1)
    for (let node = differences.length - 1; node >= order; node -= 1)
      differences[node] =
        ((differences[node] as number) - (differences[node - 1] as number)) /
        ((NODES[node] as number) - (NODES[node - order] as number));
  return differences;
}

/** Coefficients of the polynomial of a stretch. */
export const COEFFICIENTS = NODES.length;

/** The value of a polynomial of which the coefficients stand among `numbers` from `first`, for t from −1 to 1. */
export function stretchValue(numbers: Float64Array, first: number, t: number): number {
  let sum = 0;
  for (let node = COEFFICIENTS - 1; node >= 0; node -= 1)
    sum = sum * (t - (NODES[node] as number)) + (numbers[first + node] as number);
  return sum;
}

/** Where p lies among the stretches: the whole part says in which, the rest how far in it; outside 0 … STRETCHES in none. */
export function stretchPlace(p: number): number {
  return (normalQuantile(p) + WIDTH) / STRETCH;
}

/** Quantiles on one stretch of scores. */
export interface Stretch {
  /** Its coefficients; see stretchValue. */
  readonly polynomial: Float64Array;
  /** Whether the polynomial is as near as an inversion; if not, inversions start from it. */
  readonly isNear: boolean;
}

/** The tail beyond a standard normal score. */
function tailOf(score: number): TailShare {
  return { isLower: score <= 0, share: normalDistribution(-Math.abs(score)) };
}

/** Fits the quantiles of the stretch around a score, and tries whether they are near. */
function fitStretch(on: OnLine, centre: number, start: number): Stretch {
  const scoreAt = (t: number) => centre + (t * STRETCH) / 2;
  let near = invert(on, tailOf(centre), start);
  const values = NODES.map((node) => {
    near = invert(on, tailOf(scoreAt(node)), near);
    return near;
  });
  const polynomial = fitted(values);
  const isNear = TRIED.every((t) => {
    const found = stretchValue(polynomial, 0, t);
    return Math.abs(found - invert(on, tailOf(scoreAt(t)), found)) <= NEAR * Math.max(1, Math.abs(found));
  });
  return { polynomial, isNear };
}

/** The quantiles of a distribution on a line. */
export interface LineQuantile {
  /** For p in (0, 1). */
  at(p: number): number;
  /** What has been fitted so far. */
  readonly stretches: readonly (Stretch | undefined)[];
}

/**
 * The inverse of a distribution on a line, for p in (0, 1): a smooth function of the standard normal score of p, so that a
 * polynomial per stretch of scores gives it. A stretch is fitted when it is first asked; where that does not succeed, as
 * in a corner of the distribution, each p is inverted by itself. The same p gets the same number whenever it is asked.
 */
function inverse(on: OnLine, start: number): LineQuantile {
  const stretches: (Stretch | undefined)[] = new Array(STRETCHES).fill(undefined);
  const at = (p: number) => {
    const tail = p <= 0.5 ? { isLower: true, share: p } : { isLower: false, share: 1 - p };
    const place = stretchPlace(p);
    const whole = Math.floor(place);
    if (!(whole >= 0 && whole < STRETCHES)) return invert(on, tail, start);
    const stretch = stretches[whole] ?? fitStretch(on, (whole + 0.5) * STRETCH - WIDTH, start);
    stretches[whole] = stretch;
    const found = stretchValue(stretch.polynomial, 0, 2 * (place - whole) - 1);
    return stretch.isNear ? found : invert(on, tail, found);
  };
  return { at, stretches };
}

/** Most inverses that are remembered, of some kilobytes each. */
const MOST_INVERSES = 1000;
const inverses = new Map<string, LineQuantile>();

/** An inverse that is made once for all who ask: many parameters have a distribution of the same shape. */
function known(key: string, make: () => LineQuantile): LineQuantile {
  const found = inverses.get(key) ?? make();
  if (inverses.size >= MOST_INVERSES) inverses.clear();
  inverses.set(key, found);
  return found;
}

/** log(x / (1 − x)) of the beta quantiles x; beyond ±745 x is 0 or 1. */
export function betaQuantileLogit(a: number, b: number): LineQuantile {
  return known(`beta ${a} ${b}`, () => {
    const rest = betaRest(a, b);
    return inverse({ tails: (u) => betaTails(a, b, 1 / (1 + exp(-u)), 1 / (1 + exp(u)), rest) }, log(a / b));
  });
}

/** The logarithm of the gamma quantiles with scale 1; below −745 they are 0. */
export function gammaQuantileLog(a: number): LineQuantile {
  return known(`gamma ${a}`, () => inverse({ tails: (u) => gammaTails(a, exp(u)) }, log(a)));
}
