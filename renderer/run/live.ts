/** The quick answers: everything but the programme. A newer case is taken up between two scenarios. */
import {
  type Fault,
  KeptStrata,
  type Model,
  ModelError,
  runKept,
  type ScenarioRun,
  type SharedCourses,
  SharedRuns,
} from "../../models/index.ts";
import { type BusinessCase, KnownParts, structureOf, validateCase } from "../../scenarios/index.ts";
import { breathe } from "./breathe.ts";
import { CaseViewer, inOrder, outlineOf, parameterValues } from "./caseView.ts";
import type { KeptAllocations, LiveAnswer, LiveRequest } from "./protocol.ts";

type Compute = Extract<LiveRequest, { kind: "compute" }>;
type Warm = Extract<LiveRequest, { kind: "warm" }>;
type Ahead = Extract<LiveRequest, { kind: "ahead" }>;
type Check = Extract<LiveRequest, { kind: "check" }>;

/** Scenarios that the first answer rests on: the reference, and the one whose figures are the headline. */
const AT_ONCE = 2;

/** Courses that are kept for the next case. */
const MOST_COURSES = 1_000;

/** The first figures of a case, and what is needed to go on. */
interface Started {
  readonly shared: SharedRuns;
  /** Runs that were worked out and that the first answer does not tell of. */
  readonly untold: ReadonlyMap<number, ScenarioRun>;
  readonly order: readonly number[];
  readonly lookedAt: number;
  readonly viewer: CaseViewer | null;
  readonly figures: Pick<Extract<LiveAnswer, { kind: "computed" }>, "outline" | "values" | "view">;
}

/** A case that was worked out and not posted yet, or what is wrong with it. */
type Prepared =
  | (Started & { readonly model: Model; readonly warnings: readonly Fault[]; readonly milliseconds: number })
  | { readonly faults: readonly Fault[] };

/** Computes with the allocations kept so far. Pure, so that it is tested without a worker. */
export class Live {
  private kept: KeptAllocations = {};
  private newest: LiveRequest | null = null;
  /** Courses worked out before: most edits leave most of them as they are. */
  private courses: SharedCourses = new Map();
  private coursesOf = "";
  private readonly parts = new KnownParts();
  private readonly strata = new KeptStrata();
  private ahead: { readonly request: Ahead; readonly prepared: Prepared | null } | null = null;

  constructor(private readonly post: (answer: LiveAnswer) => void) {}

  async take(request: LiveRequest): Promise<void> {
    if (request.kind === "check") return this.check(request);
    if (request.kind === "keep") {
      this.kept = request.kept;
      return;
    }
    if (request.kind === "ahead") {
      this.ahead = { request, prepared: this.prepareAhead(request) };
      return;
    }
    const { revision } = request;
    this.newest = request;
    try {
      await (request.kind === "warm" ? this.warm(request) : this.compute(request));
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      if (request.kind === "compute") this.post({ kind: "faults", revision, faults: [error.fault] });
    }
  }

  /**
   * Works out the first figures for nobody: code that has run before runs several times as fast, and what holds is kept.
   * Gives way between any two steps, also to a case that is sent ahead.
   */
  private async warm(request: Warm): Promise<void> {
    const { caseFile, first, rounds } = request;
    const { ahead } = this;
    const overtaken = () => this.newest !== request || this.ahead !== ahead;
    for (let round = rounds; round > 0; round -= 1) {
      await breathe();
      if (overtaken()) return;
      const opened = this.open(caseFile);
      if (!opened.ok) return;
      const { model } = opened;
      // An edit works some strata out anew, and finds others again: both ways are gone by turns, the second one last.
      const steps =
        round % 2 === 0
          ? this.steps(model, first, new Map(), new KeptStrata())
          : this.steps(model, first, this.coursesFor(model), this.strata.for(structureOf(caseFile)));
      for (let step = steps.next(); !step.done; step = steps.next()) {
        await breathe();
        if (overtaken()) return;
      }
    }
  }

