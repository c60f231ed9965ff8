import { type Fault, ModelError } from "../core/errors.ts";
import type { Model } from "../model/model.ts";
import type { KeptRun } from "../results/scenarioRun.ts";
import type { DrawSettings } from "./draws.ts";
import { sumUpYears, type YearFans } from "./fans.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { BLOCK, type FigureKey } from "./plan/evaluation.ts";
import type { Amounts, Kept } from "./plan/keptRows.ts";
import { partOf, type Share, type SharePart } from "./shares.ts";
import { Simulation, type Stretch } from "./simulation.ts";
import { type SimulationResult, sumUpFigures } from "./summary.ts";

/** A simulation that is asked for: plain data, so that it can be sent to a worker. */
export interface SimulationTask {
  readonly model: Model;
  /** What is kept of the deterministic runs, the reference's among them. */
  readonly runs: readonly KeptRun[];
  readonly reference: number;
  readonly settings: DrawSettings;
}

/** What a runner says to a worker. Every message carries the revision of the question. */
export type SimulationRequest =
  | {
      readonly kind: "start";
      readonly revision: number;
      readonly task: SimulationTask;
      readonly stretch: Stretch;
    }
  | {
      /** Go on with other draws, later ones. */
      readonly kind: "goOn";
      readonly revision: number;
      readonly stretch: Stretch;
    }
  | {
      /** Give what has been worked out of the shares of others, and keep the own one. */
      readonly kind: "finish";
      readonly revision: number;
      readonly shares: readonly Share[];
      /** Place of the own share. */
      readonly own: number;
    }
  | {
      /** Sum the own share up over all draws. */
      readonly kind: "sumUp";
      readonly revision: number;
      /** What the others' draws gave of it. */
      readonly parts: readonly SharePart[];
    }
  | { readonly kind: "cancel"; readonly revision: number };

/** What a worker answers. */
export type SimulationAnswer =
  | { readonly kind: "progress"; readonly revision: number; readonly done: number }
  | {
      readonly kind: "finished";
      readonly revision: number;
      /** What the draws gave of each share; null for the own one. */
      readonly parts: readonly (SharePart | null)[];
    }
  | {
      readonly kind: "summedUp";
      readonly revision: number;
      /** Without fans; null where another sums them up. */
      readonly figures: SimulationResult | null;
      readonly years: readonly number[];
      readonly fans: readonly YearFans[];
    }
  | { readonly kind: "failed"; readonly revision: number; readonly fault: Fault };

/** What the engine has not and its host gives: a clock, and a pause in which messages come in. */
export interface SimulationHost {
  /** Milliseconds. */
  now(): number;
  /** Resolves after whatever waits has had its turn. */
  pause(): Promise<void>;
  /** Sends an answer; `buffers` are no longer needed here and may be handed over. */
  post(answer: SimulationAnswer, buffers: ArrayBuffer[]): void;
  createKernel(bytes: number): Kernel;
}

/** Milliseconds of work between two pauses, a block at least: a cancellation is heard at the end of a slice. */
const SLICE = 20;

/** What draws stand in: whoever sends them need not keep it. */
export function buffersOf(parts: readonly SharePart[]): ArrayBuffer[] {
  const kept = parts.flatMap(({ figures, years }): Iterable<Kept<Amounts>>[] => [
    figures ? [figures] : [],
    years,
  ]);
  const pieces = kept.flatMap((some) => [...some].flatMap((one) => one.pieces));
  return [...new Set(pieces.map(({ amounts }) => amounts.buffer as ArrayBuffer))];
}

/** What a worker sums up: its own draws of its share, and what else that takes. */
interface OwnShare {
  readonly share: Share;
  readonly part: SharePart;
  readonly keys: readonly FigureKey[];
  readonly settings: DrawSettings;
}

/**
 * The worker's side: works out one stretch after the other, in slices, and drops all when a newer question or a cancellation
 * comes.
 */
export class SimulationService {
  private revision = -1;
  /** Of the question in hand, until its draws are given; then what is kept of them. */
  private simulation: Simulation | null = null;
  private kept: OwnShare | null = null;
  /** Of the question before: whoever is asked often would hold the memory of several, which nobody cleans up at once. */
  private kernel: Kernel | null = null;

  constructor(private readonly host: SimulationHost) {}

