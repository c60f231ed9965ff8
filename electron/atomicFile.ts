/** Files that are either the old one or the new one, whatever happens in between. */
import { createHash, randomUUID } from "node:crypto";
import * as nodeFiles from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";

/** The part of the file system that writing needs; others only in tests. */
export type FileSystem = Pick<typeof nodeFiles, "open" | "rename" | "rm" | "stat">;

export interface WriteOptions {
  readonly files?: FileSystem;
  /** Waits before another attempt, milliseconds. */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Called when all bytes are on the disk, just before they take the place of the old file; may throw to stop. */
  readonly beforeReplacing?: () => Promise<void>;
}

/** What virus scanners and synchronisers answer while they hold a file for a moment. */
const PASSING = new Set(["EPERM", "EBUSY", "EACCES"]);
const PAUSES = [20, 50, 100, 200, 400, 800];

export const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

const turns = new Map<string, Promise<unknown>>();

/** Runs work on a path when the work before it on that path is done, well or badly. */
export function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const done = (turns.get(path) ?? Promise.resolve()).then(work, work);
  const settled = done.catch(() => undefined);
  turns.set(path, settled);
  void settled.then(() => {
    if (turns.get(path) === settled) turns.delete(path);
  });
  return done;
}

const wait = (milliseconds: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, milliseconds);
  });

async function rename(from: string, to: string, files: FileSystem, pause: typeof wait): Promise<void> {
  for (const milliseconds of PAUSES) {
    try {
      return await files.rename(from, to);
    } catch (error) {
      if (!PASSING.has(codeOf(error))) throw error;
      await pause(milliseconds);
    }
  }
  await files.rename(from, to);
}

/** Windows and some network drives cannot sync a folder; the rename stands all the same. */
async function syncFolder(folder: string, files: FileSystem): Promise<void> {
  try {
    const handle = await files.open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch {}
}

/**
 * Replaces a file as a whole: temporary file in the same folder, made exclusively, synced, renamed over the old one.
 * Renaming replaces a link that was planted under the name and never follows it.
 *
 * @throws the error of the file system; the old file is then as it was and the temporary one is gone
 */
export async function writeAtomic(
  path: string,
  content: Uint8Array | string,
  { files = nodeFiles, pause = wait, beforeReplacing }: WriteOptions = {},
): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  const mode = await files.stat(path).then(
    (stats) => stats.mode & 0o777,
    () => null,
  );
  const handle = await files.open(temporary, "wx", 0o666);
  try {
    try {
      if (mode !== null) await handle.chmod(mode).catch(() => undefined);
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeReplacing?.();
    await rename(temporary, path, files, pause);
  } catch (error) {
    await files.rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path), files);
}

/** A path in the folder under which nothing exists yet: `a.csv`, `a (2).csv`, … */
export async function freePath(folder: string, name: string, extension = extname(name)): Promise<string> {
  const stem = basename(name, extension);
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? name : `${stem} (${count})${extension}`);
    const taken = await nodeFiles.lstat(path).then(
      () => true,
      (error: unknown) => codeOf(error) !== "ENOENT",
    );
    if (!taken) return path;
    if (count === 1_000) throw new Error(`no free name for ${name}`);
  }
}
