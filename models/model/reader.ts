import type { Slot } from "./model.ts";

/** Gives the value of a slot in the slot's unit; throws a ModelError when it has none. */
export type Reader = (slot: Slot) => number;

/** The values of one scenario in one draw: a reader per municipality, and one for slots that belong to the region. */
export interface Values {
  readonly municipality: readonly Reader[];
  readonly region: Reader;
}
