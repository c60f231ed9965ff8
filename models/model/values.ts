import type { Columns } from "../core/program.ts";
import { type Draws, type Place, resolveParameters, slotValue } from "./environment.ts";
import type { Model, Slot } from "./model.ts";
import type { Reader, Values } from "./reader.ts";

/** What follows from a model alone is worked out once, by the scenario that has values of its own (null: none has). */
class Deterministic {
  private readonly columns = new Map<string, Columns>();
  private readonly values = new Map<number | null, Values>();

  columnsAt(model: Model, { municipality, scenario }: Place): Columns {
    const key = `${municipality} ${scenario}`;
    const columns = this.columns.get(key) ?? resolveParameters(model, { municipality, scenario });
    this.columns.set(key, columns);
    return columns;
  }

  valuesOf(model: Model, scenario: number | null): Values {
    const values =
      this.values.get(scenario) ??
      valuesFrom(model, (municipality) => this.columnsAt(model, { municipality, scenario }));
    this.values.set(scenario, values);
    return values;
  }
}

const known = new WeakMap<Model, Deterministic>();

function deterministic(model: Model): Deterministic {
  const found = known.get(model) ?? new Deterministic();
  known.set(model, found);
  return found;
}

/** A scenario without values of its own has those of none. */
function ownOf(model: Model, scenario: number | null): number | null {
  return scenario !== null && model.scenarios[scenario]?.overrides.length ? scenario : null;
}

function valuesFrom(model: Model, columnsOf: (municipality: number | null) => Columns): Values {
  const reader = (municipality: number | null): Reader => {
    const columns = columnsOf(municipality);
    // Tracks of one segment read the same slots: each formula is evaluated once.
    const read = new Map<Slot, number>();
    return (slot) => {
      let value = read.get(slot);
      if (value === undefined) {
        value = slotValue(slot, columns);
        read.set(slot, value);
      }
      return value;
    };
  };
  return { municipality: model.municipalities.map((_, index) => reader(index)), region: reader(null) };
}

/** The deterministic values of all parameters at one place, [parameter][0]; as resolveParameters, and not to be written to. */
export function parameterColumns(model: Model, { municipality, scenario }: Place): Columns {
  return deterministic(model).columnsAt(model, { municipality, scenario: ownOf(model, scenario) });
}

/**
 * The values of one scenario, per municipality and for the region; null: without any scenario's overrides.
 *
 * @param draw a single draw; without one the deterministic values
 */
export function scenarioValues(model: Model, scenario: number | null, draw?: Draws): Values {
  const own = ownOf(model, scenario);
  if (!draw) return deterministic(model).valuesOf(model, own);
  return valuesFrom(model, (municipality) => resolveParameters(model, { municipality, scenario: own }, draw));
}
