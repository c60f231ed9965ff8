/**
 * A browser as host. Where it has the File System Access API, files are opened and saved in place; elsewhere a file
 * comes in through an input and goes out as a download.
 */
import {
  type Answer,
  CASE_EXTENSION,
  type Draft,
  type DraftRequest,
  type DraftSummary,
  type ExportFile,
  type Frame,
  fail,
  fileName,
  type Host,
  type HostFaultCode,
  type ImportedFile,
  LIMITS,
  type OpenedFile,
  type RecentFile,
  type SaveAsRequest,
  type SavedFile,
  type SaveRequest,
  SHORT_EXTENSION,
} from "./contract.ts";
import { Commands } from "./shortcuts.ts";
import { BrowserStorage, type KeptDraft } from "./storage.ts";

/** The parts of the File System Access API that TypeScript does not know. */
interface Pickers {
  showOpenFilePicker?(options: object): Promise<FileSystemFileHandle[]>;
  showSaveFilePicker?(options: object): Promise<FileSystemFileHandle>;
  showDirectoryPicker?(options: object): Promise<FileSystemDirectoryHandle>;
}

interface Permissions {
  queryPermission?(mode: { mode: "read" | "readwrite" }): Promise<PermissionState>;
  requestPermission?(mode: { mode: "read" | "readwrite" }): Promise<PermissionState>;
}

const CASE_TYPES = [{ description: "Ontschot", accept: { "application/json": [".json", SHORT_EXTENSION] } }];
const CSV_TYPES = [{ description: "CSV", accept: { "text/csv": [".csv", ".txt"] } }];

/** Chromium loses downloads without a word when more than ten begin within a second. */
const DOWNLOADS_AT_ONCE = 8;
const DOWNLOAD_REST = 1_200;

const nameOf = (error: unknown) =>
  error instanceof DOMException || error instanceof Error ? error.name : "";

/** The fault for an error of a browser's file API. */
function faultOf(error: unknown, path: string, otherwise: HostFaultCode): Answer<never> {
  const found = nameOf(error);
  const codes: Readonly<Record<string, HostFaultCode>> = {
    NotFoundError: "FILE_GONE",
    NotAllowedError: otherwise === "FILE_UNREADABLE" ? "FILE_UNREADABLE" : "WRITE_REFUSED",
    NoModificationAllowedError: "WRITE_REFUSED",
    QuotaExceededError: "DISK_FULL",
  };
  return fail(codes[found] ?? otherwise, path, { found });
}

async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const encode = (text: string) => new TextEncoder().encode(text);

async function isGranted(
  handle: FileSystemFileHandle,
  mode: "read" | "readwrite",
  ask: boolean,
): Promise<boolean> {
  const permissions = handle as Permissions;
  const state = (await permissions.queryPermission?.({ mode })) ?? "granted";
  if (state !== "prompt" || !ask) return state === "granted";
  return (await permissions.requestPermission?.({ mode })) === "granted";
}

