import { beforeEach, describe, expect, it } from "vitest";
import type { CaseView } from "../../../renderer/run/caseView.ts";
import { resultListener, useResults } from "../../../renderer/state/resultStore.ts";

/** Figures of some scenarios, marked with the revision that they are of. */
const view = (mark: number, ...ids: string[]) =>
  ({
    outline: {},
    rate: mark,
    reference: "nul",
    scenarios: ids.map((id) => ({ id, label: String(mark) })),
  }) as unknown as CaseView;

const solved = (revision: number) =>
  resultListener.solved({
    kind: "solved",
    revision,
    view: view(revision, "nul", "a", "b"),
    kept: {},
    milliseconds: 1,
  });

const shown = () => {
  const { figures, figuresRevision, behind, exact } = useResults.getState();
  const marks = Object.fromEntries((figures?.scenarios ?? []).map(({ id, label }) => [id, label]));
  return { marks, figuresRevision, behind, exact };
};

describe("the figures on the screen", () => {
  beforeEach(() => {
    useResults.getState().clear();
    solved(1);
  });

  it("are marked as behind until those of the new revision are there", () => {
    resultListener.computed({
      kind: "computed",
      revision: 2,
      outline: {} as never,
      values: new Map(),
      warnings: [],
      view: view(2, "nul", "a"),
      milliseconds: 1,
    });
    expect(shown()).toEqual({
      marks: { nul: "2", a: "2", b: "1" },
      figuresRevision: 2,
      behind: ["b"],
      exact: false,
    });
    resultListener.others({ kind: "others", revision: 2, view: view(2, "b") });
    expect(shown()).toMatchObject({ marks: { b: "2" }, behind: [], exact: false });
    solved(2);
    expect(shown()).toMatchObject({ behind: [], exact: true });
  });

  it("are not called exact while only a part of the programme is solved", () => {
    resultListener.part({ kind: "part", revision: 2, view: view(2, "nul", "a") });
    expect(shown()).toMatchObject({ figuresRevision: 2, behind: ["b"], exact: false });
  });
});
