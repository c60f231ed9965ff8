/** The desktop app as host: every wish goes over the bridge to the main process. */
import { type Answer, type Bridge, fail, type Host } from "./contract.ts";
import { Commands } from "./shortcuts.ts";

/** An answer, even when the bridge itself breaks. */
function safely<T>(asked: Promise<Answer<T>>): Promise<Answer<T>> {
  return asked.catch((error: unknown) =>
    fail("HOST_FAILED", "", { found: error instanceof Error ? error.message : String(error) }),
  );
}

export function createElectronHost(bridge: Bridge, window: Window, version: string): Host {
  const commands = new Commands(window);
  bridge["menu:command"]((command) => commands.ask(command));
  // A dropped file would be navigated to; the main process refuses that, and the pointer says so.
  window.addEventListener("dragover", (event) => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = "none";
  });
  window.addEventListener("drop", (event) => event.preventDefault());
  return {
    version,
    openFile: () => safely(bridge["file:open"](null)),
    openRecent: (id) => safely(bridge["file:openRecent"](id)),
    reopen: (token) => safely(bridge["file:reopen"](token)),
    save: (document) => safely(bridge["file:save"](document)),
    saveAs: (document) => safely(bridge["file:saveAs"](document)),
    importCsv: () => safely(bridge["file:importCsv"](null)),
    exportFiles: (files) => safely(bridge["file:export"]([...files])),
    recentFiles: () => safely(bridge["recent:list"](null)),
    forgetRecent: (id) => safely(bridge["recent:forget"](id)),
    drafts: {
      list: () => safely(bridge["draft:list"](null)),
      read: (id) => safely(bridge["draft:read"](id)),
      put: (draft) => safely(bridge["draft:put"](draft)),
      remove: (id) => safely(bridge["draft:remove"](id)),
    },
    print: () => safely(bridge["window:print"](null)),
    setFrame: (frame) => {
      void safely(bridge["window:frame"](frame));
    },
    onMenuCommand: (listener) => commands.listen(listener),
    onOpened: (listener) => {
      const stop = bridge["file:opened"](listener);
      void safely(bridge["window:listening"](null));
      return stop;
    },
  };
}
