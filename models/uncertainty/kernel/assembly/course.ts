/**
 * Works out what changes in a course: the same operations in the same order as its twin in ../course.ts. Courses and
 * the changes of their clocks are written as in ../courseWords.ts; words are whole numbers of 4 bytes.
 */
import { chances, EFFECT, factor, MOVE } from "./chances";
import { CHANGES, MOST, row, VALUES } from "./words";

/** Words of a course (see Word). */
const CYCLES: usize = 0;
const PER_YEAR: usize = 4;
const IS_RATE: usize = 8;
const TOTAL: usize = 12;
const BROKEN: usize = 16;
const MOVERS: usize = 20;
const MOVING: usize = 24;
const IS_HALF: usize = 28;
const LISTS: usize = 32;

// @ts-ignore: decorator
@inline
function word(at: usize): usize {
  return <usize>load<i32>(at) << 2;
}

/** See Kernel.renew. */
export function renew(course: usize, cycle: i32, pairs: i32, base: usize): i32 {
  const cycles = load<i32>(course + CYCLES);
  const moving = course + word(course + MOVING);
  const movers = course + word(course + MOVERS);
  const entry = course + LISTS;
  const clocks = entry + 4 + 2 * word(entry);
  const steppings = clocks + 4 + word(clocks);
  if (cycle == 0) {
    const part: f64 = load<i32>(course + IS_HALF) == 1 ? 0.5 : 1;
    enter(entry, course + word(course + BROKEN), pairs, part, base);
    gather(moving, clocks, cycles, base);
  }
  const effects = renewSteps(steppings, movers, cycle, cycles, pairs, base);
  const second = movers + word(steppings);
  const groups = renewStrengths(effects, second, cycle, cycles, pairs, base);
  const states = renewFactors(groups, movers, second + word(effects), base);
  renewChances(course, states, movers, cycle == 0 ? pairs : 0, base);
  let end = cycle + 1;
  while (end < cycles && (load<i32>(moving + (<usize>end << 2)) & pairs) == 0) end++;
  return end;
}

/** The distribution at entry; a course with one that does not sum to 1 cannot be. */
function enter(entry: usize, broken: usize, pairs: i32, part: f64, base: usize): void {
  const end = entry + 4 + 2 * word(entry);
  for (let off: usize = 0, left = <u32>pairs; left != 0; off += 16, left >>= 1) {
    let sum = f64x2.splat(0);
    for (let at = entry + 4; at < end; at += 8) {
      const share = v128.load(row(base, at) + off);
      v128.store(row(base, at + 4) + off, f64x2.mul(share, f64x2.splat(part)));
      sum = f64x2.add(sum, share);
    }
    const whole = f64x2.le(f64x2.abs(f64x2.sub(sum, f64x2.splat(1))), f64x2.splat(1e-9));
    store<i32>(broken + (off >> 1), 1 + <i32>i64x2.extract_lane(whole, 0));
    store<i32>(broken + (off >> 1), 1 + <i32>i64x2.extract_lane(whole, 1), 4);
  }
}

/** In which pairs anything changes, by cycle. */
function gather(moving: usize, clocks: usize, cycles: i32, base: usize): void {
  const wide = <usize>cycles << 2;
  memory.fill(moving, 0, wide);
  const end = clocks + 4 + word(clocks);
  for (let at = clocks + 4; at < end; at += 4) {
    const moved = base + word(at) + CHANGES;
    let off: usize = 0;
    for (; off + 16 <= wide; off += 16)
      v128.store(moving + off, v128.or(v128.load(moving + off), v128.load(moved + off)));
    for (; off < wide; off += 4)
      store<i32>(moving + off, load<i32>(moving + off) | load<i32>(moved + off));
  }
}

