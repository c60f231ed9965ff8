/** Opening, saving, recovering: every way in which a case comes in and goes out. Nothing here loses work. */

import type { Fault } from "../../models/index.ts";
import {
  type BusinessCase,
  type CsvForm,
  importAssumptions,
  KnownParts,
  openCase,
  serializeCase,
  validateCase,
} from "../../scenarios/index.ts";
import { describeFault } from "../../scenarios/text/index.ts";
import type { Answer, Host, HostFault, OpenedFile, SavedFile } from "../host/contract.ts";
import type { CsvRequest, CsvTables } from "../run/protocol.ts";
import { assumptionsCsv } from "./assumptionsCsv.ts";
import { type ChangeRecord, isDirty, type Origin, presentCase, useCase } from "./caseStore.ts";
import { referenceOf } from "./edits.ts";
import { exampleText, templateText } from "./examples.ts";
import type { StepName } from "./history.ts";
import { useResults } from "./resultStore.ts";
import { ask, type Notice, notify, useScreen, withdraw } from "./screenStore.ts";
import { useSettings } from "./settingsStore.ts";

/** Milliseconds of rest after an edit before the draft is written. */
const DRAFT_REST = 800;

const VERSION = /"version"\s*:\s*(\d+)/;

function newDraftId(): string {
  return crypto.randomUUID();
}

