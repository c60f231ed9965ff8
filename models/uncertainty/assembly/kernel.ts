/**
 * The kernel in AssemblyScript: draws side by side in the lanes of SIMD vectors, the same operations in the same order as
 * its twin in ../kernel.ts, which gives the same bits. After a change: `npm run build:kernel`.
 *
 * Pointers are in bytes; a vector of two numbers takes 16. `wide` are the bytes of a row that are worked on, `down` those
 * from one row to the next.
 */
import { quantileRow, uniformRow } from "./draws";
import { applyRow, renewRow } from "./formulas";
import { purses } from "./purses";

export { chances } from "./chances";
export { renew } from "./course";

export { keep, pack } from "./keep";
export { orderStatistics } from "./orderStatistics";

/** Room for the share of entrants that a cycle reaches a year later, by cycle within the year. */
const LATE: usize = memory.data(512);

function fillLate(perYear: i32, spread: i32): void {
  for (let within = 0; within < perYear; within++)
    store<f64>(LATE + (<usize>within << 3), spread == 1 ? <f64>within / <f64>perYear : 0);
}

/** Adds the occupancy of all cycles to years since the year of entry (see Kernel.sumLags). */
export function sumLags(
  states: i32,
  perYear: i32,
  years: i32,
  spread: i32,
  occupancy: usize,
  lags: usize,
  size: i32,
): void {
  const width = (<usize>states * <usize>size) << 3;
  fillLate(perYear, spread);
  let at: usize = 0;
  for (; at + 64 <= width; at += 64)
    eightInYears(lags + at, width, occupancy + at, width, 0, 0, 0, perYear * years, perYear, years);
  for (; at < width; at += 16)
    inYears(lags + at, width, occupancy + at, width, 0, 0, 0, perYear * years, perYear, years);
}

/**
 * Adds what two draws have in cycles `first` to `end` to years since entry, from 0. Amounts are weighted with `weights`,
 * where that is not 0.
 */
function inYears(
  into: usize,
  intoDown: usize,
  amounts: usize,
  amountsDown: usize,
  weights: usize,
  weightsDown: usize,
  first: i32,
  end: i32,
  perYear: i32,
  years: i32,
): void {
  const none = f64x2.splat(0);
  let year = first / perYear;
  let within = first - year * perYear;
  let now = none;
  let later = none;
  let place = into + <usize>year * intoDown;
  for (let cycle = first; cycle < end; cycle++) {
    let amount = v128.load(amounts);
    amounts += amountsDown;
    if (weights) {
      amount = f64x2.mul(amount, v128.load(weights));
      weights += weightsDown;
    }
    const late = v128.load64_splat(LATE + (<usize>within << 3));
    now = f64x2.add(now, f64x2.mul(amount, f64x2.sub(f64x2.splat(1), late)));
    later = f64x2.add(later, f64x2.mul(amount, late));
    within++;
    if (within == perYear) {
      v128.store(place, now);
      place += intoDown;
      now = later;
      later = none;
      within = 0;
      year++;
    }
  }
  if (within != 0) {
    v128.store(place, now);
    place += intoDown;
    now = later;
    year++;
  }
  if (year < years && end > first) v128.store(place, now);
}

// @ts-ignore: decorator
@inline
function storeFour(place: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(place, a);
  v128.store(place, b, 16);
  v128.store(place, c, 32);
  v128.store(place, d, 48);
}

