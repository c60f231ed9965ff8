import type { Fault } from "../core/errors.ts";
import { keptRun } from "../results/scenarioRun.ts";
import type { YearFans } from "./fans.ts";
import { BLOCK } from "./plan/evaluation.ts";
import { divide, type Share, type SharePart } from "./shares.ts";
import type { Stretch } from "./simulation.ts";
import {
  buffersOf,
  type SimulationAnswer,
  type SimulationRequest,
  type SimulationTask,
} from "./simulationService.ts";
import { type SimulationResult, withFans } from "./summary.ts";

/** A way to a worker, wherever it runs: in this thread, in a worker of Node, in one of the browser. */
export interface SimulationPort {
  /** Sends a request; `buffers` are no longer needed here and may be handed over. */
  post(request: SimulationRequest, buffers?: ArrayBuffer[]): void;
  onAnswer(listener: (answer: SimulationAnswer) => void): void;
  /** The worker itself has died. */
  onFailure(listener: (message: string) => void): void;
  close(): void;
}

/** How a question ended. */
export type SimulationOutcome =
  | { readonly kind: "finished"; readonly result: SimulationResult }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly fault: Fault };

interface Question {
  readonly revision: number;
  readonly task: SimulationTask;
  /** What each worker sums up in the end; those that were given no draws have no share. */
  shares: readonly Share[];
  /** What each worker's draws gave of the share of each other; null where it keeps that itself. */
  readonly parts: Map<number, readonly (SharePart | null)[]>;
  /** What came of the figures, without their fans; of the amounts of each year; and of how many shares. */
  summary: SimulationResult | null;
  readonly fans: YearFans[];
  summedUp: number;
  /** The first draw that nobody has been given yet. */
  next: number;
  /** How many draws each worker has been given, and has worked out. */
  readonly given: number[];
  readonly done: number[];
  readonly progress: (done: number, total: number) => void;
  readonly end: (outcome: SimulationOutcome) => void;
}

/**
 * Deals a simulation out to workers, as they get on, lets each sum a share of it up over the draws of all, and puts that
 * together. A newer question, or `cancel`, ends the one in hand at once; what still comes in of it is dropped. The result
 * has the same bits for any number of workers.
 *
 * @source model.md section 8
 */
export class SimulationRunner {
  private readonly ports: (SimulationPort | null)[];
  private question: Question | null = null;
  private revision = 0;

  /**
   * @param open opens a way to a worker
   * @param workers how many to keep
   */
  constructor(
    private readonly open: () => SimulationPort,
    workers: number,
  ) {
    this.ports = Array.from({ length: Math.max(1, workers) }, () => null);
  }

  /** Starts the workers, so that the first question need not wait for them. */
  warmUp(): void {
    for (const place of this.ports.keys()) this.port(place);
  }

  /**
   * Works out a simulation.
   *
   * @param progress told how many of the draws are done
   */
  run(
    task: SimulationTask,
    progress: (done: number, total: number) => void = () => {},
  ): Promise<SimulationOutcome> {
    this.cancel();
    this.revision += 1;
    const { revision } = this;
    return new Promise((end) => {
      const question: Question = {
        revision,
        task,
        shares: [],
        parts: new Map(),
        summary: null,
        fans: [],
        summedUp: 0,
        next: 0,
        given: this.ports.map(() => 0),
        done: this.ports.map(() => 0),
        progress,
        end,
      };
      this.question = question;
      const sent = { ...task, runs: task.runs.map(keptRun) };
      for (const place of this.ports.keys()) {
        const stretch = this.deal(question, place);
        if (stretch) this.port(place).post({ kind: "start", revision, task: sent, stretch });
      }
      const workers = question.given.filter((count) => count > 0).length;
      question.shares = divide(task.model.time.years, workers);
    });
  }

