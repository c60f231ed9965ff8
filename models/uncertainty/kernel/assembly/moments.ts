/** Mean, variance and chances of a sample (see Kernel.moments); the twin is ../moments.ts. Pointers are in bytes. */

/**
 * @param values the sample, in 64 bits
 * @param bound not below 0
 * @param into takes mean, variance, and how many values are above the bound and below what is opposite to it
 */
export function moments(values: usize, count: i32, bound: f64, into: usize): void {
  const end = values + (<usize>count << 3);
  let total: f64 = 0;
  let lost: f64 = 0;
  let above = 0;
  let below = 0;
  for (let at = values; at < end; at += 8) {
    const value = load<f64>(at);
    const next = total + value;
    lost += rounded(total, value, next);
    total = next;
    above += i32(value > bound);
    below += i32(value < -bound);
  }
  const mean = (total + lost) / <f64>count;
  store<f64>(into, mean);
  store<f64>(into, variance(values, end, mean, count), 8);
  store<f64>(into, <f64>above, 16);
  store<f64>(into, <f64>below, 24);
}

/** With one less than there are values; 0 for a single one. */
function variance(values: usize, end: usize, mean: f64, count: i32): f64 {
  if (count < 2) return 0;
  let total: f64 = 0;
  let lost: f64 = 0;
  for (let at = values; at < end; at += 8) {
    const away = load<f64>(at) - mean;
    const square = away * away;
    const next = total + square;
    lost += rounded(total, square, next);
    total = next;
  }
  return (total + lost) / <f64>(count - 1);
}

/**
 * What the sum of two numbers lost by rounding: exactly what Neumaier's sum finds, without the branch that compares them.
 *
 * @source Knuth 1969, two-sum
 */
// @ts-expect-error: decorator
@inline
function rounded(total: f64, value: f64, next: f64): f64 {
  const added = next - total;
  return total - (next - added) + (value - added);
}
