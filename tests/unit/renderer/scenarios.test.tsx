// @vitest-environment happy-dom
/** Scenarios that are made, copied and renamed: no two bear one name. */
import { act, cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { I18nextProvider } from "react-i18next";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Host, SaveRequest } from "../../../renderer/host/contract.ts";
import { createI18n } from "../../../renderer/i18n.ts";
import type { Runner } from "../../../renderer/run/runner.ts";
import { presentCase, useCase } from "../../../renderer/state/caseStore.ts";
import { Documents } from "../../../renderer/state/documents.ts";
import { patchScenario } from "../../../renderer/state/edits.ts";
import { useScreen } from "../../../renderer/state/screenStore.ts";
import { useSettings } from "../../../renderer/state/settingsStore.ts";
import { ScenariosView } from "../../../renderer/views/comparison/ScenariosView.tsx";
import { Notices } from "../../../renderer/views/Notices.tsx";
import { SessionContext } from "../../../renderer/views/session.ts";
import text from "../../../scenarios/data/drechtsteden-klein.json?raw";
import { openCase } from "../../../scenarios/index.ts";

const opened = openCase(text);
if (!opened.ok) throw new Error("no case");
const CASE = opened.caseFile;

let documents: Documents;
let saved: string[];
let frames: boolean[];
const said = () => document.querySelector(".app-notice")?.textContent ?? "";
const names = () => presentCase(useCase.getState())?.scenarios.map(({ label }) => label) ?? [];
const nameField = (label: string) => screen.getByRole("textbox", { name: `Naam: ${label}` });

beforeEach(() => {
  useCase
    .getState()
    .open(CASE, { name: "zaak", token: "t", hash: null, keepVersion: null, draftId: "d" }, true);
  useSettings.setState({ pair: ["verkokerd", "ontschot"], language: "nl" });
  saved = [];
  frames = [];
  const host = {
    version: "0",
    setFrame: ({ unsaved }: { unsaved: boolean }) => frames.push(unsaved),
    drafts: { remove: async () => ({ ok: true, value: null }) },
    save: async ({ text }: SaveRequest) => {
      saved.push(text);
      return { ok: true, value: { name: "zaak", token: "t", hash: "h" } };
    },
  } as unknown as Host;
  documents = new Documents(host, async () => ({ ok: true, files: [] }));
  const session = { host, runner: {} as Runner, documents };
  render(
    <I18nextProvider i18n={createI18n("nl")}>
      <SessionContext value={session}>
        <ScenariosView />
        <Notices />
      </SessionContext>
    </I18nextProvider>,
  );
});
afterEach(() => {
  cleanup();
  useScreen.setState({ notice: null });
});

describe("the name of a scenario", () => {
  it("gets a number when a copy or a new one would bear it too", async () => {
    const user = userEvent.setup();
    const [copy] = screen.getAllByRole("button", { name: "Kopiëren: Ontschot" });
    if (!copy) throw new Error("no copy button");
    for (let times = 0; times < 3; times += 1) await user.click(copy);
    for (let times = 0; times < 2; times += 1)
      await user.click(screen.getByRole("button", { name: "Nieuw scenario" }));
    expect(names()).toContain("Ontschot (kopie)");
    expect(names()).toContain("Ontschot (kopie 2)");
    expect(names()).toContain("Ontschot (kopie 3)");
    expect(names()).toContain("Nieuw scenario 2");
    expect(new Set(names()).size).toBe(names().length);
  });

  it("counts on when a copy is copied, and stands right after what was copied", async () => {
    const user = userEvent.setup();
    const copy = (label: string) => user.click(screen.getByRole("button", { name: `Kopiëren: ${label}` }));
    await copy("Ontschot");
    expect(document.activeElement).toMatchObject({ value: "Ontschot (kopie)", selectionStart: 0 });
    await copy("Ontschot (kopie)");
    await copy("Ontschot (kopie 2)");
    const at = names().indexOf("Ontschot");
    expect(names().slice(at, at + 4)).toEqual([
      "Ontschot",
      "Ontschot (kopie)",
      "Ontschot (kopie 2)",
      "Ontschot (kopie 3)",
    ]);
    const dated = (file: typeof CASE) => patchScenario(file, "verkokerd", { label: "Plan 2025 (kopie)" });
    act(() => useCase.getState().edit({ key: "renameScenario", subject: "" }, dated));
    await copy("Plan 2025 (kopie)");
    expect(names()).toContain("Plan 2025 (kopie 2)");
    await copy("Ontschot (kopie)");
    expect(names().slice(names().indexOf("Ontschot") + 1, names().indexOf("Ontschot") + 3)).toEqual([
      "Ontschot (kopie)",
      "Ontschot (kopie 4)",
    ]);
  });

  it("is part of the work while it is typed: saved, or said to stand in the way", async () => {
    const user = userEvent.setup();
    await user.clear(nameField("Ontschot"));
    await user.type(nameField("Ontschot"), "Samen");
    expect(frames.at(-1)).toBe(true);
    await act(async () => expect(await documents.save()).toBe(true));
    expect(names()).toContain("Samen");
    expect(saved.at(-1)).toContain('"Samen"');
    await user.clear(nameField("Samen"));
    await user.type(nameField("Samen"), "Verkokerd");
    await act(async () => expect(await documents.save()).toBe(false));
    expect(said()).toContain("Er is al een scenario Verkokerd");
    expect((nameField("Samen") as HTMLInputElement).value).toBe("Verkokerd");
    await user.type(nameField("Samen"), " 2{Enter}");
    expect(names()).toContain("Verkokerd 2");
    expect(said()).toBe("");
    expect(saved).toHaveLength(1);
  });

  it("is taken when the view is left while it is typed", async () => {
    const user = userEvent.setup();
    await user.clear(nameField("Ontschot"));
    await user.type(nameField("Ontschot"), "Samen");
    cleanup();
    expect(names()).toContain("Samen");
  });

  it("leaves no word of a refusal behind once another name is given, or typed", async () => {
    const user = userEvent.setup();
    const give = async (name: string) => {
      await user.clear(nameField("Ontschot"));
      await user.type(nameField("Ontschot"), name);
    };
    await give("Verkokerd{Enter}");
    expect(said()).toContain("Er is al een scenario");
    await give("Sa");
    expect(said()).toBe("");
    await give("Verkokerd{Enter}");
    await user.click(screen.getByRole("button", { name: "Nieuw scenario" }));
    expect(said()).toBe("");
  });

  it.each(["Verkokerd", "  verkokerd "])("is refused when another bears it: %s", async (taken) => {
    const user = userEvent.setup();
    const field = nameField("Ontschot");
    await user.clear(field);
    await user.type(field, `${taken}{Enter}`);
    expect(presentCase(useCase.getState())).toBe(CASE);
    expect(useScreen.getState().notice).toMatchObject({
      tone: "warning",
      key: "scenarios.nameTaken",
      values: { label: "Verkokerd" },
    });
    expect((nameField("Ontschot") as HTMLInputElement).value).toBe("Ontschot");
  });

  it("may change its capitals, and be another", async () => {
    const user = userEvent.setup();
    await user.clear(nameField("Ontschot"));
    await user.type(nameField("Ontschot"), "ONTSCHOT{Enter}");
    expect(names()).toContain("ONTSCHOT");
    expect(useScreen.getState().notice).toBeNull();
  });
});
