/**
 * The kernel in AssemblyScript: draws side by side in the lanes of SIMD vectors, the same operations in the same order as
 * its twin in ../kernel.ts, which gives the same bits. After a change: `npm run build:kernel`.
 *
 * Pointers are in bytes; a vector of two numbers takes 16. `wide` are the bytes of a row that are worked on, `down` those
 * from one row to the next.
 */
import { clocks } from "./clocks";
import { quantileRow, uniformRow } from "./draws";
import { applyRow, renewRow } from "./formulas";
import { charge, personYears, presence, scaledTotal, weigh } from "./money";
import { extent, pay } from "./payments";
import { purses } from "./purses";
import { spread, work } from "./spread";
import { storeFour } from "./vectors";
import { INSTRUCTION } from "./words";

export { chances } from "./chances";
export { renew } from "./course";
export { keep, pack } from "./keep";
export { moments } from "./moments";
export { orderStatistics } from "./orderStatistics";

/** Bytes of a list of whole numbers that stands after an instruction. */
function listed(count: i32): usize {
  return <usize>((count + 7) >> 3) * INSTRUCTION;
}

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
      case 4: {
        const count = load<i32>(at, 8);
        total(into, at + INSTRUCTION, count, base, lines, long, down);
        at += listed(count);
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
      case 9: {
        const count = load<i32>(at, 8);
        balance(into, at + INSTRUCTION, count, base, lines, long, down);
        at += listed(count);
        break;
      }
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
      case 90: {
        const count = load<i32>(at, 12);
        presence(into, a, at + INSTRUCTION, count, rows, wide, down);
        at += listed(count);
        break;
      }
      case 91:
        personYears(into, a, at, <i32>rows, wide, down, <usize>years * down);
        break;
      case 92:
        weigh(into, a, b, at, base, <i32>rows, wide, down, <usize>years * down);
        break;
      case 93:
        charge(into, a, b, at, <i32>rows, wide, down);
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
          load<f64>(base + (<usize>load<i32>(at, 28) << 3)),
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
      case 94: {
        const count = load<i32>(at, 8);
        scaledTotal(into, at + INSTRUCTION, count, base, <usize>load<f64>(b), wide, down);
        at += listed(2 * count);
        break;
      }
      case 110: {
        const count = load<i32>(at, 8);
        const until = work(into, at + INSTRUCTION, count, base, <i32>rows, load<i32>(at, 20), wide, down);
        store<f64>(b, <f64>until);
        at += listed(count);
        break;
      }
      case 111: {
        const until = load<f64>(base + (<usize>load<i32>(at, 20) << 3));
        extent(into, a, b, <i32>until, wide, down);
        break;
      }
      case 112: {
        const until = load<f64>(base + (<usize>load<i32>(at, 20) << 3));
        pay(into, a, b, <i32>until, wide, down);
        break;
      }
      case 120:
      case 121:
      case 122:
      case 123:
      case 124:
      case 125:
        at += listed(clocks(load<i32>(at), at, base, down));
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

/** The balance of blocks of which the places stand in a list, those that are taken off turned over. */
function balance(
  into: usize,
  list: usize,
  count: i32,
  base: usize,
  rows: usize,
  wide: usize,
  down: usize,
): void {
  for (let off: usize = 0; off < rows * down; off += down) {
    const first = base + off;
    const place = into + off;
    let at: usize = 0;
    for (; at + 64 <= wide; at += 64) eightBalance(place + at, list, count, first + at);
    for (; at < wide; at += 16) twoBalance(place + at, list, count, first + at);
  }
}

function twoBalance(into: usize, list: usize, count: i32, base: usize): void {
  let sum = f64x2.splat(0);
  for (const end = list + (<usize>count << 2); list < end; list += 4) {
    const word = load<i32>(list);
    sum =
      word < 0
        ? f64x2.sub(sum, v128.load(base + (<usize>~word << 3)))
        : f64x2.add(sum, v128.load(base + (<usize>word << 3)));
  }
  v128.store(into, sum);
}

/** The same for eight draws. */
function eightBalance(into: usize, list: usize, count: i32, base: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (const end = list + (<usize>count << 2); list < end; list += 4) {
    const word = load<i32>(list);
    if (word < 0) {
      const from = base + (<usize>~word << 3);
      sum0 = f64x2.sub(sum0, v128.load(from));
      sum1 = f64x2.sub(sum1, v128.load(from, 16));
      sum2 = f64x2.sub(sum2, v128.load(from, 32));
      sum3 = f64x2.sub(sum3, v128.load(from, 48));
    } else {
      const from = base + (<usize>word << 3);
      sum0 = f64x2.add(sum0, v128.load(from));
      sum1 = f64x2.add(sum1, v128.load(from, 16));
      sum2 = f64x2.add(sum2, v128.load(from, 32));
      sum3 = f64x2.add(sum3, v128.load(from, 48));
    }
  }
  storeFour(into, sum0, sum1, sum2, sum3);
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
  let at: usize = 0;
  for (; at + 64 <= wide; at += 64) eightValue(into + at, a + at, b + at, rows, down);
  for (; at < wide; at += 16) {
    let sum = f64x2.splat(0);
    for (let row: usize = 0; row < rows; row++)
      sum = f64x2.add(sum, f64x2.mul(v128.load(a + row * down + at), v128.load(b + row * down + at)));
    v128.store(into + at, sum);
  }
}

/** The same for eight draws. */
function eightValue(into: usize, a: usize, b: usize, rows: usize, down: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (const end = a + rows * down; a < end; a += down) {
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(a), v128.load(b)));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
    sum2 = f64x2.add(sum2, f64x2.mul(v128.load(a, 32), v128.load(b, 32)));
    sum3 = f64x2.add(sum3, f64x2.mul(v128.load(a, 48), v128.load(b, 48)));
    b += down;
  }
  storeFour(into, sum0, sum1, sum2, sum3);
}

function scaleRows(into: usize, a: usize, b: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16)
      v128.store(into + at, f64x2.mul(v128.load(a + at), v128.load(b + at)));
    a += down;
  }
}