/** The same for eight draws. */
function eightInYears(
  into: usize,
  intoDown: usize,
  amounts: usize,
  amountsDown: usize,
  weights: usize,
  weightsDown: usize,
  first: i32,
  end: i32,
  perYear: i32,
  years: i32,
): void {
  const none = f64x2.splat(0);
  let year = first / perYear;
  let within = first - year * perYear;
  let now0 = none;
  let now1 = none;
  let now2 = none;
  let now3 = none;
  let later0 = none;
  let later1 = none;
  let later2 = none;
  let later3 = none;
  let place = into + <usize>year * intoDown;
  for (let cycle = first; cycle < end; cycle++) {
    let amount0 = v128.load(amounts);
    let amount1 = v128.load(amounts, 16);
    let amount2 = v128.load(amounts, 32);
    let amount3 = v128.load(amounts, 48);
    amounts += amountsDown;
    if (weights) {
      amount0 = f64x2.mul(amount0, v128.load(weights));
      amount1 = f64x2.mul(amount1, v128.load(weights, 16));
      amount2 = f64x2.mul(amount2, v128.load(weights, 32));
      amount3 = f64x2.mul(amount3, v128.load(weights, 48));
      weights += weightsDown;
    }
    const late = v128.load64_splat(LATE + (<usize>within << 3));
    const early = f64x2.sub(f64x2.splat(1), late);
    now0 = f64x2.add(now0, f64x2.mul(amount0, early));
    now1 = f64x2.add(now1, f64x2.mul(amount1, early));
    now2 = f64x2.add(now2, f64x2.mul(amount2, early));
    now3 = f64x2.add(now3, f64x2.mul(amount3, early));
    later0 = f64x2.add(later0, f64x2.mul(amount0, late));
    later1 = f64x2.add(later1, f64x2.mul(amount1, late));
    later2 = f64x2.add(later2, f64x2.mul(amount2, late));
    later3 = f64x2.add(later3, f64x2.mul(amount3, late));
    within++;
    if (within == perYear) {
      storeFour(place, now0, now1, now2, now3);
      place += intoDown;
      now0 = later0;
      now1 = later1;
      now2 = later2;
      now3 = later3;
      later0 = none;
      later1 = none;
      later2 = none;
      later3 = none;
      within = 0;
      year++;
    }
  }
  if (within != 0) {
    storeFour(place, now0, now1, now2, now3);
    place += intoDown;
    now0 = later0;
    now1 = later1;
    now2 = later2;
    now3 = later3;
    year++;
  }
  if (year < years && end > first) storeFour(place, now0, now1, now2, now3);
}

/** Bytes of an instruction: eight whole numbers (see Instruction in ../kernel.ts). */
const INSTRUCTION: usize = 32;

/**
 * Follows instructions over rows of numbers, one number per draw (see Kernel.run).
 *
 * @param base where place 0 of the numbers is
 * @param lanes draws that are worked out, an even number
 * @param size numbers from one row to the next
 * @param years rows from one block to the next
 * @param rounding part of an amount below which a difference is rounding
 */
