/**
 * The money on courses in the kernel: persons present, cycles in years since entry, and sums of amounts times factors. The
 * same operations in the same order as the twin in ../money.ts; `wide` and `down` as in kernel.ts.
 */
import { storeFour } from "./vectors";
import { WINDOW } from "./words";

/** Bytes of eight draws, and of two. */
const EIGHT: usize = 64;
const TWO: usize = 16;

/** What draws that are taken at once have in one year, and what of it falls in the next. */
const NOW: usize = memory.data(64, 16);
const LATER: usize = memory.data(64, 16);
/** What falls in the first year from the one before. */
const NOTHING: usize = memory.data(64, 16);

/** Bytes of the draws that are taken at once where `left` are left. */
function together(left: usize): usize {
  return left >= EIGHT ? EIGHT : TWO;
}

function yearOf(time: i32): i32 {
  return time & 255;
}

/** Part of a year that a cycle is. */
function cycleOf(time: i32): v128 {
  return f64x2.splat(1 / <f64>yearOf(time));
}

/** What sums of sums count for: with arrival at the start nothing falls in the next year. */
function partOf(time: i32): v128 {
  return time >> 8 == 1 ? cycleOf(time) : f64x2.splat(0);
}

// @ts-ignore: decorator
@inline
function pointer(base: usize, word: usize): usize {
  return base + (<usize>load<i32>(word) << 3);
}

/**
 * Splits what draws have in the cycles of a year, weighted, over that year and the next (see splitYears in
 * ../../../cohort/lags.ts), into NOW and LATER.
 *
 * @param last place of the last of `cycles` cycles, and `weights` that of its weights
 */
function twoWeighted(
  last: usize,
  step: usize,
  weights: usize,
  down: usize,
  cycles: i32,
  part: v128,
): void {
  let sum = f64x2.splat(0);
  let sums = sum;
  for (; cycles > 0; cycles--) {
    sums = f64x2.add(sums, sum);
    sum = f64x2.add(sum, f64x2.mul(v128.load(last), v128.load(weights)));
    last -= step;
    weights -= down;
  }
  const late = f64x2.mul(sums, part);
  v128.store(NOW, f64x2.sub(sum, late));
  v128.store(LATER, late);
}

/**
 * The same for eight draws. The condition on `down`, which always holds, keeps the compiler from reading all ahead: it would
 * run out of registers.
 */
function eightWeighted(
  last: usize,
  step: usize,
  weights: usize,
  down: usize,
  cycles: i32,
  part: v128,
): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let sums0 = sum0;
  let sums1 = sum0;
  let sums2 = sum0;
  let sums3 = sum0;
  for (; cycles > 0; cycles--) {
    sums0 = f64x2.add(sums0, sum0);
    sums1 = f64x2.add(sums1, sum1);
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(last), v128.load(weights)));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(last, 16), v128.load(weights, 16)));
    if (down != 0) {
      sums2 = f64x2.add(sums2, sum2);
      sums3 = f64x2.add(sums3, sum3);
      sum2 = f64x2.add(sum2, f64x2.mul(v128.load(last, 32), v128.load(weights, 32)));
      sum3 = f64x2.add(sum3, f64x2.mul(v128.load(last, 48), v128.load(weights, 48)));
    }
    last -= step;
    weights -= down;
  }
  const late0 = f64x2.mul(sums0, part);
  const late1 = f64x2.mul(sums1, part);
  const late2 = f64x2.mul(sums2, part);
  const late3 = f64x2.mul(sums3, part);
  storeFour(
    NOW,
    f64x2.sub(sum0, late0),
    f64x2.sub(sum1, late1),
    f64x2.sub(sum2, late2),
    f64x2.sub(sum3, late3),
  );
  storeFour(LATER, late0, late1, late2, late3);
}

