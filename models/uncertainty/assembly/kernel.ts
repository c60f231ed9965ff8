/**
 * The kernel in AssemblyScript: two draws in the lanes of a SIMD vector, column by column, the same operations in the same
 * order as its twin in ../kernel.ts, which gives the same bits. After a change: `npm run build:kernel`.
 *
 * Pointers are in bytes; a vector of two numbers takes 16.
 */

/** Advances the distribution from cycle `first` to `end`, and keeps the occupancy (see Kernel.advance). */
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
  first: i32,
  end: i32,
): void {
  const half = f64x2.splat(0.5);
  const width = <usize>states << 4;
  let old = state;
  let now = next;
  let kept = occupancy + <usize>first * width;
  for (let cycle = first; cycle < end; cycle++) {
    let move = from + (<usize>load<i32>(starts) << 2);
    let chance = chances + (<usize>load<i32>(starts) << 4);
    for (let to: usize = 0; to < width; to += 16) {
      const before = v128.load(old + to);
      let sum = f64x2.mul(before, v128.load(stay + to));
      const last = from + (<usize>load<i32>(starts + (to >> 2) + 4) << 2);
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
  for (let at: usize = 0; at < width; at += 16) {
    let now = f64x2.splat(0);
    let later = f64x2.splat(0);
    let from = occupancy + at;
    for (let year = 0; year < years; year++) {
      for (let within = 0; within < perYear; within++) {
        const amount = v128.load(from);
        const late = spread == 1 ? <f64>within / <f64>perYear : 0;
        now = f64x2.add(now, f64x2.mul(amount, f64x2.splat(1 - late)));
        later = f64x2.add(later, f64x2.mul(amount, f64x2.splat(late)));
        from += width;
      }
      v128.store(lags + <usize>year * width + at, now);
      now = later;
      later = f64x2.splat(0);
    }
  }
}
