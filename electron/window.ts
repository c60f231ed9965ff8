import { join } from "node:path";
import { type Session as BrowserSession, BrowserWindow, type WebContents } from "electron";
import type { Frame } from "../renderer/host/contract.ts";
import { isOwnPage, START_PAGE } from "./origin.ts";

/** Makes the one window: sandboxed, isolated, without Node. */
export function createWindow(folder: string, devTools: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: "Ontschot",
    // Elsewhere the window has the icon of the program itself.
    ...(process.platform === "linux" ? { icon: join(folder, "icon.png") } : {}),
    webPreferences: {
      preload: join(folder, "preload.cjs"),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      devTools,
    },
  });
  window.once("ready-to-show", () => window.show());
  // The title is the frame's, not the page's.
  window.on("page-title-updated", (event) => event.preventDefault());
  void window.loadURL(START_PAGE);
  return window;
}

/** Keeps a page where it is: no other page in its place, no second window, no embedded one. */
export function fence(contents: WebContents): void {
  contents.on("will-navigate", (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => event.preventDefault());
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/** Nothing is permitted, nothing is downloaded, and no request goes anywhere but to the program's own files. */
export function fenceSession(session: BrowserSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const { protocol } = new URL(url);
    answer({ cancel: !isOwnPage(url) && !["data:", "blob:", "devtools:"].includes(protocol) });
  });
}

export function showFrame(window: BrowserWindow, { name, unsaved }: Frame): void {
  window.setTitle(name === null ? "Ontschot" : `${unsaved ? "• " : ""}${name} – Ontschot`);
  window.setDocumentEdited(unsaved);
}

/** Prints the page; gives the reason when that fails, and null when it went well or was cancelled. */
export function print(contents: WebContents): Promise<string | null> {
  return new Promise((resolve) => {
    contents.print({}, (success, reason) => {
      resolve(success || /cancel/i.test(reason) ? null : reason);
    });
  });
}