export function run(
  start: usize,
  end: usize,
  base: usize,
  lanes: i32,
  size: i32,
  years: i32,
  rounding: f64,
): void {
  const wide = <usize>lanes << 3;
  const down = <usize>size << 3;
  for (let at = start; at < end; at += INSTRUCTION) {
    const into = base + (<usize>load<i32>(at, 4) << 3);
    const a = base + (<usize>load<i32>(at, 8) << 3);
    const b = base + (<usize>load<i32>(at, 12) << 3);
    const rows = <usize>load<i32>(at, 16);
    // Rows that are worked on as a whole, one under the other, are one long row.
    const isWhole = wide == down;
    const lines = isWhole ? 1 : rows;
    const long = isWhole ? rows * wide : wide;
    switch (load<i32>(at)) {
      case 0:
        clear(into, lines, long, down);
        break;
      case 1:
        copy(into, a, lines, long, down);
        break;
      case 2:
        add(into, into, a, lines, long, down);
        break;
      case 3:
        subtract(into, into, a, lines, long, down);
        break;
      case 4: {
        const count = load<i32>(at, 8);
        total(into, at + INSTRUCTION, count, base, lines, long, down);
        // The places that it sums stand after it.
        at += <usize>((count + 7) >> 3) * INSTRUCTION;
        break;
      }
      case 5:
        subtract(into, a, b, lines, long, down);
        break;
      case 6:
        share(into, a, load<f64>(b), lines, long, down);
        break;
      case 7:
        addScaled(into, a, b, rows, wide, down);
        break;
      case 8:
        spread(
          into,
          a,
          b,
          <i32>rows,
          load<i32>(at, 20),
          load<i32>(at, 24),
          load<i32>(at, 28),
          wide,
          down,
          <usize>years * down,
        );
        break;
      case 9:
        ratio(into, a, b, rows, wide, down);
        break;
      case 10:
        pay(into, a, b, base + (<usize>load<i32>(at, 20) << 3), rows, wide, down);
        break;
      case 12:
        gained(into, a, rows, wide, down);
        break;
      case 13:
        fall(into, a, b, lines, long, down, rounding);
        break;
      case 14:
        value(into, a, b, rows, wide, down);
        break;
      case 15:
        scaleRows(into, a, b, rows, wide, down);
        break;
      case 16:
        present(into, a, base + (<usize>load<i32>(at, 20) << 2), load<i32>(at, 24), load<i32>(at, 28), rows, wide, down);
        break;
      case 17:
        charge(into, a, b, base + (<usize>load<i32>(at, 20) << 3), rows, wide, down);
        break;
      case 18:
        toLags(into, a, b, rows, at, wide, down, base);
        break;
      case 19:
        addPart(into, a, b, load<f64>(base + (<usize>load<i32>(at, 20) << 3)), load<i32>(at, 24), rows, wide, down);
        break;
      case 20:
        applyRow(load<i32>(at, 24), into, a, b, base + (<usize>load<i32>(at, 20) << 3), wide);
        break;
      case 21:
        renewRow(
          into,
          a,
          load<f64>(b),
          base + (<usize>load<i32>(at, 20) << 3),
          base + (<usize>load<i32>(at, 24) << 3),
          wide,
        );
        break;
      case 22:
        uniformRow(into, a, load<f64>(b), lanes);
        break;
      case 23:
        quantileRow(
          into,
          a,
          b,
          base + (<usize>load<i32>(at, 20) << 3),
          base + (<usize>load<i32>(at, 24) << 3),
          wide,
        );
        break;
      default:
        at += purses(load<i32>(at), at, base, wide, down);
    }
  }
}

function clear(into: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) memory.fill(into, 0, wide);
}

function copy(into: usize, a: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    memory.copy(into, a, wide);
    a += down;
  }
}

function add(into: usize, a: usize, b: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16)
      v128.store(into + at, f64x2.add(v128.load(a + at), v128.load(b + at)));
    a += down;
    b += down;
  }
}

function subtract(into: usize, a: usize, b: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16)
      v128.store(into + at, f64x2.sub(v128.load(a + at), v128.load(b + at)));
    a += down;
    b += down;
  }
}

function share(into: usize, a: usize, part: f64, rows: usize, wide: usize, down: usize): void {
  const parts = f64x2.splat(part);
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16) v128.store(into + at, f64x2.mul(v128.load(a + at), parts));
    a += down;
  }
}

function addScaled(into: usize, a: usize, b: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16)
      v128.store(
        into + at,
        f64x2.add(v128.load(into + at), f64x2.mul(v128.load(a + at), v128.load(b + at))),
      );
    a += down;
  }
}

function spread(
  into: usize,
  a: usize,
  b: usize,
  rows: i32,
  blocks: i32,
  entries: i32,
  followed: i32,
  wide: usize,
  down: usize,
  next: usize,
): void {
  for (let block = 0; block < blocks; block++) {
    for (let row = 0; row < rows; row++) {
      const place = into + <usize>row * down;
      const earliest = max(0, row - followed + 1);
      const last = min(entries - 1, row);
      const from = a + <usize>(row - earliest) * down;
      const persons = b + <usize>earliest * down;
      const count = last - earliest + 1;
      let at: usize = 0;
      for (; at + 64 <= wide; at += 64) eightSpread(place + at, from + at, persons + at, count, down);
      for (; at < wide; at += 16) twoSpread(place + at, from + at, persons + at, count, down);
    }
    into += next;
    a += next;
  }
}

