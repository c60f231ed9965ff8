/** axe on every view, in both languages and themes, and on what opens over the views. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, goTo, openExample, test } from "./app.ts";

const VIEWS = ["start", "overview", "assumptions", "walls", "scenarios"];

async function faultsOf(page: Page, where: string): Promise<string[]> {
  // What passes is not told one by one: that takes a third of the time.
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).analyze();
  return violations.map(({ id, nodes }) => `${where}: ${id} ${nodes.map((node) => node.html)}`);
}

for (const language of ["NL", "EN"])
  for (const theme of ["light", "dark"])
    test(`no fault by axe: ${language}, ${theme}`, async ({ app }) => {
      await app.getByText(language, { exact: true }).click();
      await app.locator(".app-nav__settings select").selectOption(theme);
      await expect(app.locator("html")).toHaveAttribute("lang", language.toLowerCase());
      await openExample(app);
      for (const [place, view] of VIEWS.entries()) {
        await goTo(app, place);
        await expect(app.locator("main")).toBeVisible();
        await expect(app.locator("main [aria-busy=true]")).toHaveCount(0);
        expect.soft(await faultsOf(app, view)).toEqual([]);
      }
    });

test("no fault by axe in open dialogs, menus and a broken file", async ({ app }) => {
  await openExample(app, "kleine casus");
  for (const menu of await app.locator(".app-header [aria-haspopup]").all()) {
    await menu.click();
    await expect(app.getByRole("menu")).toBeVisible();
    expect.soft(await faultsOf(app, "menu")).toEqual([]);
    await app.keyboard.press("Escape");
    await expect(app.getByRole("menu")).toHaveCount(0);
  }
  await app.keyboard.press("F1");
  await expect(app.getByRole("dialog")).toBeVisible();
  expect.soft(await faultsOf(app, "shortcuts")).toEqual([]);
  await app.keyboard.press("Escape");
  await expect(app.getByRole("dialog")).toHaveCount(0);

  await goTo(app, 2);
  await app.locator("[data-active=true]").click();
  await app.keyboard.press("F2");
  await app.locator(".app-celleditor__field").fill("geen getal of formule (");
  await app.keyboard.press("Enter");
  await expect(app.locator(".app-celleditor__words")).toContainText(/\w/);
  expect.soft(await faultsOf(app, "cell editor")).toEqual([]);
  await app.keyboard.press("Escape");

  await app.evaluate(() => {
    const file = new File(['{"format":"ontschot-case","version":1,"meta":{}}'], "kapot.json");
    Object.assign(window, {
      showOpenFilePicker: async () => [
        { name: file.name, getFile: async () => file, isSameEntry: async () => false },
      ],
    });
  });
  await app.keyboard.press("Control+o");
  await expect(app.locator("main .app-code").first()).toBeVisible();
  expect.soft(await faultsOf(app, "broken file")).toEqual([]);
});

const isIn = (page: Page) => page.evaluate(() => document.activeElement?.closest("dialog") !== null);

/** An open dialog: named, without a fault, and Tab does not leave it. */
async function lookAtDialog(page: Page, where: string): Promise<void> {
  await expect(page.getByRole("dialog", { name: /\w/ })).toBeVisible();
  expect.soft(await faultsOf(page, where)).toEqual([]);
  const buttons = await page.getByRole("dialog").getByRole("button").count();
  for (let press = 0; press <= buttons; press += 1) {
    expect.soft(await isIn(page), `${where}, Tab ${press}`).toBe(true);
    await page.keyboard.press("Tab");
  }
}

async function leaveDialog(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

const PLACES = { overview: 1, assumptions: 2, walls: 3 };

for (const [language, theme] of [
  ["NL", "light"],
  ["EN", "dark"],
] as const)
  test(`no fault by axe where work could be lost or the law be left: ${language}, ${theme}`, async ({
    program,
  }) => {
    await program.page.getByText(language, { exact: true }).click();
    await program.page.locator(".app-nav__settings select").selectOption(theme);
    await openExample(program.page, "kleine casus");
    const type = async (text: string) => {
      await goTo(program.page, PLACES.assumptions);
      await program.page.locator("[data-active=true]").focus();
      await program.page.keyboard.type(text);
      await program.page.keyboard.press("Enter");
      await expect(program.page.locator(".app-savestate--dirty")).toBeVisible();
    };

    await program.page.keyboard.press("Control+Shift+e");
    await lookAtDialog(program.page, "which chart");
    await leaveDialog(program.page);

    await goTo(program.page, PLACES.walls);
    const wall = program.page.locator(".app-wall--earmark[data-wall]").first();
    await wall.click();
    await lookAtDialog(program.page, "earmark");
    await leaveDialog(program.page);
    await expect(wall).toBeFocused();

    await type("3");
    await program.page.keyboard.press("Control+o");
    await lookAtDialog(program.page, "unsaved");
    await leaveDialog(program.page);

    await program.page.keyboard.press("Control+s");
    await expect(program.page.locator(".app-savestate--dirty")).toHaveCount(0);
    await program.page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory();
      const file = await (await folder.getFileHandle("zaak.ontschot.json")).createWritable();
      await file.write("{}");
      await file.close();
    });
    await type("4");
    await program.page.keyboard.press("Control+s");
    await lookAtDialog(program.page, "conflict");
    await leaveDialog(program.page);

    await expect(program.page.locator(".app-savestate--dirty")).toContainText(/\d\d:\d\d/);
    await program.crash();
    await lookAtDialog(program.page, "recover");
    await program.page.getByRole("dialog").getByRole("button").first().click();

    await program.page.locator(".app-header__case [aria-haspopup]").click();
    await program.page.getByRole("menuitem").last().click();
    await goTo(program.page, PLACES.assumptions);
    await program.page.locator("[data-active=true]").focus();
    await program.page.keyboard.type("5");
    await program.page.keyboard.press("Enter");
    await lookAtDialog(program.page, "adopted");
  });

test("no fault by axe in an explained term, the menu of the assumptions and a table for a chart", async ({
  app,
}) => {
  await openExample(app, "kleine casus");
  for (const button of await app.locator("main .app-chart .app-iconbutton[aria-pressed]").all())
    await button.click();
  await expect(app.locator("main .app-chart table")).toHaveCount(2);
  await app.locator("main .app-term__word").first().focus();
  await expect(app.locator(".app-term__words")).toBeVisible();
  expect.soft(await faultsOf(app, "tables and a term")).toEqual([]);

  await goTo(app, PLACES.assumptions);
  await app.locator("main [aria-haspopup]").click();
  await expect(app.getByRole("menu")).toBeVisible();
  expect.soft(await faultsOf(app, "menu of the assumptions")).toEqual([]);
  await app.keyboard.press("Escape");
  await app.locator("thead .app-term__word").first().focus();
  await expect(app.locator(".app-term__words")).toBeVisible();
  expect.soft(await faultsOf(app, "explained column")).toEqual([]);
});
