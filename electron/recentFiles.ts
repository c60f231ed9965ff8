import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { z } from "zod";
import { LIMITS, type RecentFile } from "../renderer/host/contract.ts";
import { inTurn, writeAtomic } from "./atomicFile.ts";

interface Entry {
  readonly id: string;
  readonly path: string;
  readonly openedAt: string;
}

function entriesIn(text: string): readonly Entry[] {
  const schema = z.array(z.strictObject({ id: z.string(), path: z.string(), openedAt: z.string() }));
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // A list that cannot be read is a list that starts anew; no work depends on it.
    return [];
  }
}

/** The files last opened or saved, newest first, kept between sessions. */
export class RecentFiles {
  private entries: Promise<readonly Entry[]> | undefined;

  constructor(
    private readonly file: string,
    private readonly now: () => Date,
  ) {}

  private read(): Promise<readonly Entry[]> {
    this.entries ??= readFile(this.file, "utf8").then(entriesIn, () => []);
    return this.entries;
  }

  private change(next: (entries: readonly Entry[]) => readonly Entry[]): Promise<void> {
    return inTurn(this.file, async () => {
      const entries = next(await this.read());
      this.entries = Promise.resolve(entries);
      await writeAtomic(this.file, JSON.stringify(entries));
    });
  }

  async list(): Promise<readonly RecentFile[]> {
    return (await this.read()).map(({ id, path, openedAt }) => ({
      id,
      name: basename(path),
      folder: basename(dirname(path)),
      openedAt,
    }));
  }

  async pathOf(id: string): Promise<string | undefined> {
    return (await this.read()).find((entry) => entry.id === id)?.path;
  }

  add(path: string): Promise<void> {
    const openedAt = this.now().toISOString();
    return this.change((entries) => {
      const id = entries.find((entry) => entry.path === path)?.id ?? randomUUID();
      const others = entries.filter((entry) => entry.path !== path);
      return [{ id, path, openedAt }, ...others].slice(0, LIMITS.recentFiles);
    });
  }

  forget(id: string): Promise<void> {
    return this.change((entries) => entries.filter((entry) => entry.id !== id));
  }
}
