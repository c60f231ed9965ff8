/**
 * Clocks of courses: the same operations in the same order as their twin in ../clocks.ts. Always whole rows are worked
 * out, of `down` bytes. Changes are written as in ../courseWords.ts.
 */
import { log, power } from "./elementaryFunctions";
import { storeFour } from "./vectors";
import { CHANGES, INSTRUCTION, MOST, row, VALUES, WINDOW } from "./words";

/** EDGE_TOLERANCE of ../../../cohort/lags.ts. */
const EDGE: f64 = 1e-9;

/** Bytes of an effect on flows in the list of an instruction. */
const FACTOR: usize = 12;

/** Follows one instruction; gives how many whole numbers stand after it. */
export function clocks(op: i32, at: usize, base: usize, down: usize): i32 {
  switch (op) {
    case 120:
      strengths(at, base, down);
      return 0;
    case 121:
      steps(at, base, down);
      return load<i32>(at, 12);
    case 122:
      logarithms(at, base, down);
      return 0;
    case 123:
      months(at, base, down);
      return 0;
    case 124:
      once(at, base, down);
      return 0;
    default:
      factors(at, base, down);
      return 3 * load<i32>(at, 8);
  }
}

/** About which cycle a month is in, 0 … cycles; no number for none. */
// @ts-ignore: decorator
@inline
function nearCycle(cycles: f64, perYear: f64, month: f64): f64 {
  return min(cycles, max(<f64>0, ceil((month * perYear) / 12)));
}

/** Whether so long after the onset an effect is over, at the start of a cycle. */
// @ts-ignore: decorator
@inline
function isOver(cycle: i32, perYear: f64, onset: f64, duration: f64): bool {
  const edge = -(EDGE * (12 / perYear));
  const since = (12 * <f64>cycle) / perYear - onset;
  return since >= edge && since - duration >= edge;
}

/** First cycle 0 … cycles that begins so long after the onset of an effect. */
function cycleAfter(cycles: i32, perYear: f64, onset: f64, duration: f64): i32 {
  const near = nearCycle(<f64>cycles, perYear, onset + duration);
  if (near != near) return cycles;
  let cycle = <i32>near;
  while (cycle > 0 && isOver(cycle - 1, perYear, onset, duration)) cycle--;
  while (cycle < cycles && !isOver(cycle, perYear, onset, duration)) cycle++;
  return cycle;
}

/** Forgets the changes of a clock. */
function clearChanges(changes: usize, cycles: i32): void {
  const wide = <usize>cycles << 2;
  memory.fill(changes + CHANGES, 0, wide);
  memory.fill(changes + CHANGES + wide, 255, wide);
}

/** Adds a change to the `count` that there are; gives how many there are then. */
// @ts-ignore: decorator
@inline
function addChange(changes: usize, cycles: i32, base: usize, count: i32, cycle: i32, lane: i32, value: f64): i32 {
  const wide = <usize>cycles << 2;
  const off = <usize>cycle << 2;
  const change = <usize>count << 2;
  const pairs = changes + CHANGES + off;
  const last = pairs + wide;
  const before = changes + CHANGES + 2 * wide + change;
  store<i32>(before, load<i32>(last));
  store<i32>(last, count);
  store<i32>(before + (<usize>load<i32>(changes + MOST) << 2), lane);
  store<f64>(row(base, changes + VALUES) + 2 * change, value);
  store<i32>(pairs, load<i32>(pairs) | (1 << (lane >> 1)));
  return count + 1;
}

/** Where the window of an effect stands. */
// @ts-ignore: decorator
@inline
function windowOf(changes: usize, base: usize): usize {
  return row(base, changes + VALUES) + (<usize>load<i32>(changes + MOST) << 3);
}

/** What is left of an effect in a cycle after its end. */
function left(cycle: i32, perYear: f64, onset: f64, duration: f64, halfLife: f64): f64 {
  const over = (12 * <f64>cycle) / perYear - onset - duration;
  return power(2, -max<f64>(0, over) / halfLife);
}

