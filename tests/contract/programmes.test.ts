/** The programmes of a case, solved in a worker of Node: what comes back is the run itself, or its fault. */
import loadHighs from "highs";
import { describe, expect, it } from "vitest";
import { solveCase } from "../../cli/programmes.ts";
import { byPosition, createHighsSolver, ModelError, runCase } from "../../models/index.ts";
import { modelOf, shippedCase } from "../unit/uncertainty/cases.ts";

const bundle = new URL("../../dist/cli/programmes.worker.mjs", import.meta.url);
const model = modelOf(shippedCase());
const request = { model, scenarios: byPosition(model.scenarios), reference: model.reference };

describe("programmes in a worker", () => {
  it("gives the runs of this thread, the reference once", async () => {
    const result = await solveCase(request, undefined, bundle);
    expect(result).toEqual(runCase(model, createHighsSolver(await loadHighs())));
    expect(result.runs).toContain(result.referenceRun);
  });

  it("says why a case cannot be computed", async () => {
    const { discounting } = model;
    const { program, ...rate } = discounting.rate;
    const nothing = {
      ...rate,
      program: { ...program, code: Int32Array.of(0, 0), constants: Float64Array.of(Number.NaN), uses: [] },
    };
    const endless = { ...model, discounting: { ...discounting, rate: nothing } };
    const solved = solveCase({ ...request, model: endless }, undefined, bundle);
    await expect(solved).rejects.toThrow(ModelError);
    await expect(solved).rejects.toMatchObject({ fault: { code: "NOT_FINITE", path: "discounting/rate" } });
  });

  it("ends at once when told so, with the reason", async () => {
    const ending = new AbortController();
    const solved = solveCase(request, ending.signal, bundle);
    const reason = new Error("enough");
    setTimeout(() => ending.abort(reason), 20);
    await expect(solved).rejects.toBe(reason);
    await expect(solveCase(request, ending.signal, bundle)).rejects.toBe(reason);
  });
});