/** Instruction.personYears; `next` are the bytes from one block to the next. */
export function personYears(
  into: usize,
  a: usize,
  instruction: usize,
  years: i32,
  wide: usize,
  down: usize,
  next: usize,
): void {
  const step = <usize>load<i32>(instruction, 20) * down;
  const time = load<i32>(instruction, 24);
  const perYear = yearOf(time);
  const cycle = cycleOf(time);
  const part = partOf(time);
  for (let year = 0; year < years; year++) {
    const last = a + <usize>(perYear - 1) * step;
    for (let at: usize = 0; at < wide; ) {
      const width = together(wide - at);
      const place = into + at;
      const before = year == 0 ? NOTHING : place + 2 * next - down;
      if (width == EIGHT) eightLived(place, next, before, last + at, step, perYear, part, cycle);
      else twoLived(place, next, before, last + at, step, perYear, part, cycle);
      at += width;
    }
    into += down;
    a += <usize>perYear * step;
  }
}

/**
 * Person-years in one year: what draws have in its cycles and, split as above, in those of the year before.
 *
 * @param before place of what falls in this year from the one before
 */
function twoLived(
  into: usize,
  next: usize,
  before: usize,
  last: usize,
  step: usize,
  cycles: i32,
  part: v128,
  cycle: v128,
): void {
  let sum = f64x2.splat(0);
  let sums = sum;
  for (; cycles > 0; cycles--) {
    sums = f64x2.add(sums, sum);
    sum = f64x2.add(sum, v128.load(last));
    last -= step;
  }
  const late = f64x2.mul(sums, part);
  const now = f64x2.sub(sum, late);
  v128.store(into + next, now);
  v128.store(into + 2 * next, late);
  v128.store(into, f64x2.mul(f64x2.add(now, v128.load(before)), cycle));
}

/** The same for eight draws. */
function eightLived(
  into: usize,
  next: usize,
  before: usize,
  last: usize,
  step: usize,
  cycles: i32,
  part: v128,
  cycle: v128,
): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let sums0 = sum0;
  let sums1 = sum0;
  let sums2 = sum0;
  let sums3 = sum0;
  for (; cycles > 0; cycles--) {
    sums0 = f64x2.add(sums0, sum0);
    sums1 = f64x2.add(sums1, sum1);
    sums2 = f64x2.add(sums2, sum2);
    sums3 = f64x2.add(sums3, sum3);
    sum0 = f64x2.add(sum0, v128.load(last));
    sum1 = f64x2.add(sum1, v128.load(last, 16));
    sum2 = f64x2.add(sum2, v128.load(last, 32));
    sum3 = f64x2.add(sum3, v128.load(last, 48));
    last -= step;
  }
  const now = into + next;
  const late0 = f64x2.mul(sums0, part);
  const late1 = f64x2.mul(sums1, part);
  const late2 = f64x2.mul(sums2, part);
  const late3 = f64x2.mul(sums3, part);
  storeFour(now + next, late0, late1, late2, late3);
  const now0 = f64x2.sub(sum0, late0);
  const now1 = f64x2.sub(sum1, late1);
  const now2 = f64x2.sub(sum2, late2);
  const now3 = f64x2.sub(sum3, late3);
  storeFour(now, now0, now1, now2, now3);
  storeFour(
    into,
    f64x2.mul(f64x2.add(now0, v128.load(before)), cycle),
    f64x2.mul(f64x2.add(now1, v128.load(before, 16)), cycle),
    f64x2.mul(f64x2.add(now2, v128.load(before, 32)), cycle),
    f64x2.mul(f64x2.add(now3, v128.load(before, 48)), cycle),
  );
}

/** Instruction.weigh. */
export function weigh(
  into: usize,
  a: usize,
  b: usize,
  instruction: usize,
  base: usize,
  years: i32,
  wide: usize,
  down: usize,
  next: usize,
): void {
  const step = <usize>load<i32>(instruction, 20) * down;
  const time = load<i32>(instruction, 24);
  const timed = pointer(base, instruction + 28);
  for (let at: usize = 0; at < wide; ) {
    const width = together(wide - at);
    if (width == EIGHT) eightWeigh(into + at, a + at, b + at, timed, at, years, time, step, down, next);
    else twoWeigh(into + at, a + at, b + at, timed, at, years, time, step, down, next);
    at += width;
  }
}

/** Whether weights are the same throughout a year in both draws: where they are not they are no numbers. */
// @ts-ignore: decorator
@inline
function isWhole(weight: v128): bool {
  return v128.all_true<i64>(f64x2.eq(weight, weight));
}