class BrowserHost implements Host {
  private readonly storage: BrowserStorage;
  private readonly commands: Commands;
  private readonly handles = new Map<string, FileSystemFileHandle>();
  private readonly ownDrafts = new Set<string>();
  private readonly pickers: Pickers;
  private unsaved = false;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly window: Window & typeof globalThis,
    readonly version: string,
    private readonly now: () => Date,
  ) {
    this.storage = new BrowserStorage(window.indexedDB);
    this.commands = new Commands(window);
    this.pickers = window as Pickers;
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved) event.preventDefault();
    });
  }

  /** Does one piece of writing after another. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work, work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async tokenFor(handle: FileSystemFileHandle): Promise<string> {
    for (const [token, known] of this.handles) if (await known.isSameEntry(handle)) return token;
    const token = crypto.randomUUID();
    this.handles.set(token, handle);
    return token;
  }

  /** A file of the user's choosing; undefined when cancelled. */
  private async pick(
    types: typeof CASE_TYPES | typeof CSV_TYPES,
  ): Promise<FileSystemFileHandle | File | undefined> {
    if (this.pickers.showOpenFilePicker) {
      try {
        return (await this.pickers.showOpenFilePicker({ types, multiple: false }))[0];
      } catch (error) {
        if (nameOf(error) === "AbortError") return undefined;
        throw error;
      }
    }
    const input = this.window.document.createElement("input");
    input.type = "file";
    input.accept = types.flatMap(({ accept }) => Object.values(accept).flat()).join(",");
    return new Promise((resolve) => {
      input.addEventListener("change", () => resolve(input.files?.[0]));
      input.addEventListener("cancel", () => resolve(undefined));
      input.click();
    });
  }

  private async readFile(file: File, handle: FileSystemFileHandle | null): Promise<Answer<OpenedFile>> {
    if (file.size > LIMITS.caseBytes)
      return fail("FILE_TOO_LARGE", file.name, { found: file.size, expected: LIMITS.caseBytes });
    const bytes = await file.arrayBuffer();
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      const token = handle ? await this.tokenFor(handle) : null;
      return { ok: true, value: { token, name: file.name, text, hash: await sha256(bytes) } };
    } catch {
      return fail("NOT_TEXT", file.name);
    }
  }

  private async readHandle(handle: FileSystemFileHandle, keep: boolean): Promise<Answer<OpenedFile>> {
    try {
      if (!(await isGranted(handle, "read", true))) return fail("FILE_UNREADABLE", handle.name);
      const answer = await this.readFile(await handle.getFile(), handle);
      if (answer.ok && keep) await this.keepRecent(handle);
      return answer;
    } catch (error) {
      return faultOf(error, handle.name, "FILE_UNREADABLE");
    }
  }

  async openFile(): Promise<Answer<OpenedFile | null>> {
    try {
      const picked = await this.pick(CASE_TYPES);
      if (!picked) return { ok: true, value: null };
      return "getFile" in picked ? this.readHandle(picked, true) : this.readFile(picked, null);
    } catch (error) {
      return faultOf(error, "", "FILE_UNREADABLE");
    }
  }

  async openRecent(id: string): Promise<Answer<OpenedFile>> {
    const entry = await this.storage.get("recent", id).catch(() => undefined);
    return entry ? this.readHandle(entry.handle, true) : fail("FILE_GONE", "");
  }

  async reopen(token: string): Promise<Answer<OpenedFile>> {
    const handle = this.handles.get(token);
    return handle ? this.readHandle(handle, false) : fail("UNKNOWN_FILE", "");
  }

  async save(document: SaveRequest): Promise<Answer<SavedFile | null>> {
    const handle = document.token === null ? undefined : this.handles.get(document.token);
    if (document.token === null) return this.saveAs(document);
    if (!handle) return fail("UNKNOWN_FILE", "");
    return this.inTurn(() => this.replace(handle, document));
  }

  /** Writes a known file, unless it is no longer the one that the text builds on. */
  private async replace(handle: FileSystemFileHandle, request: SaveRequest): Promise<Answer<SavedFile>> {
    const { text, basedOnHash, keepVersion } = request;
    try {
      if (!(await isGranted(handle, "readwrite", true))) return fail("WRITE_REFUSED", handle.name);
      const file = await handle.getFile();
      const bytes = await file.arrayBuffer();
      const found = await sha256(bytes);
      if (found === (await sha256(encode(text)))) return this.saved(handle, text);
      if (found !== basedOnHash) return this.conflict(file, found, basedOnHash);
      if (keepVersion !== null)
        this.download({ name: `${file.name}.v${keepVersion}.bak`, content: new Uint8Array(bytes), mime: "" });
      const overtaken = await this.write(handle, text, file);
      if (overtaken)
        return this.conflict(overtaken, await sha256(await overtaken.arrayBuffer()), basedOnHash);
      return this.saved(handle, text);
    } catch (error) {
      return faultOf(error, handle.name, "WRITE_FAILED");
    }
  }

  /**
   * Writes to the browser's own temporary file, which takes the place of the old one as a whole when it is closed.
   *
   * @returns the file as it is when it is no longer the expected one; nothing is then written
   */
  private async write(
    handle: FileSystemFileHandle,
    content: string | Uint8Array<ArrayBuffer>,
    expected: File | null,
  ): Promise<File | null> {
    const stream = await handle.createWritable();
    try {
      await stream.write(content);
      const now = expected ? await handle.getFile().catch(() => null) : null;
      if (now && (now.lastModified !== expected?.lastModified || now.size !== expected.size)) {
        await stream.abort();
        return now;
      }
      await stream.close();
      return null;
    } catch (error) {
      await stream.abort().catch(() => undefined);
      throw error;
    }
  }

  private conflict(file: File, found: string, expected: string | null): Answer<never> {
    return fail("CONFLICT", file.name, {
      found,
      expected,
      modifiedAt: new Date(file.lastModified).toISOString(),
    });
  }

  private async saved(handle: FileSystemFileHandle, text: string): Promise<Answer<SavedFile>> {
    const hash = await sha256(encode(text));
    return { ok: true, value: { token: await this.tokenFor(handle), name: handle.name, hash } };
  }

  async saveAs({ name, text }: SaveAsRequest): Promise<Answer<SavedFile | null>> {
    const suggestedName = fileName(name, CASE_EXTENSION);
    try {
      const handle = await this.pickPlace(suggestedName, CASE_TYPES);
      if (handle === null) return { ok: true, value: null };
      if (handle === undefined) {
        this.download({ name: suggestedName, content: text, mime: "application/json" });
        return { ok: true, value: { token: null, name: suggestedName, hash: await sha256(encode(text)) } };
      }
      return await this.inTurn(async () => {
        await this.write(handle, text, null);
        await this.keepRecent(handle);
        return this.saved(handle, text);
      });
    } catch (error) {
      return faultOf(error, suggestedName, "WRITE_FAILED");
    }
  }

  /** A new file of the user's choosing; null when cancelled, undefined where only a download is possible. */
  private async pickPlace(
    suggestedName: string,
    types?: object,
  ): Promise<FileSystemFileHandle | null | undefined> {
    try {
      return await this.pickers.showSaveFilePicker?.({ suggestedName, ...(types ? { types } : {}) });
    } catch (error) {
      if (nameOf(error) === "AbortError") return null;
      // The browser shows its window only shortly after a click; long work may have come in between.
      if (nameOf(error) === "SecurityError") return undefined;
      throw error;
    }
  }

  private rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.window.setTimeout(resolve, milliseconds));
  }

  private download({ name, content, mime }: ExportFile): void {
    const { document, URL } = this.window;
    const address = URL.createObjectURL(new Blob([content], { type: mime }));
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    // The browser reads the address after the click; a minute is ample.
    this.window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  async importCsv(): Promise<Answer<ImportedFile | null>> {
    try {
      const picked = await this.pick(CSV_TYPES);
      if (!picked) return { ok: true, value: null };
      const file = "getFile" in picked ? await picked.getFile() : picked;
      if (file.size > LIMITS.csvBytes)
        return fail("FILE_TOO_LARGE", file.name, { found: file.size, expected: LIMITS.csvBytes });
      return { ok: true, value: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } };
    } catch (error) {
      return faultOf(error, "", "FILE_UNREADABLE");
    }
  }

  async exportFiles(files: readonly ExportFile[]): Promise<Answer<readonly string[] | null>> {
    const named = files.map((file) => ({ ...file, name: fileName(file.name) }));
    const [only] = named;
    try {
      if (named.length === 1 && only) {
        const handle = await this.pickPlace(only.name);
        if (handle === null) return { ok: true, value: null };
        if (handle) {
          await this.write(handle, only.content, null);
          return { ok: true, value: [handle.name] };
        }
      } else {
        const folder = await this.pickFolder();
        if (folder === null) return { ok: true, value: null };
        if (folder) return { ok: true, value: await this.fill(folder, named) };
      }
      for (const [index, file] of named.entries()) {
        if (index > 0 && index % DOWNLOADS_AT_ONCE === 0) await this.rest(DOWNLOAD_REST);
        this.download(file);
      }
      return { ok: true, value: named.map(({ name }) => name) };
    } catch (error) {
      return faultOf(error, "", "WRITE_FAILED");
    }
  }

  private async pickFolder(): Promise<FileSystemDirectoryHandle | null | undefined> {
    try {
      return await this.pickers.showDirectoryPicker?.({ mode: "readwrite" });
    } catch (error) {
      if (nameOf(error) === "AbortError") return null;
      if (nameOf(error) === "SecurityError") return undefined;
      throw error;
    }
  }

  private async fill(folder: FileSystemDirectoryHandle, files: readonly ExportFile[]): Promise<string[]> {
    const names: string[] = [];
    for (const { name, content } of files) {
      const free = await freeName(folder, name);
      await this.write(await folder.getFileHandle(free, { create: true }), content, null);
      names.push(free);
    }
    return names;
  }

  private async keepRecent(handle: FileSystemFileHandle): Promise<void> {
    try {
      const kept = await this.storage.all("recent");
      let id: string = crypto.randomUUID();
      for (const entry of kept) if (await entry.handle.isSameEntry(handle)) id = entry.id;
      const openedAt = this.now().toISOString();
      await this.storage.put("recent", { id, name: handle.name, folder: "", openedAt, handle });
      const older = kept.filter((entry) => entry.id !== id).sort(newestFirst((entry) => entry.openedAt));
      for (const entry of older.slice(LIMITS.recentFiles - 1)) await this.storage.remove("recent", entry.id);
    } catch {
      // The list is a comfort; that it cannot be kept is no reason to refuse a file.
    }
  }

  async recentFiles(): Promise<Answer<readonly RecentFile[]>> {
    const kept = await this.storage.all("recent").catch(() => []);
    const list = kept.map(({ id, name, folder, openedAt }) => ({ id, name, folder, openedAt }));
    return { ok: true, value: list.sort(newestFirst((entry) => entry.openedAt)) };
  }

  async forgetRecent(id: string): Promise<Answer<null>> {
    await this.storage.remove("recent", id).catch(() => undefined);
    return { ok: true, value: null };
  }

  readonly drafts = {
    list: () => this.listDrafts(),
    read: (id: string) => this.readDraft(id),
    put: (draft: DraftRequest) => this.putDraft(draft),
    remove: (id: string) => this.removeDraft(id),
  };

  private async listDrafts(): Promise<Answer<readonly DraftSummary[]>> {
    try {
      const elsewhere = await this.heldElsewhere();
      const found: DraftSummary[] = [];
      for (const kept of await this.storage.all("drafts")) {
        if (elsewhere.has(kept.id)) continue;
        const file = await stateOf(kept);
        if (file === null) await this.storage.remove("drafts", kept.id);
        else found.push({ id: kept.id, name: kept.name, savedAt: kept.savedAt, file });
      }
      return { ok: true, value: found.sort(newestFirst((draft) => draft.savedAt)) };
    } catch (error) {
      return fail("DRAFT_FAILED", "", { found: nameOf(error) });
    }
  }

  private async readDraft(id: string): Promise<Answer<Draft>> {
    const kept = await this.storage.get("drafts", id).catch(() => undefined);
    if (!kept) return fail("DRAFT_GONE", "");
    const { name, savedAt, text, basedOnHash, handle } = kept;
    const file = (await stateOf(kept)) ?? "same";
    const token = handle ? await this.tokenFor(handle) : null;
    return { ok: true, value: { id, name, savedAt, file, token, text, basedOnHash } };
  }

  private async putDraft({ token, ...draft }: DraftRequest): Promise<Answer<null>> {
    const handle = (token === null ? undefined : this.handles.get(token)) ?? null;
    try {
      this.hold(draft.id);
      await this.storage.put("drafts", { ...draft, savedAt: this.now().toISOString(), handle });
      return { ok: true, value: null };
    } catch (error) {
      return fail("DRAFT_FAILED", draft.name, { found: nameOf(error) });
    }
  }

  private async removeDraft(id: string): Promise<Answer<null>> {
    try {
      await this.storage.remove("drafts", id);
      return { ok: true, value: null };
    } catch (error) {
      return fail("DRAFT_FAILED", "", { found: nameOf(error) });
    }
  }

  /** Marks a draft as this tab's for as long as the tab lives, so that another tab does not offer to recover it. */
  private hold(id: string): void {
    if (this.ownDrafts.has(id)) return;
    this.ownDrafts.add(id);
    const forever = () => new Promise<never>(() => {});
    void this.window.navigator.locks?.request(lockOf(id), forever).catch(() => undefined);
  }

  private async heldElsewhere(): Promise<ReadonlySet<string>> {
    const held = (await this.window.navigator.locks?.query())?.held ?? [];
    const ids = held.map(({ name }) => name?.slice(lockOf("").length) ?? "");
    return new Set(ids.filter((id) => !this.ownDrafts.has(id)));
  }

  async print(): Promise<Answer<null>> {
    this.window.print();
    return { ok: true, value: null };
  }

  setFrame({ name, unsaved }: Frame): void {
    this.unsaved = unsaved;
    this.window.document.title = name === null ? "Ontschot" : `${unsaved ? "• " : ""}${name} – Ontschot`;
  }

  onMenuCommand: Host["onMenuCommand"] = (listener) => this.commands.listen(listener);

  /** Files that are dropped on the window. */
  onOpened: Host["onOpened"] = (listener) => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const item = [...(event.dataTransfer?.items ?? [])].find(({ kind }) => kind === "file");
      if (!item) return;
      event.preventDefault();
      void this.openDropped(item).then((answer) => {
        if (answer) listener(answer);
      });
    };
    this.window.addEventListener("dragover", over);
    this.window.addEventListener("drop", drop);
    return () => {
      this.window.removeEventListener("dragover", over);
      this.window.removeEventListener("drop", drop);
    };
  };

  private async openDropped(item: DataTransferItem): Promise<Answer<OpenedFile> | null> {
    const transfer = item as DataTransferItem & {
      getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
    };
    // Both must be asked before the event ends; afterwards the browser forgets what was dropped.
    const file = item.getAsFile();
    const handle = await transfer.getAsFileSystemHandle?.().catch(() => null);
    if (handle instanceof FileSystemFileHandle) return this.readHandle(handle, true);
    return file ? this.readFile(file, null) : null;
  }
}