/** Σ of amounts going back times persons going on, for two draws. */
function twoSpread(into: usize, from: usize, persons: usize, count: i32, down: usize): void {
  let sum = f64x2.splat(0);
  for (let entry = 0; entry < count; entry++) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(from), v128.load(persons)));
    from -= down;
    persons += down;
  }
  v128.store(into, sum);
}

/** The same for eight draws. */
function eightSpread(into: usize, from: usize, persons: usize, count: i32, down: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (let entry = 0; entry < count; entry++) {
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(from), v128.load(persons)));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(from, 16), v128.load(persons, 16)));
    sum2 = f64x2.add(sum2, f64x2.mul(v128.load(from, 32), v128.load(persons, 32)));
    sum3 = f64x2.add(sum3, f64x2.mul(v128.load(from, 48), v128.load(persons, 48)));
    from -= down;
    persons += down;
  }
  storeFour(into, sum0, sum1, sum2, sum3);
}

/** The sum of blocks of which the places stand in a list. */
function total(into: usize, list: usize, count: i32, base: usize, rows: usize, wide: usize, down: usize): void {
  for (let off: usize = 0; off < rows * down; off += down) {
    const first = base + off;
    const place = into + off;
    let at: usize = 0;
    for (; at + 64 <= wide; at += 64) eightTotal(place + at, list, count, first + at);
    for (; at < wide; at += 16) twoTotal(place + at, list, count, first + at);
  }
}

function twoTotal(into: usize, list: usize, count: i32, base: usize): void {
  let sum = v128.load(base + (<usize>load<i32>(list) << 3));
  for (const end = list + (<usize>count << 2); (list += 4) < end; )
    sum = f64x2.add(sum, v128.load(base + (<usize>load<i32>(list) << 3)));
  v128.store(into, sum);
}

/** The same for eight draws. */
function eightTotal(into: usize, list: usize, count: i32, base: usize): void {
  let from = base + (<usize>load<i32>(list) << 3);
  let sum0 = v128.load(from);
  let sum1 = v128.load(from, 16);
  let sum2 = v128.load(from, 32);
  let sum3 = v128.load(from, 48);
  for (const end = list + (<usize>count << 2); (list += 4) < end; ) {
    from = base + (<usize>load<i32>(list) << 3);
    sum0 = f64x2.add(sum0, v128.load(from));
    sum1 = f64x2.add(sum1, v128.load(from, 16));
    sum2 = f64x2.add(sum2, v128.load(from, 32));
    sum3 = f64x2.add(sum3, v128.load(from, 48));
  }
  storeFour(into, sum0, sum1, sum2, sum3);
}

function ratio(into: usize, a: usize, b: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    const planned = load<f64>(b);
    if (planned > 0) {
      const plans = f64x2.splat(planned);
      for (let at: usize = 0; at < wide; at += 16) v128.store(into + at, f64x2.div(v128.load(a + at), plans));
    } else memory.fill(into, 0, wide);
    a += down;
    b += 8;
  }
}

function pay(into: usize, a: usize, b: usize, plan: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    const planned = f64x2.splat(load<f64>(plan));
    const before = load<f64>(plan, 8);
    if (before > 0)
      for (let at: usize = 0; at < wide; at += 16) v128.store(into + at, f64x2.mul(planned, v128.load(a + at)));
    else {
      const befores = f64x2.splat(before);
      const parts = f64x2.splat(load<f64>(plan, 16));
      for (let at: usize = 0; at < wide; at += 16) {
        const cost = v128.load(b + at);
        v128.store(
          into + at,
          v128.bitselect(planned, f64x2.mul(cost, parts), f64x2.eq(cost, befores)),
        );
      }
    }
    a += down;
    b += down;
    plan += 24;
  }
}

