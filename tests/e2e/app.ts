/** The served app on a page that notes what it may not do: ask another host, break the policy, fail. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContext,
  test as base,
  chromium,
  expect,
  type Page,
} from "@playwright/test";
import { DoubleProgram } from "../electronDouble/program.ts";

export { expect };

/** Where the program runs: served to a browser, or its real main and preload on the double of Electron. */
export type HostName = "browser" | "double";

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

/** Loads the page anew, until it hears keys: they are heard once the cases to choose from stand there. */
async function reload(page: Page): Promise<void> {
  await page.reload();
  await expect(page.locator(".app-tile").first()).toBeVisible();
}

/** The name of the one file that dialogs pick. */
const FILE = "zaak.ontschot.json";

/** The program in a browser: a page, and a file in its own storage. */
async function inBrowser(context: BrowserContext, address: string): Promise<Program> {
  await context.addInitScript(answerPickers);
  const open = async () => {
    const page = await context.newPage();
    await page.goto(address);
    return page;
  };
  let page = await open();
  return {
    get page() {
      return page;
    },
    read: () =>
      page.evaluate(async (name) => {
        const folder = await navigator.storage.getDirectory();
        return (await (await folder.getFileHandle(name)).getFile()).text();
      }, FILE),
    reload: () => reload(page),
    crash: async () => {
      await page.close({ runBeforeUnload: false });
      page = await open();
    },
  };
}

/** The desktop program: a crash ends main process and page, and what survives is on the disk. */
async function onDouble(double: DoubleProgram, wrong: string[]): Promise<Program & { end(): Promise<void> }> {
  let browser: Browser;
  let page: Page;
  const start = async () => {
    browser = await chromium.connectOverCDP(await double.start());
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    double.chromium = processInfo.find(({ type }) => type === "browser")?.id ?? null;
    const [context] = browser.contexts();
    const [first] = context?.pages() ?? [];
    if (!context || !first) throw new Error("the program has no page");
    page = first;
    await watch(context, page.url(), wrong);
    await page.reload();
  };
  const end = async () => {
    await double.kill();
    await browser.close();
  };
  const file = double.path(FILE);
  double.answer({ open: file, save: file });
  await start();
  return {
    get page() {
      return page;
    },
    read: async () => double.read(FILE),
    reload: () => reload(page),
    crash: async () => {
      await end();
      await start();
    },
    end,
  };
}

export const test = base.extend<
  { app: Page; double: DoubleProgram; program: Program; wrong: string[] },
  { address: string; host: HostName }
>({
  host: ["browser", { option: true, scope: "worker" }],
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
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  wrong: async ({}, use) => {
    const wrong: string[] = [];
    await use(wrong);
    expect(wrong).toEqual([]);
  },
  app: async ({ page, context, address, wrong }, use) => {
    await watch(context, address, wrong);
    await page.goto(address);
    await use(page);
  },
  double: async ({ launchOptions, locale, timezoneId, viewport }, use) => {
    const { executablePath = "", args = [] } = launchOptions;
    const double = new DoubleProgram({ executablePath, args, context: { locale, timezoneId, viewport } });
    await use(double);
    await double.remove();
  },
  program: async ({ host, browser, double, address, locale, timezoneId, viewport, wrong }, use) => {
    if (host === "double") {
      const program = await onDouble(double, wrong);
      await use(program);
      await program.end();
    } else {
      const context = await browser.newContext({
        viewport,
        ...(locale === undefined ? {} : { locale }),
        ...(timezoneId === undefined ? {} : { timezoneId }),
      });
      await watch(context, address, wrong);
      await use(await inBrowser(context, address));
      await context.close();
    }
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

/** Opens a text as a file that was picked: a real one, in the page's own storage. */
export async function pickCase(page: Page, text: string): Promise<void> {
  await page.evaluate(async (content) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle("gekozen.ontschot.json", { create: true });
    const writer = await handle.createWritable();
    await writer.write(content);
    await writer.close();
    Object.assign(window, { showOpenFilePicker: async () => [handle] });
  }, text);
  await page.keyboard.press("Control+o");
}
