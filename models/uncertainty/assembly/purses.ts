/**
 * What envelopes and purses allow, in AssemblyScript: the same operations in the same order as its twin in ../purseKernel.ts,
 * where the instructions are explained. Pointers and widths as in kernel.ts.
 */

/** Bytes of an instruction. */
const INSTRUCTION: usize = 32;

/** Half a cent, and a millionth: what an envelope may be over before it lacks anything. */
const DUST_EUR: f64 = 0.005;
const DUST_SHARE: f64 = 1e-6;

// @ts-ignore: decorator
@inline
function place(base: usize, at: usize): usize {
  return base + (<usize>load<i32>(at) << 3);
}

/** Follows the instruction at `at`; gives how many bytes of places come after it. */
export function purses(op: i32, at: usize, base: usize, wide: usize, down: usize): usize {
  const into = place(base, at + 4);
  const a = place(base, at + 8);
  const b = place(base, at + 12);
  const rows = <usize>load<i32>(at, 16);
  const c = place(base, at + 20);
  const d = place(base, at + 24);
  switch (op) {
    case 40:
      limit(into, a, b, rows, c, d, 0, base, wide, down);
      return 0;
    case 41:
      limit(into, a, b, rows, c, d, at + INSTRUCTION, base, wide, down);
      return INSTRUCTION;
    case 42: {
      const count = load<i32>(at, 8);
      leave(into, b, rows, c, at + INSTRUCTION, count, base, wide, down);
      return <usize>((count + 7) >> 3) * INSTRUCTION;
    }
    default:
      return unreachable();
  }
}

/** One room, year by year; `savings` is where the places of its savings stand, 0 if it draws none. */
function limit(
  into: usize,
  envelope: usize,
  asked: usize,
  rows: usize,
  carryOver: usize,
  carried: usize,
  savings: usize,
  base: usize,
  wide: usize,
  down: usize,
): void {
  const none = f64x2.splat(0);
  const whole = f64x2.splat(1);
  for (let off: usize = 0; off < rows * down; off += down)
    for (let at: usize = 0; at < wide; at += 16) {
      const held = v128.load(envelope + off + at);
      const need = v128.load(asked + off + at);
      let available = f64x2.add(held, v128.load(carried + at));
      let paid = whole;
      let spent = need;
      const isShort = f64x2.gt(need, available);
      if (v128.any_true(isShort)) {
        if (savings) {
          const lacking = v128.and(f64x2.sub(need, available), isShort);
          available = f64x2.add(available, drawn(savings, base + at, off, lacking));
        }
        const dust = f64x2.max(f64x2.splat(DUST_EUR), f64x2.mul(f64x2.splat(DUST_SHARE), need));
        const lacks = v128.and(isShort, f64x2.gt(need, f64x2.add(available, dust)));
        paid = v128.bitselect(f64x2.div(f64x2.max(none, available), need), whole, lacks);
        spent = v128.bitselect(available, need, lacks);
      }
      v128.store(into + off + at, paid);
      const left = f64x2.min(
        f64x2.mul(v128.load(carryOver + at), held),
        f64x2.sub(available, spent),
      );
      v128.store(carried + at, v128.and(left, f64x2.gt(left, none)));
    }
}

/** Draws what is lacking from savings, as far as they reach. */
function drawn(savings: usize, base: usize, off: usize, lacking: v128): v128 {
  const own = v128.load(place(base, savings) + off);
  const ofHolder = v128.load(place(base, savings + 4) + off);
  const takenAt = place(base, savings + 8);
  const takenByAt = place(base, savings + 12);
  const taken = v128.load(takenAt);
  const takenBy = v128.load(takenByAt);
  const left = f64x2.min(f64x2.sub(own, taken), f64x2.sub(ofHolder, takenBy));
  const more = f64x2.max(f64x2.splat(0), f64x2.min(lacking, left));
  v128.store(takenAt, f64x2.add(taken, more));
  v128.store(takenByAt, f64x2.add(takenBy, more));
  return more;
}

/** Whether a room can pay all of what it is asked, in every draw. */
function isWhole(part: usize, wide: usize): boolean {
  const whole = f64x2.splat(1);
  for (let at: usize = 0; at < wide; at += 16)
    if (!v128.all_true<i64>(f64x2.eq(v128.load(part + at), whole))) return false;
  return true;
}

/** Leaves a part of some payments to others, where there is anything to leave. */
function leave(
  rest: usize,
  part: usize,
  rows: usize,
  paid: usize,
  list: usize,
  count: i32,
  base: usize,
  wide: usize,
  down: usize,
): void {
  const end = list + (<usize>count << 2);
  for (let off: usize = 0; off < rows * down; off += down)
    if (!isWhole(part + off, wide))
      for (let at = off; at < off + wide; at += 16) {
        const own = v128.load(part + at);
        const others = f64x2.sub(f64x2.splat(1), own);
        let amount = v128.load(place(base + at, list));
        let left = f64x2.add(v128.load(rest + at), f64x2.mul(amount, others));
        let sum = f64x2.mul(amount, own);
        for (let item = list + 4; item < end; item += 4) {
          amount = v128.load(place(base + at, item));
          left = f64x2.add(left, f64x2.mul(amount, others));
          sum = f64x2.add(sum, f64x2.mul(amount, own));
        }
        v128.store(rest + at, left);
        v128.store(paid + at, sum);
      }
}