/** That part of a year's cycles in draws in which the weight is the same throughout, and in others what is summed. */
// @ts-ignore: decorator
@inline
function wholeOr(weight: v128, cycles: usize, summed: usize): v128 {
  const part = f64x2.mul(v128.load(cycles), weight);
  return v128.bitselect(part, v128.load(summed), f64x2.eq(weight, weight));
}

// @ts-ignore: decorator
@inline
function storeAdded(into: usize, plain: usize, now: v128, before: v128, cycle: v128): void {
  v128.store(into, f64x2.add(v128.load(plain), f64x2.mul(f64x2.add(now, before), cycle)));
}

function twoWeigh(
  into: usize,
  a: usize,
  plain: usize,
  timed: usize,
  at: usize,
  years: i32,
  time: i32,
  step: usize,
  down: usize,
  next: usize,
): void {
  const first = <i32>load<f64>(timed);
  const end = <i32>load<f64>(timed, 8);
  const perYear = yearOf(time);
  const cycle = cycleOf(time);
  const part = partOf(time);
  const none = f64x2.splat(0);
  const weights = timed + WINDOW + at;
  let whole = weights + <usize>(years * perYear) * down;
  let before = none;
  for (let start = 0; start < years * perYear; start += perYear) {
    let now = none;
    let later = none;
    if (start < end && start + perYear > first) {
      const weight = v128.load(whole);
      if (!isWhole(weight)) {
        const last = <usize>(start + perYear - 1);
        twoWeighted(a + last * step, step, weights + last * down, down, perYear, part);
      }
      now = wholeOr(weight, plain + next, NOW);
      later = wholeOr(weight, plain + 2 * next, LATER);
    }
    storeAdded(into, plain, now, before, cycle);
    before = later;
    into += down;
    plain += down;
    whole += down;
  }
}

/** The same for eight draws. */
function eightWeigh(
  into: usize,
  a: usize,
  plain: usize,
  timed: usize,
  at: usize,
  years: i32,
  time: i32,
  step: usize,
  down: usize,
  next: usize,
): void {
  const first = <i32>load<f64>(timed);
  const end = <i32>load<f64>(timed, 8);
  const perYear = yearOf(time);
  const cycle = cycleOf(time);
  const part = partOf(time);
  const none = f64x2.splat(0);
  const weights = timed + WINDOW + at;
  let whole = weights + <usize>(years * perYear) * down;
  let before0 = none;
  let before1 = none;
  let before2 = none;
  let before3 = none;
  for (let start = 0; start < years * perYear; start += perYear) {
    let now0 = none;
    let now1 = none;
    let now2 = none;
    let now3 = none;
    let later0 = none;
    let later1 = none;
    let later2 = none;
    let later3 = none;
    if (start < end && start + perYear > first) {
      const weight0 = v128.load(whole);
      const weight1 = v128.load(whole, 16);
      const weight2 = v128.load(whole, 32);
      const weight3 = v128.load(whole, 48);
      const now = plain + next;
      const later = now + next;
      if (isWhole(weight0) && isWhole(weight1) && isWhole(weight2) && isWhole(weight3)) {
        now0 = f64x2.mul(v128.load(now), weight0);
        now1 = f64x2.mul(v128.load(now, 16), weight1);
        now2 = f64x2.mul(v128.load(now, 32), weight2);
        now3 = f64x2.mul(v128.load(now, 48), weight3);
        later0 = f64x2.mul(v128.load(later), weight0);
        later1 = f64x2.mul(v128.load(later, 16), weight1);
        later2 = f64x2.mul(v128.load(later, 32), weight2);
        later3 = f64x2.mul(v128.load(later, 48), weight3);
      } else {
        const last = <usize>(start + perYear - 1);
        eightWeighted(a + last * step, step, weights + last * down, down, perYear, part);
        now0 = wholeOr(weight0, now, NOW);
        now1 = wholeOr(weight1, now + 16, NOW + 16);
        now2 = wholeOr(weight2, now + 32, NOW + 32);
        now3 = wholeOr(weight3, now + 48, NOW + 48);
        later0 = wholeOr(weight0, later, LATER);
        later1 = wholeOr(weight1, later + 16, LATER + 16);
        later2 = wholeOr(weight2, later + 32, LATER + 32);
        later3 = wholeOr(weight3, later + 48, LATER + 48);
      }
    }
    storeAdded(into, plain, now0, before0, cycle);
    storeAdded(into + 16, plain + 16, now1, before1, cycle);
    storeAdded(into + 32, plain + 32, now2, before2, cycle);
    storeAdded(into + 48, plain + 48, now3, before3, cycle);
    before0 = later0;
    before1 = later1;
    before2 = later2;
    before3 = later3;
    into += down;
    plain += down;
    whole += down;
  }
}

