/** axe on every view, in both languages and themes, and on what opens over the views. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, goTo, openExample, test } from "./app.ts";

const VIEWS = ["start", "overview", "assumptions", "walls", "scenarios"];

async function faultsOf(page: Page, where: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
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
