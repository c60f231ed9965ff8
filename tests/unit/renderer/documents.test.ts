// @vitest-environment happy-dom
/** What leaves the program, and what is asked when it starts. */
import loadHighs from "highs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createHighsSolver, reportCase, runCase } from "../../../models/index.ts";
import { fail, type Host } from "../../../renderer/host/contract.ts";
import { useCase } from "../../../renderer/state/caseStore.ts";
import { Documents } from "../../../renderer/state/documents.ts";
import { addScenario } from "../../../renderer/state/edits.ts";
import { useScreen } from "../../../renderer/state/screenStore.ts";
import { useSettings } from "../../../renderer/state/settingsStore.ts";
import text from "../../../scenarios/data/drechtsteden-klein.json?raw";
import { csvPack, openCase } from "../../../scenarios/index.ts";
import type { Language } from "../../../scenarios/text/index.ts";

const VERSION = "1.2.3";
const opened = openCase(text);
if (!opened.ok) throw new Error("no case");
const { caseFile, model } = opened;

const idle = { onOpened: () => () => {}, setFrame: () => {} };

/** The documents of a host of which only what is given answers. */
function documentsOn(host: object): Documents {
  return new Documents({ version: VERSION, ...idle, ...host } as unknown as Host, async () => ({
    ok: false,
    faults: [{ code: "PROGRAMME_INFEASIBLE", path: "scenarios/ontschot", found: "", expected: "" }],
  }));
}

afterEach(() => {
  useCase.getState().close();
  useScreen.setState({ question: null, notice: null });
});

describe("the table of assumptions", () => {
  it.each<Language>(["nl", "en"])(
    "is that of the whole pack in %s, and needs no programme",
    async (language) => {
      const exportFiles = vi.fn(async (files: readonly { name: string; content: string }[]) => ({
        ok: true,
        value: files.map(({ name }) => name),
      }));
      const documents = documentsOn({ exportFiles });
      useSettings.setState({ language });
      useCase
        .getState()
        .open(caseFile, { name: "zaak", token: null, hash: null, keepVersion: null, draftId: "d" }, true);
      await documents.exportAssumptions();
      const [[files] = [[]]] = exportFiles.mock.calls;
      const head = /[0-9a-f]{64}/.exec(files[0]?.content ?? "")?.[0] ?? "";
      const report = reportCase(model, runCase(model, createHighsSolver(await loadHighs())));
      const options = { form: "dutch", language, hash: head, programVersion: VERSION } as const;
      const whole = csvPack(caseFile, model, report, options).find(({ name }) =>
        name.startsWith("uitgangspunten"),
      );
      expect(head).not.toBe("");
      expect(files.map(({ name, content }) => ({ name, text: content }))).toEqual([whole]);
    },
  );
});

describe("tables that cannot be made", () => {
  it("are not written, and it is said why and what to do", async () => {
    const exportFiles = vi.fn();
    useSettings.setState({ language: "nl" });
    useCase
      .getState()
      .open(caseFile, { name: "zaak", token: null, hash: null, keepVersion: null, draftId: "d" }, true);
    await documentsOn({ exportFiles }).exportCsv("dutch");
    expect(exportFiles).not.toHaveBeenCalled();
    const { notice } = useScreen.getState();
    expect(notice).toMatchObject({ tone: "error", key: "notices.exportFailed" });
    expect(notice?.values?.what).toMatch(/[a-z]{3,}.*\.$/);
    expect(notice?.values?.mend).toMatch(/[a-z]{3,}.*\.$/);
  });
});

it("tables that are being made say so until they are there, and can be given up", async () => {
  useCase
    .getState()
    .open(caseFile, { name: "zaak", token: null, hash: null, keepVersion: null, draftId: "d" }, true);
  const exportFiles = vi.fn();
  const stopped = new Promise<AbortSignal>((heard) => {
    const documents = new Documents(
      { version: VERSION, ...idle, exportFiles } as unknown as Host,
      (_file, _request, signal) =>
        new Promise((done) => {
          heard(signal);
          signal.addEventListener("abort", () => done({ ok: false, faults: [] }));
        }),
    );
    void documents.exportCsv("dutch");
  });
  const signal = await stopped;
  const { notice } = useScreen.getState();
  expect(notice).toMatchObject({ key: "notices.exporting", lasting: true });
  notice?.action?.run();
  expect(signal.aborted).toBe(true);
  await vi.waitFor(() => expect(useScreen.getState().notice).toBeNull());
  expect(exportFiles).not.toHaveBeenCalled();
});

