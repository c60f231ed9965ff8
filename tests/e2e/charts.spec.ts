/** The images of the charts: one size and one theme, whatever the window and the page have. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, openExample, pickCase, test } from "./app.ts";
import { shippedCase } from "./engine.ts";

const CASE = "drechtsteden-klein";
const PNG = [0x89, 0x50, 0x4e, 0x47];

async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"])
      Reflect.deleteProperty(globalThis, name);
  });
  await page.reload();
}

/** Asks by key for the image of a chart, by its place among those to choose from. */
async function image(page: Page, place: number): Promise<Buffer> {
  const download = page.waitForEvent("download");
  await page.keyboard.press("Control+Shift+E");
  const choices = page.getByRole("dialog").locator(".app-choices button");
  await expect(choices).toHaveCount(2);
  await choices.nth(place).click();
  return readFileSync(await (await download).path());
}

const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

/** The colour of the paper: that of the pixel in the corner. */
function paperOf(page: Page, png: Buffer): Promise<number[]> {
  return page.evaluate(
    async (bytes) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
      const context = new OffscreenCanvas(1, 1).getContext("2d");
      context?.drawImage(bitmap, 0, 0);
      return [...(context?.getImageData(0, 0, 1, 1).data ?? [])];
    },
    [...png],
  );
}

test("an image is 1600 wide and on white, in a small dark window as in a large light one", async ({
  app,
}) => {
  await withoutPickers(app);
  await openExample(app, shippedCase(CASE).meta.title);
  await expect(app.locator(".app-compute--exact")).toBeVisible();
  for (const place of [0, 1]) {
    await app.setViewportSize({ width: 1920, height: 1080 });
    await app.emulateMedia({ colorScheme: "light" });
    const large = await image(app, place);
    await app.setViewportSize({ width: 640, height: 400 });
    await app.emulateMedia({ colorScheme: "dark" });
    await expect(app.locator("body")).toHaveClass(/app-theme--dark/);
    const small = await image(app, place);
    expect([...large.subarray(0, 4)]).toEqual(PNG);
    expect(sizeOf(large).width).toBe(1600);
    expect(sizeOf(small)).toEqual(sizeOf(large));
    expect(await paperOf(app, large)).toEqual([255, 255, 255, 255]);
    expect(await paperOf(app, small)).toEqual([255, 255, 255, 255]);
  }
});

test("a chart that is shown as its table is saved all the same", async ({ app }) => {
  await withoutPickers(app);
  await openExample(app, shippedCase(CASE).meta.title);
  await expect(app.locator(".app-compute--exact")).toBeVisible();
  const charts = app.locator("figure.app-chart");
  const drawn = await image(app, 0);
  for (const chart of await charts.all()) await chart.locator("button[aria-pressed=false]").first().click();
  await expect(app.locator("main canvas")).toHaveCount(0);
  expect((await image(app, 0)).equals(drawn)).toBe(true);
});

test("a long title takes more lines, at the same width", async ({ app }) => {
  await withoutPickers(app);
  await openExample(app, shippedCase(CASE).meta.title);
  await expect(app.locator(".app-compute--exact")).toBeVisible();
  const short = sizeOf(await image(app, 0));
  const file = shippedCase(CASE);
  const scenarios = file.scenarios.map((scenario) => ({
    ...scenario,
    label: `${scenario.label} ${"met een lange naam ".repeat(5)}`.trim(),
  }));
  await app.reload();
  await expect(app.locator(".app-tile").first()).toBeVisible();
  await pickCase(app, JSON.stringify({ ...file, scenarios }));
  await expect(app.locator(".app-compute--exact")).toBeVisible();
  await app.evaluate(() => Reflect.deleteProperty(globalThis, "showOpenFilePicker"));
  const long = sizeOf(await image(app, 0));
  expect(long.width).toBe(short.width);
  expect(long.height).toBeGreaterThan(short.height);
});
