/** The served app on a page that notes what it may not do: ask another host, break the policy, fail. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

export { expect };

/** The running program with the files that its dialogs pick. */
export interface Program {
  readonly page: Page;
  /** The text of the one file that the save dialog has picked; the open dialog picks it again. */
  read(): Promise<string>;
  reload(): Promise<void>;
  /** Ends the page without a word to it, and starts anew. */
  crash(): Promise<void>;
}

async function watch(context: BrowserContext, address: string, wrong: string[]): Promise<void> {
  context.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith("http") && host !== new URL(address).host) wrong.push(`asked ${request.url()}`);
  });
  context.on("weberror", (error) => wrong.push(`error ${error.error().message}`));
  await context.exposeFunction("noteViolation", (what: string) => wrong.push(`policy ${what}`));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const note = (globalThis as unknown as { noteViolation(what: string): void }).noteViolation;
      note(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}

/** Dialogs of a browser cannot be answered from outside; these pick one real file in the page's own storage. */
function answerPickers(): void {
  const pick = async () => {
    const folder = await navigator.storage.getDirectory();
    return folder.getFileHandle("zaak.ontschot.json", { create: true });
  };
  Object.assign(window, { showSaveFilePicker: pick, showOpenFilePicker: async () => [await pick()] });
}

export const test = base.extend<{ app: Page; program: Program }, { address: string }>({
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
  app: async ({ page, context, address }, use) => {
    const wrong: string[] = [];
    await watch(context, address, wrong);
    await page.goto(address);
    await use(page);
    expect(wrong).toEqual([]);
  },
  program: async ({ app, context, address }, use) => {
    await context.addInitScript(answerPickers);
    await app.reload();
    let page = app;
    await use({
      get page() {
        return page;
      },
      read: () =>
        page.evaluate(async () => {
          const folder = await navigator.storage.getDirectory();
          return (await (await folder.getFileHandle("zaak.ontschot.json")).getFile()).text();
        }),
      reload: async () => {
        await page.reload();
      },
      crash: async () => {
        await page.close({ runBeforeUnload: false });
        page = await context.newPage();
        await page.goto(address);
      },
    });
  },
});

/** Opens a shipped case, by a word of its title or else the first, and waits until its charts are drawn. */
export async function openExample(page: Page, title?: string): Promise<void> {
  const tiles = page.locator(".app-tile");
  await (title === undefined ? tiles : tiles.filter({ hasText: title })).first().click();
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