  /**
   * The next draws for a worker; null when there are none left. Half of its even share of what is left, in whole blocks:
   * ever fewer, so that all workers end together, whoever begins later or is held up.
   */
  private deal(question: Question, place: number): Stretch | null {
    const first = question.next;
    const left = question.task.settings.draws - first;
    if (left <= 0) return null;
    const count = Math.min(left, BLOCK * Math.ceil(left / (2 * this.ports.length * BLOCK)));
    question.next += count;
    question.given[place] = (question.given[place] as number) + count;
    return { first, count };
  }

  /** Ends the question in hand. */
  cancel(): void {
    const { question } = this;
    if (!question) return;
    this.question = null;
    for (const port of this.ports) port?.post({ kind: "cancel", revision: question.revision });
    question.end({ kind: "cancelled" });
  }

  /** Closes all ways. */
  close(): void {
    this.cancel();
    for (const [place, port] of this.ports.entries()) {
      port?.close();
      this.ports[place] = null;
    }
  }

  private port(place: number): SimulationPort {
    const known = this.ports[place];
    if (known) return known;
    const port = this.open();
    this.ports[place] = port;
    port.onAnswer((answer) => {
      if (this.ports[place] === port) this.take(place, answer);
    });
    port.onFailure((message) => {
      if (this.ports[place] !== port) return;
      this.ports[place] = null;
      port.close();
      this.fail({ code: "UNEXPECTED", path: "", found: message });
    });
    return port;
  }

  private fail(fault: Fault): void {
    const { question } = this;
    if (!question) return;
    this.question = null;
    for (const port of this.ports) port?.post({ kind: "cancel", revision: question.revision });
    question.end({ kind: "failed", fault });
  }

  private take(place: number, answer: SimulationAnswer): void {
    const { question } = this;
    if (!question || answer.revision !== question.revision) return;
    if (answer.kind === "failed") this.fail(answer.fault);
    else if (answer.kind === "progress") {
      question.done[place] = answer.done;
      question.progress(
        question.done.reduce((sum, done) => sum + done, 0),
        question.task.settings.draws,
      );
      if (this.question === question && answer.done === question.given[place]) this.goOn(question, place);
    } else if (answer.kind === "finished") {
      question.parts.set(place, answer.parts);
      if (question.parts.size === question.shares.length) this.sumUp(question);
    } else {
      question.summary ??= answer.figures;
      for (const [item, fans] of answer.fans.entries()) question.fans[answer.years[item] as number] = fans;
      question.summedUp += 1;
      this.finish(question);
    }
  }

  /** Lets a worker go on that has worked out what it was given. */
  private goOn(question: Question, place: number): void {
    const { revision, shares } = question;
    const stretch = this.deal(question, place);
    this.port(place).post(
      stretch ? { kind: "goOn", revision, stretch } : { kind: "finish", revision, shares, own: place },
    );
  }

  /** Gives each worker what the others have of its share, once all draws are worked out. */
  private sumUp({ parts, revision, shares }: Question): void {
    for (const place of shares.keys()) {
      const others = [...parts.values()].flatMap((given) => given[place] ?? []);
      this.port(place).post({ kind: "sumUp", revision, parts: others }, buffersOf(others));
    }
  }

  /** Gives the answer, once all shares have been summed up. */
  private finish({ end, fans, shares, summary, summedUp }: Question): void {
    if (!summary || summedUp < shares.length) return;
    this.question = null;
    end({ kind: "finished", result: withFans(summary, fans) });
  }
}

/** A worker in this very thread. */
export function inlinePort(
  serve: (post: (answer: SimulationAnswer) => void) => { take(request: SimulationRequest): Promise<void> },
): SimulationPort {
  let open = true;
  let answerTo: (answer: SimulationAnswer) => void = () => {};
  const service = serve((answer) => {
    if (open) answerTo(answer);
  });
  return {
    post: (request) => void service.take(request),
    onAnswer: (listener) => {
      answerTo = listener;
    },
    onFailure: () => {},
    close: () => {
      open = false;
    },
  };
}
