/** The long answers: the programme of every scenario. A newer request is taken up between two scenarios. */
import {
  type KeptAllocation,
  keepAllocation,
  type Model,
  ModelError,
  reportCase,
  runCase,
  runScenario,
  type ScenarioRun,
  SharedRuns,
  type Solver,
} from "../../models/index.ts";
import { csvPack, validateCase } from "../../scenarios/index.ts";
import { breathe } from "./breathe.ts";
import { type CaseView, CaseViewer, inOrder } from "./caseView.ts";
import { type JobAnswer, type JobRequest, unexpected } from "./protocol.ts";

type Csv = Extract<JobRequest, { kind: "csv" }>;
type Solve = Extract<JobRequest, { kind: "solve" }>;

export class Job {
  private newest = -1;

  constructor(
    private readonly solver: Solver,
    private readonly post: (answer: JobAnswer) => void,
  ) {}

  async take(request: JobRequest): Promise<void> {
    const opened = validateCase(request.caseFile);
    const { revision } = request;
    if (!opened.ok) return this.post({ kind: "failed", revision, faults: opened.faults });
    try {
      if (request.kind === "csv") this.csv(opened.model, request);
      else await this.solve(opened.model, request);
    } catch (error) {
      const fault = error instanceof ModelError ? error.fault : unexpected(String(error));
      this.post({ kind: "failed", revision, faults: [fault] });
    }
  }

  private async solve(model: Model, { revision, first }: Solve): Promise<void> {
    const start = performance.now();
    this.newest = revision;
    const { order, lookedAt } = inOrder(model, first);
    const shared = new SharedRuns(model);
    const runs = new Map<number, ScenarioRun>();
    const kept: Record<string, KeptAllocation> = {};
    for (const [done, index] of order.entries()) {
      const scenario = model.scenarios[index];
      if (!scenario) continue;
      this.post({ kind: "progress", revision, done, total: order.length, label: scenario.label });
      await breathe();
      if (this.newest !== revision) return;
      const run = runScenario(model, index, this.solver, { shared });
      runs.set(index, run);
      kept[scenario.id] = keepAllocation(model, run);
      if (done + 1 === lookedAt && lookedAt < order.length)
        this.post({ kind: "part", revision, view: viewOf(model, runs) });
    }
    this.post({
      kind: "solved",
      revision,
      view: viewOf(model, runs),
      kept,
      milliseconds: performance.now() - start,
    });
  }

  private csv(model: Model, { revision, caseFile, request }: Csv): void {
    const report = reportCase(model, runCase(model, this.solver));
    const files = csvPack(caseFile, model, report, request);
    this.post({ kind: "csv", revision, files });
  }
}

function viewOf(model: Model, runs: ReadonlyMap<number, ScenarioRun>): CaseView {
  const reference = runs.get(model.reference);
  if (!reference) throw new RangeError("no run of the reference");
  return new CaseViewer(model, reference).view(runs);
}
