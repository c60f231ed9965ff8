import { availableParallelism } from "node:os";
import {
  type CaseRun,
  createKernel,
  LARGEST_DRAWS,
  LARGEST_SEED,
  type Model,
  type Sampling,
  type SensitivityTask,
  SimulationRunner,
  sobol,
  switchingValues,
  tornado,
  valueOfInformation,
} from "../../models/index.ts";
import type { UncertaintyResult } from "../../scenarios/index.ts";
import { type Language, texts } from "../../scenarios/text/index.ts";
import { openFile, Refusal, readCase, refuseCase } from "../case.ts";
import { writeUncertainty } from "../output/csv.ts";
import { uncertaintyAsText } from "../output/uncertainty.ts";
import { uncertaintyAsJson } from "../output/uncertaintyJson.ts";
import { LongWork } from "../progress.ts";
import { nodePort } from "../simulationPort.ts";
import { type RunOptions, runChosen } from "./run.ts";

export interface UncertaintyOptions extends RunOptions {
  readonly draws: string | undefined;
  readonly seed: string | undefined;
  readonly sampling: string | undefined;
  readonly method: string | undefined;
}

const METHODS = ["tornado", "switching", "sobol", "evppi"] as const;
type Method = (typeof METHODS)[number];

const SAMPLINGS: Readonly<Record<string, Sampling>> = { plain: "plain", latin: "latinHypercube" };

const [DRAWS, ROWS, SEED] = [10_000, 1_024, 1];

/** Workers beyond this many gain little, and take memory each. */
const MOST_WORKERS = 8;

function whole(
  option: string,
  text: string | undefined,
  otherwise: number,
  low: number,
  high: number,
  language: Language,
): number {
  if (text === undefined) return otherwise;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new Refusal(2, [texts(language).uncertainty.wrongNumber(option, text, String(low), String(high))]);
}

function samplingOf(text: string | undefined, language: Language): Sampling {
  const sampling = SAMPLINGS[text ?? "plain"];
  if (sampling) return sampling;
  const choices = Object.keys(SAMPLINGS).join(", ");
  throw new Refusal(2, [texts(language).uncertainty.wrongChoice("sampling", text ?? "", choices)]);
}

function methodOf(text: string | undefined, language: Language): Method {
  const method = METHODS.find((known) => known === text);
  if (method) return method;
  const words = texts(language).uncertainty;
  throw new Refusal(2, [
    text === undefined ? words.methodMissing : words.wrongChoice("method", text, METHODS.join(", ")),
  ]);
}

interface Prepared {
  readonly model: Model;
  readonly result: CaseRun;
  readonly task: SensitivityTask;
}

async function prepare(file: string, options: UncertaintyOptions, signal?: AbortSignal): Promise<Prepared> {
  const { model } = openFile(file, options.language);
  const result = await runChosen(file, model, options, signal);
  const { reference, referenceRun } = result;
  const runs = result.runs.includes(referenceRun) ? result.runs : [referenceRun, ...result.runs];
  return { model, result, task: { model, runs, reference } };
}

function write(
  file: string,
  { model, result }: Prepared,
  analysis: UncertaintyResult,
  { out: folder, json, language }: UncertaintyOptions,
): string {
  if (folder !== undefined)
    return writeUncertainty({ folder, text: readCase(file, language), language }, model, result, analysis);
  return json
    ? uncertaintyAsJson(model, result, analysis)
    : uncertaintyAsText(model, result, analysis, language);
}

/** Works out many draws, in workers. */
export async function simulate(file: string, options: UncertaintyOptions): Promise<string> {
  const { language } = options;
  const settings = {
    draws: whole("draws", options.draws, DRAWS, 1, LARGEST_DRAWS, language),
    seed: whole("seed", options.seed, SEED, 0, LARGEST_SEED, language),
    sampling: samplingOf(options.sampling, language),
  };
  const work = new LongWork(language);
  const runner = new SimulationRunner(() => nodePort(), Math.min(MOST_WORKERS, availableParallelism()));
  work.signal.addEventListener("abort", () => runner.cancel());
  try {
    const prepared = await prepare(file, options, work.signal);
    work.check();
    const outcome = await runner.run({ ...prepared.task, settings }, (done, total) =>
      work.show(done / total),
    );
    work.end();
    if (outcome.kind === "failed") throw refuseCase(file, [outcome.fault], language);
    if (outcome.kind === "cancelled") throw new Refusal(130, [texts(language).uncertainty.cancelled]);
    return write(file, prepared, { kind: "simulation", result: outcome.result }, options);
  } finally {
    runner.close();
  }
}

/** Says which assumption counts. */
export async function sensitivity(file: string, options: UncertaintyOptions): Promise<string> {
  const { language } = options;
  const method = methodOf(options.method, language);
  const seed = whole("seed", options.seed, SEED, 0, LARGEST_SEED, language);
  const count = (otherwise: number) => whole("draws", options.draws, otherwise, 2, LARGEST_DRAWS, language);
  const draws = method === "sobol" ? count(ROWS) : count(DRAWS);
  const prepared = await prepare(file, options);
  const { task } = prepared;
  const kernel = createKernel;
  const work = new LongWork(language);
  const analyse = {
    tornado: async () => ({ kind: "tornado" as const, result: await work.finish(tornado(task, kernel)) }),
    switching: async () => ({
      kind: "switching" as const,
      result: await work.finish(switchingValues(task, kernel)),
    }),
    sobol: async () => ({
      kind: "sobol" as const,
      result: await work.finish(sobol(task, { rows: draws, seed }, kernel)),
    }),
    evppi: async () => {
      const settings = { draws, seed, sampling: samplingOf(options.sampling, language) };
      // Who chooses between scenarios does not choose what the law forbids, unless it is asked for by name.
      const lawful = options.scenarios.length > 0 ? task.runs : task.runs.filter(isLawful(task.reference));
      const result = await work.finish(valueOfInformation({ ...task, runs: lawful }, settings, kernel));
      return { kind: "evppi" as const, result };
    },
  };
  return write(file, prepared, await analyse[method](), options);
}

function isLawful(reference: number) {
  return ({ scenario, unlawful }: CaseRun["runs"][number]) => scenario === reference || unlawful.length === 0;
}
