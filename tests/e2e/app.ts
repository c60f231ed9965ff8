/** The served app on a page that notes what it may not do: ask another host, break the policy, fail. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { test as base, expect, type Page } from "@playwright/test";

export { expect };

export const test = base.extend<{ app: Page }, { address: string }>({
  address: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const { serve } = (await import(new URL("../../cli/serve.mjs", import.meta.url).href)) as {
        serve(folder: string): Promise<Server>;
      };
      const server = await serve(fileURLToPath(new URL("../../dist/renderer", import.meta.url)));
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      server.closeAllConnections();
      server.close();
    },
    { scope: "worker" },
  ],
  app: async ({ page, address }, use) => {
    const wrong: string[] = [];
    page.on("request", (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol.startsWith("http") && host !== new URL(address).host) wrong.push(`asked ${request.url()}`);
    });
    page.on("pageerror", (error) => wrong.push(`error ${error.message}`));
    await page.exposeFunction("noteViolation", (what: string) => wrong.push(`policy ${what}`));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        const note = (globalThis as unknown as { noteViolation(what: string): void }).noteViolation;
        note(`${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await page.goto(address);
    await use(page);
    expect(wrong).toEqual([]);
  },
});

/** Opens the first shipped case and waits until its charts are drawn. */
export async function openExample(page: Page): Promise<void> {
  await page.locator(".app-tile").first().click();
  await expect(page.locator(".app-header")).toBeVisible();
  // The programmes of the largest case are solved on a machine that also runs the browser.
  await expect(page.locator("main canvas").first()).toBeVisible({ timeout: 60_000 });
}

/** Goes to a view: its place in the navigation, for the words differ per language. */
export async function goTo(page: Page, place: number): Promise<void> {
  const item = page.locator(".app-nav__item").nth(place);
  await item.click();
  await expect(item).toHaveAttribute("aria-current", "page");
}