  /** The first figures, in steps between which a worker may turn to something else. */
  private *steps(
    model: Model,
    first: readonly string[],
    courses: SharedCourses,
    strata: KeptStrata,
  ): Generator<void, Started> {
    const shared = new SharedRuns(model, undefined, courses, strata);
    const { order, lookedAt } = inOrder(model, first);
    const runs = new Map<number, ScenarioRun>();
    for (const index of order.slice(0, AT_ONCE)) {
      for (const [place, run] of this.run(model, index, shared)) runs.set(place, run);
      yield;
    }
    const reference = runs.get(model.reference);
    const viewer = reference ? new CaseViewer(model, reference) : null;
    const looked = model.scenarios.findIndex(({ id }) => id === first[0]);
    const headline = looked < 0 ? model.reference : looked;
    const told = new Map([...runs].filter(([index]) => index === headline));
    const untold = new Map([...runs].filter(([index]) => index !== headline));
    const figures = {
      outline: outlineOf(model),
      values: parameterValues(model),
      view: viewer?.view(told) ?? null,
    };
    return { shared, untold, order, lookedAt, viewer, figures };
  }

  private async compute(request: Compute): Promise<void> {
    const { revision, first } = request;
    const { ahead } = this;
    this.ahead = null;
    const caseFile = request.caseFile ?? ahead?.request.caseFile;
    if (!caseFile) throw new RangeError("no case was sent ahead");
    const known = request.caseFile === null ? ahead?.prepared : null;
    const prepared = known ?? this.prepare(caseFile, first);
    if ("faults" in prepared) return this.post({ kind: "faults", revision, faults: prepared.faults });
    const { model, warnings, shared, untold, order, lookedAt, viewer, figures, milliseconds } = prepared;
    this.post({ kind: "computed", revision, ...figures, warnings, milliseconds });
    if (!viewer) return;
    const [soon, later] = [order.slice(AT_ONCE, lookedAt), order.slice(Math.max(AT_ONCE, lookedAt))];
    for (const group of [[...untold.keys(), ...soon], later]) {
      const views: ReturnType<CaseViewer["view"]>[] = [];
      for (const index of group) {
        await breathe();
        if (this.newest !== request) return;
        const run = untold.get(index);
        views.push(viewer.view(new Map(run ? [[index, run]] : this.run(model, index, shared))));
      }
      const [view] = views;
      if (view) {
        const scenarios = views.flatMap((each) => each.scenarios);
        this.post({ kind: "others", revision, view: { ...view, scenarios } });
      }
    }
  }

  private prepare(caseFile: BusinessCase, first: readonly string[], values = true): Prepared {
    const start = performance.now();
    const opened = this.open(caseFile, values);
    if (!opened.ok) return { faults: opened.faults };
    const { model, warnings } = opened;
    const strata = this.strata.for(structureOf(caseFile));
    const steps = this.steps(model, first, this.coursesFor(model), strata);
    let step = steps.next();
    while (!step.done) step = steps.next();
    const started = step.value;
    return { model, warnings, ...started, milliseconds: performance.now() - start };
  }

  /**
   * Without a check of the values, for only a case that has passed it is asked for. Null where it does not work: that is
   * told when the case is asked for, if ever.
   */
  private prepareAhead({ caseFile, first }: Ahead): Prepared | null {
    try {
      return this.prepare(caseFile, first, false);
    } catch {
      return null;
    }
  }

  private open(caseFile: BusinessCase, values = true) {
    return validateCase(caseFile, { known: this.parts, values });
  }

  private coursesFor({ time, states }: Model): SharedCourses {
    const key = JSON.stringify([time, states.length]);
    if (key !== this.coursesOf || this.courses.size > MOST_COURSES) this.courses = new Map();
    this.coursesOf = key;
    return this.courses;
  }

  /** The run of a scenario on its kept allocation; nothing while there is none. */
  private run(model: Model, index: number, shared: SharedRuns): [number, ScenarioRun][] {
    const kept = this.kept[model.scenarios[index]?.id ?? ""];
    return kept ? [[index, runKept(model, index, shared.valuesOf(index), kept, { shared })]] : [];
  }

  private check({ ticket, caseFile, parameter, municipality }: Check): void {
    const opened = this.open(caseFile);
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