function strengths(at: usize, base: usize, down: usize): void {
  const changes = base + (<usize>load<i32>(at, 4) << 2);
  const waits = row(base, at + 8);
  const delays = row(base, at + 12);
  const cycles = load<i32>(at, 16);
  const durations = row(base, at + 20);
  const halfLives = row(base, at + 24);
  const perYear = <f64>load<i32>(at, 28);
  clearChanges(changes, cycles);
  let count = 0;
  let first = cycles;
  let last = 0;
  for (let off: usize = 0; off < down; off += 8) {
    const lane = <i32>(off >> 3);
    const onset = load<f64>(waits + off) + load<f64>(delays + off);
    const duration = load<f64>(durations + off);
    const halfLife = load<f64>(halfLives + off);
    const fades = halfLife > 0;
    const begin = cycleAfter(cycles, perYear, onset, 0);
    const end = duration == Infinity ? cycles : cycleAfter(cycles, perYear, onset, duration);
    let now: f64 = 0;
    if (begin <= 0) now = end > 0 ? 1 : fades ? left(0, perYear, onset, duration, halfLife) : 0;
    count = addChange(changes, cycles, base, count, 0, lane, now);
    if (begin > 0 && begin < end) {
      now = 1;
      count = addChange(changes, cycles, base, count, begin, lane, now);
    }
    const until = fades ? cycles : min(cycles, end + 1);
    for (let cycle = max(1, max(begin, end)); cycle < until; cycle++) {
      const before = now;
      now = fades ? left(cycle, perYear, onset, duration, halfLife) : 0;
      if (now != before) count = addChange(changes, cycles, base, count, cycle, lane, now);
    }
    if (begin < end || fades) first = min(first, begin);
    last = max(last, fades ? cycles : end);
  }
  const window = windowOf(changes, base);
  store<f64>(window, <f64>first);
  store<f64>(window, <f64>last, 8);
}

/** Whether a step has begun at the start of a cycle. */
// @ts-ignore: decorator
@inline
function hasBegun(cycle: i32, perYear: f64, start: f64, shift: f64): bool {
  return start <= (12 * <f64>cycle) / perYear + shift + EDGE * (12 / perYear);
}

/** First cycle 0 … cycles in which a step has begun. */
function beginOf(cycles: i32, perYear: f64, start: f64, shift: f64): i32 {
  const near = nearCycle(<f64>cycles, perYear, start - shift);
  if (near != near) return cycles;
  let cycle = <i32>near;
  while (cycle > 0 && hasBegun(cycle - 1, perYear, start, shift)) cycle--;
  while (cycle < cycles && !hasBegun(cycle, perYear, start, shift)) cycle++;
  return cycle;
}

/** The step that holds in a cycle, −1 for none; the list holds the rows of starts, `base` includes the draw. */
function stepIn(cycle: i32, list: usize, count: i32, begins: usize, base: usize): i32 {
  let found = -1;
  let latest = -Infinity;
  for (let at = 0; at < count; at++) {
    if (load<f64>(begins + (<usize>at << 3)) > <f64>cycle) continue;
    const start = load<f64>(row(base, list + (<usize>at << 2)));
    if (start >= latest) {
      latest = start;
      found = at;
    }
  }
  return found;
}

function steps(at: usize, base: usize, down: usize): void {
  const changes = base + (<usize>load<i32>(at, 4) << 2);
  const shifts = row(base, at + 8);
  const many = load<i32>(at, 12);
  const cycles = load<i32>(at, 16);
  const perYear = <f64>load<i32>(at, 20);
  const begins = row(base, at + 24);
  const list = at + INSTRUCTION;
  clearChanges(changes, cycles);
  let count = 0;
  for (let off: usize = 0; off < down; off += 8) {
    const lane = <i32>(off >> 3);
    const shift = load<f64>(shifts + off);
    for (let step = 0; step < many; step++) {
      const start = load<f64>(row(base, list + (<usize>step << 2)) + off);
      store<f64>(begins + (<usize>step << 3), <f64>beginOf(cycles, perYear, start, shift));
    }
    const first = stepIn(0, list, many, begins, base + off);
    count = addChange(changes, cycles, base, count, 0, lane, <f64>first);
    for (let step = 0; step < many; step++) {
      const begin = <i32>load<f64>(begins + (<usize>step << 3));
      if (begin == 0 || begin >= cycles) continue;
      const now = stepIn(begin, list, many, begins, base + off);
      if (now != stepIn(begin - 1, list, many, begins, base + off))
        count = addChange(changes, cycles, base, count, begin, lane, <f64>now);
    }
  }
}

