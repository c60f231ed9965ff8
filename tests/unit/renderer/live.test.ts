import { readFileSync } from "node:fs";
import loadHighs from "highs";
import { describe, expect, it } from "vitest";
import { createHighsSolver, keepAllocation, runCase } from "../../../models/index.ts";
import { CaseViewer } from "../../../renderer/run/caseView.ts";
import { Live } from "../../../renderer/run/live.ts";
import type { LiveAnswer, LiveRequest } from "../../../renderer/run/protocol.ts";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";

const opened = openCase(
  readFileSync(new URL("../../../scenarios/data/drechtsteden-klein.json", import.meta.url), "utf8"),
);
if (!opened.ok) throw new Error("the shipped case does not open");
const { caseFile, model } = opened;
const result = runCase(model, createHighsSolver(await loadHighs()));
const kept = Object.fromEntries(
  result.runs.map((run) => [model.scenarios[run.scenario]?.id ?? "", keepAllocation(model, run)]),
);
const first = ["ontschot", "verkokerd"];

function opening(): { live: Live; answers: LiveAnswer[]; compute(revision: number): LiveRequest } {
  const answers: LiveAnswer[] = [];
  const live = new Live((answer) => answers.push(answer));
  void live.take({ kind: "keep", kept });
  return { answers, live, compute: (revision) => ({ kind: "compute", revision, caseFile, first }) };
}

