import { resolveParameters, slotValue } from "./environment.ts";
import type { Model } from "./model.ts";
import type { Reader, Values } from "./reader.ts";

/** The deterministic values of one scenario, per municipality and for the region; null: without any scenario's overrides. */
export function scenarioValues(model: Model, scenario: number | null): Values {
  const reader = (municipality: number | null): Reader => {
    const columns = resolveParameters(model, { municipality, scenario });
    return (slot) => slotValue(slot, columns);
  };
  return { municipality: model.municipalities.map((_, index) => reader(index)), region: reader(null) };
}
