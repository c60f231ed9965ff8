/** What the renderer may ask, answered with the real file system. Knows no Electron: dialogs and window are handed in. */
import { access } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import {
  type Answer,
  CASE_EXTENSION,
  type Frame,
  fail,
  fileName,
  isCaseName,
  LIMITS,
  type OpenedFile,
  type SavedFile,
  type SaveRequest,
} from "../renderer/host/contract.ts";
import { freePath, inTurn, writeAtomic } from "./atomicFile.ts";
import { CaseFiles, readBytes, writeFault } from "./caseFiles.ts";
import type { Dialogs } from "./dialogs.ts";
import { Drafts } from "./drafts.ts";
import type { Handlers } from "./ipc.ts";
import { RecentFiles } from "./recentFiles.ts";

/** The window as the session needs it. */
export interface Surface {
  setFrame(frame: Frame): void;
  /** Ends with the printer's reason when printing fails; null when it went well or the user cancelled. */
  print(): Promise<string | null>;
  sendOpened(answer: Answer<OpenedFile>): void;
  /** Says that a save ended; the window may be waiting to close. */
  saveEnded(ok: boolean): void;
  recentChanged(): void;
  /** A file was opened or saved: the operating system keeps a list of its own. */
  fileUsed(path: string): void;
}

export interface SessionOptions {
  /** Folder of the program's own files. */
  readonly dataFolder: string;
  /** Folder in which dialogs start. */
  readonly documentsFolder: string;
  readonly now: () => Date;
}

/** One run of the program: its open files, its drafts, its recent files. */
export class Session {
  readonly recentFiles: RecentFiles;
  readonly drafts: Drafts;
  private readonly caseFiles = new CaseFiles();
  private folder: string;
  private listening = false;
  private waiting: string | null = null;

  constructor(
    private readonly dialogs: Dialogs,
    private readonly surface: Surface,
    { dataFolder, documentsFolder, now }: SessionOptions,
  ) {
    this.folder = documentsFolder;
    this.recentFiles = new RecentFiles(join(dataFolder, "recent.json"), now);
    this.drafts = new Drafts(join(dataFolder, "drafts"), this.caseFiles, now);
  }

  /** Opens a file that was double-clicked or given to a second start; waits until the interface listens. */
  async openFromOutside(path: string): Promise<void> {
    if (!this.listening) this.waiting = path;
    else this.surface.sendOpened(await this.openPath(path));
  }

  /** The interface is loading again and will ask for what waits when it listens. */
  interfaceGone(): void {
    this.listening = false;
  }

  private async openPath(path: string): Promise<Answer<OpenedFile>> {
    const answer = await this.caseFiles.open(path);
    if (answer.ok) await this.used(path);
    return answer;
  }

  /** The list of recent files is a comfort: that it cannot be written is no reason to refuse a file. */
  private async used(path: string): Promise<void> {
    this.folder = dirname(path);
    await this.recentFiles.add(path).catch(() => undefined);
    this.surface.recentChanged();
    this.surface.fileUsed(path);
  }

  private async openFile(): Promise<Answer<OpenedFile | null>> {
    const path = await this.dialogs.openCase(this.folder);
    return path === null ? { ok: true, value: null } : this.openPath(path);
  }

  private async openRecent(id: string): Promise<Answer<OpenedFile>> {
    const path = await this.recentFiles.pathOf(id);
    return path ? this.openPath(path) : fail("FILE_GONE", "");
  }

  private async saveAs(name: string, text: string): Promise<Answer<SavedFile | null>> {
    const picked = await this.dialogs.saveCase(join(this.folder, fileName(name, CASE_EXTENSION)));
    if (picked === null) return { ok: true, value: null };
    const answer = await this.caseFiles.create(await withExtension(picked), text);
    if (answer.ok) await this.used(join(dirname(picked), answer.value.name));
    return answer;
  }

  private async save(document: SaveRequest): Promise<Answer<SavedFile>> {
    const answer = await this.caseFiles.save(document);
    const path = this.caseFiles.pathOf(document.token ?? "");
    if (answer.ok && path !== undefined) this.surface.fileUsed(path);
    return answer;
  }

  private async exportFiles(
    files: readonly { name: string; content: string | Uint8Array }[],
  ): Promise<Answer<readonly string[] | null>> {
    const [only] = files;
    if (files.length === 1 && only) {
      const path = await this.dialogs.saveExport(join(this.folder, fileName(only.name)));
      return path === null ? { ok: true, value: null } : writeExport(path, only.content);
    }
    const folder = await this.dialogs.pickFolder(this.folder);
    if (folder === null) return { ok: true, value: null };
    const names: string[] = [];
    for (const { name, content } of files) {
      const answer = await writeExport(await freePath(folder, fileName(name)), content);
      if (!answer.ok) return answer;
      names.push(...answer.value);
    }
    return { ok: true, value: names };
  }

  readonly handlers: Handlers = {
    "file:open": () => this.openFile(),
    "file:openRecent": (id) => this.openRecent(id),
    "file:reopen": (token) => this.caseFiles.reopen(token),
    "file:save": async (document) => {
      const answer =
        document.token === null ? await this.saveAs(document.name, document.text) : await this.save(document);
      this.surface.saveEnded(answer.ok && answer.value !== null);
      return answer;
    },
    "file:saveAs": async ({ name, text }) => {
      const answer = await this.saveAs(name, text);
      this.surface.saveEnded(answer.ok && answer.value !== null);
      return answer;
    },
    "file:importCsv": async () => {
      const path = await this.dialogs.openCsv(this.folder);
      if (path === null) return { ok: true, value: null };
      const read = await readBytes(path, LIMITS.csvBytes);
      if (!read.ok) return read;
      return { ok: true, value: { name: basename(path), bytes: new Uint8Array(read.value) } };
    },
    "file:export": (files) => this.exportFiles(files),
    "recent:list": async () => ({ ok: true, value: await this.recentFiles.list() }),
    "recent:forget": async (id) => {
      await this.recentFiles.forget(id);
      this.surface.recentChanged();
      return { ok: true, value: null };
    },
    "draft:list": () => this.drafts.list(),
    "draft:read": (id) => this.drafts.read(id),
    "draft:put": (draft) => this.drafts.put(draft),
    "draft:remove": (id) => this.drafts.remove(id),
    "window:print": async () => {
      const reason = await this.surface.print();
      return reason === null ? { ok: true, value: null } : fail("PRINT_FAILED", "", { found: reason });
    },
    "window:frame": async (frame) => {
      this.surface.setFrame(frame);
      return { ok: true, value: null };
    },
    "window:listening": async () => {
      this.listening = true;
      const path = this.waiting;
      this.waiting = null;
      if (path !== null) this.surface.sendOpened(await this.openPath(path));
      return { ok: true, value: null };
    },
  };
}

/** The picked path with an ending of a case file; never one that exists, since the user confirmed another name. */
async function withExtension(picked: string): Promise<string> {
  if (isCaseName(picked)) return picked;
  const path = `${picked}${CASE_EXTENSION}`;
  const taken = await access(path).then(
    () => true,
    () => false,
  );
  return taken ? freePath(dirname(path), basename(path), CASE_EXTENSION) : path;
}

async function writeExport(path: string, content: string | Uint8Array): Promise<Answer<readonly string[]>> {
  return inTurn(path, async () => {
    try {
      await writeAtomic(path, content);
      return { ok: true, value: [basename(path)] };
    } catch (error) {
      return writeFault(error, path);
    }
  });
}