/** Instruction.charge: in each row stands first what falls in that year from the one before. */
export function charge(
  into: usize,
  a: usize,
  timed: usize,
  instruction: usize,
  years: i32,
  wide: usize,
  down: usize,
): void {
  const time = load<i32>(instruction, 24);
  const first = <i32>load<f64>(timed);
  const end = <i32>load<f64>(timed, 8);
  const perYear = yearOf(time);
  const part = partOf(time);
  for (let year = 0; year < years; year++) memory.fill(into + <usize>year * down, 0, wide);
  for (let year = first / perYear; year < years && year * perYear < end; year++) {
    const start = year * perYear;
    const from = max(first, start);
    const till = min(end, start + perYear);
    const last = <usize>(till - 1) * down;
    const row = into + <usize>year * down;
    const isLast = year + 1 == years;
    for (let at: usize = 0; at < wide; ) {
      const width = together(wide - at);
      const place = row + at;
      const later = isLast ? LATER : place + down;
      const amounts = a + last + at;
      const weights = timed + WINDOW + last + at;
      if (width == EIGHT) eightCharge(place, later, amounts, weights, down, till - from, from - start, part);
      else twoCharge(place, later, amounts, weights, down, till - from, from - start, part);
      at += width;
    }
  }
}

/**
 * Adds what draws have in some cycles of a year, weighted, to what falls in that year, and keeps what falls in the next.
 *
 * @param last place of the last of `cycles` cycles, and `weights` that of its weights
 * @param earlier cycles of the year before those, in which there is nothing
 */
function twoCharge(
  into: usize,
  later: usize,
  last: usize,
  weights: usize,
  down: usize,
  cycles: i32,
  earlier: i32,
  part: v128,
): void {
  const none = f64x2.splat(0);
  let sum = none;
  let sums = none;
  for (; cycles > 0; cycles--) {
    sums = f64x2.add(sums, sum);
    sum = f64x2.add(sum, f64x2.mul(v128.load(last), v128.load(weights)));
    last -= down;
    weights -= down;
  }
  for (; earlier > 0; earlier--) sums = f64x2.add(sums, sum);
  const late = f64x2.mul(sums, part);
  v128.store(into, f64x2.add(f64x2.sub(sum, late), v128.load(into)));
  v128.store(later, f64x2.add(none, late));
}

/** The same for eight draws; the condition as in eightWeighted. */
function eightCharge(
  into: usize,
  later: usize,
  last: usize,
  weights: usize,
  down: usize,
  cycles: i32,
  earlier: i32,
  part: v128,
): void {
  const none = f64x2.splat(0);
  let sum0 = none;
  let sum1 = none;
  let sum2 = none;
  let sum3 = none;
  let sums0 = none;
  let sums1 = none;
  let sums2 = none;
  let sums3 = none;
  for (; cycles > 0; cycles--) {
    sums0 = f64x2.add(sums0, sum0);
    sums1 = f64x2.add(sums1, sum1);
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(last), v128.load(weights)));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(last, 16), v128.load(weights, 16)));
    if (down != 0) {
      sums2 = f64x2.add(sums2, sum2);
      sums3 = f64x2.add(sums3, sum3);
      sum2 = f64x2.add(sum2, f64x2.mul(v128.load(last, 32), v128.load(weights, 32)));
      sum3 = f64x2.add(sum3, f64x2.mul(v128.load(last, 48), v128.load(weights, 48)));
    }
    last -= down;
    weights -= down;
  }
  for (; earlier > 0; earlier--) {
    sums0 = f64x2.add(sums0, sum0);
    sums1 = f64x2.add(sums1, sum1);
    sums2 = f64x2.add(sums2, sum2);
    sums3 = f64x2.add(sums3, sum3);
  }
  const late0 = f64x2.mul(sums0, part);
  const late1 = f64x2.mul(sums1, part);
  const late2 = f64x2.mul(sums2, part);
  const late3 = f64x2.mul(sums3, part);
  storeFour(
    into,
    f64x2.add(f64x2.sub(sum0, late0), v128.load(into)),
    f64x2.add(f64x2.sub(sum1, late1), v128.load(into, 16)),
    f64x2.add(f64x2.sub(sum2, late2), v128.load(into, 32)),
    f64x2.add(f64x2.sub(sum3, late3), v128.load(into, 48)),
  );
  storeFour(
    later,
    f64x2.add(none, late0),
    f64x2.add(none, late1),
    f64x2.add(none, late2),
    f64x2.add(none, late3),
  );
}

