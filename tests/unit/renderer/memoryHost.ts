/** A host in memory for tests: files by token, drafts by id, exports kept; dialogs answer what the test has put ready. */
import type {
  Answer,
  Draft,
  ExportFile,
  Frame,
  Host,
  ImportedFile,
  MenuCommand,
  OpenedFile,
  RecentFile,
} from "../../../renderer/host/contract.ts";

const ok = <T>(value: T): Promise<Answer<T>> => Promise.resolve({ ok: true, value });
const HASH = "0".repeat(64);

export class MemoryHost implements Host {
  readonly version = "0.0.0";
  readonly stored = new Map<string, Draft>();
  readonly exported: ExportFile[] = [];
  readonly saves: string[] = [];
  next: OpenedFile | null = null;
  nextCsv: ImportedFile | null = null;
  conflict: string | null = null;
  frame: Frame | null = null;
  command: (command: MenuCommand) => void = () => {};
  opened: (answer: Answer<OpenedFile>) => void = () => {};

  openFile = () => ok(this.next);
  openRecent = (): Promise<Answer<OpenedFile>> => this.reopen();
  reopen = (): Promise<Answer<OpenedFile>> =>
    this.next ? ok(this.next) : Promise.resolve({ ok: false, error: { code: "FILE_GONE", path: "" } });
  save: Host["save"] = ({ name, text, token, basedOnHash }) => {
    if (this.conflict !== null && basedOnHash !== this.conflict)
      return Promise.resolve({ ok: false, error: { code: "CONFLICT", path: name, found: this.conflict } });
    this.saves.push(text);
    return ok({ name, token, hash: HASH });
  };
  saveAs: Host["saveAs"] = ({ name, text }) => {
    this.saves.push(text);
    return ok({ name: `${name}.ontschot.json`, token: "1", hash: HASH });
  };
  importCsv = () => ok(this.nextCsv);
  exportFiles: Host["exportFiles"] = (files) => {
    this.exported.push(...files);
    return ok(files.map(({ name }) => name));
  };
  recentFiles = () => ok<readonly RecentFile[]>([]);
  forgetRecent = () => ok(null);
  drafts: Host["drafts"] = {
    list: () => ok([...this.stored.values()]),
    read: (id) => {
      const draft = this.stored.get(id);
      return draft ? ok(draft) : Promise.resolve({ ok: false, error: { code: "DRAFT_GONE", path: id } });
    },
    put: (draft) => {
      this.stored.set(draft.id, { ...draft, savedAt: "2026-11-23T10:00:00.000Z", file: "none" });
      return ok(null);
    },
    remove: (id) => {
      this.stored.delete(id);
      return ok(null);
    },
  };
  print = () => ok(null);
  setFrame = (frame: Frame) => {
    this.frame = frame;
  };
  onMenuCommand: Host["onMenuCommand"] = (listener) => {
    this.command = listener;
    return () => {};
  };
  onOpened: Host["onOpened"] = (listener) => {
    this.opened = listener;
    return () => {};
  };
}
