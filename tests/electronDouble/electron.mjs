/** The main process's half of the double: what electron/ uses of Electron, as strict as Electron is about it. */
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { isAbsolute } from "node:path";
import { openPage } from "./wire.mjs";

const settings = JSON.parse(process.env.ONTSCHOT_DOUBLE ?? "{}");

/** Ends the program with a reason, as a fault of the program's own that Electron would not forgive. */
function refuse(reason) {
  process.stderr.write(`electron double: ${reason}\n`);
  process.exit(70);
}

let ready = false;
const handlers = new Map();
const channels = new Map();
const windows = new Set();
let menu = [];

/** Milliseconds that a main module may take to be evaluated, also on a machine that has much else to do. */
const PATIENCE = settings.patience ?? 60_000;
let becomeReady = () => {};

/** Electron is ready only after the main module has been evaluated: one that waits for ready at its top never is. */
export function evaluate(main) {
  const late = setTimeout(
    () => refuse("the module waits for ready at its top: it is never evaluated"),
    PATIENCE,
  );
  return main.then(() => {
    clearTimeout(late);
    ready = true;
    becomeReady();
  });
}

class App extends EventEmitter {
  isPackaged = false;
  #ready = new Promise((done) => {
    becomeReady = done;
  });
  whenReady() {
    return this.#ready;
  }
  getPath(name) {
    return settings.paths[name] ?? refuse(`no path ${name}`);
  }
  requestSingleInstanceLock() {
    return true;
  }
  enableSandbox() {
    if (ready) refuse("enableSandbox after ready");
  }
  addRecentDocument(path) {
    if (!isAbsolute(path)) refuse(`a recent document without its place: ${path}`);
    process.send?.({ recent: path });
  }
  quit() {
    this.emit("before-quit", { preventDefault() {} });
    for (const window of windows) window.close();
    if (windows.size === 0) void stop();
  }
}

export const app = new App();

async function stop() {
  app.emit("will-quit", { preventDefault() {} });
  process.disconnect?.();
  process.exit(0);
}

/** An event with a default that a listener may prevent. */
function emit(emitter, name, details = {}) {
  let prevented = false;
  const event = { ...details, preventDefault: () => (prevented = true) };
  emitter.emit(name, event, details);
  return !prevented;
}

class Session extends EventEmitter {
  before = null;
  webRequest = { onBeforeRequest: (listener) => (this.before = listener) };
  setPermissionRequestHandler() {}
  setPermissionCheckHandler() {}
  setDevicePermissionHandler() {}
  allows(url) {
    let allowed = true;
    this.before?.({ url }, ({ cancel }) => (allowed = !cancel));
    return allowed;
  }
}

class WebContents extends EventEmitter {
  session = new Session();
  page = null;
  windowOpen = () => ({ action: "allow" });
  setWindowOpenHandler(handler) {
    this.windowOpen = handler;
  }
  send(channel, ...args) {
    void this.page?.push(channel, args);
  }
  reload() {
    void this.page?.reload();
  }
  print(_options, done) {
    setTimeout(() => done(true, ""));
  }
}

const DEMANDED = { sandbox: true, contextIsolation: true, nodeIntegration: false };

export class BrowserWindow extends EventEmitter {
  webContents = new WebContents();
  #preload;
  #minimized = false;
  constructor({ webPreferences = {}, icon }) {
    super();
    if (!ready) refuse("a BrowserWindow before ready");
    if (icon !== undefined) {
      // Electron shows a window without icon when the image cannot be read; nobody would notice.
      if (readFileSync(icon).toString("latin1", 1, 4) !== "PNG") refuse(`no image: ${icon}`);
      process.send?.({ icon });
    }
    for (const [name, wanted] of Object.entries(DEMANDED))
      if (webPreferences[name] !== wanted)
        refuse(`insecure web preference: ${name} is ${webPreferences[name]}`);
    if (!webPreferences.preload?.endsWith(".cjs")) refuse("a sandboxed preload must be CommonJS (.cjs)");
    this.#preload = webPreferences.preload;
    windows.add(this);
    app.emit("web-contents-created", {}, this.webContents);
  }
  async loadURL(url) {
    const { protocol: scheme, host } = new URL(url);
    const handle = handlers.get(scheme.slice(0, -1));
    if (!handle) return refuse(`nobody handles ${scheme}`);
    const contents = this.webContents;
    let first = true;
    contents.page = await openPage({
      settings,
      preload: this.#preload,
      origin: `${scheme}//${host}`,
      handle,
      requested: (asked) => contents.session.allows(asked),
      navigated: (asked) => {
        const mayGo = first || emit(contents, "will-navigate", { url: asked });
        first = false;
        if (mayGo)
          contents.emit("did-start-navigation", { isMainFrame: true, isSameDocument: false, url: asked });
        return mayGo;
      },
      heard: (channel, senderFrame, args) => {
        const listener = channels.get(channel);
        if (!listener) throw new Error(`No handler registered for '${channel}'`);
        return listener({ senderFrame, sender: contents }, ...args);
      },
    });
    contents.page.onCrash(() => contents.emit("render-process-gone", {}, { reason: "crashed" }));
    await contents.page.load(url);
    this.emit("ready-to-show");
    process.send?.({ loaded: true });
  }
  show() {}
  focus() {}
  isMinimized() {
    return this.#minimized;
  }
  restore() {
    this.#minimized = false;
  }
  setTitle(title) {
    process.send?.({ title });
  }
  setDocumentEdited(edited) {
    process.send?.({ edited });
  }
  close() {
    if (!emit(this, "close")) return;
    windows.delete(this);
    void this.webContents.page?.close().finally(() => {
      this.emit("closed");
      if (windows.size === 0) app.emit("window-all-closed");
    });
  }
}

export const protocol = {
  registerSchemesAsPrivileged() {
    if (ready) refuse("a scheme is registered after ready");
  },
  handle: (scheme, handler) => handlers.set(scheme, handler),
};

export const ipcMain = { handle: (channel, listener) => channels.set(channel, listener) };

/** Dialogs answer what the test has written down; what it did not foresee is cancelled. */
function answered() {
  return JSON.parse(readFileSync(settings.dialogs, "utf8"));
}

export const dialog = {
  async showOpenDialog(...args) {
    const { properties = [] } = args.at(-1);
    const picked = properties.includes("openDirectory") ? answered().folder : answered().open;
    return picked ? { canceled: false, filePaths: [picked] } : { canceled: true, filePaths: [] };
  },
  async showSaveDialog() {
    const picked = answered().save;
    return picked ? { canceled: false, filePath: picked } : { canceled: true, filePath: "" };
  },
  async showMessageBox(...args) {
    const { message, cancelId } = args.at(-1);
    process.send?.({ asked: message });
    return { response: answered().button ?? cancelId };
  },
};

export const Menu = {
  buildFromTemplate: (template) => template,
  setApplicationMenu(template) {
    menu = template;
  },
};

const items = (list) => list.flatMap((item) => [item, ...items(item.submenu ?? [])]);

process.on("message", ({ press, close, open }) => {
  if (press !== undefined)
    items(menu)
      .find(({ id }) => id === press)
      ?.click?.();
  if (close) for (const window of windows) window.close();
  if (open !== undefined) app.emit("second-instance", {}, ["ontschot", open], process.cwd());
});
