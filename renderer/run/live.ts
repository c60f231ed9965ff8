/** The quick answers: everything but the programme. A newer case is taken up between two scenarios. */
import { type Model, ModelError, runKept, type ScenarioRun, SharedRuns } from "../../models/index.ts";
import { validateCase } from "../../scenarios/index.ts";
import { breathe } from "./breathe.ts";
import { CaseViewer, lookedAt, outlineOf, parameterValues } from "./caseView.ts";
import type { KeptAllocations, LiveAnswer, LiveRequest } from "./protocol.ts";

type Compute = Extract<LiveRequest, { kind: "compute" }>;
type Check = Extract<LiveRequest, { kind: "check" }>;

/** Computes with the allocations kept so far. Pure, so that it is tested without a worker. */
export class Live {
  private kept: KeptAllocations = {};
  private newest = -1;

  constructor(private readonly post: (answer: LiveAnswer) => void) {}

  async take(request: LiveRequest): Promise<void> {
    if (request.kind === "check") this.check(request);
    else await this.answer(request);
  }

  private async answer(request: Compute): Promise<void> {
    const { revision } = request;
    this.newest = revision;
    try {
      await this.compute(request);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      this.post({ kind: "faults", revision, faults: [error.fault] });
    }
  }

  private async compute({ revision, caseFile, kept, first }: Compute): Promise<void> {
    const start = performance.now();
    if (kept) this.kept = kept;
    const opened = validateCase(caseFile);
    if (!opened.ok) return this.post({ kind: "faults", revision, faults: opened.faults });
    const { model, warnings } = opened;
    const shared = new SharedRuns(model);
    const [wanted, others] = lookedAt(model, first);
    const runs = new Map(wanted.flatMap((index) => this.run(model, index, shared)));
    const reference = runs.get(model.reference);
    const viewer = reference && new CaseViewer(model, reference);
    this.post({
      kind: "computed",
      revision,
      outline: outlineOf(model),
      values: parameterValues(model),
      warnings,
      view: viewer?.view(runs) ?? null,
      milliseconds: performance.now() - start,
    });
    if (!viewer) return;
    const views: ReturnType<CaseViewer["view"]>[] = [];
    for (const index of others) {
      await breathe();
      if (this.newest !== revision) return;
      views.push(viewer.view(new Map(this.run(model, index, shared))));
    }
    const [view] = views;
    if (view)
      this.post({
        kind: "others",
        revision,
        view: { ...view, scenarios: views.flatMap(({ scenarios }) => scenarios) },
      });
  }

  /** The run of a scenario on its kept allocation; nothing while there is none. */
  private run(model: Model, index: number, shared: SharedRuns): [number, ScenarioRun][] {
    const kept = this.kept[model.scenarios[index]?.id ?? ""];
    return kept ? [[index, runKept(model, index, shared.valuesOf(index), kept, { shared })]] : [];
  }

  private check({ ticket, caseFile, parameter, municipality }: Check): void {
    const opened = validateCase(caseFile);
    if (!opened.ok) {
      this.post({ kind: "checked", ticket, faults: opened.faults, value: null });
      return;
    }
    const value = parameterValues(opened.model).get(parameter);
    const place = opened.model.municipalities.findIndex(({ id }) => id === municipality);
    this.post({
      kind: "checked",
      ticket,
      faults: [],
      value: (place < 0 ? value?.region : value?.local[place]) ?? null,
    });
  }
}
