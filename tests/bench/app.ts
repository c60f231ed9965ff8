/** The built app in Chromium: the size of its files, and the time from the start to exact figures. */
import { readdirSync, readFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { chromium, type Page } from "@playwright/test";
import { FLAGS } from "../browser/flags.ts";
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

/** Milliseconds from Enter on a new value to the headline that it changes, both seen by the page itself. */
async function editToFigure(page: Page, parameter: string, value: number): Promise<number> {
  await page.locator("[data-find]").fill(parameter);
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: parameter, exact: true }) });
  await row.getByRole("gridcell").first().click();
  await page.keyboard.press("F2");
  await page.locator(".app-celleditor__field").fill(String(value));
  // Nobody presses Enter in the very moment of the last digit: the check of what was typed has its turn.
  await page.waitForTimeout(150);
  await page.evaluate(() => {
    const figure = document.querySelector("[data-figure=headline]");
    if (!figure) throw new Error("no headline");
    const seen = new Promise<number>((done) => {
      let start = Number.NaN;
      const note = () => {
        start = performance.now();
      };
      document.addEventListener("keydown", note, { capture: true, once: true });
      new MutationObserver((_, observer) => {
        observer.disconnect();
        done(performance.now() - start);
      }).observe(figure, { characterData: true, childList: true, subtree: true });
    });
    Object.assign(globalThis, { seen });
  });
  await page.keyboard.press("Enter");
  await exact(page);
  return page.evaluate(() => (globalThis as unknown as { seen: Promise<number> }).seen);
}

/** A case and an assumption that its headline depends on, with values within its own band. */
const EDITED = [
  { title: "kleine casus", parameter: "Bijstand alleenstaande", from: 1500, step: 40 },
  {
    title: "inburgering, participatie en zorg",
    parameter: "Eén pot: beheer en verantwoording per jaar",
    from: 30_000,
    step: 4000,
  },
  // Every course of everybody hangs on this one.
  {
    title: "inburgering, participatie en zorg",
    parameter: "Bijstand naar werk, jaar 3 na vergunning (recent)",
    from: 1.9,
    step: 0.02,
  },
];

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
  for (const { title, parameter, from, step } of EDITED) {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    await startUp(page, address, title);
    await page.locator(".app-nav__item").nth(2).click();
    const edits: number[] = [];
    for (let round = 0; round < 7; round += 1)
      edits.push(await editToFigure(page, parameter, from + step * round));
    print(
      `  ${title}, ${parameter}: edit to figure ${middle(edits).toFixed(0)} ms, first ${edits[0]?.toFixed(0)} ms (goal < 100)`,
    );
    await page.close();
  }
  await browser.close();
  server.close();
}
