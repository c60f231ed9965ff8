import type { Fault } from "../core/errors.ts";
import { keptRun } from "../results/scenarioRun.ts";
import type { YearFans, YearsPart } from "./fans.ts";
import { BLOCK, type FigureKey } from "./plan/evaluation.ts";
import type { Kept } from "./plan/keptRows.ts";
import type { SimulationPart, Stretch } from "./simulation.ts";
import {
  buffersOf,
  type SimulationAnswer,
  type SimulationRequest,
  type SimulationTask,
} from "./simulationService.ts";
import { type DrawnFigures, type FiguresPart, type SimulationResult, withFans } from "./summary.ts";

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
  /** What came of the draws: a part per worker that had any; and of the figures, without their fans. */
  readonly parts: SimulationPart[];
  summary: SimulationResult | null;
  /** What came of the amounts of each year. */
  readonly fans: Map<number, YearFans>;
  /** The first draw that nobody has been given yet. */
  next: number;
  /** How many draws each worker has been given, and has worked out. */
  readonly given: number[];
  readonly done: number[];
  readonly progress: (done: number, total: number) => void;
  readonly end: (outcome: SimulationOutcome) => void;
}

/**
 * Deals a simulation out to workers, as they get on, and puts their parts together. A newer question, or `cancel`, ends the one in hand
 * at once; what still comes in of it is dropped. The result has the same bits for any number of workers.
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
      const question = {
        revision,
        task,
        parts: [],
        summary: null,
        fans: new Map(),
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
    } else if (answer.kind === "finished") this.gather(question, answer.keys, answer.part);
    else {
      question.summary ??= answer.figures;
      for (const [place, year] of answer.years.entries())
        question.fans.set(year, answer.fans[place] as YearFans);
      this.finish(question);
    }
  }

  /** Lets a worker go on that has worked out what it was given. */
  private goOn(question: Question, place: number): void {
    const { revision } = question;
    const stretch = this.deal(question, place);
    this.port(place).post(stretch ? { kind: "goOn", revision, stretch } : { kind: "finish", revision });
  }

  /** Takes the draws of one worker. When all are in, they are dealt out again to be summed up. */
  private gather(question: Question, keys: readonly FigureKey[], part: SimulationPart): void {
    const { parts, task } = question;
    parts.push(part);
    const worked = parts.reduce((sum, { count }) => sum + count, 0);
    if (worked === task.settings.draws) this.sumUp(question, keys);
  }

  /** Gives each worker some years to sum up, and one of them the figures. */
  private sumUp({ parts, revision, task }: Question, keys: readonly FigureKey[]): void {
    const ports = this.ports.filter((port) => port !== null);
    const columns = parts[0]?.years.map(({ width }) => width) ?? [];
    const figures = COLUMN_OF_FIGURES * (parts[0]?.figures.width ?? 0);
    const shares = divide([...columns, figures], ports.length);
    for (const [place, port] of ports.entries()) {
      const share = shares[place] as number[];
      if (share.length === 0) continue;
      const hasFigures = share.includes(columns.length);
      const years = share.filter((year) => year < columns.length);
      const drawn: DrawnFigures | null = hasFigures
        ? { keys, settings: task.settings, parts: parts.map(figuresPart) }
        : null;
      const amounts = parts.map((part) => yearsPart(part, years));
      const buffers = buffersOf(
        ...amounts.flatMap((own) => own.years),
        ...(drawn?.parts.map((own) => own.figures) ?? []),
      );
      port.post({ kind: "sumUp", revision, figures: drawn, years, parts: amounts }, buffers);
    }
  }

  /** Gives the answer, once the figures and all years have been summed up. */
  private finish({ end, fans, parts, summary }: Question): void {
    const years = parts[0]?.years.map((_, year) => fans.get(year)) ?? [];
    if (!summary || !years.every((year) => year !== undefined)) return;
    this.question = null;
    end({ kind: "finished", result: withFans(summary, years) });
  }
}

/** How much longer a column of figures takes than one of a year: 64 bits, and their spread. */
const COLUMN_OF_FIGURES = 4;

function figuresPart({ count, figures, invalid, invalidDraws }: SimulationPart): FiguresPart {
  return { count, figures, invalid, invalidDraws };
}

function yearsPart({ count, invalidDraws, years: all }: SimulationPart, years: readonly number[]): YearsPart {
  return { count, invalidDraws, years: years.map((year) => all[year] as Kept<Float32Array>) };
}

/** Divides work over workers, the largest first, each to whoever has least so far: the places of each worker's. */
function divide(sizes: readonly number[], workers: number): number[][] {
  const shares = Array.from({ length: workers }, () => ({ places: [] as number[], size: 0 }));
  const largest = [...sizes.keys()].sort((a, b) => (sizes[b] as number) - (sizes[a] as number));
  for (const place of largest) {
    const least = shares.reduce((best, share) => (share.size < best.size ? share : best));
    least.places.push(place);
    least.size += sizes[place] as number;
  }
  return shares.map(({ places }) => places);
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
