/** The desktop program: one window, one session. Thin: what it does is in the files beside it. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { app, type BrowserWindow, dialog, ipcMain, Menu, protocol } from "electron";
import { type Frame, isCaseName, type MenuCommand, type Pushes } from "../renderer/host/contract.ts";
import { type Language, texts } from "../scenarios/text/index.ts";
import { registerScheme, serveApp } from "./appProtocol.ts";
import { CloseGuard } from "./closeGuard.ts";
import { createDialogs } from "./dialogs.ts";
import { listen } from "./ipc.ts";
import { menuTemplate } from "./menu.ts";
import { Session } from "./session.ts";
import { createWindow, fence, fenceSession, print, showFrame } from "./window.ts";

const folder = dirname(fileURLToPath(import.meta.url));

/** The case file among the arguments of a start, if there is one. */
function fileIn(args: readonly string[], workingFolder: string): string | null {
  const named = args.slice(1).find((arg) => !arg.startsWith("-") && isCaseName(arg));
  const path = named === undefined ? null : resolve(workingFolder, named);
  return path !== null && existsSync(path) ? path : null;
}

class Program {
  private window: BrowserWindow | null = null;
  private language: Language = "nl";
  private documentOpen = false;
  private quitting = false;
  private guard: CloseGuard | null = null;
  private readonly dialogs = createDialogs(
    dialog,
    () => this.window,
    () => texts(this.language).desktop.dialogs,
  );
  private readonly session = new Session(
    this.dialogs,
    {
      setFrame: (frame) => this.setFrame(frame),
      print: () => (this.window ? print(this.window.webContents) : Promise.resolve(null)),
      sendOpened: (answer) => this.send("file:opened", answer),
      saveEnded: (ok) => this.guard?.saveEnded(ok),
      recentChanged: () => void this.buildMenu(),
      fileUsed: (path) => app.addRecentDocument(path),
    },
    {
      dataFolder: app.getPath("userData"),
      documentsFolder: app.getPath("documents"),
      now: () => new Date(),
    },
  );

  start(): void {
    serveApp(protocol, join(folder, "../renderer"));
    listen(ipcMain, this.session.handlers);
    app.on("second-instance", (_event, args, workingFolder) => this.startedAgain(args, workingFolder));
    app.on("before-quit", () => {
      this.quitting = true;
    });
    app.on("window-all-closed", () => {
      if (process.platform !== "darwin" || this.quitting) app.quit();
    });
    app.on("activate", () => {
      if (!this.window) this.open();
    });
    void this.buildMenu();
    this.open();
  }

  openFile(path: string): void {
    if (!this.window) this.open();
    void this.session.openFromOutside(path);
  }

  private startedAgain(args: readonly string[], workingFolder: string): void {
    const path = fileIn(args, workingFolder);
    if (path !== null) this.openFile(path);
    if (this.window?.isMinimized()) this.window.restore();
    this.window?.focus();
  }

  private open(): void {
    this.session.interfaceGone();
    const window = createWindow(folder, !app.isPackaged);
    const { webContents } = window;
    const guard = new CloseGuard({
      confirm: (name) => this.dialogs.confirmClose(name),
      save: () => this.command("save"),
      discard: (draftId) => this.session.drafts.remove(draftId),
      close: () => window.close(),
      stay: () => {
        this.quitting = false;
      },
    });
    this.window = window;
    this.guard = guard;
    fenceSession(webContents.session);
    window.on("close", (event) => {
      if (!guard.mayClose()) event.preventDefault();
    });
    window.on("closed", () => {
      this.window = null;
      this.guard = null;
    });
    webContents.on("did-start-navigation", ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.session.interfaceGone();
    });
    webContents.on("render-process-gone", (_event, { reason }) => {
      if (reason !== "clean-exit") void this.recover(window, guard);
    });
  }

  private async recover(window: BrowserWindow, guard: CloseGuard): Promise<void> {
    this.session.interfaceGone();
    if (await this.dialogs.confirmReload()) window.webContents.reload();
    else {
      guard.release();
      window.close();
    }
  }

  private setFrame(frame: Frame): void {
    if (this.window) showFrame(this.window, frame);
    const open = frame.name !== null;
    const changed = frame.language !== this.language || open !== this.documentOpen;
    this.language = frame.language;
    this.documentOpen = open;
    if (changed) void this.buildMenu();
    this.guard?.setFrame(frame);
  }

  private send<P extends keyof Pushes>(channel: P, message: Pushes[P]): void {
    this.window?.webContents.send(channel, message);
  }

  private command(command: MenuCommand): void {
    this.send("menu:command", command);
  }

  private async buildMenu(): Promise<void> {
    const recent = await this.session.recentFiles.list();
    const template = menuTemplate({
      words: texts(this.language).desktop.menu,
      mac: process.platform === "darwin",
      recent,
      documentOpen: this.documentOpen,
      command: (command) => this.command(command),
      openRecent: (id) => {
        void this.session.recentFiles.pathOf(id).then((path) => {
          if (path !== undefined) this.openFile(path);
        });
      },
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }
}

registerScheme(protocol);
app.enableSandbox();
app.on("web-contents-created", (_event, contents) => fence(contents));

if (app.requestSingleInstanceLock()) {
  let early = fileIn(process.argv, process.cwd());
  let program: Program | null = null;
  app.on("open-file", (event, path) => {
    event.preventDefault();
    if (program) program.openFile(path);
    else early = path;
  });
  // Not awaited at the top: Electron is ready only after this module has been evaluated.
  void app.whenReady().then(() => {
    program = new Program();
    program.start();
    if (early !== null) program.openFile(early);
  });
} else app.quit();
