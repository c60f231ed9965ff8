import { useEffect } from "react";
import type { MenuCommand } from "../host/contract.ts";
import { useCase } from "../state/caseStore.ts";
import { ask } from "../state/screenStore.ts";
import { useSettings, type ViewName } from "../state/settingsStore.ts";
import { exportChart } from "./chartChoice.ts";
import { useSession } from "./session.ts";

const GO: Readonly<Record<string, ViewName>> = {
  "go:start": "start",
  "go:overview": "overview",
  "go:assumptions": "assumptions",
  "go:walls": "walls",
  "go:scenarios": "scenarios",
};

/** What the menu and the keyboard ask, as the host hears it. */
export function useShortcuts(): void {
  const { host, documents } = useSession();
  useEffect(() => {
    const actions: Partial<Record<MenuCommand, () => void>> = {
      new: () => documents.openTemplate(),
      open: () => documents.open(),
      save: () => void documents.save(),
      saveAs: () => void documents.saveAs(),
      importCsv: () => void documents.importCsv(),
      exportCsv: () => void documents.exportCsv("dutch"),
      exportChart: exportChart,
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
    return host.onMenuCommand(doCommand);
  }, [host, documents]);
}
