/** Asks the two workers and lets only answers to the newest revision through. */
import type { Fault } from "../../models/index.ts";
import type { BusinessCase } from "../../scenarios/index.ts";
import {
  type CsvRequest,
  type CsvTables,
  type JobAnswer,
  type JobRequest,
  type LiveAnswer,
  type LiveRequest,
  unexpected,
} from "./protocol.ts";

/** The part of a Worker that is used, so that tests need none. */
export interface Port<Request, Answer> {
  post(request: Request): void;
  onAnswer(listener: (answer: Answer) => void): void;
  onFailure(listener: (message: string) => void): void;
  terminate(): void;
}

export interface Ports {
  live(): Port<LiveRequest, LiveAnswer>;
  job(): Port<JobRequest, JobAnswer>;
}

export type Computed = Extract<LiveAnswer, { kind: "computed" }>;
export type Others = Extract<LiveAnswer, { kind: "others" }>;
export type Part = Extract<JobAnswer, { kind: "part" }>;
export type Solved = Extract<JobAnswer, { kind: "solved" }>;
export type Progress = Extract<JobAnswer, { kind: "progress" }>;

export interface RunListener {
  computed(answer: Computed): void;
  /** First figures of more scenarios. */
  others(answer: Others): void;
  faults(revision: number, faults: readonly Fault[]): void;
  progress(progress: Progress | null): void;
  /** The scenarios that are looked at; the programme goes on. */
  part(answer: Part): void;
  solved(answer: Solved): void;
  /** The programme of the newest revision has no answer: faults, or null when it was cancelled. */
  unsolved(revision: number, faults: readonly Fault[] | null): void;
}

/** Milliseconds of rest after the last edit before the programme is solved. */
const REST = 150;
/** Milliseconds that a solve in hand may keep a newer request waiting before it is killed. */
const PATIENCE = 600;
/** Rounds of warming up: figures came sooner and sooner until about the fifteenth edit of the largest shipped case. */
const WARM_UPS = 15;

/** A computation with its case, whether that is sent or was sent ahead. */
type Asked = Extract<LiveRequest, { kind: "compute" }> & { readonly caseFile: BusinessCase };

export class Runner {
  private revision = -1;
  private live: Port<LiveRequest, LiveAnswer>;
  private job: Port<JobRequest, JobAnswer>;
  private liveBusy = false;
  private waiting: Asked | null = null;
  /** Asked last of the live worker. */
  private asked: Asked | null = null;
  /** Sent ahead last, and not asked for yet. */
  private aheadOf: { readonly caseFile: BusinessCase; readonly first: readonly string[] } | null = null;
  /** Whether the code of the live worker has run a few times. */
  private warm = false;
  private rest: ReturnType<typeof setTimeout> | undefined;
  private patience: ReturnType<typeof setTimeout> | undefined;
  /** Revision of the last solve that has not answered. */
  private solving: number | null = null;
  private tickets = 0;
  private readonly checks = new Map<number, (answer: Extract<LiveAnswer, { kind: "checked" }>) => void>();

  constructor(
    private readonly ports: Ports,
    private readonly listener: RunListener,
  ) {
    this.live = this.openLive();
    this.job = this.openJob();
  }

  /** Computes a new revision: first figures at once, the programme when the edits rest, both from the scenarios looked at on. */
  compute(
    revision: number,
    caseFile: BusinessCase,
    immediately = false,
    first: readonly string[] = [],
  ): void {
    this.revision = revision;
    const request = { kind: "compute", revision, caseFile, first } as const;
    this.asked = request;
    if (this.liveBusy) this.waiting = request;
    else this.sendLive(request);
    clearTimeout(this.rest);
    this.rest = setTimeout(
      () => this.sendJob({ kind: "solve", revision, caseFile, first }),
      immediately ? 0 : REST,
    );
  }

  /** Has the quick worker begin on a case that is still being checked. It answers when the case is asked for as it is. */
  ahead(caseFile: BusinessCase, first: readonly string[]): void {
    if (this.liveBusy) return;
    this.aheadOf = { caseFile, first };
    this.live.post({ kind: "ahead", caseFile, first });
  }

  /** Kills the programme in hand. */
  cancel(): void {
    clearTimeout(this.rest);
    this.restartJob();
    this.listener.progress(null);
    this.listener.unsolved(this.revision, null);
  }

  /** Forgets the case: answers that are still under way belong to nothing. */
  forget(): void {
    this.revision = -1;
    clearTimeout(this.rest);
    this.waiting = null;
    this.asked = null;
    this.live.post({ kind: "keep", kept: {} });
    this.warm = false;
    this.listener.progress(null);
  }

