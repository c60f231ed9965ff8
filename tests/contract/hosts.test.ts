// @vitest-environment happy-dom
/** One contract, two hosts: whatever holds for the one must hold for the other. */
import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, type HostFaultCode, LIMITS, type OpenedFile } from "../../renderer/host/contract.ts";
import { browserPlace } from "./hosts/browserPlace.ts";
import { electronPlace } from "./hosts/electronPlace.ts";
import type { Place } from "./hosts/place.ts";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const decode = (bytes: Uint8Array | null | undefined) => (bytes ? new TextDecoder().decode(bytes) : null);

function got<T>(answer: Answer<T>): NonNullable<T> {
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  if (answer.value === null || answer.value === undefined) throw new Error("cancelled");
  return answer.value;
}

const faulty = (code: HostFaultCode) => ({ ok: false, error: expect.objectContaining({ code }) });

const listeners: Parameters<typeof window.addEventListener>[] = [];
const { addEventListener } = window;
window.addEventListener = (...added: Parameters<typeof addEventListener>) => {
  listeners.push(added);
  addEventListener.apply(window, added);
};

/** A page that ends takes its listeners with it. */
function forgetListeners(): void {
  for (const [type, listener] of listeners.splice(0)) window.removeEventListener(type, listener);
}

describe.each([
  ["desktop", electronPlace],
  ["browser", browserPlace],
])("the %s host", (_name, build) => {
  let place: Place;

  beforeEach(async () => {
    document.body.replaceChildren();
    place = await build(window as Window & typeof globalThis);
  });
  afterEach(async () => {
    await place.end();
    forgetListeners();
  });

  async function open(name: string, text: string): Promise<OpenedFile> {
    await place.disk.write(name, text);
    place.pick(name);
    return got(await place.host.openFile());
  }

  const save = (file: OpenedFile, text: string, basedOnHash: string | null = file.hash) =>
    place.host.save({ token: file.token, name: file.name, text, basedOnHash, keepVersion: null });

  describe("opening", () => {
    it("gives text, name and the hash of the bytes", async () => {
      const file = await open("zaak.ontschot.json", "€ één");
      expect(file).toMatchObject({ name: "zaak.ontschot.json", text: "€ één", hash: hashOf("€ één") });
      expect(file.token).toMatch(/^[0-9a-f-]+$/);
    });

    it("leaves a byte order mark out of the text but not out of the hash", async () => {
      const file = await open("a.json", "\ufeff{}");
      expect(file).toMatchObject({ text: "{}", hash: hashOf("\ufeff{}") });
    });

    it("gives null when the user cancels", async () => {
      place.pick(null);
      expect(await place.host.openFile()).toEqual({ ok: true, value: null });
    });

    it("refuses what is not UTF-8", async () => {
      await place.disk.write("a.json", new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]));
      place.pick("a.json");
      expect(await place.host.openFile()).toEqual(faulty("NOT_TEXT"));
    });

    it("refuses what is too large, without cutting it", async () => {
      await place.disk.write("a.json", new Uint8Array(LIMITS.caseBytes + 1).fill(0x20));
      place.pick("a.json");
      expect(await place.host.openFile()).toEqual(faulty("FILE_TOO_LARGE"));
    });

    it("reads a file again by its token", async () => {
      const file = await open("a.json", "een");
      await place.disk.write("a.json", "twee");
      expect(got(await place.host.reopen(file.token ?? ""))).toEqual({
        ...file,
        text: "twee",
        hash: hashOf("twee"),
      });
    });

    it("knows no tokens but its own", async () => {
      expect(await place.host.reopen("0-0")).toEqual(faulty("UNKNOWN_FILE"));
      const file = await open("a.json", "een");
      expect(await save({ ...file, token: "0-0" }, "twee")).toEqual(faulty("UNKNOWN_FILE"));
      expect(decode(await place.disk.read("a.json"))).toBe("een");
    });

    it("hands on files that come from outside", async () => {
      await place.disk.write("a.json", "een");
      const answers: Answer<OpenedFile>[] = [];
      const heard = new Promise<void>((resolve) => {
        place.host.onOpened((answer) => {
          answers.push(answer);
          resolve();
        });
      });
      // The listening itself is announced over the wire.
      await place.host.recentFiles();
      await place.bring("a.json");
      await heard;
      expect(answers).toMatchObject([{ ok: true, value: { name: "a.json", text: "een" } }]);
    });
  });

  describe("saving", () => {
    it("writes the text as UTF-8, and again on what it wrote", async () => {
      const file = await open("a.json", "een");
      const first = got(await save(file, "twee €"));
      expect(first).toEqual({ token: file.token, name: "a.json", hash: hashOf("twee €") });
      expect(decode(await place.disk.read("a.json"))).toBe("twee €");
      const second = got(await save(file, "drie", first.hash));
      expect(second.hash).toBe(hashOf("drie"));
      expect(decode(await place.disk.read("a.json"))).toBe("drie");
    });

    it("leaves no other file behind", async () => {
      const file = await open("a.json", "een");
      await save(file, "twee");
      expect(await place.disk.names()).toEqual(["a.json"]);
    });

    it("answers a conflict and writes nothing when the file has changed", async () => {
      const file = await open("a.json", "een");
      await place.disk.write("a.json", "van een ander");
      const answer = await save(file, "twee");
      expect(answer).toEqual(faulty("CONFLICT"));
      expect(answer).toMatchObject({
        error: { path: "a.json", found: hashOf("van een ander"), expected: hashOf("een") },
      });
      expect(decode(await place.disk.read("a.json"))).toBe("van een ander");
    });

    it("keeps both: the other's file and a new one", async () => {
      const file = await open("a.json", "een");
      await place.disk.write("a.json", "van een ander");
      await save(file, "twee");
      place.pick("b.json");
      expect(got(await place.host.saveAs({ name: "b", text: "twee" })).name).toBe("b.json");
      expect(decode(await place.disk.read("a.json"))).toBe("van een ander");
      expect(decode(await place.disk.read("b.json"))).toBe("twee");
    });

    it("replaces the other's work only when it is named", async () => {
      const file = await open("a.json", "een");
      await place.disk.write("a.json", "van een ander");
      expect((await save(file, "twee", hashOf("van een ander"))).ok).toBe(true);
      expect(decode(await place.disk.read("a.json"))).toBe("twee");
    });

    it("sees a change of which the place in time cannot be told by its hash", async () => {
      const file = await open("a.json", "een");
      await place.disk.write("a.json", "EEN");
      expect(await save(file, "twee")).toEqual(faulty("CONFLICT"));
    });

    it("has no quarrel with a file that already holds the text", async () => {
      const file = await open("a.json", "een");
      await place.disk.write("a.json", "twee");
      expect((await save(file, "twee")).ok).toBe(true);
    });

    it("never writes blindly over a file it has no hash of", async () => {
      const file = await open("a.json", "een");
      expect(await save(file, "twee", null)).toEqual(faulty("CONFLICT"));
    });

    it("says that the file is gone", async () => {
      const file = await open("a.json", "een");
      await place.disk.remove("a.json");
      expect(await save(file, "twee")).toEqual(faulty("FILE_GONE"));
      expect(await place.host.reopen(file.token ?? "")).toEqual(faulty("FILE_GONE"));
    });

    it("saves one after another: of two at once, the second is a conflict", async () => {
      const file = await open("a.json", "een");
      const [first, second] = await Promise.all([save(file, "twee"), save(file, "drie")]);
      expect(first.ok).toBe(true);
      expect(second).toEqual(faulty("CONFLICT"));
      expect(decode(await place.disk.read("a.json"))).toBe("twee");
    });

    it("keeps a copy of a file of an older format", async () => {
      const file = await open("a.json", "oud");
      const answer = await place.host.save({
        token: file.token,
        name: file.name,
        text: "nieuw",
        basedOnHash: file.hash,
        keepVersion: 3,
      });
      expect(answer.ok).toBe(true);
      const kept = await place.kept();
      expect([...kept.keys()]).toEqual(["a.json.v3.bak"]);
      expect(decode(kept.get("a.json.v3.bak"))).toBe("oud");
      expect(decode(await place.disk.read("a.json"))).toBe("nieuw");
    });
  });

  describe("saving elsewhere", () => {
    it("suggests a name that any file system takes", async () => {
      place.pick(null);
      await place.host.saveAs({ name: 'Drechtsteden: "2027"/concept?', text: "" });
      expect(place.suggested()).toBe("Drechtsteden 2027 concept.ontschot.json");
    });

    it("gives a token with which saving goes on", async () => {
      place.pick("nieuw.ontschot.json");
      const saved = got(await place.host.saveAs({ name: "nieuw", text: "een" }));
      expect(decode(await place.disk.read("nieuw.ontschot.json"))).toBe("een");
      expect((await save({ ...saved, text: "" }, "twee")).ok).toBe(true);
      expect(decode(await place.disk.read("nieuw.ontschot.json"))).toBe("twee");
    });

    it("leaves a name that ends as a case file does", async () => {
      for (const name of ["a.ontschot.json", "b.json", "c.ontschot"]) {
        place.pick(name);
        expect(got(await place.host.saveAs({ name: "nieuw", text: "een" })).name).toBe(name);
      }
    });

    it("asks where when there is no file yet, and may be cancelled", async () => {
      const unsaved = { token: null, name: "nieuw", text: "een", hash: "" };
      place.pick(null);
      expect(await save(unsaved, "een", null)).toEqual({ ok: true, value: null });
      place.pick("nieuw.json");
      expect(got(await save(unsaved, "een", null)).hash).toBe(hashOf("een"));
    });
  });

  describe("exporting", () => {
    const files = [
      { name: "a.csv", content: "\ufeffeen;€", mime: "text/csv" },
      { name: "b.png", content: new Uint8Array([1, 2, 255]), mime: "image/png" },
    ];

    it("writes every byte as it is", async () => {
      await place.disk.makeFolder("map");
      place.pick("map");
      expect(got(await place.host.exportFiles(files))).toEqual(["a.csv", "b.png"]);
      expect(Buffer.from((await place.disk.read("map/a.csv")) ?? []).toString("hex")).toBe(
        Buffer.from("\ufeffeen;€").toString("hex"),
      );
      expect([...((await place.disk.read("map/b.png")) ?? [])]).toEqual([1, 2, 255]);
    });

    it("never replaces what is in the folder", async () => {
      await place.disk.makeFolder("map");
      place.pick("map");
      await place.host.exportFiles(files);
      expect(got(await place.host.exportFiles(files))).toEqual(["a (2).csv", "b (2).png"]);
      expect(got(await place.host.exportFiles(files))).toEqual(["a (3).csv", "b (3).png"]);
    });

    it("writes a single file under the picked name", async () => {
      place.pick("grafiek.png");
      expect(got(await place.host.exportFiles(files.slice(1)))).toEqual(["grafiek.png"]);
      expect(place.suggested()).toBe("b.png");
      expect([...((await place.disk.read("grafiek.png")) ?? [])]).toEqual([1, 2, 255]);
    });

    it("stays in the folder, whatever the names say", async () => {
      await place.disk.makeFolder("map");
      place.pick("map");
      const names = ["../../weg.csv", "C:\\weg.csv", "/etc/weg.csv"];
      const answer = await place.host.exportFiles(
        names.map((name) => ({ name, content: "", mime: "text/csv" })),
      );
      expect(got(answer)).toEqual(["weg.csv", "C weg.csv", "etc weg.csv"]);
    });

    it("gives null when the user cancels", async () => {
      place.pick(null);
      expect(await place.host.exportFiles(files)).toEqual({ ok: true, value: null });
      expect(await place.host.exportFiles(files.slice(1))).toEqual({ ok: true, value: null });
    });
  });

  describe("importing", () => {
    it("gives the bytes, whatever their encoding", async () => {
      await place.disk.write("a.csv", new Uint8Array([0x80, 0x3b, 0x0a]));
      place.pick("a.csv");
      const file = got(await place.host.importCsv());
      expect(file.name).toBe("a.csv");
      expect([...file.bytes]).toEqual([0x80, 0x3b, 0x0a]);
    });

    it("gives null when the user cancels", async () => {
      place.pick(null);
      expect(await place.host.importCsv()).toEqual({ ok: true, value: null });
    });
  });

  describe("recent files", () => {
    it("lists what was opened or saved, newest first and once, also after a restart", async () => {
      await open("a.json", "een");
      await open("b.json", "een");
      place.pick("c.json");
      await place.host.saveAs({ name: "c", text: "een" });
      await open("a.json", "een");
      await place.restart();
      const list = got(await place.host.recentFiles());
      expect(list.map(({ name }) => name)).toEqual(["a.json", "c.json", "b.json"]);
      const opened = got(await place.host.openRecent(list[1]?.id ?? ""));
      expect(opened).toMatchObject({ name: "c.json", text: "een" });
      expect((await save(opened, "twee")).ok).toBe(true);
      expect(decode(await place.disk.read("c.json"))).toBe("twee");
    });

    it("keeps no more than it promises", async () => {
      for (let count = 0; count < LIMITS.recentFiles + 3; count += 1) await open(`f${count}.json`, "x");
      expect(got(await place.host.recentFiles())).toHaveLength(LIMITS.recentFiles);
    });

    it("says that a file is gone, and forgets it when asked", async () => {
      await open("a.json", "een");
      await place.disk.remove("a.json");
      const [entry] = got(await place.host.recentFiles());
      expect(await place.host.openRecent(entry?.id ?? "")).toEqual(faulty("FILE_GONE"));
      expect(await place.host.openRecent("nooit-gezien")).toEqual(faulty("FILE_GONE"));
      await place.host.forgetRecent(entry?.id ?? "");
      expect(got(await place.host.recentFiles())).toEqual([]);
    });

    it("never shows a folder's path", async () => {
      await open("a.json", "een");
      const [entry] = got(await place.host.recentFiles());
      expect(Object.keys(entry ?? {}).sort()).toEqual(["folder", "id", "name", "openedAt"]);
      expect(entry?.folder).not.toMatch(/[/\\]/);
    });
  });

  describe("drafts", () => {
    const draft = { id: "draft-1", token: null, name: "zaak", text: "werk", basedOnHash: null };

    it("come back after a restart", async () => {
      expect(await place.host.drafts.put(draft)).toEqual({ ok: true, value: null });
      await place.restart();
      const list = got(await place.host.drafts.list());
      expect(list).toMatchObject([{ id: "draft-1", name: "zaak", file: "none" }]);
      expect(list[0]?.savedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
      expect(got(await place.host.drafts.read("draft-1"))).toMatchObject(draft);
    });

    it("are replaced by later ones and removed when asked", async () => {
      await place.host.drafts.put(draft);
      await place.host.drafts.put({ ...draft, text: "meer werk" });
      expect(got(await place.host.drafts.read("draft-1")).text).toBe("meer werk");
      await place.host.drafts.remove("draft-1");
      expect(got(await place.host.drafts.list())).toEqual([]);
      expect(await place.host.drafts.read("draft-1")).toEqual(faulty("DRAFT_GONE"));
      expect((await place.host.drafts.remove("draft-1")).ok).toBe(true);
    });

    it("keep their order when several are asked at once", async () => {
      await Promise.all([
        place.host.drafts.put(draft),
        place.host.drafts.put({ ...draft, text: "later" }),
        place.host.drafts.remove("draft-1"),
        place.host.drafts.put({ ...draft, text: "laatst" }),
      ]);
      expect(got(await place.host.drafts.read("draft-1")).text).toBe("laatst");
    });

    it("know how their file is now, and save to it after a restart", async () => {
      const file = await open("a.json", "een");
      const { token, name, hash: basedOnHash } = file;
      await place.host.drafts.put({ id: "d", token, name, text: "twee", basedOnHash });
      await place.restart();
      const stateNow = async () => got(await place.host.drafts.list())[0]?.file;
      expect(await stateNow()).toBe("same");
      await place.disk.write("a.json", "van een ander");
      expect(await stateNow()).toBe("changed");
      const recovered = got(await place.host.drafts.read("d"));
      expect(recovered).toMatchObject({ text: "twee", basedOnHash, file: "changed" });
      expect(await save({ ...file, token: recovered.token }, "twee", basedOnHash)).toEqual(
        faulty("CONFLICT"),
      );
      await place.disk.write("a.json", "een");
      expect((await save({ ...file, token: recovered.token }, "twee", basedOnHash)).ok).toBe(true);
      expect(decode(await place.disk.read("a.json"))).toBe("twee");
    });

    it("say that their file is gone", async () => {
      const { token, name, hash: basedOnHash } = await open("a.json", "een");
      await place.host.drafts.put({ id: "d", token, name, text: "twee", basedOnHash });
      await place.disk.remove("a.json");
      expect(got(await place.host.drafts.list())).toMatchObject([{ file: "gone" }]);
      expect(got(await place.host.drafts.read("d")).text).toBe("twee");
    });

    it("are not offered when the file holds the very same", async () => {
      const { token, name, hash: basedOnHash } = await open("a.json", "een");
      await place.host.drafts.put({ id: "d", token, name, text: "twee", basedOnHash });
      await place.disk.write("a.json", "twee");
      expect(got(await place.host.drafts.list())).toEqual([]);
    });
  });

  describe("commands", () => {
    const press = (key: string, keys: KeyboardEventInit = {}, target: EventTarget = document.body) => {
      const event = new KeyboardEvent("keydown", {
        key,
        ctrlKey: true,
        bubbles: true,
        cancelable: true,
        ...keys,
      });
      target.dispatchEvent(event);
      return event.defaultPrevented;
    };

    it("are asked with their keys", () => {
      const heard: string[] = [];
      const stop = place.host.onMenuCommand((command) => heard.push(command));
      expect(press("s")).toBe(true);
      expect(press("S", { shiftKey: true })).toBe(true);
      expect(press("q")).toBe(false);
      expect(press("s", { ctrlKey: false })).toBe(false);
      stop();
      press("s");
      expect(heard).toEqual(["save", "saveAs"]);
    });

    it("leave undo to the text that is being typed", () => {
      const heard: string[] = [];
      place.host.onMenuCommand((command) => heard.push(command));
      const field = document.body.appendChild(document.createElement("input"));
      expect(press("z", {}, field)).toBe(false);
      expect(press("z")).toBe(true);
      expect(heard).toEqual(["undo"]);
    });
  });

  it("prints", async () => {
    expect(await place.host.print()).toEqual({ ok: true, value: null });
    expect(place.printed()).toBe(1);
  });

  it("says which version it is", () => expect(place.host.version).toBe("0.0.0"));
});
