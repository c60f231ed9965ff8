/**
 * The one port between the interface and the machine it runs on, and the wire that carries it in the desktop app.
 * Everything the interface asks of its surroundings is in {@link Host}; `electronHost` and `browserHost` keep the
 * same contract, and nothing else in the renderer knows which of the two it has.
 */
import { z } from "zod";
import type { Language } from "../../scenarios/text/index.ts";

/** A success, or a fault in the form of the engine's faults: code, place, what was found and expected. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: HostFault };

/** Codes of {@link HostFault}; each has its sentences in scenarios/text. */
export type HostFaultCode =
  /** The file on disk is not the one that was opened; `found` is its hash now, `modifiedAt` when it changed. */
  | "CONFLICT"
  | "FILE_GONE"
  | "FILE_UNREADABLE"
  | "FILE_TOO_LARGE"
  /** The bytes are not UTF-8. */
  | "NOT_TEXT"
  | "WRITE_REFUSED"
  | "WRITE_FAILED"
  | "DISK_FULL"
  | "DRAFT_FAILED"
  | "DRAFT_GONE"
  | "UNKNOWN_FILE"
  | "PRINT_FAILED"
  /** The message itself was wrong: a fault of the program. */
  | "REQUEST_REFUSED"
  | "HOST_FAILED";

export interface HostFault {
  readonly code: HostFaultCode;
  /** Name of the file or of the field; never a folder. */
  readonly path: string;
  readonly found?: unknown;
  readonly expected?: unknown;
  readonly [detail: string]: unknown;
}

/** A file as it was read. */
export interface OpenedFile {
  /** Stands for the place of the file; null where the host cannot write there again. */
  readonly token: string | null;
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly hash: string;
}

export type SavedFile = Omit<OpenedFile, "text">;

/** A file to read from, as bytes: its encoding is the reader's business. */
export interface ImportedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ExportFile {
  readonly name: string;
  /** A text is written as UTF-8, as it is. */
  readonly content: string | Uint8Array<ArrayBuffer>;
  readonly mime: string;
}

export interface SaveAsRequest {
  /** Suggested name; made fit for a file. */
  readonly name: string;
  readonly text: string;
}

export interface SaveRequest extends SaveAsRequest {
  /** The file to write; null asks the user where. */
  readonly token: string | null;
  /**
   * Hash of the file that the text builds on. When the file has another hash by now, nothing is written and the
   * answer is CONFLICT. Giving the `found` hash of that answer replaces the other's work, deliberately.
   */
  readonly basedOnHash: string | null;
  /** Format version of the file on disk when it is an older one: it is kept beside as `<name>.v<version>.bak`. */
  readonly keepVersion: number | null;
}

export interface RecentFile {
  readonly id: string;
  readonly name: string;
  /** Name of the folder, to tell files of the same name apart; "" where it is unknown. */
  readonly folder: string;
  /** ISO 8601, UTC. */
  readonly openedAt: string;
}

export interface DraftRequest {
  /** Of the renderer's choosing, one per opened document: lower-case letters, digits and dashes. */
  readonly id: string;
  readonly token: string | null;
  readonly name: string;
  readonly text: string;
  readonly basedOnHash: string | null;
}

/** Unsaved work that a session left behind. */
export interface DraftSummary {
  readonly id: string;
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly savedAt: string;
  /** The file the draft builds on: never saved, as it was, changed since, no longer there, or not known now. */
  readonly file: "none" | "same" | "changed" | "gone" | "unknown";
}

export interface Draft extends DraftSummary {
  readonly token: string | null;
  readonly text: string;
  readonly basedOnHash: string | null;
}

/** What the frame around the interface shows: title, mark of unsaved changes, language of menu and dialogs. */
export interface Frame {
  /** Name of the open document; null on the start page. */
  readonly name: string | null;
  /** While true, closing asks first. */
  readonly unsaved: boolean;
  /** Id of the document's draft: removed when the user closes without saving. */
  readonly draftId: string | null;
  readonly language: Language;
}

