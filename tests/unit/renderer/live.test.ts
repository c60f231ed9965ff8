import { readFileSync } from "node:fs";
import loadHighs from "highs";
import { describe, expect, it } from "vitest";
import { createHighsSolver, keepAllocation, runCase } from "../../../models/index.ts";
import { CaseViewer } from "../../../renderer/run/caseView.ts";
import { Live } from "../../../renderer/run/live.ts";
import type { LiveAnswer, LiveRequest } from "../../../renderer/run/protocol.ts";
import { openCase } from "../../../scenarios/index.ts";

const opened = openCase(
  readFileSync(new URL("../../../scenarios/data/drechtsteden-klein.json", import.meta.url), "utf8"),
);
if (!opened.ok) throw new Error("the shipped case does not open");
const { caseFile, model } = opened;
const result = runCase(model, createHighsSolver(await loadHighs()));
const kept = Object.fromEntries(
  result.runs.map((run) => [model.scenarios[run.scenario]?.id ?? "", keepAllocation(model, run)]),
);
const first = ["verkokerd", "ontschot"];

function opening(): { live: Live; answers: LiveAnswer[]; compute(revision: number): LiveRequest } {
  const answers: LiveAnswer[] = [];
  return {
    answers,
    live: new Live((answer) => answers.push(answer)),
    compute: (revision) => ({ kind: "compute", revision, caseFile, first, kept }),
  };
}

describe("the quick answers", () => {
  it("give the scenarios looked at and the reference first, then the others, with the programme's figures", async () => {
    const { live, answers, compute } = opening();
    await live.take(compute(1));
    expect(answers.map(({ kind }) => kind)).toEqual(["computed", "others"]);
    const [computed, others] = answers;
    if (computed?.kind !== "computed" || others?.kind !== "others") throw new Error("no figures");
    const ids = (view: typeof others.view | null) => view?.scenarios.map(({ id }) => id) ?? [];
    expect(ids(computed.view).sort()).toEqual([...new Set([computed.view?.reference, ...first])].sort());
    expect([...ids(computed.view), ...ids(others.view)].sort()).toEqual(
      caseFile.scenarios.map(({ id }) => id).sort(),
    );
    const solved = new CaseViewer(model, result.referenceRun).view(
      new Map(result.runs.map((run) => [run.scenario, run])),
    );
    for (const scenario of [...(computed.view?.scenarios ?? []), ...others.view.scenarios])
      for (const [place, { npv }] of scenario.perspectives.entries())
        expect(npv).toBeCloseTo(
          solved.scenarios.find(({ id }) => id === scenario.id)?.perspectives[place]?.npv ?? Number.NaN,
          3,
        );
  });

  it("leave the others of a case that a newer one has overtaken", async () => {
    const { live, answers, compute } = opening();
    await Promise.all([live.take(compute(1)), live.take(compute(2))]);
    expect(answers.map((answer) => [answer.kind, "revision" in answer && answer.revision])).toEqual([
      ["computed", 1],
      ["computed", 2],
      ["others", 2],
    ]);
  });

  it("give no figures while no allocation is kept", async () => {
    const { live, answers } = opening();
    await live.take({ kind: "compute", revision: 1, caseFile, first });
    expect(answers).toMatchObject([{ kind: "computed", view: null }]);
  });

  it("say what is wrong with a case, and go on with the next", async () => {
    const { live, answers, compute } = opening();
    const parameters = caseFile.parameters.map((parameter) => ({ ...parameter, value: "onbekend + 1" }));
    await live.take({ kind: "compute", revision: 1, caseFile: { ...caseFile, parameters }, first, kept });
    await live.take(compute(2));
    expect(answers.map(({ kind }) => kind)).toEqual(["faults", "computed", "others"]);
  });

  it("try a value without changing anything", async () => {
    const { live, answers } = opening();
    await live.take({ kind: "check", ticket: 5, caseFile, parameter: "norm_alleen", municipality: null });
    const value = caseFile.parameters.find(({ id }) => id === "norm_alleen")?.value;
    expect(answers).toEqual([{ kind: "checked", ticket: 5, faults: [], value }]);
  });
});
