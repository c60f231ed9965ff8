import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { JobAnswer, JobRequest, LiveAnswer, LiveRequest } from "../../../renderer/run/protocol.ts";
import { type Port, type RunListener, Runner } from "../../../renderer/run/runner.ts";
import { openCase } from "../../../scenarios/index.ts";

const opened = openCase(
  readFileSync(new URL("../../../scenarios/data/drechtsteden-klein.json", import.meta.url), "utf8"),
);
if (!opened.ok) throw new Error("the shipped case does not open");
const { caseFile } = opened;

/** A worker that answers when the test says so. */
class StubPort<Request, Answer> implements Port<Request, Answer> {
  readonly asked: Request[] = [];
  ended = false;
  answer: (answer: Answer) => void = () => {};
  fail: (message: string) => void = () => {};
  post(request: Request): void {
    this.asked.push(request);
  }
  onAnswer(listener: (answer: Answer) => void): void {
    this.answer = listener;
  }
  onFailure(listener: (message: string) => void): void {
    this.fail = listener;
  }
  terminate(): void {
    this.ended = true;
  }
}

const outline = {} as never;
const view = { outline, rate: 0, reference: "nul", scenarios: [] };
const computed = (revision: number): LiveAnswer => ({
  kind: "computed",
  revision,
  outline,
  values: new Map(),
  warnings: [],
  view,
  milliseconds: 1,
});
const solved = (revision: number): JobAnswer => ({
  kind: "solved",
  revision,
  view,
  kept: {},
  milliseconds: 1,
});

function running() {
  const live = new StubPort<LiveRequest, LiveAnswer>();
  const jobs: StubPort<JobRequest, JobAnswer>[] = [];
  const heard: string[] = [];
  const note =
    (what: string) =>
    (answer: { readonly revision: number } | null): void => {
      heard.push(`${what} ${answer?.revision ?? ""}`.trim());
    };
  const listener: RunListener = {
    computed: note("computed"),
    others: note("others"),
    part: note("part"),
    solved: note("solved"),
    progress: () => {},
    faults: (revision) => heard.push(`faults ${revision}`),
    unsolved: (revision, faults) => heard.push(`unsolved ${revision}${faults ? "" : " cancelled"}`),
  };
  const job = () => {
    const port = new StubPort<JobRequest, JobAnswer>();
    jobs.push(port);
    return port;
  };
  const runner = new Runner({ live: () => live, job }, listener);
  return { runner, live, jobs, heard };
}