const lockOf = (id: string) => `ontschot-draft:${id}`;

/** How the file of a draft is now; null when it holds the very text of the draft. */
async function stateOf({ handle, basedOnHash, text }: KeptDraft): Promise<DraftSummary["file"] | null> {
  if (!handle) return basedOnHash === null ? "none" : "unknown";
  try {
    if (!(await isGranted(handle, "read", false))) return "unknown";
    const hash = await sha256(await (await handle.getFile()).arrayBuffer());
    if (hash === (await sha256(encode(text)))) return null;
    return hash === basedOnHash ? "same" : "changed";
  } catch (error) {
    return nameOf(error) === "NotFoundError" ? "gone" : "unknown";
  }
}

function newestFirst<T>(timeOf: (entry: T) => string): (a: T, b: T) => number {
  return (a, b) => (timeOf(a) < timeOf(b) ? 1 : -1);
}

/** A name in the folder that nothing has yet: `a.csv`, `a (2).csv`, … */
async function freeName(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? name.slice(0, dot) : name;
  const extension = dot > 0 ? name.slice(dot) : "";
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${stem} (${count})${extension}`;
    try {
      await folder.getFileHandle(free);
    } catch (error) {
      if (nameOf(error) === "NotFoundError") return free;
      // Something of that name exists that is no file.
      if (nameOf(error) !== "TypeMismatchError") throw error;
    }
  }
}

export function createBrowserHost(
  window: Window & typeof globalThis,
  version: string,
  now: () => Date = () => new Date(),
): Host {
  return new BrowserHost(window, version, now);
}
