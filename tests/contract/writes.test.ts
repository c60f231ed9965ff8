/** Whatever happens while a file is written, it is the old one or the new one. */
import * as nodeFiles from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FileSystem, inTurn, writeAtomic } from "../../electron/atomicFile.ts";
import { CaseFiles } from "../../electron/caseFiles.ts";

let folder = "";
let path = "";

beforeEach(async () => {
  folder = await nodeFiles.mkdtemp(join(tmpdir(), "ontschot-write-"));
  path = join(folder, "zaak.ontschot.json");
  await nodeFiles.writeFile(path, "oud");
});
afterEach(() => nodeFiles.rm(folder, { recursive: true }));

const content = () => nodeFiles.readFile(path, "utf8");
const names = () => nodeFiles.readdir(folder);
const errorOf = (code: string) => Object.assign(new Error(code), { code });
const noPause = async () => {};

type Step = "open" | "write" | "sync" | "close" | "rename" | "rm";

/** The real file system, which breaks at one step; `dead` means that nothing works any more afterwards. */
function breaking(at: Step, code: string, { dead = false, times = Number.POSITIVE_INFINITY } = {}) {
  const tried: Step[] = [];
  let left = times;
  let broken = false;
  const guard = (step: Step) => {
    tried.push(step);
    if ((step === at && left-- > 0) || (dead && broken)) {
      broken = true;
      throw errorOf(code);
    }
  };
  const files = {
    ...nodeFiles,
    open: async (name: string, flags: string, mode?: number) => {
      if (flags === "wx") guard("open");
      const handle = await nodeFiles.open(name, flags, mode);
      return {
        chmod: (bits: number) => handle.chmod(bits),
        writeFile: async (data: Uint8Array | string) => {
          const bytes = Buffer.from(data as string);
          await handle.write(bytes.subarray(0, bytes.length / 2));
          guard("write");
          await handle.write(bytes.subarray(bytes.length / 2));
        },
        sync: async () => {
          guard("sync");
          await handle.sync();
        },
        close: async () => {
          await handle.close();
          guard("close");
        },
      };
    },
    rename: async (from: string, to: string) => {
      guard("rename");
      await nodeFiles.rename(from, to);
    },
    rm: async (name: string) => {
      guard("rm");
      await nodeFiles.rm(name, { force: true });
    },
  } as unknown as FileSystem;
  return { files, tried };
}

describe("writing a file", () => {
  it("replaces it as a whole and leaves nothing beside it", async () => {
    await writeAtomic(path, "nieuw €");
    expect(await content()).toBe("nieuw €");
    expect(await names()).toEqual(["zaak.ontschot.json"]);
  });

  it("makes a new one", async () => {
    const other = join(folder, "b.json");
    await writeAtomic(other, new Uint8Array([1, 2, 255]));
    expect([...(await nodeFiles.readFile(other))]).toEqual([1, 2, 255]);
  });

  it.each(["open", "write", "sync", "close", "rename"] as const)(
    "keeps the old one and cleans up when the disk is full at %s",
    async (step) => {
      const { files } = breaking(step, "ENOSPC");
      await expect(writeAtomic(path, "nieuw", { files, pause: noPause })).rejects.toMatchObject({
        code: "ENOSPC",
      });
      expect(await content()).toBe("oud");
      expect(await names()).toEqual(["zaak.ontschot.json"]);
    },
  );

  it.each(["write", "sync", "close", "rename"] as const)(
    "keeps the old one when everything stops at %s, and can be written afterwards",
    async (step) => {
      const { files } = breaking(step, "EIO", { dead: true });
      await expect(writeAtomic(path, "nieuw", { files, pause: noPause })).rejects.toBeDefined();
      expect(await content()).toBe("oud");
      await writeAtomic(path, "nieuwer");
      expect(await content()).toBe("nieuwer");
    },
  );

  it("has every byte on the disk before the old file goes", async () => {
    const { files, tried } = breaking("open", "", { times: 0 });
    await writeAtomic(path, "nieuw", { files });
    expect(tried.slice(0, 5)).toEqual(["open", "write", "sync", "close", "rename"]);
  });

  it.each(["EPERM", "EBUSY", "EACCES"])("tries again while a scanner holds the file (%s)", async (code) => {
    const { files } = breaking("rename", code, { times: 3 });
    const pauses: number[] = [];
    await writeAtomic(path, "nieuw", { files, pause: async (time) => void pauses.push(time) });
    expect(await content()).toBe("nieuw");
    expect(pauses).toHaveLength(3);
  });

  it("gives up in the end, and at once on any other error", async () => {
    const held = breaking("rename", "EBUSY");
    await expect(writeAtomic(path, "n", { files: held.files, pause: noPause })).rejects.toMatchObject({
      code: "EBUSY",
    });
    expect(held.tried.filter((step) => step === "rename")).toHaveLength(7);
    const lost = breaking("rename", "EXDEV");
    await expect(writeAtomic(path, "n", { files: lost.files, pause: noPause })).rejects.toBeDefined();
    expect(lost.tried.filter((step) => step === "rename")).toHaveLength(1);
    expect(await names()).toEqual(["zaak.ontschot.json"]);
  });

  it("keeps the permissions of the file", async () => {
    await nodeFiles.chmod(path, 0o640);
    await writeAtomic(path, "nieuw");
    expect((await nodeFiles.stat(path)).mode & 0o777).toBe(0o640);
  });

  it("replaces a planted link and never follows it", async () => {
    const target = join(folder, "elders.txt");
    const link = join(folder, "link.json");
    await nodeFiles.writeFile(target, "van een ander");
    await nodeFiles.symlink(target, link);
    await writeAtomic(link, "nieuw");
    expect(await nodeFiles.readFile(target, "utf8")).toBe("van een ander");
    expect((await nodeFiles.lstat(link)).isSymbolicLink()).toBe(false);
  });

  it("is never seen half written", async () => {
    const texts = ["a", "b"].map((sign) => sign.repeat(400_000));
    let writing = true;
    const seen = new Set<string>();
    const looking = (async () => {
      while (writing) {
        const text = await content();
        seen.add(`${text.length}${[...new Set(text)].join("")}`);
      }
    })();
    for (let count = 0; count < 20; count += 1) await writeAtomic(path, texts[count % 2] ?? "");
    writing = false;
    await looking;
    for (const state of seen) expect(["3oud", "400000a", "400000b"]).toContain(state);
  });
});

