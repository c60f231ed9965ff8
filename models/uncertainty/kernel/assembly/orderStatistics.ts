/** Sums a sample up (see Kernel.orderStatistics); the twin is ../orderStatistics.ts. Pointers are in bytes. */

/** Equal stretches into which the range of a sample is divided; the room for it is STRETCHES in ../orderStatistics.ts. */
const STRETCHES: i32 = 2048;

/**
 * @param values the sample
 * @param isNarrow whether it has 32 bits, else 64
 * @param ranks from 0, ascending
 * @param into takes the sum and the values of these ranks, in 64 bits
 * @param room how many values fall in each stretch, where the next of each is put, those that are put there, the stretches in
 * which ranks lie, and the stretch of each value
 * @returns 0 for a sample that holds what is no number, 1 for one of equal values, else 2; only then there are ranks
 */
export function orderStatistics(
  values: usize,
  isNarrow: i32,
  count: i32,
  ranks: usize,
  wanted: i32,
  into: usize,
  room: usize,
): i32 {
  return isNarrow
    ? statistics<f32>(values, count, ranks, wanted, into, room)
    : statistics<f64>(values, count, ranks, wanted, into, room);
}

function statistics<T>(values: usize, count: i32, ranks: usize, wanted: i32, into: usize, room: usize): i32 {
  const counts = room;
  const next = counts + (<usize>STRETCHES << 2);
  const near = next + (<usize>STRETCHES << 2);
  const stretches = near + <usize>count * sizeof<T>() + (<usize>wanted << 4);
  const end = values + <usize>count * sizeof<T>();
  let least = v128.splat<T>(<T>Infinity);
  let most = v128.splat<T>(<T>-Infinity);
  let none = i32x4.splat(0);
  let at = values;
  for (; at + 16 <= end; at += 16) {
    const some = v128.load(at);
    least = v128.pmin<T>(least, some);
    most = v128.pmax<T>(most, some);
    none = v128.or(none, v128.ne<T>(some, some));
  }
  for (; at < end; at += sizeof<T>()) {
    const one = v128.splat<T>(load<T>(at));
    least = v128.pmin<T>(least, one);
    most = v128.pmax<T>(most, one);
    none = v128.or(none, v128.ne<T>(one, one));
  }
  if (v128.any_true(none)) return 0;
  const low = leastOf<T>(least);
  const high = -leastOf<T>(v128.neg<T>(most));
  if (low == high) return 1;
  const sum =
    sizeof<T>() == 4
      ? divideNarrow(values, count, <f32>low, <f32>high, counts, stretches)
      : divideWide(values, count, <f64>low, <f64>high, counts, stretches);
  store<f64>(into, sum);
  gather<T>(values, count, ranks, wanted, into + 8, counts, next, near, stretches);
  return 2;
}

/** The least number of a vector. */
function leastOf<T>(some: v128): T {
  if (sizeof<T>() == 8) return <T>min(f64x2.extract_lane(some, 0), f64x2.extract_lane(some, 1));
  return <T>(
    min(
      min(f32x4.extract_lane(some, 0), f32x4.extract_lane(some, 1)),
      min(f32x4.extract_lane(some, 2), f32x4.extract_lane(some, 3)),
    )
  );
}

/** Added to a number below it, leaves the nearest whole one in the last bits. */
const NARROW_WHOLE: f32 = 8388608;
const WIDE_WHOLE: f64 = 4503599627370496;

/**
 * Which stretch of the range each value falls in, and how many fall in each; a larger value never in a lower one. The sum of
 * the values is made along with it, since it waits for itself.
 */
function divideNarrow(values: usize, count: i32, low: f32, high: f32, counts: usize, stretches: usize): f64 {
  const scale = <f32>(STRETCHES - 1) / (high - low);
  // A range of nothing, or one too wide for a number, is one stretch.
  const isOne = !(scale > 0 && scale < Infinity);
  const perUnit = f32x4.splat(isOne ? 0 : scale);
  const from = f32x4.splat(isOne ? 0 : low);
  const whole = f32x4.splat(NARROW_WHOLE);
  const bits = i32x4.splat(STRETCHES - 1);
  const base = i32x4.splat(<i32>counts);
  memory.fill(counts, 0, <usize>STRETCHES << 2);
  let sum: f64 = 0;
  let value = 0;
  for (; value + 4 <= count; value += 4) {
    const four = v128.load(values + (<usize>value << 2));
    const stretch = v128.and(f32x4.add(f32x4.mul(f32x4.sub(four, from), perUnit), whole), bits);
    v128.store64_lane(stretches + (<usize>value << 1), i16x8.narrow_i32x4_s(stretch, stretch), 0);
    const place = i32x4.add(i32x4.shl(stretch, 2), base);
    sum += <f64>f32x4.extract_lane(four, 0);
    countOne(i32x4.extract_lane(place, 0));
    sum += <f64>f32x4.extract_lane(four, 1);
    countOne(i32x4.extract_lane(place, 1));
    sum += <f64>f32x4.extract_lane(four, 2);
    countOne(i32x4.extract_lane(place, 2));
    sum += <f64>f32x4.extract_lane(four, 3);
    countOne(i32x4.extract_lane(place, 3));
  }
  for (; value < count; value++) {
    const one = v128.load32_splat(values + (<usize>value << 2));
    const four = v128.and(f32x4.add(f32x4.mul(f32x4.sub(one, from), perUnit), whole), bits);
    sum += <f64>f32x4.extract_lane(one, 0);
    noteStretch(stretches + (<usize>value << 1), counts, i32x4.extract_lane(four, 0));
  }
  return sum;
}