/** What a menu item or its shortcut asks. `go:` shows a view. */
export const MENU_COMMANDS = [
  "new",
  "open",
  "save",
  "saveAs",
  "importCsv",
  "exportCsv",
  "exportChart",
  "print",
  "undo",
  "redo",
  "find",
  "shortcuts",
  "about",
  "go:start",
  "go:overview",
  "go:assumptions",
  "go:walls",
  "go:scenarios",
] as const;

export type MenuCommand = (typeof MENU_COMMANDS)[number];

/** Keys of a command as Electron writes them; the same keys work in both hosts. The first is the one to show. */
export const SHORTCUTS: Readonly<Partial<Record<MenuCommand, readonly [string, ...string[]]>>> = {
  new: ["CmdOrCtrl+N"],
  open: ["CmdOrCtrl+O"],
  save: ["CmdOrCtrl+S"],
  saveAs: ["CmdOrCtrl+Shift+S"],
  exportCsv: ["CmdOrCtrl+E"],
  exportChart: ["CmdOrCtrl+Shift+E"],
  print: ["CmdOrCtrl+P"],
  undo: ["CmdOrCtrl+Z"],
  redo: ["CmdOrCtrl+Y", "CmdOrCtrl+Shift+Z"],
  find: ["CmdOrCtrl+F"],
  shortcuts: ["F1"],
  "go:start": ["CmdOrCtrl+1"],
  "go:overview": ["CmdOrCtrl+2"],
  "go:assumptions": ["CmdOrCtrl+3"],
  "go:walls": ["CmdOrCtrl+4"],
  "go:scenarios": ["CmdOrCtrl+5"],
};

export interface Drafts {
  /** Drafts that no other open window is working on, newest first; drafts equal to their file are left out. */
  list(): Promise<Answer<readonly DraftSummary[]>>;
  read(id: string): Promise<Answer<Draft>>;
  /** Keeps the draft of this window's document; a later one replaces an earlier one. */
  put(draft: DraftRequest): Promise<Answer<null>>;
  remove(id: string): Promise<Answer<null>>;
}

/** Everything the interface may ask of the machine. A null value means that the user cancelled. */
export interface Host {
  readonly version: string;
  openFile(): Promise<Answer<OpenedFile | null>>;
  openRecent(id: string): Promise<Answer<OpenedFile>>;
  /** Reads a file again, such as the other one of a conflict. */
  reopen(token: string): Promise<Answer<OpenedFile>>;
  save(document: SaveRequest): Promise<Answer<SavedFile | null>>;
  saveAs(document: SaveAsRequest): Promise<Answer<SavedFile | null>>;
  importCsv(): Promise<Answer<ImportedFile | null>>;
  /** Writes files to a place the user picks and gives their names; several never replace what is there. */
  exportFiles(files: readonly ExportFile[]): Promise<Answer<readonly string[] | null>>;
  recentFiles(): Promise<Answer<readonly RecentFile[]>>;
  forgetRecent(id: string): Promise<Answer<null>>;
  readonly drafts: Drafts;
  print(): Promise<Answer<null>>;
  setFrame(frame: Frame): void;
  /** Menu items and shortcuts; gives the function that stops listening. */
  onMenuCommand(listener: (command: MenuCommand) => void): () => void;
  /** Files that come from outside the interface: opened from the desktop, dropped on the window. */
  onOpened(listener: (answer: Answer<OpenedFile>) => void): () => void;
}

/** Largest amounts that cross the port; larger is refused, never cut. */
export const LIMITS = {
  caseBytes: 8 * 2 ** 20,
  csvBytes: 32 * 2 ** 20,
  exportBytes: 128 * 2 ** 20,
  exportFiles: 100,
  nameLength: 120,
  recentFiles: 12,
} as const;

/** Name of a case file ends in this. */
export const CASE_EXTENSION = ".ontschot.json";

/** The ending by which Windows, which sees what follows the last dot only, knows a case file. */
export const SHORT_EXTENSION = ".ontschot";

/** Whether a name ends as that of a file which may hold a case. */
export function isCaseName(name: string): boolean {
  return [SHORT_EXTENSION, ".json"].some((ending) => name.toLowerCase().endsWith(ending));
}

