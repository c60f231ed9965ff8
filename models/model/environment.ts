import { ModelError } from "../core/errors.ts";
import { type Columns, evaluateOne, evaluateProgram } from "../core/program.ts";
import type { Model, Parameter, Slot } from "./model.ts";

/** Where values are asked for: a municipality (null: the region) in a scenario (null: without overrides). */
export interface Place {
  readonly municipality: number | null;
  readonly scenario: number | null;
}

/** Drawn values per parameter index, in the parameter's own unit before its price factor; undefined where not drawn. */
export interface Draws {
  readonly count: number;
  readonly columns: readonly (Float64Array | undefined)[];
}

/**
 * The columns of all parameters at one place, each in the parameter's own unit and the case's price level.
 *
 * The override of the scenario, else the local value, else the value. A draw replaces the value; a local value moves by
 * draw/value (by the difference where the value is 0); an override fixes the parameter.
 *
 * @throws ModelError NOT_FINITE with the path of the value that has none
 * @source model.md section 2
 */
export function resolveParameters(model: Model, place: Place, draws?: Draws): Columns {
  const count = draws?.count ?? 1;
  const values: Float64Array[] = new Array(model.parameters.length).fill(new Float64Array(count));
  const columns: Columns = { draws: count, values };
  const scenario = place.scenario === null ? undefined : model.scenarios[place.scenario];
  const overrides = new Map((scenario?.overrides ?? []).map(({ parameter, value }) => [parameter, value]));
  for (const index of model.parameterOrder) {
    const parameter = model.parameters[index];
    if (!parameter) continue;
    const override = overrides.get(index);
    const column = override
      ? slotColumn(override, columns)
      : ownColumn(parameter, place.municipality, columns, draws?.columns[index]);
    values[index] = priced(parameter, column, columns);
  }
  return columns;
}

function ownColumn(
  parameter: Parameter,
  municipality: number | null,
  columns: Columns,
  drawn: Float64Array | undefined,
): Float64Array {
  const local = municipality === null ? null : (parameter.local[municipality] ?? null);
  if (!local) return drawn ? drawn.slice(0, columns.draws) : slotColumn(parameter.value, columns);
  const column = slotColumn(local.value, columns);
  if (!drawn) return column;
  const base = slotColumn(parameter.value, columns);
  return column.map((value, draw) => {
    const [center, draws] = [base[draw] ?? 0, drawn[draw] ?? 0];
    return center === 0 ? value + draws : value * (draws / center);
  });
}

function priced(parameter: Parameter, column: Float64Array, columns: Columns): Float64Array {
  if (parameter.priceFactor === null) return column;
  const factor = slotColumn(parameter.priceFactor, columns);
  return column.map((value, draw) => value * (factor[draw] ?? Number.NaN));
}

function check(slot: Slot, value: number): void {
  if (!Number.isFinite(value))
    throw new ModelError({ code: "NOT_FINITE", path: slot.path, found: String(value), expected: "number" });
}

/**
 * The value of a slot in the first draw.
 *
 * @throws ModelError NOT_FINITE with the slot's path: a division by zero, or a result that is no number
 */
export function slotValue(slot: Slot, columns: Columns): number {
  const value = evaluateOne(slot.program, columns);
  check(slot, value);
  return value;
}

/** The values of a slot in every draw; as slotValue. */
export function slotColumn(slot: Slot, columns: Columns): Float64Array {
  if (columns.draws === 1) return Float64Array.of(slotValue(slot, columns));
  const column = evaluateProgram(slot.program, columns);
  for (const value of column) check(slot, value);
  return column;
}
