/**
 * What every runner of simulations does, wherever its workers live. Each check gives what is wrong, or nothing: so that
 * they run under Vitest and in a page alike.
 */
import {
  type SimulationOutcome,
  type SimulationPort,
  type SimulationResult,
  SimulationRunner,
  type SimulationTask,
} from "../../../models/index.ts";

/** What the checks need of a host. */
export interface CheckedHost {
  readonly open: () => SimulationPort;
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** A task without its settings, small enough to be quick. */
export type CheckedTask = Omit<SimulationTask, "settings">;

type Check = (host: CheckedHost, task: CheckedTask) => Promise<string[]>;

const settings = (draws: number, seed = 1) => ({ draws, seed, sampling: "plain" as const });

function resultOf(outcome: SimulationOutcome): SimulationResult | null {
  return outcome.kind === "finished" ? outcome.result : null;
}

async function withRunner(
  host: CheckedHost,
  workers: number,
  work: (runner: SimulationRunner) => Promise<string[]>,
): Promise<string[]> {
  const runner = new SimulationRunner(host.open, workers);
  try {
    return await work(runner);
  } finally {
    runner.close();
  }
}

export const CHECKS: Readonly<Record<string, Check>> = {
  "gives the same bytes for 1, 2 and 3 workers": async (host, task) => {
    const texts: string[] = [];
    for (const workers of [1, 2, 3])
      await withRunner(host, workers, async (runner) => {
        const outcome = await runner.run({ ...task, settings: settings(301) });
        texts.push(JSON.stringify(resultOf(outcome) ?? outcome));
        return [];
      });
    const [one] = texts;
    return texts.flatMap((text, at) =>
      text === one && text.includes('"mean"') ? [] : [`${at + 1} workers: ${text.slice(0, 200)}`],
    );
  },

  "tells its progress, which only rises and ends at the whole": (host, task) =>
    withRunner(host, 2, async (runner) => {
      const told: number[] = [];
      const totals = new Set<number>();
      await runner.run({ ...task, settings: settings(400) }, (done, total) => {
        told.push(done);
        totals.add(total);
      });
      const falls = told.some((done, at) => at > 0 && done < (told[at - 1] ?? 0));
      const last = told[told.length - 1];
      return !falls && last === 400 && totals.size === 1 && totals.has(400) && told.length > 2
        ? []
        : [`progress ${told.join()} of ${[...totals].join()}`];
    }),

  "gives a worker that is held up fewer draws, each draw once, and the same bytes": async (host, task) => {
    const given: { readonly place: number; readonly first: number; readonly count: number }[] = [];
    let opened = 0;
    const open = (): SimulationPort => {
      const place = opened;
      opened += 1;
      const port = host.open();
      return {
        ...port,
        post: (request, buffers) => {
          if (request.kind === "start" || request.kind === "goOn") given.push({ place, ...request.stretch });
          port.post(request, buffers);
        },
        onAnswer: (listener) =>
          port.onAnswer((answer) => {
            if (place === 0) listener(answer);
            else void host.sleep(300).then(() => listener(answer));
          }),
      };
    };
    const answers: string[] = [];
    for (const [workers, way] of [
      [1, host.open],
      [2, open],
    ] as const)
      await withRunner({ ...host, open: way }, workers, async (runner) => {
        const outcome = await runner.run({ ...task, settings: settings(1000) });
        answers.push(JSON.stringify(resultOf(outcome) ?? outcome));
        return [];
      });
    const [alone, dealt] = answers;
    const drawsOf = (place: number) =>
      given.reduce((sum, stretch) => sum + (stretch.place === place ? stretch.count : 0), 0);
    const ends = given.map(({ first, count }) => first + count);
    const isOnce = given.every(({ first }, at) => first === (ends[at - 1] ?? 0)) && ends.at(-1) === 1000;
    const problems: string[] = [];
    if (alone !== dealt || !dealt?.includes('"mean"')) problems.push(`other bytes: ${dealt?.slice(0, 200)}`);
    if (!isOnce) problems.push(`given ${JSON.stringify(given)}`);
    if (drawsOf(1) === 0 || drawsOf(1) > 0.7 * drawsOf(0)) problems.push(`${drawsOf(0)} and ${drawsOf(1)}`);
    return problems;
  },

  "is cancelled within 100 ms, and its workers then take the next": (host, task) =>
    withRunner(host, 1, async (runner) => {
      await runner.run({ ...task, settings: settings(64) });
      let worked = 0;
      const long = runner.run({ ...task, settings: settings(200_000) }, (done) => {
        worked = done;
      });
      for (let wait = 0; wait < 500 && worked === 0; wait += 1) await host.sleep(10);
      const start = host.now();
      runner.cancel();
      const outcome = await long;
      const took = host.now() - start;
      const next = await runner.run({ ...task, settings: settings(1) });
      const problems: string[] = [];
      if (worked === 0) problems.push("never began");
      if (outcome.kind !== "cancelled") problems.push(`ended as ${outcome.kind}`);
      if (next.kind !== "finished") problems.push(`the next one ended as ${next.kind}`);
      if (took > 100) problems.push(`cancelled after ${took} ms`);
      return problems;
    }),

  "drops what is stale: only the last question is answered": (host, task) =>
    withRunner(host, 2, async (runner) => {
      const asked = [5, 6, 7].map((seed) => runner.run({ ...task, settings: settings(200, seed) }));
      const outcomes = await Promise.all(asked);
      const kinds = outcomes.map(({ kind }) => kind).join();
      const last = outcomes[2];
      const seed = last && resultOf(last)?.settings.seed;
      return kinds === "cancelled,cancelled,finished" && seed === 7 ? [] : [`${kinds}, seed ${seed}`];
    }),

  "says why a case cannot be worked out, and goes on with the next": (host, task) =>
    withRunner(host, 2, async (runner) => {
      const drawn = task.model.parameters.findIndex(({ distribution }) => distribution !== null);
      const parameters = task.model.parameters.map((parameter, index) =>
        index === drawn ? { ...parameter, distribution: { kind: "beta" as const, sd: 1e9 } } : parameter,
      );
      const broken = { ...task, model: { ...task.model, parameters }, settings: settings(10) };
      const outcome = await runner.run(broken as SimulationTask);
      const next = await runner.run({ ...task, settings: settings(10) });
      const fault = outcome.kind === "failed" ? outcome.fault : null;
      return fault?.code === "DISTRIBUTION_INVALID" &&
        fault.path === `parameters/${task.model.parameters[drawn]?.id}/distribution` &&
        next.kind === "finished"
        ? []
        : [`${outcome.kind} ${fault?.code} ${fault?.path}, then ${next.kind}`];
    }),

  "fails when a worker dies, and opens another for the next": async (host, task) => {
    let opened = 0;
    let die: (message: string) => void = () => {};
    const open = (): SimulationPort => {
      opened += 1;
      const port = host.open();
      return {
        ...port,
        onFailure: (listener) => {
          die = listener;
          port.onFailure(listener);
        },
      };
    };
    return withRunner({ ...host, open }, 1, async (runner) => {
      const long = runner.run({ ...task, settings: settings(200_000) });
      await host.sleep(20);
      die("gone");
      const outcome = await long;
      const next = await runner.run({ ...task, settings: settings(10) });
      return outcome.kind === "failed" && next.kind === "finished" && opened === 2
        ? []
        : [`${outcome.kind}, then ${next.kind}, ${opened} opened`];
    });
  },
};