function gained(into: usize, a: usize, rows: usize, wide: usize, down: usize): void {
  const none = f64x2.splat(0);
  for (let at: usize = 0; at < wide; at += 16) {
    let sum = none;
    for (let row: usize = 0; row < rows; row++) {
      sum = f64x2.add(sum, v128.load(a + row * down + at));
      v128.store(into + row * down + at, f64x2.max(none, sum));
    }
  }
}

function fall(
  into: usize,
  a: usize,
  b: usize,
  rows: usize,
  wide: usize,
  down: usize,
  rounding: f64,
): void {
  const parts = f64x2.splat(rounding);
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16) {
      const before = v128.load(a + at);
      const now = v128.load(b + at);
      const difference = f64x2.sub(before, now);
      const most = f64x2.mul(parts, f64x2.max(f64x2.abs(now), f64x2.abs(before)));
      v128.store(into + at, v128.andnot(difference, f64x2.le(f64x2.abs(difference), most)));
    }
    a += down;
    b += down;
  }
}

function value(into: usize, a: usize, b: usize, rows: usize, wide: usize, down: usize): void {
  for (let at: usize = 0; at < wide; at += 16) {
    let sum = f64x2.splat(0);
    for (let row: usize = 0; row < rows; row++)
      sum = f64x2.add(sum, f64x2.mul(v128.load(a + row * down + at), v128.load(b + row * down + at)));
    v128.store(into + at, sum);
  }
}

function scaleRows(into: usize, a: usize, b: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16)
      v128.store(into + at, f64x2.mul(v128.load(a + at), v128.load(b + at)));
    a += down;
  }
}

function present(
  into: usize,
  a: usize,
  list: usize,
  count: i32,
  states: i32,
  rows: usize,
  wide: usize,
  down: usize,
): void {
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16) {
      let sum = f64x2.splat(0);
      for (let item = 0; item < count; item++)
        sum = f64x2.add(sum, v128.load(a + <usize>load<i32>(list + (<usize>item << 2)) * down + at));
      v128.store(into + at, sum);
    }
    a += <usize>states * down;
  }
}

function charge(into: usize, a: usize, b: usize, price: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16) {
      const cost = f64x2.mul(f64x2.mul(v128.load(price + at), v128.load(a + at)), v128.load(b + at));
      v128.store(into + at, f64x2.add(v128.load(into + at), cost));
    }
    a += down;
    b += down;
  }
}

function toLags(
  into: usize,
  a: usize,
  b: usize,
  rows: usize,
  instruction: usize,
  wide: usize,
  down: usize,
  base: usize,
): void {
  const first = load<i32>(instruction, 20);
  const time = load<i32>(instruction, 24);
  const perYear = time & 255;
  const years = time >> 16;
  const next = <usize>load<i32>(instruction, 28) * down;
  fillLate(perYear, (time >> 8) & 255);
  for (let year = 0; year < years; year++) memory.fill(into + <usize>year * down, 0, wide);
  const weights = b == base ? 0 : b;
  const end = first + <i32>rows;
  let at: usize = 0;
  for (; at + 64 <= wide; at += 64)
    eightInYears(into + at, down, a + at, next, weights ? weights + at : 0, down, first, end, perYear, years);
  for (; at < wide; at += 16)
    inYears(into + at, down, a + at, next, weights ? weights + at : 0, down, first, end, perYear, years);
}

function addPart(
  into: usize,
  a: usize,
  b: usize,
  parts: f64,
  states: i32,
  rows: usize,
  wide: usize,
  down: usize,
): void {
  const divisor = f64x2.splat(parts);
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16)
      v128.store(into + at, f64x2.add(v128.load(b + at), f64x2.div(v128.load(a + at), divisor)));
    a += <usize>states * down;
    b += down;
  }
}
