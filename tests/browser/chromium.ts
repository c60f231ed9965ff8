/** Drives Chromium over the built page of this folder, served from loopback with the program's own headers. */
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";
import { build } from "vite";
import type { DrawSettings } from "../../models/index.ts";
import { FLAGS } from "./flags.ts";
import type { PageApi, PageRun } from "./page.ts";

declare const simulations: PageApi;

/** The page, as Node asks it. */
export interface SimulationPage {
  /** Opens and solves a case, which the calls that follow are about. */
  open(text: string): Promise<void>;
  /** Runs one of the runner's checks; gives what is wrong. */
  check(name: string): Promise<string[]>;
  simulate(settings: DrawSettings, workers: number): Promise<PageRun>;
  close(): Promise<void>;
}

/** Builds the page and opens it in Chromium; run from the root of the project. */
export async function openSimulationPage(): Promise<SimulationPage> {
  const folder = mkdtempSync(join(tmpdir(), "ontschot-page-"));
  await build({
    configFile: false,
    root: resolve("tests/browser"),
    base: "./",
    logLevel: "error",
    worker: { format: "es" },
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  const module = await import(/* @vite-ignore */ new URL(`file://${resolve("cli/serve.mjs")}`).href);
  const server: Server = await module.serve(folder);
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction(() => "simulations" in globalThis);
  return {
    open: (text) => page.evaluate((given) => simulations.open(given), text),
    check: (name) => page.evaluate((given) => simulations.check(given), name),
    simulate: (settings, workers) =>
      page.evaluate(([how, count]) => simulations.simulate(how, count), [settings, workers] as const),
    close: async () => {
      await browser.close();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
