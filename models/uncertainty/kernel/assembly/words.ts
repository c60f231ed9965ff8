/** How whole numbers stand in the indices, in bytes: places of numbers, instructions, timed amounts and changes. */

/** Bytes of an instruction: eight whole numbers (see Instruction in ../kernel.ts). */
export const INSTRUCTION: usize = 32;

/** Bytes before the rows of a timed amount: its window. */
export const WINDOW: usize = 64;

/** Words of the changes of a clock (see Change in ../courseWords.ts). */
export const VALUES: usize = 0;
export const MOST: usize = 4;
export const CHANGES: usize = 8;

/** Where the row begins of which the place stands at `at`. */
// @ts-ignore: decorator
@inline
export function row(base: usize, at: usize): usize {
  return base + (<usize>load<i32>(at) << 3);
}