/** The steps of moves that hold from the cycle on, where they are others than before. Gives the place after the list. */
function renewSteps(list: usize, mover: usize, cycle: i32, cycles: i32, pairs: i32, base: usize): usize {
  let at = list + 4;
  for (let left = load<i32>(list); left > 0; left--) {
    const clock = base + word(at);
    const wide = word(at + 4);
    const into = at + 12;
    const from = into + wide;
    at = from + word(at + 8);
    const moved = load<i32>(clock + CHANGES + (<usize>cycle << 2)) & pairs;
    store<i32>(mover, moved);
    mover += 4;
    if (moved == 0) continue;
    const last = clock + CHANGES + (<usize>cycles << 2);
    const before = last + (<usize>cycles << 2);
    const lanes = before + word(clock + MOST);
    const values = row(base, clock + VALUES);
    for (let change = load<i32>(last + (<usize>cycle << 2)); change >= 0; ) {
      const lane = <usize>load<i32>(lanes + (<usize>change << 2)) << 3;
      const step = <usize>(<i32>load<f64>(values + (<usize>change << 3)) + 1);
      const first = from + step * wide;
      for (let off: usize = 0; off < wide; off += 4)
        store<f64>(row(base, into + off) + lane, load<f64>(row(base, first + off) + lane));
      change = load<i32>(before + (<usize>change << 2));
    }
  }
  return at;
}

/** The strengths of effects that hold from the cycle on, where they are others than before. */
function renewStrengths(list: usize, mover: usize, cycle: i32, cycles: i32, pairs: i32, base: usize): usize {
  const end = list + 4 + 2 * word(list);
  for (let at = list + 4; at < end; at += 8) {
    const clock = base + word(at);
    const moved = load<i32>(clock + CHANGES + (<usize>cycle << 2)) & pairs;
    store<i32>(mover, moved);
    mover += 4;
    if (moved == 0) continue;
    const strength = row(base, at + 4);
    const last = clock + CHANGES + (<usize>cycles << 2);
    const before = last + (<usize>cycles << 2);
    const lanes = before + word(clock + MOST);
    const values = row(base, clock + VALUES);
    for (let change = load<i32>(last + (<usize>cycle << 2)); change >= 0; ) {
      const lane = <usize>load<i32>(lanes + (<usize>change << 2)) << 3;
      store<f64>(strength + lane, load<f64>(values + (<usize>change << 3)));
      change = load<i32>(before + (<usize>change << 2));
    }
  }
  return end;
}

/** What groups of effects multiply rates by, where one of the effects is another than before. */
function renewFactors(list: usize, movers: usize, mover: usize, base: usize): usize {
  let at = list + 4;
  for (let left = load<i32>(list); left > 0; left--) {
    const into = row(base, at);
    const count = load<i32>(at, 4);
    const effects = at + 8;
    at = effects + <usize>count * EFFECT;
    let moved = 0;
    for (let effect = effects; effect < at; effect += EFFECT)
      moved |= load<i32>(movers + word(effect + 8));
    store<i32>(mover, moved);
    mover += 4;
    factor(effects, count, into, base, moved);
  }
  return at;
}

/** The chances of leaving states of which a mover moves, and in `first` of all. */
function renewChances(course: usize, list: usize, movers: usize, first: i32, base: usize): void {
  const total = row(base, course + TOTAL);
  const perYear = <f64>load<i32>(course + PER_YEAR);
  const isRate = load<i32>(course + IS_RATE);
  let at = list + 4;
  for (let left = load<i32>(list); left > 0; left--) {
    const stay = row(base, at);
    const count = load<i32>(at, 4);
    const moves = at + 12;
    const own = moves + <usize>count * MOVE;
    const end = own + word(at + 8);
    let moved = first;
    for (let mover = own; mover < end; mover += 4) moved |= load<i32>(movers + word(mover));
    chances(moves, count, stay, total, perYear, isRate, base, moved);
    if (!isRate) check(total, course + word(course + BROKEN), moved);
    at = end;
  }
}

/** Probabilities out of a state that exceed 1 break the course. */
function check(total: usize, broken: usize, pairs: i32): void {
  for (let left = <u32>pairs; left != 0; left >>= 1, total += 16, broken += 8) {
    if ((left & 1) == 0) continue;
    if (load<f64>(total) > 1 + 1e-9) store<i32>(broken, 1);
    if (load<f64>(total, 8) > 1 + 1e-9) store<i32>(broken, 1, 4);
  }
}
