/** The only thing the page sees of the desktop: one function per channel. Bundled as one CommonJS file. */
import { contextBridge, ipcRenderer } from "electron";
import type { Answer, Bridge, Channel, Pushes, Request, Values } from "../renderer/host/contract.ts";

const ask =
  <C extends Channel>(channel: C) =>
  (request: Request<C>): Promise<Answer<Values[C]>> =>
    ipcRenderer.invoke(channel, request);

const hear =
  <P extends keyof Pushes>(channel: P) =>
  (listener: (message: Pushes[P]) => void): (() => void) => {
    const heard = (_: unknown, message: Pushes[P]) => listener(message);
    ipcRenderer.on(channel, heard);
    return () => {
      ipcRenderer.off(channel, heard);
    };
  };

contextBridge.exposeInMainWorld("bridge", {
  "file:open": ask("file:open"),
  "file:openRecent": ask("file:openRecent"),
  "file:reopen": ask("file:reopen"),
  "file:save": ask("file:save"),
  "file:saveAs": ask("file:saveAs"),
  "file:importCsv": ask("file:importCsv"),
  "file:export": ask("file:export"),
  "recent:list": ask("recent:list"),
  "recent:forget": ask("recent:forget"),
  "draft:list": ask("draft:list"),
  "draft:read": ask("draft:read"),
  "draft:put": ask("draft:put"),
  "draft:remove": ask("draft:remove"),
  "window:print": ask("window:print"),
  "window:frame": ask("window:frame"),
  "window:listening": ask("window:listening"),
  "menu:command": hear("menu:command"),
  "file:opened": hear("file:opened"),
} satisfies Bridge);