/** A name that every file system takes: no folders, no reserved signs or names, not too long. */
export function fileName(name: string, extension = ""): string {
  const whole = name.toLowerCase().endsWith(extension) ? name.slice(0, name.length - extension.length) : name;
  const stem = whole
    .normalize("NFC")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes.
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ")
    .replace(/\s+/g, " ")
    .replace(/^[. ]+|[. ]+$/g, "")
    .slice(0, LIMITS.nameLength - extension.length)
    .trim();
  const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(stem);
  return `${reserved ? "_" : ""}${stem === "" ? "ontschot" : stem}${extension}`;
}

/** Fault in the form that every answer carries. */
export function fail(code: HostFaultCode, path: string, details: object = {}): Answer<never> {
  return { ok: false, error: { code, path, ...details } };
}

/** Schemas of what the renderer sends, per channel: the only channels there are. */
export function channelSchemas() {
  // Generated checking code needs eval, which the content security policy forbids.
  z.config({ jitless: true });
  const nothing = z.null();
  const token = z.string().regex(/^[0-9a-f-]{1,64}$/);
  const hash = z.string().regex(/^[0-9a-f]{64}$/);
  const name = z.string().min(1).max(1_000);
  const text = z.string().max(LIMITS.caseBytes);
  const id = z.string().regex(/^[a-z0-9-]{1,64}$/);
  const bytes = z.instanceof(Uint8Array<ArrayBuffer>);
  const size = (content: string | Uint8Array) =>
    typeof content === "string" ? content.length : content.byteLength;
  const files = z
    .array(z.strictObject({ name, content: z.union([z.string(), bytes]), mime: z.string().max(100) }))
    .min(1)
    .max(LIMITS.exportFiles)
    .refine((list) => list.reduce((sum, { content }) => sum + size(content), 0) <= LIMITS.exportBytes);
  return {
    "file:open": nothing,
    "file:openRecent": id,
    "file:reopen": token,
    "file:save": z.strictObject({
      token: token.nullable(),
      name,
      text,
      basedOnHash: hash.nullable(),
      keepVersion: z.int().min(1).max(10_000).nullable(),
    }),
    "file:saveAs": z.strictObject({ name, text }),
    "file:importCsv": nothing,
    "file:export": files,
    "recent:list": nothing,
    "recent:forget": id,
    "draft:list": nothing,
    "draft:read": id,
    "draft:put": z.strictObject({
      id,
      token: token.nullable(),
      name,
      text,
      basedOnHash: hash.nullable(),
    }),
    "draft:remove": id,
    "window:print": nothing,
    "window:frame": z.strictObject({
      name: z.string().max(1_000).nullable(),
      unsaved: z.boolean(),
      draftId: id.nullable(),
      language: z.enum(["nl", "en"]),
    }),
    /** The renderer listens: what was opened from outside may now be sent. */
    "window:listening": nothing,
  } as const;
}

type Schemas = ReturnType<typeof channelSchemas>;

export type Channel = keyof Schemas;

export type Request<C extends Channel> = z.infer<Schemas[C]>;

/** What each channel answers, inside an {@link Answer}. */
export interface Values {
  "file:open": OpenedFile | null;
  "file:openRecent": OpenedFile;
  "file:reopen": OpenedFile;
  "file:save": SavedFile | null;
  "file:saveAs": SavedFile | null;
  "file:importCsv": ImportedFile | null;
  "file:export": readonly string[] | null;
  "recent:list": readonly RecentFile[];
  "recent:forget": null;
  "draft:list": readonly DraftSummary[];
  "draft:read": Draft;
  "draft:put": null;
  "draft:remove": null;
  "window:print": null;
  "window:frame": null;
  "window:listening": null;
}

/** What the main process sends of its own accord, per channel. */
export interface Pushes {
  "menu:command": MenuCommand;
  "file:opened": Answer<OpenedFile>;
}

/** What the preload exposes as `window.bridge`: one function per channel, no general sender. */
export type Bridge = {
  readonly [C in Channel]: (request: Request<C>) => Promise<Answer<Values[C]>>;
} & {
  readonly [P in keyof Pushes]: (listener: (message: Pushes[P]) => void) => () => void;
};

declare global {
  interface Window {
    readonly bridge?: Bridge;
  }
}
