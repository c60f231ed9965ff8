/** `npm start` as a process. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const started: ChildProcess[] = [];
const folders: string[] = [];

/** Starts it, as on a build server: without a desktop, and without fetching anything. */
function start(args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["cli/start.mjs", ...args], {
    cwd: root,
    env: { ...process.env, CI: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  const heard = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const hear = (chunk: unknown) => {
        said += String(chunk);
        const match = pattern.exec(said);
        if (match) resolve(match);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("close", (code) => reject(new Error(`ended with ${code}: ${said}`)));
    });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) => {
    child.stderr.on("data", (chunk) => {
      said += String(chunk);
    });
    child.on("close", (code) => resolve({ code, said }));
  });
  return { child, heard, ended };
}

/** A folder with a program named electron that says with what it was started. */
function standIn(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), "ontschot-electron-"));
  folders.push(folder);
  const program = join(folder, "electron");
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return folder;
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const nowhere = { ELECTRON_OVERRIDE_DIST_PATH: "/nonexistent" };

describe("npm start", () => {
  it("says that Electron is not here and serves the app instead", async () => {
    const { heard, child, ended } = start([], nowhere);
    const [, address] = await heard(/Electron is not here[\s\S]*?(http:\/\/127\.0\.0\.1:\d+\/)/);
    const answer = await fetch(address ?? "");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("<title>Ontschot</title>");
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  it("starts Electron where it is, with the file and its exit code", async () => {
    const folder = standIn('echo "started with $*"; exit 7');
    const { heard, ended } = start(["zaak.ontschot.json"], {
      ELECTRON_OVERRIDE_DIST_PATH: folder,
      INIT_CWD: "/gebruiker",
    });
    const [, with_] = await heard(/started with (.*)/);
    expect(with_?.startsWith(root)).toBe(true);
    expect(with_).toMatch(/\/gebruiker\/zaak\.ontschot\.json$/);
    expect((await ended).code).toBe(7);
  });

  it("stays in the browser when asked, though Electron is here", async () => {
    const folder = standIn('echo "started"');
    const { heard } = start(["--host=browser"], { ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect((await heard(/\S+/))[0]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it("fails loudly when Electron is demanded and not here", async () => {
    const { code, said } = await start(["--host=electron"], nowhere).ended;
    expect(code).toBe(1);
    expect(said).toContain("Electron cannot be had here");
  });

  it("refuses another host", async () => {
    expect((await start(["--host=elders"], nowhere).ended).code).toBe(2);
  });
});