describe("the runner of the two workers", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("lets no answer to an older case through, from either worker", () => {
    const { runner, live, jobs, heard } = running();
    runner.compute(1, caseFile);
    runner.compute(2, caseFile);
    live.answer(computed(1));
    live.answer({ kind: "others", revision: 1, view });
    jobs[0]?.answer({ kind: "part", revision: 1, view });
    jobs[0]?.answer(solved(1));
    expect(heard).toEqual([]);
    live.answer(computed(2));
    live.answer({ kind: "others", revision: 2, view });
    jobs[0]?.answer(solved(2));
    expect(heard).toEqual(["computed 2", "others 2", "solved 2"]);
  });

  it("asks the quick worker one thing at a time, and of what waits only the newest", () => {
    const { runner, live } = running();
    for (const revision of [1, 2, 3]) runner.compute(revision, caseFile);
    live.answer(computed(1));
    expect(live.asked.map((request) => request.kind === "compute" && request.revision)).toEqual([1, 3]);
  });

  it("solves when the edits rest, and asks the scenarios looked at first", () => {
    const { runner, jobs } = running();
    runner.compute(1, caseFile, false, ["ontschot"]);
    vi.advanceTimersByTime(100);
    runner.compute(2, caseFile, false, ["ontschot"]);
    vi.advanceTimersByTime(100);
    expect(jobs[0]?.asked).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(jobs[0]?.asked).toMatchObject([{ kind: "solve", revision: 2, first: ["ontschot"] }]);
  });

  it("kills a programme that keeps a newer case waiting", () => {
    const { runner, jobs } = running();
    runner.compute(1, caseFile, true);
    vi.advanceTimersByTime(1);
    runner.compute(2, caseFile, true);
    vi.advanceTimersByTime(2_000);
    expect(jobs.map(({ ended }) => ended)).toEqual([true, false]);
    expect(jobs[1]?.asked).toMatchObject([{ kind: "solve", revision: 2 }]);
  });

  it("cancels by killing, and hears nothing of what was killed", () => {
    const { runner, jobs, heard } = running();
    runner.compute(1, caseFile, true);
    vi.advanceTimersByTime(1);
    runner.cancel();
    jobs[0]?.answer(solved(1));
    expect(jobs[0]?.ended).toBe(true);
    expect(heard).toEqual(["unsolved 1 cancelled"]);
  });

  it("does not send a case again that was sent ahead, and sends one that was not", () => {
    const { runner, live } = running();
    const other = { ...caseFile };
    runner.ahead(caseFile, ["a"]);
    runner.compute(1, caseFile, true, ["a"]);
    live.answer(computed(1));
    runner.ahead(other, ["a"]);
    runner.compute(2, caseFile, true, ["a"]);
    live.answer(computed(2));
    runner.ahead(caseFile, ["a"]);
    runner.compute(3, caseFile, true, ["b"]);
    expect(
      live.asked.map(({ kind, ...request }) => [kind, "caseFile" in request && request.caseFile]),
    ).toEqual([
      ["ahead", caseFile],
      ["compute", null],
      ["ahead", other],
      ["compute", caseFile],
      ["ahead", caseFile],
      ["compute", caseFile],
    ]);
  });

  it("hands every new allocation on at once, and has the quick worker work ahead on it: at length the first time", () => {
    const { runner, live, jobs } = running();
    runner.compute(1, caseFile, true);
    live.answer(computed(1));
    jobs[0]?.answer(solved(1));
    expect(live.asked).toMatchObject([
      { kind: "compute" },
      { kind: "keep", kept: {} },
      { kind: "warm", revision: 1 },
    ]);
    runner.compute(2, caseFile, true);
    live.answer(computed(2));
    jobs[0]?.answer(solved(2));
    expect(live.asked.slice(3)).toMatchObject([
      { kind: "compute" },
      { kind: "keep", kept: {} },
      { kind: "warm", revision: 2, rounds: 1 },
    ]);
    expect(live.asked[2]).not.toMatchObject({ rounds: 1 });
    runner.forget();
    expect(live.asked.at(-1)).toEqual({ kind: "keep", kept: {} });
  });

  const request = { hash: "", programVersion: "1.2.3", language: "nl", form: "dutch" } as const;
  const files = [{ name: "kerncijfers.csv", text: "" }];

  it("makes tables of the case at the start, whatever becomes of it meanwhile", async () => {
    const { runner, jobs } = running();
    runner.compute(1, caseFile, true);
    vi.advanceTimersByTime(1);
    const tables = runner.csv(caseFile, request);
    for (const revision of [2, 3, 4]) {
      runner.compute(revision, { ...caseFile, scenarios: [] }, true);
      vi.advanceTimersByTime(2_000);
    }
    runner.cancel();
    const asked = jobs.find(({ asked }) => asked.some(({ kind }) => kind === "csv"));
    expect(asked).toMatchObject({ ended: false, asked: [{ kind: "csv", caseFile }] });
    asked?.answer({ kind: "csv", revision: 1, files });
    expect(await tables).toEqual({ ok: true, files });
    expect(asked?.ended).toBe(true);
  });

  it("ends the making of tables that are no longer wanted", async () => {
    const { runner, jobs } = running();
    const stop = new AbortController();
    const tables = runner.csv(caseFile, request, stop.signal);
    stop.abort();
    expect(await tables).toEqual({ ok: false, faults: [] });
    expect(jobs.at(-1)?.ended).toBe(true);
  });

  it("says why tables could not be made", async () => {
    const { runner, jobs, heard } = running();
    const faults = [{ code: "INFEASIBLE", path: "", found: "", expected: "" }];
    const refused = runner.csv(caseFile, request);
    jobs.at(-1)?.answer({ kind: "failed", revision: 1, faults });
    expect(await refused).toEqual({ ok: false, faults });
    const broken = runner.csv(caseFile, request);
    jobs.at(-1)?.fail("out of memory");
    expect(await broken).toMatchObject({
      ok: false,
      faults: [{ code: "UNEXPECTED", found: "out of memory" }],
    });
    expect(jobs.slice(1).every(({ ended }) => ended)).toBe(true);
    expect(heard).toEqual([]);
  });

  it("says what failed in a worker, and goes on", () => {
    const { runner, live, jobs, heard } = running();
    runner.compute(1, caseFile, true);
    live.fail("broken");
    jobs[0]?.fail("broken");
    expect(heard).toEqual(["faults 1", "unsolved 1"]);
    runner.compute(2, caseFile, true);
    live.answer(computed(2));
    expect(heard.at(-1)).toBe("computed 2");
  });
});