describe("the quick answers", () => {
  it("give the headline first, then the reference and what it is compared with, then the others, with the programme's figures", async () => {
    const { live, answers, compute } = opening();
    await live.take(compute(1));
    const views = answers.map((answer) => ("view" in answer ? answer.view : null));
    const ids = views.map((view) => view?.scenarios.map(({ id }) => id) ?? []);
    const reference = views[0]?.reference ?? "";
    const rest = caseFile.scenarios
      .map(({ id }) => id)
      .filter((id) => id !== reference && !first.includes(id));
    expect(ids).toEqual([[first[0]], [reference, first[1]], rest]);
    const solved = new CaseViewer(model, result.referenceRun).view(
      new Map(result.runs.map((run) => [run.scenario, run])),
    );
    for (const scenario of views.flatMap((view) => view?.scenarios ?? []))
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
      ["others", 2],
    ]);
  });

  it("warm up without a word, and give way to a case", async () => {
    const { live, answers, compute } = opening();
    await live.take({ ...compute(1), kind: "warm", rounds: 3 } as LiveRequest);
    expect(answers).toEqual([]);
    await Promise.all([
      live.take({ ...compute(1), kind: "warm", rounds: 3 } as LiveRequest),
      live.take(compute(2)),
    ]);
    expect(answers[0]).toMatchObject({ kind: "computed", revision: 2 });
  });

  it("stop warming up for a case that is sent ahead", async () => {
    const { live, answers, compute } = opening();
    const warming = live.take({ ...compute(1), kind: "warm", rounds: 1_000_000 } as LiveRequest);
    await live.take({ kind: "ahead", caseFile, first });
    await warming;
    await live.take({ ...compute(2), caseFile: null } as LiveRequest);
    expect(answers[0]).toMatchObject({ kind: "computed", revision: 2 });
  });

  it("are those of a fresh start after any edit, to the bit", async () => {
    const parameter = (id: string, change: (value: number) => number) => (file: BusinessCase) => ({
      ...file,
      parameters: file.parameters.map((item) =>
        item.id === id && typeof item.value === "number" ? { ...item, value: change(item.value) } : item,
      ),
    });
    const edits: readonly ((file: BusinessCase) => BusinessCase)[] = [
      (file) => file,
      ...caseFile.parameters.map(({ id }) => parameter(id, (value) => value * 1.01)),
      (file) => ({
        ...file,
        parameters: [
          { id: "aaa", label: "Vooraan", value: 3, kind: "assumed" },
          ...file.parameters,
        ] as BusinessCase["parameters"],
      }),
      (file) => ({
        ...file,
        states: file.states.map((state) => ({
          ...state,
          ...(state.flows && {
            flows: state.flows.map((flow) => ({ ...flow, amount: `2 * (${flow.amount})` })),
          }),
        })),
      }),
      (file) => ({ ...file, time: { ...file.time, followUp: 3 } }),
      (file) => ({ ...file, municipalities: file.municipalities.slice(0, -1) }),
      parameter("coach_prijs", () => 1),
    ];
    const answer = async (live: Live, answers: LiveAnswer[], file: BusinessCase, revision: number) => {
      answers.length = 0;
      await live.take({ kind: "compute", revision, caseFile: structuredClone(file), first });
      return JSON.stringify(answers, (key, value) => (key === "milliseconds" ? 0 : value));
    };
    const going = opening();
    let file = caseFile;
    for (const [revision, edit] of edits.entries()) {
      const next = edit(file);
      const fresh = opening();
      const got = await answer(going.live, going.answers, next, revision);
      expect(got === (await answer(fresh.live, fresh.answers, next, revision)), `edit ${revision}`).toBe(
        true,
      );
      if (got.includes('"kind":"computed"')) file = next;
    }
  });

  it("of a case that was sent ahead are the same, and come when it is asked for", async () => {
    const { live, answers, compute } = opening();
    const parameters = caseFile.parameters.map((item) =>
      item.id === "coach_prijs" ? { ...item, value: 1 } : item,
    );
    const edited = { ...caseFile, parameters };
    await live.take({ kind: "ahead", caseFile: edited, first });
    expect(answers).toEqual([]);
    await live.take({ ...compute(1), caseFile: null } as LiveRequest);
    const straight = opening();
    await straight.live.take({ ...straight.compute(1), caseFile: edited } as LiveRequest);
    const plain = (list: readonly LiveAnswer[]) =>
      JSON.stringify(list, (key, value) => (key === "milliseconds" ? 0 : value));
    expect(plain(answers)).toBe(plain(straight.answers));
    // One that was refused and never asked for does not stand in for another.
    await live.take({ kind: "ahead", caseFile: { ...edited, states: [] }, first });
    answers.length = 0;
    await live.take({ ...compute(2), caseFile: edited } as LiveRequest);
    expect(answers[0]).toMatchObject({ kind: "computed", revision: 2 });
  });

  it("give no figures while no allocation is kept", async () => {
    const { live, answers, compute } = opening();
    await live.take({ kind: "keep", kept: {} });
    await live.take(compute(1));
    expect(answers).toMatchObject([{ kind: "computed", view: null }]);
  });

  it("say what is wrong with a case, and go on with the next", async () => {
    const { live, answers, compute } = opening();
    const parameters = caseFile.parameters.map((parameter) => ({ ...parameter, value: "onbekend + 1" }));
    await live.take({ kind: "compute", revision: 1, caseFile: { ...caseFile, parameters }, first });
    await live.take(compute(2));
    expect(answers.map(({ kind }) => kind)).toEqual(["faults", "computed", "others", "others"]);
  });

  it("try a value without changing anything", async () => {
    const { live, answers } = opening();
    await live.take({ kind: "check", ticket: 5, caseFile, parameter: "norm_alleen", municipality: null });
    const value = caseFile.parameters.find(({ id }) => id === "norm_alleen")?.value;
    expect(answers).toEqual([{ kind: "checked", ticket: 5, faults: [], value }]);
  });

  it("try a formula at the price level of its row, as it is shown", async () => {
    const { live, answers, compute } = opening();
    const parameters = caseFile.parameters.map((item) =>
      item.id === "coach_prijs" ? { ...item, value: "1000 + 300", local: { dordrecht: "2 * 600" } } : item,
    );
    const edited = { ...caseFile, parameters };
    const check = { kind: "check", ticket: 5, caseFile: edited, parameter: "coach_prijs" } as const;
    await live.take({ ...check, municipality: null });
    await live.take({ ...check, municipality: "dordrecht" });
    await live.take({ ...check, municipality: "zwijndrecht" });
    expect(answers.map((answer) => "value" in answer && answer.value)).toEqual([1300, 1200, 1300]);
    await live.take({ ...compute(1), caseFile: edited } as LiveRequest);
    const told = answers.at(3);
    const shown = told?.kind === "computed" ? told.values.get("coach_prijs") : undefined;
    expect(shown?.region).toBe(1300);
    expect([...(shown?.local ?? [])].sort()).toEqual([1200, 1300, 1300, 1300]);
  });
});
