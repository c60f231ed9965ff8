/** The small Drechtsteden case, worked out, for views that are rendered by themselves. */
import { render } from "@testing-library/react";
import loadHighs from "highs";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { createHighsSolver } from "../../../models/index.ts";
import type { Host } from "../../../renderer/host/contract.ts";
import { createI18n } from "../../../renderer/i18n.ts";
import { type CaseView, outlineOf } from "../../../renderer/run/caseView.ts";
import { Job } from "../../../renderer/run/job.ts";
import type { JobAnswer } from "../../../renderer/run/protocol.ts";
import type { Runner } from "../../../renderer/run/runner.ts";
import { useCase } from "../../../renderer/state/caseStore.ts";
import { Documents } from "../../../renderer/state/documents.ts";
import { useResults } from "../../../renderer/state/resultStore.ts";
import { useSettings } from "../../../renderer/state/settingsStore.ts";
import { SessionContext } from "../../../renderer/views/session.ts";
import text from "../../../scenarios/data/drechtsteden-klein.json?raw";
import { type BusinessCase, openCase, validateCase } from "../../../scenarios/index.ts";

const opened = openCase(text);
if (!opened.ok) throw new Error("no case");
export const CASE = opened.caseFile;
const solver = createHighsSolver(await loadHighs());

/** The figures of a case, as the worker sends them. */
export async function viewOf(caseFile: BusinessCase): Promise<CaseView> {
  const answers: JobAnswer[] = [];
  await new Job(solver, (answer) => answers.push(answer)).take({
    kind: "solve",
    revision: 1,
    caseFile,
    first: [],
  });
  const solved = answers.find((answer) => answer.kind === "solved");
  if (solved?.kind !== "solved") throw new Error("no figures");
  return solved.view;
}

export const VIEW = await viewOf(CASE);

interface Page {
  readonly pair: [string, string];
  readonly perspective?: string;
  readonly file?: BusinessCase;
}

/** Renders a view of a case with a pair of scenarios, in Dutch. */
export async function show(
  view: ReactNode,
  { pair, perspective = "overheid", file = CASE }: Page,
): Promise<void> {
  const checked = validateCase(file);
  if (!checked.ok) throw new Error("no model");
  const origin = { name: "zaak", token: null, hash: null, keepVersion: null, draftId: "d" };
  useCase.getState().open(file, origin, true);
  useResults.setState({
    figures: file === CASE ? VIEW : await viewOf(file),
    figuresRevision: useCase.getState().revision,
    outline: outlineOf(checked.model),
    exact: true,
  });
  useSettings.setState({ pair, perspective, language: "nl" });
  const session = {
    host: { version: "0" } as Host,
    runner: { check: async () => ({ faults: [], value: null }) } as unknown as Runner,
    documents: new Documents({ setFrame: () => {} } as unknown as Host, async () => ({
      ok: true,
      files: [],
    })),
  };
  render(
    <I18nextProvider i18n={createI18n("nl")}>
      <SessionContext value={session}>{view}</SessionContext>
    </I18nextProvider>,
  );
}