  /** A kernel with so many bytes of memory, all 0. Only one simulation at a time has it. */
  private createKernel(bytes: number): Kernel {
    const { kernel } = this;
    if (kernel && kernel.numbers.byteLength >= bytes) {
      kernel.numbers.fill(0);
      return kernel;
    }
    this.kernel = this.host.createKernel(bytes);
    return this.kernel;
  }

  /** A kernel with so many bytes of memory, whatever stands there: that of a simulation serves when its draws are in. */
  private anyKernel(bytes: number): Kernel {
    const { kernel } = this;
    if (kernel && kernel.numbers.byteLength >= bytes) return kernel;
    this.kernel = this.host.createKernel(bytes);
    return this.kernel;
  }

  async take(request: SimulationRequest): Promise<void> {
    const { kind, revision } = request;
    if (kind === "start") this.begin(revision);
    if (this.revision !== revision) return;
    try {
      if (kind === "cancel") this.begin(-1);
      else if (kind === "start") await this.start(request);
      else if (kind === "goOn") await this.goOn(request);
      else if (kind === "finish") this.finish(request);
      else await this.sumUp(request);
    } catch (error) {
      if (this.revision !== revision) return;
      const fault =
        error instanceof ModelError
          ? error.fault
          : { code: "UNEXPECTED", path: "", found: error instanceof Error ? error.message : String(error) };
      this.host.post({ kind: "failed", revision, fault }, []);
    }
  }

  /** Turns to a question, −1 for none: what is left of another is dropped. */
  private begin(revision: number): void {
    this.revision = revision;
    this.simulation = null;
    this.kept = null;
  }

  private async start({ task, stretch, revision }: SimulationRequest & { kind: "start" }): Promise<void> {
    const { host } = this;
    const { model, runs, reference, settings } = task;
    await host.pause();
    if (this.revision !== revision) return;
    const createKernel = (bytes: number) => this.createKernel(bytes);
    const simulation = new Simulation(model, runs, reference, settings, createKernel, stretch);
    this.simulation = simulation;
    await this.work(simulation, revision);
  }

  private async goOn({ stretch, revision }: SimulationRequest & { kind: "goOn" }): Promise<void> {
    const { simulation } = this;
    if (!simulation) return;
    simulation.goOn(stretch);
    await this.work(simulation, revision);
  }

  private async work(simulation: Simulation, revision: number): Promise<void> {
    const { host } = this;
    // Whole blocks: a part of one takes nearly as long.
    let blocks = 1;
    while (!simulation.finished) {
      await host.pause();
      if (this.revision !== revision) return;
      const from = host.now();
      simulation.advance(blocks * BLOCK);
      const took = Math.max(0.1, host.now() - from);
      blocks = Math.max(1, Math.min(4 * blocks, Math.round((blocks * SLICE) / took)));
      host.post({ kind: "progress", revision, done: simulation.done }, []);
    }
  }

  private finish({ own, revision, shares }: SimulationRequest & { kind: "finish" }): void {
    const { host, simulation } = this;
    const share = shares[own];
    if (!simulation || !share) return;
    this.simulation = null;
    const { keys, settings } = simulation;
    const drawn = simulation.part();
    this.kept = { share, part: partOf(drawn, share), keys, settings };
    const parts = shares.map((other) => (other === share ? null : partOf(drawn, other)));
    host.post({ kind: "finished", revision, parts }, buffersOf(parts.filter((part) => part !== null)));
  }

  private async sumUp({ parts: others, revision }: SimulationRequest & { kind: "sumUp" }): Promise<void> {
    const { kept } = this;
    if (!kept) return;
    const { keys, part, settings, share } = kept;
    const parts = [part, ...others];
    const createKernel = (bytes: number) => this.anyKernel(bytes);
    const figures = share.figures
      ? await this.inSlices(sumUpFigures({ keys, settings, parts }, createKernel), revision)
      : null;
    if (this.revision !== revision) return;
    const fans = await this.inSlices(sumUpYears(parts, createKernel), revision);
    if (!fans) return;
    this.kept = null;
    this.host.post({ kind: "summedUp", revision, figures, years: share.years, fans }, []);
  }

  /** Works something out with pauses; null once another question has come. */
  private async inSlices<Result>(
    work: Generator<undefined, Result>,
    revision: number,
  ): Promise<Result | null> {
    const { host } = this;
    let from = host.now();
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      if (host.now() - from < SLICE) continue;
      await host.pause();
      if (this.revision !== revision) return null;
      from = host.now();
    }
  }
}