function logarithms(at: usize, base: usize, down: usize): void {
  const into = row(base, at + 4);
  const a = row(base, at + 8);
  const b = row(base, at + 12);
  const part = load<f64>(row(base, at + 20));
  for (let off: usize = 0; off < down; off += 8)
    store<f64>(into + off, log(load<f64>(a + off)) * part * load<f64>(b + off));
}

/** In which of two draws there are cycles with a cost. */
// @ts-ignore: decorator
@inline
function made(first: v128, end: v128): v128 {
  return v128.and(f64x2.ge(first, f64x2.splat(0)), f64x2.gt(end, first));
}

// @ts-ignore: decorator
@inline
function firstMonthly(from: v128, cycleMonths: v128): v128 {
  return f64x2.max(f64x2.splat(0), f64x2.floor(f64x2.div(from, cycleMonths)));
}

// @ts-ignore: decorator
@inline
function endMonthly(to: v128, cycleMonths: v128, cycles: i32): v128 {
  return f64x2.min(f64x2.splat(<f64>cycles), f64x2.ceil(f64x2.div(to, cycleMonths)));
}

// @ts-ignore: decorator
@inline
function firstOnce(from: v128, cycleMonths: v128): v128 {
  return f64x2.floor(f64x2.add(f64x2.div(from, cycleMonths), f64x2.splat(EDGE)));
}

// @ts-ignore: decorator
@inline
function endOnce(first: v128, cycles: i32): v128 {
  const within = f64x2.lt(first, f64x2.splat(<f64>cycles));
  return f64x2.add(first, v128.and(within, f64x2.splat(1)));
}

/** Writes the window of a cost: of `first` the least, of `end` the most. */
// @ts-ignore: decorator
@inline
function writeWindow(into: usize, first: v128, end: v128): void {
  store<f64>(into, min(f64x2.extract_lane(first, 0), f64x2.extract_lane(first, 1)));
  store<f64>(into, max(f64x2.extract_lane(end, 0), f64x2.extract_lane(end, 1)), 8);
}

/** 1 bits in the draws that have a cost in a cycle. */
// @ts-ignore: decorator
@inline
function within(first: v128, end: v128, cycle: i32): v128 {
  const now = f64x2.splat(<f64>cycle);
  return v128.and(f64x2.le(first, now), f64x2.gt(end, now));
}

function months(at: usize, base: usize, down: usize): void {
  const into = row(base, at + 4);
  const a = row(base, at + 8);
  const b = row(base, at + 12);
  const cycles = load<i32>(at, 16);
  const lengths = row(base, at + 20);
  const long = 12 / <f64>load<i32>(at, 24);
  const cycleMonths = f64x2.splat(long);
  const none = f64x2.splat(0);
  let least = f64x2.splat(<f64>cycles);
  let most = none;
  for (let off: usize = 0; off < down; off += 16) {
    const from = f64x2.add(v128.load(a + off), v128.load(b + off));
    const first = firstMonthly(from, cycleMonths);
    const end = endMonthly(f64x2.add(from, v128.load(lengths + off)), cycleMonths, cycles);
    const any = made(first, end);
    least = v128.bitselect(f64x2.pmin(least, first), least, any);
    most = v128.bitselect(f64x2.pmax(most, end), most, any);
  }
  writeWindow(into, least, most);
  const start = <i32>load<f64>(into);
  const stop = <i32>load<f64>(into, 8);
  for (let off: usize = 0; off < down; off += 16) {
    const from = f64x2.add(v128.load(a + off), v128.load(b + off));
    const to = f64x2.add(from, v128.load(lengths + off));
    const first = firstMonthly(from, cycleMonths);
    const end = endMonthly(to, cycleMonths, cycles);
    const any = made(first, end);
    let place = into + WINDOW + off + <usize>start * down;
    for (let cycle = start; cycle < stop; cycle++) {
      const early = f64x2.pmin(to, f64x2.splat(<f64>(cycle + 1) * long));
      const late = f64x2.pmax(from, f64x2.splat(<f64>cycle * long));
      const overlap = f64x2.pmax(none, f64x2.sub(early, late));
      v128.store(place, v128.and(overlap, v128.and(any, within(first, end, cycle))));
      place += down;
    }
  }
}

