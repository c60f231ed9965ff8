/** Vectors of two draws, several at once. */

// @ts-expect-error: decorator
@inline
export function storeFour(place: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(place, a);
  v128.store(place, b, 16);
  v128.store(place, c, 32);
  v128.store(place, d, 48);
}
