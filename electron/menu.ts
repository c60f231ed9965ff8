/** The menu as data: the same items everywhere, and on macOS the ones that its users expect besides. */
import type { MenuItemConstructorOptions } from "electron";
import { type MenuCommand, type RecentFile, SHORTCUTS } from "../renderer/host/contract.ts";
import type { Texts } from "../scenarios/text/index.ts";

export interface MenuOptions {
  readonly words: Texts["desktop"]["menu"];
  readonly mac: boolean;
  readonly recent: readonly RecentFile[];
  /** A document is open: what works on a document can be chosen. */
  readonly documentOpen: boolean;
  readonly command: (command: MenuCommand) => void;
  readonly openRecent: (id: string) => void;
}

const NEEDS_DOCUMENT: ReadonlySet<MenuCommand> = new Set([
  "save",
  "saveAs",
  "importCsv",
  "exportCsv",
  "exportChart",
  "print",
  "undo",
  "redo",
  "find",
  "go:overview",
  "go:assumptions",
  "go:walls",
  "go:scenarios",
] as const);

export function menuTemplate({
  words,
  mac,
  recent,
  documentOpen,
  command,
  openRecent,
}: MenuOptions): MenuItemConstructorOptions[] {
  const item = (id: MenuCommand): MenuItemConstructorOptions => {
    const accelerator = SHORTCUTS[id]?.[0];
    return {
      id,
      label: words.commands[id],
      enabled: documentOpen || !NEEDS_DOCUMENT.has(id),
      // The page handles the keys itself, in the app as in a browser; here they are only shown.
      ...(accelerator ? { accelerator, registerAccelerator: false } : {}),
      click: () => command(id),
    };
  };
  const separator: MenuItemConstructorOptions = { type: "separator" };
  const recentItems = recent.map(
    ({ id, name, folder }): MenuItemConstructorOptions => ({
      id: `recent:${id}`,
      // A single & would be taken for the mark of an access key.
      label: `${name}${folder === "" ? "" : ` (${folder})`}`.replaceAll("&", "&&"),
      click: () => openRecent(id),
    }),
  );
  const none: MenuItemConstructorOptions = { label: words.noRecent, enabled: false };
  const appMenu: MenuItemConstructorOptions = {
    label: "Ontschot",
    submenu: [
      item("about"),
      separator,
      { role: "hide", label: words.hide },
      { role: "hideOthers", label: words.hideOthers },
      { role: "unhide", label: words.showAll },
      separator,
      { role: "quit", label: words.quit },
    ],
  };
  return [
    ...(mac ? [appMenu] : []),
    {
      id: "file",
      label: words.file,
      submenu: [
        item("new"),
        item("open"),
        { id: "recent", label: words.recent, submenu: recentItems.length > 0 ? recentItems : [none] },
        separator,
        item("save"),
        item("saveAs"),
        separator,
        item("importCsv"),
        item("exportCsv"),
        item("exportChart"),
        separator,
        item("print"),
        separator,
        mac ? { role: "close", label: words.close } : { role: "quit", label: words.quit },
      ],
    },
    {
      id: "edit",
      label: words.edit,
      submenu: [
        item("undo"),
        item("redo"),
        separator,
        { role: "cut", label: words.cut },
        { role: "copy", label: words.copy },
        { role: "paste", label: words.paste },
        { role: "selectAll", label: words.selectAll },
        separator,
        item("find"),
      ],
    },
    {
      id: "view",
      label: words.view,
      submenu: [
        item("go:start"),
        item("go:overview"),
        item("go:assumptions"),
        item("go:walls"),
        item("go:scenarios"),
        separator,
        { role: "resetZoom", label: words.resetZoom },
        { role: "zoomIn", label: words.zoomIn },
        { role: "zoomOut", label: words.zoomOut },
        { role: "togglefullscreen", label: words.fullScreen },
      ],
    },
    ...(mac
      ? [
          {
            role: "windowMenu",
            label: words.window,
            submenu: [{ role: "minimize", label: words.minimize }],
          } satisfies MenuItemConstructorOptions,
        ]
      : []),
    {
      id: "help",
      role: "help",
      label: words.help,
      submenu: [item("shortcuts"), ...(mac ? [] : [item("about")])],
    },
  ];
}