describe("work on one path", () => {
  it("is done in the order in which it was asked, also after a failure", async () => {
    const done: number[] = [];
    const work = (count: number) => () =>
      Promise.resolve().then(() => {
        done.push(count);
        if (count === 1) throw new Error("stuk");
      });
    const asked = [0, 1, 2, 3].map((count) => inTurn("a", work(count)));
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect(done).toEqual([0, 1, 2, 3]);
  });

  it("does not wait for another path", async () => {
    let release = () => {};
    const held = inTurn("a", () => new Promise<void>((resolve) => (release = resolve)));
    expect(await inTurn("b", async () => "klaar")).toBe("klaar");
    release();
    await held;
  });
});

describe("saving a case", () => {
  const save = async (files: CaseFiles, text: string, keepVersion: number | null = null) => {
    const opened = await files.open(path);
    if (!opened.ok) throw new Error(opened.error.code);
    const { token, name, hash: basedOnHash } = opened.value;
    return files.save({ token, name, text, basedOnHash, keepVersion });
  };

  it("sees that the file changed while it was writing", async () => {
    const real = breaking("open", "", { times: 0 }).files;
    const files = new CaseFiles({
      files: {
        ...real,
        // The other saves just after our text is on the disk.
        open: async (...args: Parameters<FileSystem["open"]>) => {
          const handle = await real.open(...args);
          if (args[1] === "wx") await nodeFiles.writeFile(path, "van een ander");
          return handle;
        },
      },
    });
    expect(await save(files, "nieuw")).toMatchObject({ ok: false, error: { code: "CONFLICT" } });
    expect(await content()).toBe("van een ander");
    expect(await names()).toEqual(["zaak.ontschot.json"]);
  });

  it.each([
    ["ENOSPC", "DISK_FULL"],
    ["EDQUOT", "DISK_FULL"],
    ["EROFS", "WRITE_REFUSED"],
    ["EACCES", "WRITE_REFUSED"],
    ["EIO", "WRITE_FAILED"],
  ])("says what %s means", async (code, fault) => {
    const { files } = breaking("write", code);
    const answer = await save(new CaseFiles({ files, pause: noPause }), "nieuw");
    expect(answer).toEqual({
      ok: false,
      error: { code: fault, path: "zaak.ontschot.json", found: code },
    });
    expect(await content()).toBe("oud");
  });

  it("writes nothing when the copy of the older format cannot be kept", async () => {
    const { files } = breaking("write", "ENOSPC", { times: 1 });
    expect(await save(new CaseFiles({ files }), "nieuw", 1)).toMatchObject({ ok: false });
    expect(await content()).toBe("oud");
    expect(await names()).toEqual(["zaak.ontschot.json"]);
  });

  it("keeps every different older file, and the same one once", async () => {
    const files = new CaseFiles();
    await save(files, "nieuw", 1);
    await nodeFiles.writeFile(path, "oud");
    await save(files, "nieuw", 1);
    await nodeFiles.writeFile(path, "anders oud");
    await save(files, "nieuw", 1);
    const kept = (await names()).filter((name) => name.endsWith(".bak")).sort();
    const texts = await Promise.all(kept.map((name) => nodeFiles.readFile(join(folder, name), "utf8")));
    expect(texts.sort()).toEqual(["anders oud", "oud"]);
  });

  it("saves through a link to the file itself", async () => {
    const link = join(folder, "link.json");
    await nodeFiles.symlink(path, link);
    const files = new CaseFiles();
    const opened = await files.open(link);
    if (!opened.ok) throw new Error(opened.error.code);
    const { token, name, hash } = opened.value;
    await files.save({ token, name, text: "nieuw", basedOnHash: hash, keepVersion: null });
    expect(await content()).toBe("nieuw");
    expect((await nodeFiles.lstat(link)).isSymbolicLink()).toBe(true);
  });

  it("opens files and nothing else", async () => {
    expect(await new CaseFiles().open(folder)).toMatchObject({ error: { code: "FILE_UNREADABLE" } });
    expect(await new CaseFiles().open(join(folder, "niets.json"))).toMatchObject({
      error: { code: "FILE_GONE" },
    });
  });
});
