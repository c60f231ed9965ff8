import { useEffect } from "react";
import type { MenuCommand } from "../host/contract.ts";
import { useCase } from "../state/caseStore.ts";
import { ask } from "../state/screenStore.ts";
import { useSettings, type ViewName } from "../state/settingsStore.ts";
import { useSession } from "./session.ts";

const GO: Readonly<Record<string, ViewName>> = {
  "go:start": "start",
  "go:overview": "overview",
  "go:assumptions": "assumptions",
  "go:budgets": "walls",
  "go:scenarios": "scenarios",
};

const VIEW_KEYS: Readonly<Record<string, ViewName>> = {
  "1": "start",
  "2": "overview",
  "3": "assumptions",
  "4": "walls",
  "5": "scenarios",
};

const KEYS: Readonly<Record<string, MenuCommand>> = {
  s: "save",
  "shift+s": "saveAs",
  o: "open",
  f: "find",
  z: "undo",
  "shift+z": "redo",
  y: "redo",
};

/** Whether typing goes into a field that has an undo of its own. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, [contenteditable=true]") !== null;
}

/** Menu commands of the host, and the same by the keyboard where the host has no menu. */
export function useShortcuts(): void {
  const { host, documents } = useSession();
  useEffect(() => {
    const actions: Partial<Record<MenuCommand, () => void>> = {
      new: () => documents.openTemplate(),
      open: () => documents.open(),
      save: () => void documents.save(),
      saveAs: () => void documents.saveAs(),
      importCsv: () => void documents.importCsv(),
      exportCsv: () => void documents.exportCsv(),
      exportChart: () => document.querySelector<HTMLElement>("[data-export-chart]")?.click(),
      print: () => documents.print(),
      undo: () => useCase.getState().undo(),
      redo: () => useCase.getState().redo(),
      find: () => {
        useSettings.setState({ view: "assumptions" });
        setTimeout(() => document.querySelector<HTMLElement>("[data-find]")?.focus(), 0);
      },
      shortcuts: () => ask({ kind: "shortcuts" }),
      about: () => ask({ kind: "about" }),
    };
    const doCommand = (command: MenuCommand) => {
      const view = GO[command];
      if (view) useSettings.setState({ view });
      else actions[command]?.();
    };
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const command =
        isTyping(event.target) && /^[zy]$/.test(key)
          ? undefined
          : KEYS[event.shiftKey ? `shift+${key}` : key];
      const view = VIEW_KEYS[key];
      if (!command && !view) return;
      event.preventDefault();
      if (command) doCommand(command);
      else if (view) useSettings.setState({ view });
    };
    const stop = host.onMenuCommand(doCommand);
    document.addEventListener("keydown", onKey);
    return () => {
      stop();
      document.removeEventListener("keydown", onKey);
    };
  }, [host, documents]);
}
