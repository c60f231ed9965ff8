/** axe on every view, in both languages and themes. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, goTo, openExample, test } from "./app.ts";

const VIEWS = ["start", "overview", "assumptions", "walls", "scenarios"];

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
        const { violations } = await new AxeBuilder({ page: app }).analyze();
        const faults = violations.map(({ id, nodes }) => `${view}: ${id} ${nodes.map((node) => node.html)}`);
        expect.soft(faults).toEqual([]);
      }
    });
