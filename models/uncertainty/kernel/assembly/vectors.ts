/** What the parts of the kernel have in common: eight draws are four vectors, side by side in memory. */

// @ts-ignore: decorator
@inline
export function storeFour(place: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(place, a);
  v128.store(place, b, 16);
  v128.store(place, c, 32);
  v128.store(place, d, 48);
}