describe("a draft", () => {
  it.each([
    ["a case without a file is known by its title", null, caseFile.meta.title],
    ["a case in a file by the name of the file", "token-1", "zaak.ontschot.json"],
  ])("%s", async (_, token, name) => {
    vi.useFakeTimers();
    const put = vi.fn(async (_draft: { name: string }) => ({ ok: true, value: null }));
    const list = async () => ({ ok: true, value: [] });
    const stop = documentsOn({ drafts: { put, list, remove: async () => ({ ok: true }) } }).start();
    const origin = {
      name: token ? name : "drechtsteden",
      token,
      hash: null,
      keepVersion: null,
      draftId: "d",
    };
    useCase.getState().open(caseFile, origin, true);
    useCase
      .getState()
      .edit({ key: "note", subject: "" }, (file) => ({ ...file, parameters: [...file.parameters] }));
    await vi.advanceTimersByTimeAsync(5_000);
    stop();
    vi.useRealTimers();
    expect(put.mock.calls.map(([draft]) => draft.name)).toEqual([name]);
  });

  const origin = { name: "zaak", token: "t", hash: "h", keepVersion: null, draftId: "d" };
  const change = () =>
    useCase
      .getState()
      .edit({ key: "note", subject: "" }, (file) => ({ ...file, parameters: [...file.parameters] }));

  it("that cannot be kept interrupts nobody: it is told once, and said until one is kept", async () => {
    vi.useFakeTimers();
    let full = true;
    const put = async () => (full ? fail("DRAFT_FAILED", "zaak") : { ok: true, value: null });
    const list = async () => ({ ok: true, value: [] });
    const stop = documentsOn({ drafts: { put, list, remove: async () => ({ ok: true }) } }).start();
    useCase.getState().open(caseFile, origin, true);
    change();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(useScreen.getState()).toMatchObject({ question: null, draftFailed: true });
    expect(useScreen.getState().notice).toMatchObject({ tone: "error" });
    useScreen.setState({ notice: null });
    change();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(useScreen.getState()).toMatchObject({ question: null, notice: null, draftFailed: true });
    full = false;
    change();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(useScreen.getState().draftFailed).toBe(false);
    stop();
    vi.useRealTimers();
  });

  it("that cannot be kept keeps the other version of a conflict closed", async () => {
    const reopen = vi.fn();
    const put = async () => fail("DRAFT_FAILED", "zaak");
    const documents = documentsOn({ drafts: { put }, reopen });
    useCase.getState().open(caseFile, origin, true);
    change();
    await documents.openOther();
    expect(reopen).not.toHaveBeenCalled();
    expect(useScreen.getState().question).toMatchObject({ kind: "failed", fault: { code: "DRAFT_FAILED" } });
    expect(useCase.getState().history?.past).toHaveLength(1);
  });
});

describe("the two scenarios that are looked at", () => {
  it("are ones that exist, also when the making of one is taken back", () => {
    const drafts = {
      list: async () => ({ ok: true, value: [] }),
      write: async () => ({ ok: true }),
      remove: async () => {},
    };
    const documents = documentsOn({ drafts });
    const stop = documents.start();
    useCase
      .getState()
      .open(caseFile, { name: "zaak", token: null, hash: null, keepVersion: null, draftId: "d" }, true);
    useSettings.setState({ pair: ["verkokerd", "ontschot"] });
    const added = addScenario(caseFile, (number) => `Proef ${number}`);
    documents.edit({ key: "addScenario", subject: "Proef" }, () => added.file);
    useSettings.setState({ pair: ["verkokerd", added.id] });
    useCase.getState().undo();
    stop();
    const { pair } = useSettings.getState();
    expect(caseFile.scenarios.map(({ id }) => id)).toEqual(expect.arrayContaining([...pair]));
    expect(pair[0]).toBe("verkokerd");
  });
});