function once(at: usize, base: usize, down: usize): void {
  const into = row(base, at + 4);
  const a = row(base, at + 8);
  const b = row(base, at + 12);
  const cycles = load<i32>(at, 16);
  const cycleMonths = f64x2.splat(12 / <f64>load<i32>(at, 24));
  let least = f64x2.splat(<f64>cycles);
  let most = f64x2.splat(0);
  for (let off: usize = 0; off < down; off += 16) {
    const first = firstOnce(f64x2.add(v128.load(a + off), v128.load(b + off)), cycleMonths);
    const end = endOnce(first, cycles);
    const any = made(first, end);
    least = v128.bitselect(f64x2.pmin(least, first), least, any);
    most = v128.bitselect(f64x2.pmax(most, end), most, any);
  }
  writeWindow(into, least, most);
  const start = <i32>load<f64>(into);
  const stop = <i32>load<f64>(into, 8);
  for (let off: usize = 0; off < down; off += 16) {
    const first = firstOnce(f64x2.add(v128.load(a + off), v128.load(b + off)), cycleMonths);
    const end = endOnce(first, cycles);
    const any = made(first, end);
    let place = into + WINDOW + off + <usize>start * down;
    for (let cycle = start; cycle < stop; cycle++) {
      v128.store(place, v128.and(f64x2.splat(1), v128.and(any, within(first, end, cycle))));
      place += down;
    }
  }
}

function factors(at: usize, base: usize, down: usize): void {
  const into = row(base, at + 4);
  const count = load<i32>(at, 8);
  const added = row(base, at + 12);
  const cycles = load<i32>(at, 16);
  const perYear = load<i32>(at, 20);
  const list = at + INSTRUCTION;
  const end = list + <usize>count * FACTOR;
  const moved = added + <usize>(1 + 2 * count) * down;
  prepare(list, end, added + down, moved, cycles, base, down);
  writeYears(into, list, end, perYear, base);
  const rows = into + WINDOW;
  const until = <i32>load<f64>(into, 8);
  let year = rows + <usize>cycles * down;
  for (let start = 0; start < until; start += perYear) {
    renewYear(start, start + perYear, rows, year, list, end, added, moved, cycles, base, down);
    year += down;
  }
}

/** The change of each effect at full strength, and in which pairs any of them changes, by cycle. */
function prepare(
  list: usize,
  end: usize,
  full: usize,
  moved: usize,
  cycles: i32,
  base: usize,
  down: usize,
): void {
  const wide = <usize>cycles << 2;
  memory.fill(moved, 0, wide);
  for (let item = list; item < end; item += FACTOR) {
    const pairs = base + (<usize>load<i32>(item) << 2) + CHANGES;
    let off: usize = 0;
    for (; off + 16 <= wide; off += 16)
      v128.store(moved + off, v128.or(v128.load(moved + off), v128.load(pairs + off)));
    for (; off < wide; off += 4) store<i32>(moved + off, load<i32>(moved + off) | load<i32>(pairs + off));
    const values = row(base, item + 4);
    const credibility = f64x2.splat(load<f64>(row(base, item + 8)));
    for (let lane: usize = 0; lane < down; lane += 16)
      v128.store(
        full + lane,
        f64x2.mul(f64x2.sub(v128.load(values + lane), f64x2.splat(1)), credibility),
      );
    full += 2 * down;
  }
}

/** The window of factors: whole years. */
function writeYears(into: usize, list: usize, end: usize, perYear: i32, base: usize): void {
  let first = Infinity;
  let last: f64 = 0;
  for (let item = list; item < end; item += FACTOR) {
    const window = windowOf(base + (<usize>load<i32>(item) << 2), base);
    first = min(first, load<f64>(window));
    last = max(last, load<f64>(window, 8));
  }
  const long = <f64>perYear;
  store<f64>(into, floor(first / long) * long);
  store<f64>(into, first < last ? ceil(last / long) * long : 0, 8);
}

