import { apply, Op } from "../../core/program.ts";

/**
 * One operation of a formula over rows of numbers, one number per draw: into = a op b, an operation on one value ignores b.
 * A selection is a where c is not 0, and else b. Twin of assembly/formulas.ts.
 */
export function applyRow(
  numbers: Float64Array,
  op: number,
  into: number,
  a: number,
  b: number,
  c: number,
  lanes: number,
): void {
  if (op === Op.Select)
    for (let lane = 0; lane < lanes; lane += 1)
      numbers[into + lane] = numbers[(numbers[c + lane] ? a : b) + lane] as number;
  else
    for (let lane = 0; lane < lanes; lane += 1)
      numbers[into + lane] = apply(op, numbers[a + lane] as number, numbers[b + lane] as number);
}

/** The same numbers, two whole ones for each. */
interface Bits {
  readonly numbers: Float64Array;
  readonly indices: Int32Array;
}

/**
 * into = a in one row. The number at `version` becomes that at `now` where that brings other bits; in the row `wrong` there comes 1
 * where a value is below `least` or not finite. Twin of assembly/formulas.ts.
 */
export function renewRow(
  { numbers, indices }: Bits,
  into: number,
  a: number,
  least: number,
  version: number,
  wrong: number,
  now: number,
  lanes: number,
): void {
  let differs = 0;
  for (let word = 0; word < 2 * lanes; word += 1)
    differs |= (indices[2 * into + word] as number) ^ (indices[2 * a + word] as number);
  numbers.copyWithin(into, a, a + lanes);
  for (let lane = 0; lane < lanes; lane += 1) {
    const value = numbers[a + lane] as number;
    if (!(value >= least && value < Number.POSITIVE_INFINITY)) numbers[wrong + lane] = 1;
  }
  if (differs !== 0) numbers[version] = numbers[now] as number;
}
