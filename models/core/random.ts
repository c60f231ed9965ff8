/**
 * Counter-based random numbers: every number is a function of (seed, name, draw, stream) alone, so that any worker can
 * make any draw and a name more or less moves no other number.
 *
 * @source Salmon e.a. 2011, Parallel random numbers: as easy as 1, 2, 3 (Philox4x32-10)
 */

const M0 = 0xd2511f53 | 0;
const M1 = 0xcd9e8d57 | 0;
const W0 = 0x9e3779b9 | 0;
const W1 = 0xbb67ae85 | 0;

/** High 32 bits of the product of two unsigned 32-bit numbers; each is given and taken as the whole number with its bits. */
function highProduct(a: number, b: number): number {
  const [aHigh, aLow] = [a >>> 16, a & 0xffff];
  const [bHigh, bLow] = [b >>> 16, b & 0xffff];
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const cross = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (cross >>> 16)) | 0;
}

/**
 * Ten rounds of Philox4x32: four random words from a counter of four words under a key of two.
 *
 * @param words the counter; holds the random words afterwards
 */
export function philox(words: Uint32Array, key0: number, key1: number): void {
  // Signed whole numbers of 32 bits throughout: unsigned ones would be no small integers to the compiler.
  let c0 = (words[0] as number) | 0;
  let c1 = (words[1] as number) | 0;
  let c2 = (words[2] as number) | 0;
  let c3 = (words[3] as number) | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < 10; round += 1) {
    const high0 = highProduct(M0, c0);
    const high1 = highProduct(M1, c2);
    const low0 = Math.imul(M0, c0);
    const low1 = Math.imul(M1, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + W0) | 0;
    k1 = (k1 + W1) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/** A name as two words: 64 bits, so that two names of one case practically never meet. */
function nameWords(name: string): [number, number] {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return [a >>> 0, b >>> 0];
}

/** Largest seed: every whole number up to it is a seed of its own. */
export const LARGEST_SEED = Number.MAX_SAFE_INTEGER;

/**
 * Uniform numbers in (0, 1), never 0 or 1, with 53 random bits.
 *
 * @param seed whole number from 0 to LARGEST_SEED
 * @param name whose numbers they are, such as a parameter id
 * @param first index of the first number
 * @param stream another stream gives independent numbers for the same name
 */
export function uniforms(seed: number, name: string, first: number, count: number, stream = 0): Float64Array {
  const key = randomKey(seed, name);
  const numbers = new Float64Array(count);
  for (let index = 0; index < count; index += 1) numbers[index] = uniform(key, first + index, stream);
  return numbers;
}

/** What a seed and a name give every number of theirs: two words of the name, two of the seed. */
export type RandomKey = readonly [number, number, number, number];

export function randomKey(seed: number, name: string): RandomKey {
  return [...nameWords(name), seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
}

const words = new Uint32Array(4);

/** One of the numbers of `uniforms`. */
export function uniform(key: RandomKey, index: number, stream = 0): number {
  words[0] = key[0];
  words[1] = key[1];
  words[2] = index;
  words[3] = stream;
  philox(words, key[2], key[3]);
  const bits = ((words[0] as number) >>> 5) * 67_108_864 + ((words[1] as number) >>> 6);
  return (bits + 0.5) / 9_007_199_254_740_992;
}

/** How the draws of a parameter are spread: independent, or one in each of D equal layers in random order. */
export type Sampling = "plain" | "latinHypercube";

/** Streams of one name: the place within a layer, and the order of the layers. */
const ORDER_STREAM = 0x4f524445;

/**
 * The layers of a Latin hypercube: for each of `total` draws the one of `total` equal layers of (0, 1) that it falls in.
 *
 * @source McKay, Beckman & Conover 1979
 */
export function latinLayers(seed: number, name: string, total: number): Uint32Array {
  const order = uniforms(seed, name, 0, total, ORDER_STREAM);
  const sorted = order.slice().sort();
  const layer = new Uint32Array(total);
  for (let draw = 0; draw < total; draw += 1) {
    const value = order[draw] as number;
    let low = 0;
    let high = total - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as number) < value) low = middle + 1;
      else high = middle;
    }
    layer[draw] = low;
  }
  return layer;
}

/**
 * Uniform numbers that fall one in each layer: the draws `first` up to `first + count` of a Latin hypercube.
 *
 * @param layers of latinLayers, for the same seed and name
 */
export function layeredUniforms(
  seed: number,
  name: string,
  first: number,
  count: number,
  layers: Uint32Array,
): Float64Array {
  return uniforms(seed, name, first, count).map((u, index) => inLayer(u, first + index, layers));
}

/** A uniform number for one draw, put in the layer of the draw. */
export function inLayer(u: number, draw: number, layers: Uint32Array): number {
  return ((layers[draw] ?? 0) + u) / layers.length;
}