/** What is added in the cycles of a year, and throughout it. */
function renewYear(
  start: i32,
  stop: i32,
  rows: usize,
  year: usize,
  list: usize,
  end: usize,
  added: usize,
  moved: usize,
  cycles: i32,
  base: usize,
  down: usize,
): void {
  if (load<i32>(moved + (<usize>start << 2)) != 0) addUp(start, list, end, added, cycles, base, down);
  hold(year, year + down, added, down);
  let from = start;
  let next = nextMoved(moved, from, stop);
  if (next == stop) return;
  for (;;) {
    hold(rows + <usize>from * down, rows + <usize>next * down, added, down);
    if (next == stop) return;
    addUp(next, list, end, added, cycles, base, down);
    mark(year, added, down);
    from = next;
    next = nextMoved(moved, from, stop);
  }
}

/** The next cycle in which anything changes, `stop` for none before. */
function nextMoved(moved: usize, from: i32, stop: i32): i32 {
  let next = from + 1;
  while (next < stop && load<i32>(moved + (<usize>next << 2)) == 0) next++;
  return next;
}

/** Copies a row to all rows from one to another. */
function hold(into: usize, end: usize, from: usize, down: usize): void {
  for (; into < end; into += down)
    for (let off: usize = 0; off < down; off += 16) v128.store(into + off, v128.load(from + off));
}

/** No number where what is added is another than at the start of the year. */
function mark(year: usize, added: usize, down: usize): void {
  for (let off: usize = 0; off < down; off += 16) {
    const before = v128.load(year + off);
    const differs = f64x2.ne(v128.load(added + off), before);
    v128.store(year + off, v128.bitselect(f64x2.splat(NaN), before, differs));
  }
}

/** Works out what effects add from a cycle on. */
function addUp(cycle: i32, list: usize, end: usize, added: usize, cycles: i32, base: usize, down: usize): void {
  let strength = added + 2 * down;
  for (let item = list; item < end; item += FACTOR) {
    putChanges(base + (<usize>load<i32>(item) << 2), cycle, cycles, strength, base);
    strength += 2 * down;
  }
  const full = added + down;
  const stop = strength - down;
  let off: usize = 0;
  for (; off + 64 <= down; off += 64) eightAdded(added + off, full + off, stop + off, down);
  for (; off < down; off += 16) {
    let product = f64x2.splat(1);
    for (let at = full + off; at < stop + off; at += 2 * down)
      product = f64x2.mul(product, growth(at, down));
    v128.store(added + off, f64x2.sub(product, f64x2.splat(1)));
  }
}

/** 1 + change at full strength · strength. */
// @ts-ignore: decorator
@inline
function growth(full: usize, down: usize): v128 {
  return f64x2.add(f64x2.splat(1), f64x2.mul(v128.load(full), v128.load(full + down)));
}

/** What effects add in eight draws. */
function eightAdded(into: usize, full: usize, stop: usize, down: usize): void {
  const one = f64x2.splat(1);
  let product0 = one;
  let product1 = one;
  let product2 = one;
  let product3 = one;
  for (let at = full; at < stop; at += 2 * down) {
    product0 = f64x2.mul(product0, growth(at, down));
    product1 = f64x2.mul(product1, growth(at + 16, down));
    product2 = f64x2.mul(product2, growth(at + 32, down));
    product3 = f64x2.mul(product3, growth(at + 48, down));
  }
  storeFour(
    into,
    f64x2.sub(product0, one),
    f64x2.sub(product1, one),
    f64x2.sub(product2, one),
    f64x2.sub(product3, one),
  );
}

/** What changes in a cycle, put into a row. */
function putChanges(changes: usize, cycle: i32, cycles: i32, into: usize, base: usize): void {
  const wide = <usize>cycles << 2;
  const last = changes + CHANGES + wide;
  const before = last + wide;
  const lanes = before + (<usize>load<i32>(changes + MOST) << 2);
  const values = row(base, changes + VALUES);
  for (let change = load<i32>(last + (<usize>cycle << 2)); change >= 0; ) {
    const off = <usize>change << 2;
    store<f64>(into + (<usize>load<i32>(lanes + off) << 3), load<f64>(values + 2 * off));
    change = load<i32>(before + off);
  }
}
