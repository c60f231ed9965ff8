/** What is paid of drawn costs: the twin of assembly/payments.ts, which gives the same bits. */

/** Drawn cost as a multiple of that of the plan, or what it is beyond that where the plan has none. */
export function extent(
  numbers: Float64Array,
  into: number,
  a: number,
  b: number,
  rows: number,
  lanes: number,
  size: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    const planned = numbers[b + row] as number;
    for (let at = row * size; at < row * size + lanes; at += 1) {
      const cost = numbers[a + at] as number;
      numbers[into + at] = planned > 0 ? cost / planned : cost - planned;
    }
  }
}

/**
 * Adds what is paid.
 *
 * @param plan in how many rows anything is paid anyway; then two numbers per row: what is paid per extent, and anyway
 * @param until rows in which anything costs anything
 */
export function pay(
  numbers: Float64Array,
  into: number,
  a: number,
  plan: number,
  until: number,
  lanes: number,
  size: number,
): void {
  const rows = Math.max(until, numbers[plan] as number);
  for (let row = 0; row < rows; row += 1) {
    const part = numbers[plan + 1 + 2 * row] as number;
    const anyway = numbers[plan + 2 + 2 * row] as number;
    for (let at = row * size; at < row * size + lanes; at += 1) {
      if (part !== 0 && row < until)
        numbers[into + at] = (numbers[into + at] as number) + part * (numbers[a + at] as number);
      if (anyway !== 0) numbers[into + at] = (numbers[into + at] as number) + anyway;
    }
  }
}
