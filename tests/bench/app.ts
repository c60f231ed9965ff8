/** The built app in Chromium: the size of its files, and the time from the start to exact figures. */
import { readdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import { FLAGS } from "../browser/chromium.ts";
import { middle, print } from "./measure.ts";

/** Sizes of the built files per kind. */
function bundle(folder: string): void {
  const sizes = new Map<string, { raw: number; packed: number }>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const kind = extname(name);
    if (kind === "") continue;
    const content = readFileSync(join(folder, name));
    const { raw, packed } = sizes.get(kind) ?? { raw: 0, packed: 0 };
    sizes.set(kind, { raw: raw + content.length, packed: packed + gzipSync(content).length });
  }
  for (const [kind, { raw, packed }] of sizes)
    print(
      `  ${kind.padEnd(18)} ${(raw / 1000).toFixed(0).padStart(6)} kB, ${(packed / 1000).toFixed(0)} kB gzip`,
    );
}

const exact = (page: Page) => page.locator(".app-compute--exact").waitFor();

/** Milliseconds from the address to exact figures of a shipped case. */
async function startUp(page: Page, address: string, title: string): Promise<number> {
  const start = performance.now();
  await page.goto(address);
  await page.locator(".app-tile").filter({ hasText: title }).click();
  await page.locator("[data-figure=npv] dd").first().waitFor();
  await exact(page);
  return performance.now() - start;
}

export async function app(): Promise<void> {
  const folder = resolve("dist/renderer");
  const module = await import(/* @vite-ignore */ new URL(`file://${resolve("cli/serve.mjs")}`).href);
  const server: Server = await module.serve(folder);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: FLAGS });
  print("The built app");
  bundle(folder);
  for (const title of ["kleine casus", "Vroegsignalering"]) {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    const starts: number[] = [];
    for (let round = 0; round < 3; round += 1) starts.push(await startUp(page, address, title));
    print(`  ${title}: start to exact figures ${middle(starts).toFixed(0)} ms`);
    await page.close();
  }
  await browser.close();
  server.close();
}
