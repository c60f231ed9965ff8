/** The tables for Excel that leave the app, against those of the command line. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Download, Page } from "@playwright/test";
import { expect, openExample, test } from "./app.ts";

const CASE = "drechtsteden-klein";
const PATIENCE = { timeout: 45_000 };

/** Files leave and enter by downloads and an input: Chromium's own pickers have no window here. */
async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"])
      Reflect.deleteProperty(globalThis, name);
  });
  await page.reload();
}

async function downloads(page: Page, count: number, start: () => Promise<void>): Promise<Download[]> {
  const list: Download[] = [];
  page.on("download", (download) => list.push(download));
  await start();
  await expect.poll(() => list.length, PATIENCE).toBe(count);
  return list;
}

test("the CSV files are those of the command line, byte for byte", async ({ app }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "ontschot-e2e-"));
  const launcher = fileURLToPath(new URL("../../cli/ontschot.mjs", import.meta.url));
  const { status } = spawnSync(process.execPath, [launcher, "run", CASE, "--out", folder], {
    encoding: "utf8",
  });
  expect(status).toBe(0);
  const names = readdirSync(folder).filter((name) => name.endsWith(".csv"));
  expect(names.length).toBeGreaterThan(10);
  await withoutPickers(app);
  await openExample(app, "Drechtsteden, kleine casus");
  await expect(app.locator(".app-compute--exact")).toBeVisible(PATIENCE);
  await app.getByRole("button", { name: "Bestand" }).click();
  const files = await downloads(app, names.length, () =>
    app.getByRole("menuitem", { name: "Cijfers voor Excel (CSV) …" }).click(),
  );
  for (const file of files) {
    const name = file.suggestedFilename();
    expect(readFileSync(await file.path()).equals(readFileSync(join(folder, name))), name).toBe(true);
  }
  rmSync(folder, { recursive: true, force: true });
});
