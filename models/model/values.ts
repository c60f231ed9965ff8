import { type Draws, resolveParameters, slotValue } from "./environment.ts";
import type { Model, Slot } from "./model.ts";
import type { Reader, Values } from "./reader.ts";

/**
 * The values of one scenario, per municipality and for the region; null: without any scenario's overrides.
 *
 * @param draw a single draw; without one the deterministic values
 */
export function scenarioValues(model: Model, scenario: number | null, draw?: Draws): Values {
  const reader = (municipality: number | null): Reader => {
    const columns = resolveParameters(model, { municipality, scenario }, draw);
    // Tracks of one segment read the same slots: each formula is evaluated once.
    const known = new Map<Slot, number>();
    return (slot) => {
      let value = known.get(slot);
      if (value === undefined) {
        value = slotValue(slot, columns);
        known.set(slot, value);
      }
      return value;
    };
  };
  return { municipality: model.municipalities.map((_, index) => reader(index)), region: reader(null) };
}
