// @vitest-environment happy-dom
/** Scenarios that are made, copied and renamed: no two bear one name. */
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { I18nextProvider } from "react-i18next";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Host } from "../../../renderer/host/contract.ts";
import { createI18n } from "../../../renderer/i18n.ts";
import type { Runner } from "../../../renderer/run/runner.ts";
import { presentCase, useCase } from "../../../renderer/state/caseStore.ts";
import { Documents } from "../../../renderer/state/documents.ts";
import { useScreen } from "../../../renderer/state/screenStore.ts";
import { useSettings } from "../../../renderer/state/settingsStore.ts";
import { ScenariosView } from "../../../renderer/views/comparison/ScenariosView.tsx";
import { SessionContext } from "../../../renderer/views/session.ts";
import text from "../../../scenarios/data/drechtsteden-klein.json?raw";
import { openCase } from "../../../scenarios/index.ts";

const opened = openCase(text);
if (!opened.ok) throw new Error("no case");
const CASE = opened.caseFile;

const names = () => presentCase(useCase.getState())?.scenarios.map(({ label }) => label) ?? [];
const nameField = (label: string) => screen.getByRole("textbox", { name: `Naam: ${label}` });

beforeEach(() => {
  useCase
    .getState()
    .open(CASE, { name: "zaak", token: null, hash: null, keepVersion: null, draftId: "d" }, true);
  useSettings.setState({ pair: ["verkokerd", "ontschot"], language: "nl" });
  const session = {
    host: { version: "0" } as Host,
    runner: {} as Runner,
    documents: new Documents({} as Host, async () => ({ ok: true, files: [] })),
  };
  render(
    <I18nextProvider i18n={createI18n("nl")}>
      <SessionContext value={session}>
        <ScenariosView />
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
    expect(names()).toContain("Ontschot (kopie) (2)");
    expect(names()).toContain("Ontschot (kopie) (3)");
    expect(names()).toContain("Nieuw scenario (2)");
    expect(new Set(names()).size).toBe(names().length);
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
