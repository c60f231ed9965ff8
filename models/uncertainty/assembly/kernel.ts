/**
 * The kernel in AssemblyScript: two draws in the lanes of a SIMD vector, column by column, the same operations in the same
 * order as its twin in ../kernel.ts, which gives the same bits. After a change: `npm run build:kernel`.
 *
 * Pointers are in bytes; a vector of two numbers takes 16.
 */

/** Advances the distribution from cycle `begin` to `end`, and keeps the occupancy (see Kernel.advance). */
export function advance(
  states: i32,
  mode: i32,
  state: usize,
  next: usize,
  stay: usize,
  chances: usize,
  from: usize,
  starts: usize,
  occupancy: usize,
  begin: i32,
  end: i32,
): void {
  const half = f64x2.splat(0.5);
  const width = <usize>states << 4;
  let old = state;
  let now = next;
  let kept = occupancy + <usize>begin * width;
  for (let cycle = begin; cycle < end; cycle++) {
    let move = from + (<usize>load<i32>(starts) << 2);
    let chance = chances + (<usize>load<i32>(starts) << 4);
    for (let to: usize = 0; to < width; to += 16) {
      const before = v128.load(old + to);
      let sum = f64x2.mul(before, v128.load(stay + to));
      const last = from + (<usize>load<i32>(starts + (to >> 2) + 4) << 2);
      // Four moves at a time, added one after the other all the same.
      while (move + 12 < last) {
        const first = v128.load(old + (<usize>load<i32>(move) << 4));
        sum = f64x2.add(sum, f64x2.mul(first, v128.load(chance)));
        const second = v128.load(old + (<usize>load<i32>(move, 4) << 4));
        sum = f64x2.add(sum, f64x2.mul(second, v128.load(chance, 16)));
        const third = v128.load(old + (<usize>load<i32>(move, 8) << 4));
        sum = f64x2.add(sum, f64x2.mul(third, v128.load(chance, 32)));
        const fourth = v128.load(old + (<usize>load<i32>(move, 12) << 4));
        sum = f64x2.add(sum, f64x2.mul(fourth, v128.load(chance, 48)));
        move += 16;
        chance += 64;
      }
      while (move < last) {
        const source = v128.load(old + (<usize>load<i32>(move) << 4));
        sum = f64x2.add(sum, f64x2.mul(source, v128.load(chance)));
        move += 4;
        chance += 16;
      }
      v128.store(now + to, sum);
      v128.store(kept + to, mode == 0 ? f64x2.mul(f64x2.add(before, sum), half) : mode == 1 ? before : sum);
    }
    kept += width;
    const swapped = old;
    old = now;
    now = swapped;
  }
  if (old != state) memory.copy(state, old, width);
}

/** Adds the occupancy of all cycles to years since the year of entry (see Kernel.sumLags). */
export function sumLags(
  states: i32,
  perYear: i32,
  years: i32,
  spread: i32,
  occupancy: usize,
  lags: usize,
): void {
  const width = <usize>states << 4;
  memory.fill(lags, 0, <usize>years * width);
  let from = occupancy;
  let now = lags;
  for (let year = 0; year < years; year++) {
    const later = now + width;
    const spreads = spread == 1 && year < years - 1;
    for (let within = 0; within < perYear; within++) {
      const share = spread == 1 ? <f64>within / <f64>perYear : 0;
      const early = f64x2.splat(1 - share);
      const late = f64x2.splat(share);
      for (let at: usize = 0; at < width; at += 16) {
        const amount = v128.load(from + at);
        v128.store(now + at, f64x2.add(v128.load(now + at), f64x2.mul(amount, early)));
        if (spreads) v128.store(later + at, f64x2.add(v128.load(later + at), f64x2.mul(amount, late)));
      }
      from += width;
    }
    now = later;
  }
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
    switch (load<i32>(at)) {
      case 0:
        clear(into, rows, wide, down);
        break;
      case 1:
        copy(into, a, rows, wide, down);
        break;
      case 2:
        add(into, into, a, rows, wide, down);
        break;
      case 3:
        subtract(into, into, a, rows, wide, down);
        break;
      case 4:
        add(into, a, b, rows, wide, down);
        break;
      case 5:
        subtract(into, a, b, rows, wide, down);
        break;
      case 6:
        share(into, a, load<f64>(b), rows, wide, down);
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
      case 11:
        leave(into, a, b, rows, wide, down);
        break;
      case 12:
        gained(into, a, rows, wide, down);
        break;
      case 13:
        fall(into, a, b, rows, wide, down, rounding);
        break;
      case 14:
        value(into, a, b, rows, wide, down);
        break;
      default:
        unreachable();
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
      for (let at: usize = 0; at < wide; at += 16) {
        let sum = f64x2.splat(0);
        let from = a + <usize>(row - earliest) * down + at;
        let persons = b + <usize>earliest * down + at;
        for (let entry = earliest; entry <= last; entry++) {
          sum = f64x2.add(sum, f64x2.mul(v128.load(from), v128.load(persons)));
          from -= down;
          persons += down;
        }
        v128.store(place + at, sum);
      }
    }
    into += next;
    a += next;
  }
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

function leave(into: usize, a: usize, b: usize, rows: usize, wide: usize, down: usize): void {
  const one = f64x2.splat(1);
  for (const end = into + rows * down; into < end; into += down) {
    for (let at: usize = 0; at < wide; at += 16) {
      const amount = v128.load(a + at);
      const part = v128.load(b + at);
      v128.store(
        into + at,
        f64x2.add(v128.load(into + at), f64x2.mul(amount, f64x2.sub(one, part))),
      );
      v128.store(a + at, f64x2.mul(amount, part));
    }
    a += down;
    b += down;
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
