/** The view of the assumptions over a shipped case, and what a test does with it. */
import { createEvent, fireEvent, render, screen } from "@testing-library/react";
import { I18nextProvider } from "react-i18next";
import type { Host, SaveRequest } from "../../../renderer/host/contract.ts";
import { createI18n } from "../../../renderer/i18n.ts";
import type { Runner } from "../../../renderer/run/runner.ts";
import { presentCase, useCase } from "../../../renderer/state/caseStore.ts";
import { Documents } from "../../../renderer/state/documents.ts";
import { useScreen } from "../../../renderer/state/screenStore.ts";
import { AssumptionsView } from "../../../renderer/views/assumptions/AssumptionsView.tsx";
import { Notices } from "../../../renderer/views/Notices.tsx";
import { SessionContext } from "../../../renderer/views/session.ts";
import text from "../../../scenarios/data/drechtsteden-klein.json?raw";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";

function readCase(): BusinessCase {
  const opened = openCase(text);
  if (!opened.ok) throw new Error("no case");
  return opened.caseFile;
}

export const CASE = readCase();

/** Opens a case in the view. Gives what was saved, whether there is unsaved work, and how to leave. */
export function openTable(file: BusinessCase = CASE) {
  const saved: SaveRequest[] = [];
  const frames: boolean[] = [];
  const host = {
    version: "0",
    setFrame: ({ unsaved }: { unsaved: boolean }) => frames.push(unsaved),
    drafts: { remove: async () => ({ ok: true, value: null }) },
    save: async (request: SaveRequest) => {
      saved.push(request);
      return { ok: true, value: { name: "zaak", token: "t", hash: "h" } };
    },
  } as unknown as Host;
  const runner = { check: async () => ({ faults: [], value: null }) } as unknown as Runner;
  const documents = new Documents(host, async () => ({ ok: true, files: [] }));
  const origin = { name: "zaak", token: "t", hash: null, keepVersion: null, draftId: "d" };
  useScreen.setState({ notice: null, question: null });
  useCase.getState().open(file, origin, true);
  const { unmount } = render(
    <I18nextProvider i18n={createI18n("nl")}>
      <SessionContext value={{ host, runner, documents }}>
        <AssumptionsView />
        <Notices />
      </SessionContext>
    </I18nextProvider>,
  );
  active()?.focus();
  return { documents, saved, frames, unmount };
}

export const parameterOf = (id: string | undefined) =>
  presentCase(useCase.getState())?.parameters.find((item) => item.id === id);
export const valueIn = (id: string | undefined) => parameterOf(id)?.value;
export const lastStep = () => useCase.getState().history?.past.at(-1)?.name;
export const active = () => document.querySelector<HTMLElement>("[data-active=true]");
export const activeRow = () => active()?.closest("tr")?.querySelector("th")?.textContent;
export const labelOf = (id: string | undefined) => parameterOf(id)?.label;
/** What the notice on the screen says. */
export const said = () => document.querySelector(".app-notice span:not([class])")?.textContent ?? "";

/** The cell of a parameter in a column, by the heading of both. */
export function cellOf(id: string | undefined, column: string): HTMLElement {
  const heads = screen.getAllByRole("columnheader").map((head) => head.getAttribute("aria-label"));
  const row = screen.getByRole("rowheader", { name: labelOf(id) ?? "" }).closest("tr");
  const cell = row?.children[heads.indexOf(column)];
  if (!(cell instanceof HTMLElement)) throw new Error(`no ${column} of ${id}`);
  return cell;
}

/** Pastes plain text, as from a spreadsheet. */
export function paste(block: string): void {
  const grid = screen.getByRole("grid");
  const event = createEvent.paste(grid);
  Object.defineProperty(event, "clipboardData", {
    value: { getData: (type: string) => (type === "text/plain" ? block : "") },
  });
  fireEvent(grid, event);
}

/** What copying gives to other programs, or to this one. */
export function copied(type = "text/plain"): string {
  const grid = screen.getByRole("grid");
  const kept = new Map<string, string>();
  const event = createEvent.copy(grid);
  Object.defineProperty(event, "clipboardData", {
    value: { setData: (type: string, block: string) => kept.set(type, block) },
  });
  fireEvent(grid, event);
  return kept.get(type) ?? "";
}