/** The same for values in 64 bits. */
function divideWide(values: usize, count: i32, low: f64, high: f64, counts: usize, stretches: usize): f64 {
  const scale = <f64>(STRETCHES - 1) / (high - low);
  const isOne = !(scale > 0 && scale < Infinity);
  const perUnit = f64x2.splat(isOne ? 0 : scale);
  const from = f64x2.splat(isOne ? 0 : low);
  const whole = f64x2.splat(WIDE_WHOLE);
  memory.fill(counts, 0, <usize>STRETCHES << 2);
  let sum: f64 = 0;
  let value = 0;
  for (; value + 2 <= count; value += 2) {
    const two = v128.load(values + (<usize>value << 3));
    const stretch = f64x2.add(f64x2.mul(f64x2.sub(two, from), perUnit), whole);
    const place = stretches + (<usize>value << 1);
    sum += f64x2.extract_lane(two, 0);
    noteStretch(place, counts, i32x4.extract_lane(stretch, 0));
    sum += f64x2.extract_lane(two, 1);
    noteStretch(place + 2, counts, i32x4.extract_lane(stretch, 2));
  }
  if (value < count) {
    const one = v128.load64_splat(values + (<usize>value << 3));
    const stretch = f64x2.add(f64x2.mul(f64x2.sub(one, from), perUnit), whole);
    sum += f64x2.extract_lane(one, 0);
    noteStretch(stretches + (<usize>value << 1), counts, i32x4.extract_lane(stretch, 0));
  }
  return sum;
}

// @ts-expect-error: decorator
@inline
function noteStretch(place: usize, counts: usize, stretch: i32): void {
  store<i16>(place, <i16>stretch);
  countOne(counts + (<usize>stretch << 2));
}

// @ts-expect-error: decorator
@inline
function countOne(place: usize): void {
  store<i32>(place, load<i32>(place) + 1);
}

/** Puts the values of the stretches in which ranks lie together, and finds the values of the ranks there. */
function gather<T>(
  values: usize,
  count: i32,
  ranks: usize,
  wanted: i32,
  into: usize,
  counts: usize,
  next: usize,
  near: usize,
  stretches: usize,
): void {
  const sought = near + <usize>count * sizeof<T>();
  let last = sought;
  let stretch = -1;
  let place = 0;
  let here = 0;
  for (let item = 0, before = 0, total = 0; item < wanted; item++) {
    const rank = load<i32>(ranks + (<usize>item << 2));
    if (rank >= before + here) {
      while (rank >= before + here) {
        before += here;
        stretch++;
        here = load<i32>(counts + (<usize>stretch << 2));
      }
      place = total;
      total += here;
      store<i32>(next + (<usize>stretch << 2), place);
      v128.store(last, i16x8.splat(<i16>stretch));
      last += 16;
    }
    // Until its value is found, where it will be, and in which stretch.
    store<i32>(into + (<usize>item << 3), place + rank - before);
    store<i32>(into + (<usize>item << 3), stretch, 4);
  }
  let value = 0;
  for (; value + 16 <= count; value += 16) {
    const some = stretches + (<usize>value << 1);
    let found = soughtOf(some, sought, last);
    // Most stretches hold no rank.
    while (found) {
      put<T>(values, value + ctz(found), next, near, stretches);
      found &= found - 1;
    }
  }
  for (; value < count; value++) {
    const own = load<i16>(stretches + (<usize>value << 1));
    for (let one = sought; one < last; one += 16)
      if (load<i16>(one) == own) put<T>(values, value, next, near, stretches);
  }
  sorted = 0;
  alike = 0;
  let found: T = 0;
  for (const past = into + (<usize>wanted << 3); into < past; into += 8) {
    const at = load<i32>(into);
    const own = <usize>load<i32>(into, 4) << 2;
    const end = load<i32>(next + own);
    if (at >= alike) found = select<T>(near, at, max(sorted, end - load<i32>(counts + own)), end - 1);
    store<f64>(into, <f64>found);
  }
}

