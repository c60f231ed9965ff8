/** The quick answers: everything but the programme. Pure, so that it is tested without a worker. */
import { type Model, ModelError, runKept, type ScenarioRun, SharedRuns } from "../../models/index.ts";
import { validateCase } from "../../scenarios/index.ts";
import { outlineOf, parameterValues, viewCase } from "./caseView.ts";
import type { KeptAllocations, LiveAnswer, LiveRequest } from "./protocol.ts";

type Compute = Extract<LiveRequest, { kind: "compute" }>;
type Check = Extract<LiveRequest, { kind: "check" }>;

/** Computes with the allocations kept so far. */
export class Live {
  private kept: KeptAllocations = {};

  answer(request: LiveRequest): LiveAnswer {
    return request.kind === "compute" ? this.compute(request) : this.check(request);
  }

  private compute({ revision, caseFile, kept }: Compute): LiveAnswer {
    const start = performance.now();
    if (kept) this.kept = kept;
    const opened = validateCase(caseFile);
    if (!opened.ok) return { kind: "faults", revision, faults: opened.faults };
    const { model, warnings } = opened;
    try {
      const runs = this.runs(model);
      return {
        kind: "computed",
        revision,
        outline: outlineOf(model),
        values: parameterValues(model),
        warnings,
        view: runs.has(model.reference) ? viewCase(model, runs) : null,
        milliseconds: performance.now() - start,
      };
    } catch (error) {
      if (error instanceof ModelError) return { kind: "faults", revision, faults: [error.fault] };
      throw error;
    }
  }

  private runs(model: Model): Map<number, ScenarioRun> {
    const shared = new SharedRuns(model);
    return new Map(
      model.scenarios.flatMap((scenario, index) => {
        const kept = this.kept[scenario.id];
        return kept ? [[index, runKept(model, index, shared.valuesOf(index), kept, { shared })]] : [];
      }),
    );
  }

  private check({ ticket, caseFile, parameter, municipality }: Check): LiveAnswer {
    const opened = validateCase(caseFile);
    if (!opened.ok) return { kind: "checked", ticket, faults: opened.faults, value: null };
    const value = parameterValues(opened.model).get(parameter);
    const place = opened.model.municipalities.findIndex(({ id }) => id === municipality);
    return {
      kind: "checked",
      ticket,
      faults: [],
      value: (place < 0 ? value?.region : value?.local[place]) ?? null,
    };
  }
}
