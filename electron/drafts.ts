import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import {
  type Answer,
  type Draft,
  type DraftRequest,
  type DraftSummary,
  fail,
  LIMITS,
} from "../renderer/host/contract.ts";
import { codeOf, inTurn, sha256, writeAtomic } from "./atomicFile.ts";
import { type CaseFiles, readBytes } from "./caseFiles.ts";

const FORMAT = 1;

interface Kept {
  readonly id: string;
  readonly name: string;
  /** Path of the file the draft builds on; null when it was never saved. */
  readonly path: string | null;
  readonly basedOnHash: string | null;
  readonly savedAt: string;
  readonly text: string;
}

/** Unsaved work, one file per document in the folder of the program. */
export class Drafts {
  constructor(
    private readonly folder: string,
    private readonly caseFiles: CaseFiles,
    private readonly now: () => Date,
  ) {}

  private fileOf(id: string): string {
    return join(this.folder, `${id}.json`);
  }

  private async load(id: string): Promise<Kept | null> {
    const schema = z.object({
      format: z.literal(FORMAT),
      id: z.literal(id),
      name: z.string(),
      path: z.string().nullable(),
      basedOnHash: z.string().nullable(),
      savedAt: z.string(),
      text: z.string(),
    });
    try {
      return schema.parse(JSON.parse(await readFile(this.fileOf(id), "utf8")));
    } catch {
      // What cannot be read is left where it is, for a person to look at.
      return null;
    }
  }

  /** How the file of a draft is now; null when it holds the very text of the draft. */
  private async stateOf({ path, basedOnHash, text }: Kept): Promise<DraftSummary["file"] | null> {
    if (path === null) return "none";
    const read = await readBytes(path, LIMITS.caseBytes);
    if (!read.ok) return read.error.code === "FILE_GONE" ? "gone" : "unknown";
    const hash = sha256(read.value);
    if (hash === sha256(text)) return null;
    return hash === basedOnHash ? "same" : "changed";
  }

  async list(): Promise<Answer<readonly DraftSummary[]>> {
    const names = await readdir(this.folder).catch(() => []);
    const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length));
    const found: DraftSummary[] = [];
    for (const id of ids) {
      const kept = await this.load(id);
      if (!kept) continue;
      const file = await this.stateOf(kept);
      if (file === null) await this.remove(id);
      else found.push({ id, name: kept.name, savedAt: kept.savedAt, file });
    }
    return { ok: true, value: found.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1)) };
  }

  async read(id: string): Promise<Answer<Draft>> {
    const kept = await this.load(id);
    if (!kept) return fail("DRAFT_GONE", "");
    const { name, savedAt, text, path, basedOnHash } = kept;
    const file = (await this.stateOf(kept)) ?? "same";
    const token = path === null ? null : this.caseFiles.tokenFor(path);
    return { ok: true, value: { id, name, savedAt, file, token, text, basedOnHash } };
  }

  put({ id, token, name, text, basedOnHash }: DraftRequest): Promise<Answer<null>> {
    const path = token === null ? null : (this.caseFiles.pathOf(token) ?? null);
    const savedAt = this.now().toISOString();
    return inTurn(this.fileOf(id), async () => {
      try {
        await mkdir(this.folder, { recursive: true });
        const kept = { format: FORMAT, id, name, path, basedOnHash, savedAt, text };
        await writeAtomic(this.fileOf(id), JSON.stringify(kept));
        return { ok: true, value: null };
      } catch (error) {
        return fail("DRAFT_FAILED", name, { found: codeOf(error) });
      }
    });
  }

  remove(id: string): Promise<Answer<null>> {
    return inTurn(this.fileOf(id), async () => {
      try {
        await rm(this.fileOf(id), { force: true });
        return { ok: true, value: null };
      } catch (error) {
        return fail("DRAFT_FAILED", "", { found: codeOf(error) });
      }
    });
  }
}