  /** What a case with a tried value says about one parameter. */
  check(
    caseFile: BusinessCase,
    parameter: string,
    municipality: string | null,
  ): Promise<Extract<LiveAnswer, { kind: "checked" }>> {
    this.tickets += 1;
    const ticket = this.tickets;
    return new Promise((resolve) => {
      this.checks.set(ticket, resolve);
      this.live.post({ kind: "check", ticket, caseFile, parameter, municipality });
    });
  }

  /**
   * The CSV pack of a case, made by a worker of its own: edits and cancelling the programme leave it alone.
   *
   * @param stopped ends the work; there are no tables then, and no faults
   */
  csv(caseFile: BusinessCase, request: CsvRequest, stopped?: AbortSignal): Promise<CsvTables> {
    const port = this.ports.job();
    return new Promise((resolve) => {
      const end = (tables: CsvTables) => {
        port.terminate();
        resolve(tables);
      };
      port.onAnswer((answer) => {
        if (answer.kind === "csv") end({ ok: true, files: answer.files });
        else if (answer.kind === "failed") end({ ok: false, faults: answer.faults });
      });
      port.onFailure((message) => end({ ok: false, faults: [unexpected(message)] }));
      stopped?.addEventListener("abort", () => end({ ok: false, faults: [] }), { once: true });
      port.post({ kind: "csv", revision: this.revision, caseFile, request });
    });
  }

  private sendLive(request: Asked): void {
    this.liveBusy = true;
    const { aheadOf } = this;
    this.aheadOf = null;
    const sent = aheadOf?.caseFile === request.caseFile && aheadOf.first.join() === request.first.join();
    this.live.post(sent ? { ...request, caseFile: null } : request);
  }

  private sendJob(request: Extract<JobRequest, { kind: "solve" }>): void {
    this.job.post(request);
    clearTimeout(this.patience);
    // A solve cannot be interrupted: one that is in hand may be long, and what it answers is stale.
    if (this.solving !== null)
      this.patience = setTimeout(() => {
        this.restartJob();
        this.solving = request.revision;
        this.job.post(request);
      }, PATIENCE);
    this.solving = request.revision;
  }

  /** When there is an allocation to compute on and nothing else to do; at length once per case. */
  private warmUp(): void {
    if (!this.asked || this.liveBusy) return;
    this.live.post({ ...this.asked, kind: "warm", rounds: this.warm ? 1 : WARM_UPS });
    this.warm = true;
  }

  private restartJob(): void {
    clearTimeout(this.patience);
    this.solving = null;
    this.job.terminate();
    this.job = this.openJob();
  }

  private openLive(): Port<LiveRequest, LiveAnswer> {
    const port = this.ports.live();
    port.onAnswer((answer) => this.takeLive(answer));
    port.onFailure((message) => {
      this.liveBusy = false;
      this.listener.faults(this.revision, [unexpected(message)]);
    });
    return port;
  }

  private openJob(): Port<JobRequest, JobAnswer> {
    const port = this.ports.job();
    port.onAnswer((answer) => {
      if (port === this.job) this.takeJob(answer);
    });
    port.onFailure((message) => {
      clearTimeout(this.patience);
      this.solving = null;
      this.listener.progress(null);
      this.listener.unsolved(this.revision, [unexpected(message)]);
    });
    return port;
  }

  private takeLive(answer: LiveAnswer): void {
    if (answer.kind === "checked") {
      this.checks.get(answer.ticket)?.(answer);
      this.checks.delete(answer.ticket);
      return;
    }
    if (answer.kind === "others") {
      if (answer.revision === this.revision) this.listener.others(answer);
      return;
    }
    this.liveBusy = false;
    if (this.waiting) {
      const next = this.waiting;
      this.waiting = null;
      this.sendLive(next);
    }
    if (answer.revision !== this.revision) return;
    if (answer.kind === "computed") this.listener.computed(answer);
    else this.listener.faults(answer.revision, answer.faults);
  }

  private takeJob(answer: JobAnswer): void {
    if (answer.kind === "ready" || answer.kind === "csv") return;
    const ended = answer.kind !== "progress" && answer.kind !== "part";
    if (answer.revision === this.solving) {
      clearTimeout(this.patience);
      if (ended) this.solving = null;
    }
    if (answer.revision !== this.revision) return;
    if (ended) this.listener.progress(null);
    if (answer.kind === "progress") this.listener.progress(answer);
    else if (answer.kind === "part") this.listener.part(answer);
    else if (answer.kind === "solved") {
      this.live.post({ kind: "keep", kept: answer.kept });
      this.listener.solved(answer);
      this.warmUp();
    } else this.listener.unsolved(answer.revision, answer.faults);
  }
}
