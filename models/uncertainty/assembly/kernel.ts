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
