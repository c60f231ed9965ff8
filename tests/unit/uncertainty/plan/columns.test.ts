/** Columns hold what parameters are in every draw, and tell which have changed. */
import { describe, expect, it } from "vitest";
import { Op } from "../../../../models/core/program.ts";
import { createKernel, createTypeScriptKernel, type Model } from "../../../../models/index.ts";
import { type Draws, resolveParameters } from "../../../../models/model/environment.ts";
import type { Slot } from "../../../../models/model/model.ts";
import { baseValues, DrawSource, drawnParameters } from "../../../../models/uncertainty/draws.ts";
import type { Kernel } from "../../../../models/uncertainty/kernel/kernel.ts";
import { ColumnPlan, type Requirement, Watch } from "../../../../models/uncertainty/plan/columns.ts";
import { Sheet } from "../../../../models/uncertainty/plan/sheet.ts";
import { modelOf, placeOf, shippedCase } from "../cases.ts";

const SIZE = 8;

/** The slot that is a parameter as it is. */
function slotOf(index: number): Slot {
  const code = Int32Array.of(Op.Parameter, index);
  return { program: { code, constants: new Float64Array(), depth: 1, uses: [index] }, path: "here" } as Slot;
}

/** A slot in which a 0 stands. */
const NOTHING = {
  program: { code: Int32Array.of(Op.Constant, 0), constants: Float64Array.of(0), depth: 1, uses: [] },
  path: "there",
} as Slot;

/**
 * A case with local values, overrides and price factors, and columns of all its parameters at every place.
 *
 * @param nothing what is asked of a 0
 */
function opened(create: (bytes: number) => Kernel, nothing: Requirement = "finite") {
  const model: Model = modelOf(shippedCase());
  const drawn = drawnParameters(model);
  const values = baseValues(
    model,
    drawn.map(({ index }) => index),
  );
  const sheet = new Sheet(SIZE, 1, 1);
  const plan = new ColumnPlan(model, values, sheet);
  const places = [null, ...model.municipalities.keys()].flatMap((municipality) =>
    [...model.scenarios.keys()].map((scenario) => ({ municipality, scenario })),
  );
  const columns = places.map(({ municipality, scenario }) =>
    model.parameters.map((_, index) => plan.slot(slotOf(index), municipality, scenario)),
  );
  plan.slot(NOTHING, null, 0, nothing);
  plan.write();
  sheet.open(create);
  plan.bind();
  const source = new DrawSource(model, drawn, { draws: 100, seed: 4, sampling: "plain" });
  const watches = columns.flat().map((column) => new Watch([column], sheet));
  /** Which columns have changed since the last call. */
  const changes = () => watches.map((watch) => watch.hasChanged());
  return { model, drawn, plan, places, columns, source, changes };
}

/** Draws in which one parameter has other values. */
function changed(draws: Draws, index: number, values: number): Draws {
  const columns = draws.columns.map((column, at) => (at === index ? column?.map(() => values) : column));
  return { ...draws, columns };
}

describe.each([createTypeScriptKernel, createKernel])("columns of parameters", (create) => {
  it("are what each parameter is at every place, in every draw", () => {
    const { model, plan, places, columns, source } = opened(create);
    for (const [first, count] of [
      [0, 8],
      [8, 5],
      [13, 8],
    ] as const) {
      const draws = source.columns(first, count);
      const invalid = new Uint8Array(SIZE);
      plan.fill(draws, invalid);
      expect([...invalid]).toEqual(new Array(SIZE).fill(0));
      for (const [at, place] of places.entries()) {
        const { values } = resolveParameters(model, place, draws);
        for (const [index, column] of columns[at]?.entries() ?? []) {
          expect([index, ...column.values.subarray(0, count)]).toEqual([index, ...(values[index] ?? [])]);
          // The lane beside an odd number of draws carries the last.
          if (count % 2 === 1) expect(column.values[count]).toBe(column.values[count - 1]);
        }
      }
    }
  });

  it("have another version only where a value has changed, or more draws stand in them", () => {
    const { model, plan, columns, source, changes } = opened(create);
    const all = columns.flat();
    const none = all.map(() => false);
    const moving = all.map(({ constant }) => !constant);
    const invalid = new Uint8Array(SIZE);
    const draws = source.columns(0, 6);
    expect(changes()).toEqual(all.map(() => true));
    plan.fill(draws, invalid);
    expect(changes()).toEqual(moving);
    plan.fill(draws, invalid);
    expect(changes()).toEqual(none);
    const index = placeOf(model.parameters, "coach_prijs");
    const before = all.map(({ values }) => values.slice());
    plan.fill(changed(draws, index, 1), invalid);
    const now = changes();
    expect(now[index]).toBe(true);
    expect(now).toEqual(
      all.map(({ values }, at) => values.some((value, draw) => !Object.is(value, before[at]?.[draw]))),
    );
    expect(now.filter((isChanged) => !isChanged).length).toBeGreaterThan(now.length / 2);
    const wider = changed(source.columns(0, 8), index, 1);
    plan.fill(wider, invalid);
    expect(changes()).toEqual(moving);
    plan.fill(wider, invalid);
    expect(changes()).toEqual(none);
  });

  it("mark the draws in which a value is not what is asked", () => {
    const { model, plan, source } = opened(create);
    const index = placeOf(model.parameters, "coach_prijs");
    const draws = source.columns(0, 5);
    const column = draws.columns[index] as Float64Array;
    column[3] = Number.NaN;
    const invalid = new Uint8Array(SIZE);
    plan.fill(draws, invalid);
    expect([...invalid]).toEqual([0, 0, 0, 1, 0, 0, 0, 0]);
  });

  it("mark every draw where a value that no draw moves is not what is asked", () => {
    for (const [nothing, flag] of [
      ["notNegative", 0],
      ["positive", 1],
    ] as const) {
      const { plan, source } = opened(create, nothing);
      const invalid = new Uint8Array(SIZE);
      plan.fill(source.columns(0, 5), invalid);
      expect([...invalid]).toEqual([flag, flag, flag, flag, flag, 0, 0, 0]);
    }
  });
});
