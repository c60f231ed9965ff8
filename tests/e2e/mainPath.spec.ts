/** The path of a controller: open, edit, undo, open a wall, save, lose the program, recover, compare. */
import type { Locator, Page } from "@playwright/test";
import { expect, goTo, openExample, test } from "./app.ts";
import { npvOf, rounded, shippedCase, thousands, withPool, withValue } from "./engine.ts";

const CASE = shippedCase("drechtsteden-klein");
const TITLE = CASE.meta.title;
const FOR = "overheid";
/** Whose figure moves with a wall: it changes who pays, not what is done. */
const PAYER = "gemeente";
const [OVERVIEW, ASSUMPTIONS, WALLS, SCENARIOS] = [1, 2, 3, 4];

/** The purse whose wall is moved, and what stays in the pool without it. */
const PURSE = "re_integratie";
const REST = (CASE.scenarios.find(({ id }) => id === "ontschot")?.pool ?? []).filter((id) => id !== PURSE);

const PAYER_LABEL = CASE.perspectives.find(({ id }) => id === PAYER)?.label ?? "";
const labelOf = (parameter: string) => CASE.parameters.find(({ id }) => id === parameter)?.label ?? "";
const npvShown = (page: Page, side: "left" | "right" = "right"): Locator =>
  page.locator(`[data-figure=npv] .app-kpi__side--${side} dd`);

/** The figures on the screen are those of the case as it is now. */
async function computed(page: Page): Promise<void> {
  await expect(page.locator(".app-compute--exact")).toBeVisible();
}

async function enter(page: Page, parameter: string, text: string): Promise<void> {
  await goTo(page, ASSUMPTIONS);
  await page.locator("[data-find]").fill(labelOf(parameter));
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: labelOf(parameter), exact: true }) });
  await row.getByRole("gridcell").first().click();
  await page.keyboard.press("F2");
  await page.locator(".app-celleditor__field").fill(text);
  await page.keyboard.press("Enter");
  await expect(page.locator(".app-celleditor__field")).toHaveCount(0);
  await expect(row.getByRole("gridcell").first()).toHaveText(text);
}

test("the main path, with the engine's own figures", async ({ program }) => {
  const npv = (file = CASE, scenario = "ontschot") => npvOf(file, scenario, FOR);
  const paid = (file = CASE) => npvOf(file, "ontschot", PAYER);
  await openExample(program.page, TITLE);
  await computed(program.page);
  await expect(npvShown(program.page)).toHaveText(rounded(await npv()));

  const dearer = withValue(CASE, "norm_alleen", 1650.25);
  expect(rounded(await npv(dearer))).not.toBe(rounded(await npv()));
  await enter(program.page, "norm_alleen", "1.650,25");
  await goTo(program.page, OVERVIEW);
  await computed(program.page);
  await expect(npvShown(program.page)).toHaveText(rounded(await npv(dearer)));
  await program.page.keyboard.press("Control+z");
  await expect(npvShown(program.page)).toHaveText(rounded(await npv()));

  await program.page.locator(".app-viewhead").getByText(PAYER_LABEL, { exact: true }).click();
  await goTo(program.page, WALLS);
  const headline = program.page.locator("[data-figure=headline]");
  await expect(headline).toHaveText(rounded(await paid()));
  const walled = withPool(CASE, "ontschot", REST);
  expect(rounded(await paid(walled))).not.toBe(rounded(await paid()));
  await program.page.locator(`.app-wall--open[data-wall^='${PURSE} ']`).first().click();
  await expect(headline).toHaveText(rounded(await paid(walled)));
  await program.page.locator(`.app-wall--closed[data-wall^='${PURSE} ']`).first().click();
  await expect(headline).toHaveText(rounded(await paid()));
  await program.page.locator(`.app-wall--open[data-wall^='${PURSE} ']`).first().click();
  await expect(headline).toHaveText(rounded(await paid(walled)));

  await program.page.keyboard.press("Control+s");
  await expect(program.page.locator(".app-savestate--dirty")).toHaveCount(0);
  const kept = JSON.parse(await program.read()) as typeof CASE;
  expect(kept.scenarios.find(({ id }) => id === "ontschot")?.pool).toEqual(REST);

  await program.reload();
  await program.page.keyboard.press("Control+o");
  await goTo(program.page, OVERVIEW);
  await computed(program.page);
  await enter(program.page, "norm_alleen", "1.650,25");
  await expect(program.page.locator(".app-savestate--dirty")).toContainText(/\d\d:\d\d/);
  await program.crash();
  const question = program.page.getByRole("dialog");
  await expect(question).toBeVisible();
  await question.getByRole("button").filter({ hasText: "Herstellen" }).click();
  await computed(program.page);
  const recovered = withValue(walled, "norm_alleen", 1650.25);
  await expect(npvShown(program.page)).toHaveText(rounded(await npv(recovered)));
  await expect(program.page.locator(".app-savestate--dirty")).toBeVisible();
  // The file itself is as it was saved.
  expect(JSON.parse(await program.read())).toEqual(kept);

  await goTo(program.page, SCENARIOS);
  const pair = program.page.locator(".app-scenarios tbody tr");
  const place = (id: string) => CASE.scenarios.findIndex((scenario) => scenario.id === id);
  await pair.nth(place("verkokerd")).locator("[name=left]").check();
  await pair.nth(place("ontschot")).locator("[name=right]").check();
  const [left, right] = [await npv(recovered, "verkokerd"), await npv(recovered)];
  const label = CASE.perspectives.find(({ id }) => id === FOR)?.label ?? "";
  const row = program.page.locator("main table").last().locator("tbody tr").filter({ hasText: label });
  const figures = row.first().locator("td");
  await expect(figures).toHaveText([thousands(left), thousands(right), thousands(right - left)]);
});

