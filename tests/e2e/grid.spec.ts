/** What only a real browser shows of the table of assumptions: where the focus goes, and what a shortcut takes along. */
import type { Page } from "@playwright/test";
import type { BusinessCase } from "../../scenarios/index.ts";
import { expect, goTo, openExample, pickCase, test } from "./app.ts";
import { shippedCase } from "./engine.ts";

const ASSUMPTIONS = 2;
const CASE = shippedCase("drechtsteden-klein");
const HEADS = ["Uitgangspunt", "Waarde", "Eenheid", "Laag", "Hoog", "Soort", "Bron", "Toelichting"];

const cell = (page: Page, label: string, column: string) =>
  page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: label, exact: true }) })
    .locator("th, td")
    .nth(HEADS.indexOf(column));
const field = (page: Page) => page.locator(".app-celleditor__field");

async function openGrid(page: Page): Promise<void> {
  await openExample(page, CASE.meta.title);
  await goTo(page, ASSUMPTIONS);
}

test("an open cell that is clicked away from is taken, or keeps the focus", async ({ app }) => {
  await openGrid(app);
  await cell(app, "Discontovoet", "Waarde").click();
  await app.keyboard.type("3,5");
  const other = cell(app, "Van werk terug naar bijstand", "Waarde");
  await other.click();
  await expect(cell(app, "Discontovoet", "Waarde")).toHaveText("3,5");
  await expect(other).toBeFocused();
  await app.keyboard.type("1,2,3");
  await cell(app, "Discontovoet", "Waarde").click();
  await expect(field(app)).toBeFocused();
  await expect(field(app)).toHaveValue("1,2,3");
  await app.locator("[data-find]").click();
  await expect(app.locator("[data-find]")).toBeFocused();
  await expect(field(app)).toHaveValue("1,2,3");
  await expect(app.locator(".app-celleditor__words")).toContainText("geen getal");
  await goTo(app, 1);
  await expect(app.locator(".app-notice")).toContainText("“1,2,3” bij Van werk terug naar bijstand, Waarde");
});

test("a right click on another cell leaves the focus where the refused text stands", async ({ app }) => {
  await openGrid(app);
  await cell(app, "Discontovoet", "Waarde").click();
  await app.keyboard.type("1,2,3");
  await cell(app, "Discontovoet", "Toelichting").click({ button: "right" });
  await expect(field(app)).toBeFocused();
});

test("Ctrl+S saves what stands in an open cell", async ({ program }) => {
  const { page, read } = program;
  await openGrid(page);
  await cell(page, "Discontovoet", "Waarde").click();
  await page.keyboard.type("3,5");
  await page.keyboard.press("Control+s");
  await expect(field(page)).toHaveCount(0);
  await expect(page.locator(".app-savestate--dirty")).toHaveCount(0);
  const saved = JSON.parse(await read()) as BusinessCase;
  expect(saved.parameters.find(({ id }) => id === "discontovoet")?.value).toBe(3.5);
  await expect(page.locator("[data-active=true]")).toBeFocused();
  await page.keyboard.type("1,2,3");
  await page.keyboard.press("Control+s");
  await expect(page.locator(".app-notice")).toContainText("“1,2,3” bij Discontovoet, Waarde");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Control+f");
  await expect(page.locator("[data-find]")).toBeFocused();
});

test("a text that is scrolled out of sight is still there", async ({ app }) => {
  const added = Array.from({ length: 300 }, (_, place) => ({
    id: `proef_${place}`,
    label: `Proef ${place}`,
    value: place,
    kind: "assumed" as const,
  }));
  await openExample(app, CASE.meta.title);
  await pickCase(app, JSON.stringify({ ...CASE, parameters: [...CASE.parameters, ...added] }));
  await goTo(app, ASSUMPTIONS);
  await cell(app, "Discontovoet", "Waarde").click();
  await app.keyboard.type("3,5");
  const scroll = (top: number) => app.locator(".app-grid").evaluate((grid, to) => grid.scrollTo(0, to), top);
  await scroll(8000);
  await expect(field(app)).toHaveCount(0);
  await scroll(0);
  await expect(field(app)).toHaveValue("3,5");
  await app.keyboard.press("Enter");
  await expect(cell(app, "Discontovoet", "Waarde")).toHaveText("3,5");
});

test("Tab walks the cells, and leaves the last one for what follows on the page", async ({ app }) => {
  await openGrid(app);
  await cell(app, "Discontovoet", "Waarde").click();
  await app.keyboard.type("3,5");
  await app.keyboard.press("Tab");
  await expect(cell(app, "Discontovoet", "Eenheid")).toBeFocused();
  await app.keyboard.press("Delete");
  await expect(app.locator(".app-notice")).toBeVisible();
  await app.keyboard.press("Tab");
  await expect(cell(app, "Discontovoet", "Laag")).toBeFocused();
  await app.keyboard.press("Control+End");
  await app.keyboard.press("Home");
  await app.keyboard.press("Tab");
  const here = app.locator("[data-active=true]");
  const [names, walked] = await Promise.all([
    here.locator("xpath=..").locator("th").boundingBox(),
    here.boundingBox(),
  ]);
  expect(walked?.x).toBeGreaterThanOrEqual((names?.x ?? 0) + (names?.width ?? 0) - 1);
  await app.keyboard.press("Control+End");
  await app.keyboard.press("Tab");
  await expect(app.locator(".app-notice")).toBeVisible();
  const inside = await app.evaluate(
    () => document.activeElement?.closest(".app-notices, [role=grid]") !== null,
  );
  expect(inside).toBe(false);
});

test("a notice takes room, not the row that is worked in", async ({ app }) => {
  await openGrid(app);
  await cell(app, "Discontovoet", "Eenheid").click();
  for (let press = 0; press < 40; press += 1) await app.keyboard.press("ArrowDown");
  const here = app.locator("[data-active=true]");
  const below = async () => {
    const [frame, row] = await Promise.all([app.locator(".app-grid").boundingBox(), here.boundingBox()]);
    return (row?.y ?? 0) + (row?.height ?? 0) - (frame?.y ?? 0) - (frame?.height ?? 0);
  };
  expect(await below()).toBeLessThanOrEqual(0);
  const before = await app.locator(".app-grid").boundingBox();
  await app.keyboard.press("Delete");
  await expect(app.locator(".app-notice")).toBeVisible();
  await expect
    .poll(async () => (await app.locator(".app-grid").boundingBox())?.height)
    .toBeLessThan(before?.height ?? 0);
  // At once: after some seconds the notice is gone by itself.
  expect(await below()).toBeLessThanOrEqual(0);
});
