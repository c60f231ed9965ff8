/**
 * What is paid of drawn costs, in AssemblyScript (see Instruction.extent and Instruction.pay in ../kernel.ts). Pointers are
 * in bytes; `wide` are the bytes of a row that are worked on, `down` those from one row to the next.
 */

/** Drawn cost as a multiple of that of the plan, or what it is beyond that where the plan has none. */
export function extent(into: usize, a: usize, b: usize, rows: i32, wide: usize, down: usize): void {
  for (let row = 0; row < rows; row++) {
    const planned = load<f64>(b);
    const plans = f64x2.splat(planned);
    if (planned > 0)
      for (let at: usize = 0; at < wide; at += 16) v128.store(into + at, f64x2.div(v128.load(a + at), plans));
    else
      for (let at: usize = 0; at < wide; at += 16) v128.store(into + at, f64x2.sub(v128.load(a + at), plans));
    into += down;
    a += down;
    b += 8;
  }
}

/**
 * Adds what is paid.
 *
 * @param plan in how many rows anything is paid anyway; then two numbers per row: what is paid per extent, and anyway
 * @param until rows in which anything costs anything
 */
export function pay(into: usize, a: usize, plan: usize, until: i32, wide: usize, down: usize): void {
  const end = max(until, <i32>load<f64>(plan));
  plan += 8;
  for (let row = 0; row < end; row++) {
    const part = load<f64>(plan);
    const anyway = load<f64>(plan, 8);
    if (part != 0 && row < until) addPart(into, a, part, wide);
    if (anyway != 0) addNumber(into, anyway, wide);
    into += down;
    a += down;
    plan += 16;
  }
}

function addPart(into: usize, a: usize, part: f64, wide: usize): void {
  const parts = f64x2.splat(part);
  const end = into + wide;
  for (; into + 64 <= end; into += 64) {
    v128.store(into, f64x2.add(v128.load(into), f64x2.mul(parts, v128.load(a))));
    v128.store(into, f64x2.add(v128.load(into, 16), f64x2.mul(parts, v128.load(a, 16))), 16);
    v128.store(into, f64x2.add(v128.load(into, 32), f64x2.mul(parts, v128.load(a, 32))), 32);
    v128.store(into, f64x2.add(v128.load(into, 48), f64x2.mul(parts, v128.load(a, 48))), 48);
    a += 64;
  }
  for (; into < end; into += 16) {
    v128.store(into, f64x2.add(v128.load(into), f64x2.mul(parts, v128.load(a))));
    a += 16;
  }
}

function addNumber(into: usize, amount: f64, wide: usize): void {
  const amounts = f64x2.splat(amount);
  for (let at: usize = 0; at < wide; at += 16)
    v128.store(into + at, f64x2.add(v128.load(into + at), amounts));
}