/** Which of sixteen values fall in a stretch that is sought, a bit for each; the stretches sought stand eight times each. */
// @ts-expect-error: decorator
@inline
function soughtOf(stretches: usize, sought: usize, last: usize): i32 {
  const a = v128.load(stretches);
  const b = v128.load(stretches, 16);
  let inA = i16x8.splat(0);
  let inB = i16x8.splat(0);
  for (; sought < last; sought += 16) {
    const one = v128.load(sought);
    inA = v128.or(inA, i16x8.eq(a, one));
    inB = v128.or(inB, i16x8.eq(b, one));
  }
  return i8x16.bitmask(i8x16.narrow_i16x8_s(inA, inB));
}

/** Puts a value with those of its stretch. */
function put<T>(values: usize, value: i32, next: usize, near: usize, stretches: usize): void {
  const place = next + (<usize>load<u16>(stretches + (<usize>value << 1)) << 2);
  const at = load<i32>(place);
  store<T>(near + <usize>at * sizeof<T>(), valueAt<T>(values, value));
  store<i32>(place, at + 1);
}

// @ts-expect-error: decorator
@inline
function valueAt<T>(values: usize, place: i32): T {
  return load<T>(values + <usize>place * sizeof<T>());
}

/** Values among which it is worth while to look first whether many are equal. */
const MANY = 64;

/** From and up to which place the value that was last looked for would stand, were values sorted; see rankOf. */
let below = 0;
let alike = 0;

/** Before this place the last selection left no value that is above those that follow. */
let sorted = 0;

/** The k-th smallest of values from `low` to `high`; mostly puts smaller ones before the k-th and larger ones after. */
function select<T>(values: usize, k: i32, low: i32, high: i32): T {
  let left = low;
  let right = high;
  while (right > left) {
    const a = valueAt<T>(values, left);
    const b = valueAt<T>(values, (left + right) >>> 1);
    const c = valueAt<T>(values, right);
    const pivot = max<T>(min<T>(a, b), min<T>(max<T>(a, b), c));
    if (right - left > MANY) {
      // Where many are equal, as in a purse that is mostly empty, the pivot mostly is one of those.
      rankOf<T>(values, left, right, pivot);
      if (below <= k && k < alike) {
        sorted = left;
        return pivot;
      }
      const isBelow = k < below;
      part<T>(values, left, right, pivot, isBelow);
      if (isBelow) right = below - 1;
      else left = alike;
      continue;
    }
    let i = left;
    let j = right;
    while (i <= j) {
      while (valueAt<T>(values, i) < pivot) i++;
      while (valueAt<T>(values, j) > pivot) j--;
      if (i <= j) {
        const held = valueAt<T>(values, i);
        store<T>(values + <usize>i * sizeof<T>(), valueAt<T>(values, j));
        store<T>(values + <usize>j * sizeof<T>(), held);
        i++;
        j--;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  sorted = k;
  alike = k + 1;
  return valueAt<T>(values, k);
}

/** Puts values below a pivot first, or those up to it. Moves every value: a branch would go either way by chance. */
function part<T>(values: usize, left: i32, right: i32, pivot: T, isBelow: bool): void {
  let into = values + <usize>left * sizeof<T>();
  const end = values + <usize>(right + 1) * sizeof<T>();
  for (let at = into; at < end; at += sizeof<T>()) {
    const value = load<T>(at);
    store<T>(at, load<T>(into));
    store<T>(into, value);
    into += <usize>(isBelow ? i32(value < pivot) : i32(value <= pivot)) * sizeof<T>();
  }
}

/** From and up to which place a certain value would stand, were the values from `left` to `right` sorted. */
function rankOf<T>(values: usize, left: i32, right: i32, value: T): void {
  const splat = v128.splat<T>(value);
  // A comparison that holds is −1, in each 32 bits of a value.
  let less = i32x4.splat(0);
  let equal = i32x4.splat(0);
  const lanes = 16 / <i32>sizeof<T>();
  let at = left;
  for (; at + lanes <= right + 1; at += lanes) {
    const some = v128.load(values + <usize>at * sizeof<T>());
    less = i32x4.sub(less, v128.lt<T>(some, splat));
    equal = i32x4.sub(equal, v128.eq<T>(some, splat));
  }
  const words = <i32>sizeof<T>() / 4;
  below = left + total(less) / words;
  let same = total(equal) / words;
  for (; at <= right; at++) {
    const one = valueAt<T>(values, at);
    below += i32(one < value);
    same += i32(one == value);
  }
  alike = below + same;
}

function total(four: v128): i32 {
  return (
    i32x4.extract_lane(four, 0) +
    i32x4.extract_lane(four, 1) +
    i32x4.extract_lane(four, 2) +
    i32x4.extract_lane(four, 3)
  );
}
