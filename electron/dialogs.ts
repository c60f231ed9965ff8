/** The windows of the operating system in which the user picks files. A null answer means cancelled. */
import type { BrowserWindow, Dialog, FileFilter, OpenDialogOptions, SaveDialogOptions } from "electron";
import { CASE_EXTENSION, SHORT_EXTENSION } from "../renderer/host/contract.ts";
import type { Texts } from "../scenarios/text/index.ts";

type Words = Texts["desktop"]["dialogs"];

export type Closing = "save" | "discard" | "cancel";

export interface Dialogs {
  openCase(folder: string): Promise<string | null>;
  openCsv(folder: string): Promise<string | null>;
  saveCase(suggested: string): Promise<string | null>;
  saveExport(suggested: string): Promise<string | null>;
  pickFolder(folder: string): Promise<string | null>;
  confirmClose(name: string): Promise<Closing>;
  /** Whether to load the interface again after it stopped. */
  confirmReload(): Promise<boolean>;
}

export function createDialogs(
  dialog: Dialog,
  window: () => BrowserWindow | null,
  words: () => Words,
): Dialogs {
  const open = async (options: OpenDialogOptions) => {
    const above = window();
    const { canceled, filePaths } = above
      ? await dialog.showOpenDialog(above, options)
      : await dialog.showOpenDialog(options);
    return canceled ? null : (filePaths[0] ?? null);
  };
  const save = async (options: SaveDialogOptions) => {
    const above = window();
    const { canceled, filePath } = above
      ? await dialog.showSaveDialog(above, options)
      : await dialog.showSaveDialog(options);
    return canceled || !filePath ? null : filePath;
  };
  const choose = async (message: string, detail: string, buttons: string[], cancelId: number) => {
    const options = {
      type: "warning" as const,
      message,
      detail,
      buttons,
      defaultId: 0,
      cancelId,
      noLink: true,
      normalizeAccessKeys: true,
    };
    const above = window();
    const { response } = above
      ? await dialog.showMessageBox(above, options)
      : await dialog.showMessageBox(options);
    return response;
  };
  const [long, short] = [CASE_EXTENSION.slice(1), SHORT_EXTENSION.slice(1)];
  const caseFilters = (): FileFilter[] => [
    { name: words().caseFiles, extensions: [long, short, "json"] },
    { name: words().allFiles, extensions: ["*"] },
  ];
  // One ending each: Windows adds the first of the kind that is chosen.
  const saveFilters = (): FileFilter[] => [
    { name: words().caseFiles, extensions: [long] },
    { name: words().shortCaseFiles, extensions: [short] },
  ];
  return {
    openCase: (folder) =>
      open({
        title: words().open,
        defaultPath: folder,
        filters: caseFilters(),
        properties: ["openFile"],
      }),
    openCsv: (folder) =>
      open({
        title: words().importCsv,
        defaultPath: folder,
        filters: [
          { name: words().csvFiles, extensions: ["csv", "txt"] },
          { name: words().allFiles, extensions: ["*"] },
        ],
        properties: ["openFile"],
      }),
    saveCase: (suggested) => save({ title: words().save, defaultPath: suggested, filters: saveFilters() }),
    saveExport: (suggested) => save({ title: words().exportFile, defaultPath: suggested }),
    pickFolder: (folder) =>
      open({
        title: words().exportFolder,
        defaultPath: folder,
        properties: ["openDirectory", "createDirectory"],
      }),
    confirmClose: async (name) => {
      const { unsaved, unsavedDetail, saveButton, discardButton, cancelButton } = words();
      const choice = await choose(unsaved(name), unsavedDetail, [saveButton, discardButton, cancelButton], 2);
      return (["save", "discard", "cancel"] as const)[choice] ?? "cancel";
    },
    confirmReload: async () => {
      const { crashed, crashedDetail, reloadButton, quitButton } = words();
      return (await choose(crashed, crashedDetail, [reloadButton, quitButton], 1)) === 0;
    },
  };
}