/** SHA-256 of a text's UTF-8 bytes, hexadecimal. */
export async function hashText(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The pair that a reader wants first: the first siloed and the last pooled scenario that are no reference. */
export function firstPair(file: BusinessCase): [string, string] {
  const reference = referenceOf(file);
  const others = file.scenarios.filter((scenario) => scenario.id !== reference);
  const lawful = others.filter(
    (scenario) => !scenario.liftEarmarks?.length && scenario.reinvestSavings !== "sameYear",
  );
  const pooled =
    lawful.find((scenario) => scenario.pool?.length) ?? others.find((scenario) => scenario.pool?.length);
  const siloed = others.find((scenario) => !scenario.pool?.length);
  const right = pooled ?? others.find((scenario) => scenario !== siloed) ?? siloed ?? file.scenarios[0];
  const left = siloed && siloed !== right ? siloed : file.scenarios.find(({ id }) => id === reference);
  return [left?.id ?? "", right?.id ?? ""];
}

/** What is being typed and is not in the case yet. */
export interface OpenEntry {
  /** Puts it in the case. Gives null when that is done, or what to say when it is refused; then it stays open. */
  readonly settle: () => Notice | null;
}

/** Puts a scenario that exists in the place of one that an edit, or taking it back, has taken away. */
function keepPair(file: BusinessCase | null): void {
  if (!file) return;
  const { pair, set } = useSettings.getState();
  const known = (id: string) => file.scenarios.some((scenario) => scenario.id === id);
  if (pair.every(known)) return;
  const [left, right] = firstPair(file);
  set({ pair: [known(pair[0]) ? pair[0] : left, known(pair[1]) ? pair[1] : right] });
}

type CsvMaker = (file: BusinessCase, request: CsvRequest, stopped: AbortSignal) => Promise<CsvTables>;

export class Documents {
  private readonly entries = new Set<OpenEntry>();
  /** What was last said of it: no longer true once it is closed. */
  private refusal: Notice | null = null;
  /** Every edit is checked: what it does not touch is not compiled again. */
  private readonly parts = new KnownParts();
  private draftTimer: ReturnType<typeof setTimeout> | undefined;
  /** The hash of the text that a case was read from, as long as it is that text. */
  private readonly hashes = new WeakMap<BusinessCase, Promise<string>>();

  constructor(
    private readonly host: Host,
    private readonly csvPackOf: CsvMaker,
    /** Begins to work a case out while it is still being checked. */
    private readonly ahead: (file: BusinessCase) => void = () => {},
  ) {}

  /** Starts to listen: drafts follow edits, the frame follows the document. Gives the function that stops it. */
  start(): () => void {
    const stops = [
      useCase.subscribe((state, before) => {
        if (state.revision !== before.revision) this.scheduleDraft();
        keepPair(presentCase(state));
        this.frame();
      }),
      useSettings.subscribe((state, before) => {
        if (state.language !== before.language) this.frame();
      }),
      this.host.onOpened((answer) => {
        if (answer.ok) this.guard(() => this.take(answer.value));
        else this.refuse(answer);
      }),
    ];
    this.frame();
    void this.offerRecovery();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(this.draftTimer);
    };
  }

  /** Takes note of what is being typed: it is unsaved work. Gives the function that forgets it. */
  holdEntry(entry: OpenEntry): () => void {
    this.entries.add(entry);
    this.frame();
    return () => {
      this.entries.delete(entry);
      this.frame();
      withdraw(this.refusal);
    };
  }

  /**
   * Puts what is being typed in the case, before anything that takes the case as it is on the screen. A refused entry
   * stops that: saving would leave out what stands on the screen.
   */
  private settle(): boolean {
    for (const entry of this.entries) {
      this.refusal = entry.settle();
      if (!this.refusal) continue;
      notify(this.refusal);
      return false;
    }
    return true;
  }

  /** Goes on at once, or after the question what to do with unsaved work. */
  guard(proceed: () => void): void {
    if (!this.settle()) return;
    if (isDirty(useCase.getState())) ask({ kind: "unsaved", proceed });
    else proceed();
  }

  open(): void {
    this.guard(() => void this.openNow());
  }

  private async openNow(): Promise<void> {
    const answer = await this.host.openFile();
    if (!answer.ok) this.refuse(answer);
    else if (answer.value) this.take(answer.value);
  }

  openRecent(id: string): void {
    this.guard(async () => {
      const answer = await this.host.openRecent(id);
      if (answer.ok) this.take(answer.value);
      else this.refuse(answer);
    });
  }

  openExample(id: string): void {
    this.guard(async () => this.takeText(await exampleText(id), id));
  }

  openTemplate(): void {
    this.guard(async () => this.takeText(await templateText(), "nieuw"));
  }

  /** Opens a file that the host gave. */
  take(file: OpenedFile): void {
    const version = Number(VERSION.exec(file.text.slice(0, 400))?.[1]);
    this.takeText(file.text, file.name, { token: file.token, hash: file.hash }, version);
  }

  private takeText(
    text: string,
    name: string,
    place: { token: string | null; hash: string | null } = { token: null, hash: null },
    version?: number,
  ): void {
    const opened = openCase(text);
    if (!opened.ok) {
      useScreen.setState({ broken: { name, faults: opened.faults }, notice: null });
      return;
    }
    const migrated = opened.migrated.length > 0;
    if (!migrated) this.hashes.set(opened.caseFile, hashText(text));
    const keepVersion = migrated && version !== undefined && Number.isInteger(version) ? version : null;
    this.show(opened.caseFile, { name, ...place, keepVersion, draftId: newDraftId() }, !migrated);
    if (migrated) notify({ tone: "info", key: "notices.migrated" });
  }

  private show(file: BusinessCase, origin: Origin, saved: boolean): void {
    useResults.getState().clear();
    useScreen.setState({
      broken: null,
      notice: null,
      draftAt: null,
      draftFailed: false,
      refusedImport: null,
    });
    const perspective = file.scenarios.find((scenario) => scenario.objective)?.objective;
    useSettings.setState({
      pair: firstPair(file),
      perspective: perspective ?? file.perspectives[0]?.id ?? "",
      view: "overview",
      focus: null,
    });
    useCase.getState().open(file, origin, saved);
  }

  /** The faults that a change would make; none when it would still be a case. */
  faultsOf(change: (file: BusinessCase) => BusinessCase): readonly Fault[] {
    const present = presentCase(useCase.getState());
    const checked = present && validateCase(change(present), { known: this.parts });
    return checked && !checked.ok ? checked.faults : [];
  }

  /**
   * Edits the case, if it is still a case afterwards.
   *
   * @returns the faults that the edit would make; none when it was done
   */
  edit(
    name: StepName,
    change: (file: BusinessCase) => BusinessCase,
    record?: ChangeRecord,
  ): readonly Fault[] {
    const present = presentCase(useCase.getState());
    if (!present) return [];
    const changed = change(present);
    if (changed === present) return [];
    this.ahead(changed);
    const faults = this.faultsOf(() => changed);
    if (faults.length === 0) useCase.getState().edit(name, () => changed, record);
    return faults;
  }

  /** Saves; true when the case is on disk as it is on the screen. */
  async save(): Promise<boolean> {
    if (!this.settle()) return false;
    const { origin } = useCase.getState();
    return origin?.token ? this.write(origin.hash) : this.saveAs();
  }

  /** Saves over what another has written, deliberately. */
  overwrite(found: string): Promise<boolean> {
    return this.write(found);
  }

  private async write(basedOnHash: string | null): Promise<boolean> {
    const state = useCase.getState();
    const file = presentCase(state);
    const { origin } = state;
    if (!file || !origin) return false;
    useScreen.setState({ saving: true });
    const { name, token, keepVersion } = origin;
    const answer = await this.host.save({ name, token, text: serializeCase(file), basedOnHash, keepVersion });
    useScreen.setState({ saving: false });
    if (!answer.ok && answer.error.code === "CONFLICT") {
      ask({ kind: "conflict", found: String(answer.error.found) });
      return false;
    }
    return this.settleSave(file, answer);
  }

  async saveAs(): Promise<boolean> {
    if (!this.settle()) return false;
    const state = useCase.getState();
    const file = presentCase(state);
    if (!file || !state.origin) return false;
    useScreen.setState({ saving: true });
    const answer = await this.host.saveAs({ name: file.meta.title, text: serializeCase(file) });
    useScreen.setState({ saving: false });
    return this.settleSave(file, answer);
  }

  private settleSave(file: BusinessCase, answer: Answer<SavedFile | null>): boolean {
    if (!answer.ok) {
      this.refuse(answer);
      return false;
    }
    const { origin } = useCase.getState();
    if (!answer.value || !origin) return false;
    useCase.getState().markSaved(file, { ...origin, ...answer.value, keepVersion: null });
    this.hashes.delete(file);
    if (presentCase(useCase.getState()) === file) this.dropDraft(origin.draftId);
    notify({ tone: "ok", key: "notices.saved", values: { name: answer.value.name } });
    return true;
  }

  /** Opens the other version of a conflict; the own one stays behind as a draft. */
  async openOther(): Promise<void> {
    const { origin } = useCase.getState();
    if (!origin?.token) return;
    const fault = await this.writeDraft();
    if (fault) return this.refuse({ ok: false, error: fault });
    const answer = await this.host.reopen(origin.token);
    if (answer.ok) this.take(answer.value);
    else this.refuse(answer);
  }

  close(): void {
    this.guard(() => {
      const { origin } = useCase.getState();
      if (origin) this.dropDraft(origin.draftId);
      useCase.getState().close();
      useResults.getState().clear();
      useScreen.setState({ broken: null });
      useSettings.setState({ view: "start" });
    });
  }

  /** Throws the unsaved work of this document away, because the user said so. */
  discard(): void {
    const { origin, saved } = useCase.getState();
    clearTimeout(this.draftTimer);
    if (origin) this.dropDraft(origin.draftId);
    const present = presentCase(useCase.getState());
    if (origin && present && present !== saved) useCase.getState().markSaved(present, origin);
  }

  private scheduleDraft(): void {
    clearTimeout(this.draftTimer);
    const state = useCase.getState();
    if (!state.origin) return;
    if (isDirty(state) && state.history?.past.length)
      this.draftTimer = setTimeout(() => void this.writeDraft(), DRAFT_REST);
    else if (useScreen.getState().draftAt || useScreen.getState().draftFailed)
      this.dropDraft(state.origin.draftId);
  }

  /** Gives the fault when the copy is not kept. It interrupts nobody: it is told once, and the frame keeps saying so. */
  private async writeDraft(): Promise<HostFault | null> {
    const state = useCase.getState();
    const file = presentCase(state);
    if (!file || !state.origin) return null;
    const { draftId, token, hash } = state.origin;
    const name = token === null ? file.meta.title : state.origin.name;
    const text = serializeCase(file);
    const answer = await this.host.drafts.put({ id: draftId, token, name, text, basedOnHash: hash });
    const fault = answer.ok ? null : answer.error;
    if (useCase.getState().origin?.draftId !== draftId) return fault;
    const { draftFailed } = useScreen.getState();
    useScreen.setState(fault ? { draftFailed: true } : { draftAt: new Date(), draftFailed: false });
    if (fault && !draftFailed) {
      const { what, mend } = describeFault(fault, useSettings.getState().language);
      notify({ tone: "error", key: "faults.detail", values: { what, mend } });
    }
    return fault;
  }

  private dropDraft(id: string): void {
    clearTimeout(this.draftTimer);
    useScreen.setState({ draftAt: null, draftFailed: false });
    void this.host.drafts.remove(id);
  }

  /** Asks what to do with the newest work that a session left behind. */
  async offerRecovery(): Promise<void> {
    const answer = await this.host.drafts.list();
    const draft = answer.ok ? answer.value[0] : undefined;
    if (draft) ask({ kind: "recover", draft });
  }

  async recover(id: string): Promise<void> {
    const answer = await this.host.drafts.read(id);
    if (!answer.ok) return this.refuse(answer);
    const { text, name, token, basedOnHash } = answer.value;
    const opened = openCase(text);
    if (!opened.ok) {
      useScreen.setState({ broken: { name, faults: opened.faults } });
      return;
    }
    this.show(opened.caseFile, { name, token, hash: basedOnHash, keepVersion: null, draftId: id }, false);
    useScreen.setState({ draftAt: new Date(answer.value.savedAt) });
    notify({ tone: "info", key: "notices.recovered" });
  }

  async discardDraft(id: string): Promise<void> {
    await this.host.drafts.remove(id);
    await this.offerRecovery();
  }

  /** The hash of the file that a case is, or will be when it is saved. */
  private hashOf(file: BusinessCase): Promise<string> {
    return this.hashes.get(file) ?? hashText(serializeCase(file));
  }

  /** Writes all tables that the command line writes too. */
  exportCsv(form: CsvForm): Promise<void> {
    return this.exportTables(form, this.csvPackOf);
  }

  /** Writes the assumptions as a table that can be edited in a spreadsheet and read back. */
  exportAssumptions(): Promise<void> {
    return this.exportTables("dutch", async (file, request) => {
      const checked = validateCase(file);
      return checked.ok ? { ok: true, files: [assumptionsCsv(file, checked.model, request)] } : checked;
    });
  }

  private async exportTables(form: CsvForm, tablesOf: CsvMaker): Promise<void> {
    if (!this.settle()) return;
    const file = presentCase(useCase.getState());
    if (!file) return;
    const { language } = useSettings.getState();
    const stop = new AbortController();
    const working: Notice = {
      tone: "info",
      key: "notices.exporting",
      lasting: true,
      action: { key: "header.stop", run: () => stop.abort() },
    };
    notify(working);
    const request = { hash: await this.hashOf(file), programVersion: this.host.version, language, form };
    const tables = await tablesOf(file, request, stop.signal);
    if (stop.signal.aborted) return withdraw(working);
    if (!tables.ok) {
      const [fault] = tables.faults;
      const { what = "", mend = "" } = fault ? describeFault(fault, language) : {};
      return notify({ tone: "error", key: "notices.exportFailed", values: { what, mend } });
    }
    // From here on nothing can be given up any more.
    withdraw(working);
    const answer = await this.host.exportFiles(
      tables.files.map(({ name, text }) => ({ name, content: text, mime: "text/csv" })),
    );
    if (!answer.ok) this.refuse(answer);
    else if (answer.value)
      notify({ tone: "ok", key: "notices.exported", values: { count: answer.value.length } });
  }

  async exportPng(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const answer = await this.host.exportFiles([{ name: `${name}.png`, content: bytes, mime: "image/png" }]);
    if (!answer.ok) this.refuse(answer);
    else if (answer.value?.[0])
      notify({ tone: "ok", key: "notices.pngSaved", values: { name: answer.value[0] } });
  }

  async importCsv(): Promise<void> {
    if (!this.settle()) return;
    const present = presentCase(useCase.getState());
    if (!present) return;
    const answer = await this.host.importCsv();
    if (!answer.ok) return this.refuse(answer);
    if (!answer.value) return;
    const { name, bytes } = answer.value;
    const text = decodeCsv(bytes);
    const result = importAssumptions(present, text, await this.hashOf(present));
    if (!result.ok) {
      useScreen.setState({ refusedImport: { name, faults: result.faults } });
      return;
    }
    if (result.changes.length === 0)
      return notify({ tone: "info", key: "assumptions.import.nothing", values: { name } });
    const faults = this.edit({ key: "import", subject: name }, () => result.caseFile);
    if (faults.length > 0) useScreen.setState({ refusedImport: { name, faults } });
    else
      notify({
        tone: "ok",
        key: "assumptions.import.done",
        values: { name, count: result.changes.length },
        ofEdit: true,
      });
  }

  print(): void {
    if (this.settle()) void this.host.print();
  }

  private frame(): void {
    const state = useCase.getState();
    this.host.setFrame({
      name: presentCase(state)?.meta.title ?? null,
      unsaved: this.entries.size > 0 || (isDirty(state) && (state.history?.past.length ?? 0) > 0),
      draftId: state.origin?.draftId ?? null,
      language: useSettings.getState().language,
    });
  }

  private refuse(answer: Extract<Answer<unknown>, { ok: false }>): void {
    ask({ kind: "failed", fault: answer.error });
  }
}

/** The text of a CSV file: UTF-8, or what an older Dutch Excel writes. */
function decodeCsv(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
