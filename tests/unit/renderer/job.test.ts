import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import loadHighs from "highs";
import { describe, expect, it } from "vitest";
import { createHighsSolver, reportCase, runCase } from "../../../models/index.ts";
import { Job } from "../../../renderer/run/job.ts";
import type { JobAnswer } from "../../../renderer/run/protocol.ts";
import { csvPack, openCase } from "../../../scenarios/index.ts";

const text = readFileSync(
  new URL("../../../scenarios/data/drechtsteden-klein.json", import.meta.url),
  "utf8",
);
const opened = openCase(text);
if (!opened.ok) throw new Error("the shipped case does not open");
const { caseFile, model } = opened;
const solver = createHighsSolver(await loadHighs());

async function answersTo(ask: (job: Job) => Promise<void>): Promise<JobAnswer[]> {
  const answers: JobAnswer[] = [];
  await ask(new Job(solver, (answer) => answers.push(answer)));
  return answers;
}

describe("the programme of every scenario", () => {
  const last = caseFile.scenarios.at(-1)?.id ?? "";

  it("shows the wanted scenario and the reference before the others, with the same figures", async () => {
    const answers = await answersTo((job) =>
      job.take({ kind: "solve", revision: 1, caseFile, first: [last] }),
    );
    const part = answers.find((answer) => answer.kind === "part");
    const solved = answers.find((answer) => answer.kind === "solved");
    if (part?.kind !== "part" || solved?.kind !== "solved") throw new Error("no figures");
    const { reference } = solved.view;
    expect(part.view.scenarios.map(({ id }) => id).sort()).toEqual([last, reference].sort());
    for (const scenario of part.view.scenarios)
      expect(solved.view.scenarios.find(({ id }) => id === scenario.id)).toEqual(scenario);
    expect(solved.view.scenarios.map(({ id }) => id)).toEqual(caseFile.scenarios.map(({ id }) => id));
  });

  it("shows no part when everything is wanted", async () => {
    const first = caseFile.scenarios.map(({ id }) => id);
    const answers = await answersTo((job) => job.take({ kind: "solve", revision: 1, caseFile, first }));
    expect(answers.map(({ kind }) => kind)).not.toContain("part");
  });

  it("writes the tables of the command line in both forms", async () => {
    const hash = createHash("sha256").update(text).digest("hex");
    const report = reportCase(model, runCase(model, solver));
    for (const form of ["dutch", "precise"] as const) {
      const request = { hash, programVersion: "1.2.3", language: "nl", form } as const;
      const [answer] = await answersTo((job) => job.take({ kind: "csv", revision: 1, caseFile, request }));
      expect(answer).toEqual({ kind: "csv", revision: 1, files: csvPack(caseFile, model, report, request) });
    }
  });
});
