/** Reading and saving the user's files. The renderer knows them by token; the paths stay here. */
import { randomUUID } from "node:crypto";
import { access, constants, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import {
  type Answer,
  fail,
  type HostFaultCode,
  LIMITS,
  type OpenedFile,
  type SavedFile,
  type SaveRequest,
} from "../renderer/host/contract.ts";
import { codeOf, freePath, inTurn, sha256, type WriteOptions, writeAtomic } from "./atomicFile.ts";

const MISSING = new Set(["ENOENT", "ENOTDIR"]);
const REFUSED = new Set(["EACCES", "EPERM", "EROFS", "EBUSY", "EISDIR"]);
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** The fault for an error while reading. */
export function readFault(error: unknown, path: string): Answer<never> {
  const found = codeOf(error);
  return fail(MISSING.has(found) ? "FILE_GONE" : "FILE_UNREADABLE", basename(path), { found });
}

/** The fault for an error while writing. */
export function writeFault(error: unknown, path: string): Answer<never> {
  const found = codeOf(error);
  const code: HostFaultCode = FULL.has(found)
    ? "DISK_FULL"
    : MISSING.has(found)
      ? "FILE_GONE"
      : REFUSED.has(found)
        ? "WRITE_REFUSED"
        : "WRITE_FAILED";
  return fail(code, basename(path), { found });
}

/** Bytes of a file of limited size. */
export async function readBytes(path: string, limit: number): Promise<Answer<Buffer>> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return fail("FILE_UNREADABLE", basename(path));
    if (stats.size > limit)
      return fail("FILE_TOO_LARGE", basename(path), { found: stats.size, expected: limit });
    return { ok: true, value: await readFile(path) };
  } catch (error) {
    return readFault(error, path);
  }
}

/** A write that stopped because the file was no longer the one that was checked. */
class Overtaken extends Error {}

/** What tells two states of a file apart without reading it; "" when there is none. */
async function stamp(path: string): Promise<string> {
  return stat(path).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs}/${size}/${ino}`,
    () => "",
  );
}

/** Renaming would replace a file that its owner marked read-only; that mark is kept. */
async function demandWritable(path: string): Promise<void> {
  await access(path, constants.W_OK).catch((error: unknown) => {
    if (!MISSING.has(codeOf(error))) throw error;
  });
}

/** The files of this session, by token. */
export class CaseFiles {
  private readonly paths = new Map<string, string>();

  constructor(private readonly options: WriteOptions = {}) {}

  /** The token for a path; always the same one in a session. */
  tokenFor(path: string): string {
    for (const [token, known] of this.paths) if (known === path) return token;
    const token = randomUUID();
    this.paths.set(token, path);
    return token;
  }

  pathOf(token: string): string | undefined {
    return this.paths.get(token);
  }

  /** Reads a file that the user picked. A link is followed once, so that saving replaces the file and not the link. */
  async open(picked: string): Promise<Answer<OpenedFile>> {
    const path = await realpath(picked).catch(() => picked);
    const read = await readBytes(path, LIMITS.caseBytes);
    if (!read.ok) return read;
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(read.value);
      const hash = sha256(read.value);
      return { ok: true, value: { token: this.tokenFor(path), name: basename(path), text, hash } };
    } catch {
      return fail("NOT_TEXT", basename(path));
    }
  }

  reopen(token: string): Promise<Answer<OpenedFile>> {
    const path = this.paths.get(token);
    return path ? this.open(path) : Promise.resolve(fail("UNKNOWN_FILE", ""));
  }

  /** Writes a file under a path that the user has just picked, and confirmed if there was one already. */
  create(path: string, text: string): Promise<Answer<SavedFile>> {
    return inTurn(path, async () => {
      try {
        await demandWritable(path);
        await writeAtomic(path, text, this.options);
        return this.saved(path, text);
      } catch (error) {
        return writeFault(error, path);
      }
    });
  }

  /** Writes a known file, unless it is no longer the one that the text builds on. */
  save({ token, text, basedOnHash, keepVersion }: SaveRequest): Promise<Answer<SavedFile>> {
    const path = token === null ? undefined : this.paths.get(token);
    if (!path) return Promise.resolve(fail("UNKNOWN_FILE", ""));
    return inTurn(path, () => this.replace(path, text, basedOnHash, keepVersion));
  }

  private async replace(
    path: string,
    text: string,
    basedOnHash: string | null,
    keepVersion: number | null,
  ): Promise<Answer<SavedFile>> {
    const checked = await stamp(path);
    const read = await readBytes(path, LIMITS.caseBytes);
    if (!read.ok) return read;
    const found = sha256(read.value);
    if (found === sha256(text)) return this.saved(path, text);
    if (found !== basedOnHash) return this.conflict(path, found, basedOnHash);
    try {
      await demandWritable(path);
      if (keepVersion !== null) await this.keep(path, read.value, keepVersion);
      const beforeReplacing = async () => {
        if ((await stamp(path)) !== checked) throw new Overtaken();
      };
      await writeAtomic(path, text, { ...this.options, beforeReplacing });
      return this.saved(path, text);
    } catch (error) {
      if (!(error instanceof Overtaken)) return writeFault(error, path);
      const now = await readBytes(path, LIMITS.caseBytes);
      return now.ok ? this.conflict(path, sha256(now.value), basedOnHash) : now;
    }
  }

  private async conflict(path: string, found: string, expected: string | null): Promise<Answer<never>> {
    const modifiedAt = await stat(path).then(
      ({ mtime }) => mtime.toISOString(),
      () => null,
    );
    return fail("CONFLICT", basename(path), { found, expected, modifiedAt });
  }

  /** Keeps the bytes of an older format beside the file; an equal copy is kept once. */
  private async keep(path: string, bytes: Buffer, version: number): Promise<void> {
    const kept = `${path}.v${version}.bak`;
    const earlier = await readFile(kept).catch(() => null);
    if (earlier?.equals(bytes)) return;
    const free = earlier ? await freePath(dirname(path), basename(kept)) : kept;
    await writeAtomic(free, bytes, this.options);
  }

  private saved(path: string, text: string): Answer<SavedFile> {
    return {
      ok: true,
      value: { token: this.tokenFor(path), name: basename(path), hash: sha256(text) },
    };
  }
}
