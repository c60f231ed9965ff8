/** What the solver does when HiGHS loses its way in a stage that starts from the basis of the one before. */
import { readFileSync } from "node:fs";
import loadHighs, { type Highs } from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import { createHighsSolver, runCase, type Solver } from "../../../models/index.ts";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

/** HiGHS that throws from its `first`-th run on in every warm start; `always`: also from nothing. */
function failing(always: boolean, first: number): Highs {
  return {
    ...highs,
    constants: highs.constants,
    infinity: highs.infinity,
    withModel: (data: Parameters<Highs["withModel"]>[0], work: Parameters<Highs["withModel"]>[1]) =>
      highs.withModel(data, (model) => {
        let runs = 0;
        let cleared = false;
        return work(
          new Proxy(model, {
            get: (target, name) => {
              if (name === "run")
                return () => {
                  runs += 1;
                  if (runs >= first && (always || !cleared)) throw new Error("status -1");
                  cleared = false;
                  return target.run();
                };
              if (name === "clearSolver")
                return () => {
                  cleared = true;
                  return target.clearSolver();
                };
              const value: unknown = Reflect.get(target, name, target);
              return typeof value === "function" ? value.bind(target) : value;
            },
          }),
        );
      }),
  } as Highs;
}

/** x + y >= 1; first as little x + y as can be, then as little x. */
const programme = {
  columns: 2,
  columnLower: new Float64Array(2),
  columnUpper: new Float64Array(2).fill(Number.POSITIVE_INFINITY),
  rowLower: new Float64Array([1]),
  rowUpper: new Float64Array([Number.POSITIVE_INFINITY]),
  starts: new Int32Array([0, 2]),
  indices: new Int32Array([0, 1]),
  values: new Float64Array([1, 1]),
};
const objectives = [new Float64Array([1, 1]), new Float64Array([1, 0])];
const limits = { seconds: 10, tolerance: 1e-9 };

/** The runs: all objectives together, then each stage, then a tie-break. */
const [TOGETHER, SECOND, TIE] = [1, 3, 3];

describe("a stage in which the solver fails", () => {
  it.each([TOGETHER, SECOND])("is solved once more from nothing: from run %d on", (first) => {
    const outcome = createHighsSolver(failing(false, first)).minimise(programme, objectives, limits);
    if (outcome.status !== "optimal") throw new Error(JSON.stringify(outcome));
    expect(outcome.values[0]).toBeCloseTo(0, 8);
    expect(outcome.values[1]).toBeCloseTo(1, 8);
  });

  it("that fails again is told, not thrown", () => {
    const outcome = createHighsSolver(failing(true, SECOND)).minimise(programme, objectives, limits);
    expect(outcome).toMatchObject({
      status: "failed",
      detail: expect.stringContaining("stage 2: status -1"),
    });
  });

  it.each([
    ["aandeel_schuldhulp", 80],
    ["terugval", 12],
  ])("gives an answer to the case that led it astray: %s at %d", (id, value) => {
    const file: BusinessCase = JSON.parse(
      readFileSync(new URL("../../../scenarios/data/vroegsignalering.json", import.meta.url), "utf8"),
    );
    const parameter = file.parameters.find((item) => item.id === id);
    if (!parameter) throw new Error(id);
    parameter.value = value;
    delete parameter.distribution;
    const opened = openCase(JSON.stringify(file));
    if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
    const { runs } = runCase(opened.model, createHighsSolver(highs));
    expect(runs).toHaveLength(opened.model.scenarios.length);
  });
});

describe("a tie-break", () => {
  const total = [new Float64Array([1, 1])];
  const decided = (solver: Solver, tieBreak: Float64Array) => {
    const outcome = solver.minimise(programme, total, limits, tieBreak);
    if (outcome.status !== "optimal") throw new Error(JSON.stringify(outcome));
    return [...outcome.values];
  };

  it("chooses among equals, whichever the solver would have taken", () => {
    const solver = createHighsSolver(highs);
    for (const [tieBreak, expected] of [
      [
        [1, 0],
        [0, 1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ] as const) {
      const values = decided(solver, Float64Array.from(tieBreak));
      expect(values[0]).toBeCloseTo(expected[0], 9);
      expect(values[1]).toBeCloseTo(expected[1], 9);
    }
  });

  it("leaves what the objectives gave where it fails", () => {
    const values = decided(createHighsSolver(failing(true, TIE)), new Float64Array([1, 0]));
    expect((values[0] ?? 0) + (values[1] ?? 0)).toBeCloseTo(1, 9);
  });
});
