/** How courses and the changes of their clocks are written down for the kernel, in whole numbers. */

/**
 * A course as whole numbers, for the kernel: what it begins with, what can change in it, and what follows from that. First
 * some words of their own (see Word), then lists, each behind the number of its items:
 *
 * - entry, by state: row of the shares, row into which they go;
 * - clocks: each once;
 * - steppings, the moves whose steps have the same clock: clock, moves, numbers of the last list; by move the row of its
 *   rate; by step, first what holds before any, and by move the row of the rate then;
 * - effects that act: clock, row of the strength;
 * - groups of effects that act together: row of the factor, effects; by effect the rows of its log and strength, its mover;
 * - states that are carried or can be left: row of what stays, moves, movers; by move the rows of its rate, of the factor on it, and of
 *   its chance; the movers.
 *
 * Movers are the steppings, the effects and the groups, in this order: a state is worked out again when one of its own
 * moves. Rows are places among the numbers, clocks are places in the indices (see Changes).
 */
export const Word = {
  cycles: 0,
  perYear: 1,
  /** 1 for rates, 0 for probabilities. */
  isRate: 2,
  /** Row for the sum of rates (probabilities) out of a state. */
  total: 3,
  /** From here to one word per draw: 1 where the course cannot be. */
  broken: 4,
  /** From here to one set of pairs per mover: in which it moves in a cycle. */
  movers: 5,
  /** From here to one set of pairs per cycle: in which anything changes. */
  moving: 6,
  /** 1 where half of the distribution is carried, for the occupancy in the middle of a cycle (see ChainLayout), 0 else. */
  isHalf: 7,
  /** Where the lists begin. */
  lists: 8,
} as const;

/** What is written down of the changes of a clock among whole numbers, by place. */
export const Change = {
  /** Where among the numbers the values stand; after the room for them, of an effect, its window: see EffectClock. */
  values: 0,
  /** How many changes there can be. */
  most: 1,
  /** From here on `pairs`, `last`, `before` and `lanes` of Changes, one after the other. */
  lists: 2,
} as const;
