/**
 * Work in slices: between two slices it gives the share that is done, from 0 to 1, and at the end its result. Whoever
 * runs it decides when to go on, and drops it to cancel.
 */
export type Sliced<Result> = Generator<number, Result, void>;

/** Runs all slices at once. */
export function finishSliced<Result>(work: Sliced<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
