/**
 * What the installers carry: packed with a folder that stands in for Electron's program. The fuses are left out
 * here, for flipping them needs the real program; neither they nor the installers themselves have been tried.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ontschot-pack-"));
const out = join(folder, "out");

/** Runs a program of node_modules. */
function run(path: string, ...args: string[]) {
  return spawnSync(process.execPath, [join(root, "node_modules", path), ...args], {
    cwd: root,
    encoding: "utf8",
    timeout: 50_000,
  });
}

let packed: ReturnType<typeof run>;

beforeAll(async () => {
  const path = new URL("../../cli/install.mjs", import.meta.url).href;
  const { buildApp } = (await import(/* @vite-ignore */ path)) as { buildApp(): void };
  buildApp();
  const dist = join(folder, "electron");
  mkdirSync(join(dist, "resources"), { recursive: true });
  mkdirSync(join(dist, "locales"));
  writeFileSync(join(dist, "electron"), "#!/bin/sh\n");
  chmodSync(join(dist, "electron"), 0o755);
  writeFileSync(join(dist, "version"), "45.4.1");
  for (const name of [
    "LICENSE",
    "LICENSES.chromium.html",
    "locales/nl.pak",
    "locales/en-US.pak",
    "locales/de.pak",
  ])
    writeFileSync(join(dist, name), "");
  const config = join(folder, "electron-builder.yml");
  const written = readFileSync(join(root, "electron-builder.yml"), "utf8");
  const [, fuses] = /^electronFuses:\n((?: {2}.*\n)+)/m.exec(written) ?? [];
  expect(fuses).toContain("runAsNode: false");
  writeFileSync(config, written.replace(/^electronFuses:\n(?: {2}.*\n)+/m, ""));
  packed = run(
    "electron-builder/cli.js",
    "--dir",
    "--linux",
    `--projectDir=${root}`,
    `--config=${config}`,
    `--config.electronDist=${dist}`,
    `--config.directories.output=${out}`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the packed program", () => {
  it("has a valid configuration", () => {
    expect(packed.stderr + packed.stdout).not.toMatch(/⨯/);
    expect(packed.status).toBe(0);
  });

  it("carries the built app, its licence and nothing of the sources", () => {
    const { stdout } = run(
      "@electron/asar/bin/asar.js",
      "list",
      join(out, "linux-unpacked/resources/app.asar"),
    );
    const files = stdout.trim().split("\n");
    for (const file of ["/dist/electron/main.mjs", "/dist/electron/preload.cjs", "/dist/renderer/index.html"])
      expect(files).toContain(file);
    expect(files.some((file) => /^\/dist\/renderer\/assets\/highs-.*\.wasm$/.test(file))).toBe(true);
    const top = files.filter((file) => file.split("/").length === 2);
    expect(top.sort()).toEqual(["/LICENSE", "/dist", "/package.json"]);
  });

  it("carries Dutch and English only", () => {
    const locales = join(out, "linux-unpacked/locales");
    expect(existsSync(join(locales, "nl.pak"))).toBe(true);
    expect(existsSync(join(locales, "en-US.pak"))).toBe(true);
    expect(existsSync(join(locales, "de.pak"))).toBe(false);
  });
});