/** Instruction.presence. */
export function presence(
  timed: usize,
  a: usize,
  list: usize,
  count: i32,
  states: usize,
  wide: usize,
  down: usize,
): void {
  const first = <usize>load<f64>(timed);
  const end = <usize>load<f64>(timed, 8);
  const until = list + (<usize>count << 2);
  for (let cycle = first; cycle < end; cycle++) {
    const place = timed + WINDOW + cycle * down;
    const from = a + cycle * states * down;
    for (let at: usize = 0; at < wide; ) {
      const width = together(wide - at);
      if (width == EIGHT) eightPresent(place + at, from + at, list, until, down);
      else twoPresent(place + at, from + at, list, until, down);
      at += width;
    }
  }
}

function twoPresent(into: usize, from: usize, list: usize, until: usize, down: usize): void {
  let sum = f64x2.splat(0);
  for (; list < until; list += 4) sum = f64x2.add(sum, v128.load(from + <usize>load<i32>(list) * down));
  v128.store(into, sum);
}

function eightPresent(into: usize, from: usize, list: usize, until: usize, down: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (; list < until; list += 4) {
    const place = from + <usize>load<i32>(list) * down;
    sum0 = f64x2.add(sum0, v128.load(place));
    sum1 = f64x2.add(sum1, v128.load(place, 16));
    sum2 = f64x2.add(sum2, v128.load(place, 32));
    sum3 = f64x2.add(sum3, v128.load(place, 48));
  }
  storeFour(into, sum0, sum1, sum2, sum3);
}

/** Instruction.scaledTotal. */
export function scaledTotal(
  into: usize,
  list: usize,
  count: i32,
  base: usize,
  rows: usize,
  wide: usize,
  down: usize,
): void {
  const until = list + (<usize>count << 3);
  for (let off: usize = 0; off < rows * down; off += down) {
    for (let at: usize = 0; at < wide; ) {
      const width = together(wide - at);
      if (width == EIGHT) eightScaled(into + off + at, list, until, base + at, off);
      else twoScaled(into + off + at, list, until, base + at, off);
      at += width;
    }
  }
}

function twoScaled(into: usize, list: usize, until: usize, base: usize, off: usize): void {
  let sum = f64x2.splat(0);
  for (; list < until; list += 8)
    sum = f64x2.add(sum, f64x2.mul(v128.load(pointer(base, list) + off), v128.load(pointer(base, list + 4))));
  v128.store(into, sum);
}

/** The same for eight draws. */
function eightScaled(into: usize, list: usize, until: usize, base: usize, off: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (; list < until; list += 8) {
    const amount = pointer(base, list) + off;
    const factor = pointer(base, list + 4);
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(amount), v128.load(factor)));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(amount, 16), v128.load(factor, 16)));
    sum2 = f64x2.add(sum2, f64x2.mul(v128.load(amount, 32), v128.load(factor, 32)));
    sum3 = f64x2.add(sum3, f64x2.mul(v128.load(amount, 48), v128.load(factor, 48)));
  }
  storeFour(into, sum0, sum1, sum2, sum3);
}