/** Presses Tab until the focus is on what is looked for. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(target).toBeFocused();
}

test("the main path by keyboard alone", async ({ program: { page, read } }) => {
  const dearer = withValue(CASE, "norm_alleen", 1650.25);
  await tabTo(page, page.locator(".app-tile").filter({ hasText: TITLE }));
  await page.keyboard.press("Enter");
  await computed(page);
  const shown = npvShown(page);
  await expect(shown).toHaveText(rounded(await npvOf(CASE, "ontschot", FOR)));

  await page.keyboard.press("Control+f");
  await expect(page.locator("[data-find]")).toBeFocused();
  await page.keyboard.type(labelOf("norm_alleen"));
  await tabTo(page, page.locator("[data-active=true]"));
  await page.keyboard.type("1650,25");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+2");
  await expect(shown).toHaveText(rounded(await npvOf(dearer, "ontschot", FOR)));
  await page.keyboard.press("Control+z");
  await expect(shown).toHaveText(rounded(await npvOf(CASE, "ontschot", FOR)));

  await tabTo(page, page.locator(".app-viewhead").getByText(PAYER_LABEL, { exact: true }));
  await page.keyboard.press("Enter");
  await expect(shown).toHaveText(rounded(await npvOf(CASE, "ontschot", PAYER)));
  await tabTo(page, page.locator(".app-nav__item").nth(WALLS));
  await page.keyboard.press("Enter");
  const wall = page.locator(`.app-wall--open[data-wall^='${PURSE} ']`).first();
  await tabTo(page, page.locator(".app-wall[tabindex='0']"));
  const [row, column] = ((await wall.getAttribute("data-place")) ?? "").split(" ").map(Number);
  for (let press = 0; press < (row ?? 0); press += 1) await page.keyboard.press("ArrowDown");
  for (let press = 0; press < (column ?? 0); press += 1) await page.keyboard.press("ArrowRight");
  await expect(wall).toBeFocused();
  await page.keyboard.press("Space");
  const walled = withPool(CASE, "ontschot", REST);
  await expect(page.locator("[data-figure=headline]")).toHaveText(
    rounded(await npvOf(walled, "ontschot", PAYER)),
  );
  await page.keyboard.press("Control+s");
  await expect(page.locator(".app-savestate--dirty")).toHaveCount(0);
  expect(JSON.parse(await read()).scenarios).toEqual(walled.scenarios);
});
