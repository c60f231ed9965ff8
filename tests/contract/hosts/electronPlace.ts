/** The desktop host on the real handlers of the main process, over a bridge that copies every message. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Dialogs } from "../../../electron/dialogs.ts";
import { answerer } from "../../../electron/ipc.ts";
import { START_PAGE } from "../../../electron/origin.ts";
import { Session } from "../../../electron/session.ts";
import {
  type Answer,
  type Bridge,
  type Channel,
  channelSchemas,
  type OpenedFile,
} from "../../../renderer/host/contract.ts";
import { createElectronHost } from "../../../renderer/host/electronHost.ts";
import type { Place } from "./place.ts";

export async function electronPlace(window: Window): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "ontschot-host-"));
  const documentsFolder = join(folder, "documents");
  const dataFolder = join(folder, "data");
  await mkdir(documentsFolder);
  await mkdir(dataFolder);
  let picked: string | null = null;
  let suggested = "";
  let printed = 0;
  let clock = Date.UTC(2026, 0, 1);

  const answerPick = async () => (picked === null ? null : join(documentsFolder, picked));
  const answerSave = (name: string) => {
    suggested = basename(name);
    return answerPick();
  };
  const dialogs: Dialogs = {
    openCase: answerPick,
    openCsv: answerPick,
    saveCase: answerSave,
    saveExport: answerSave,
    pickFolder: answerPick,
    confirmClose: async () => "cancel",
    confirmReload: async () => true,
  };

  const start = () => {
    let opened: ((answer: Answer<OpenedFile>) => void) | null = null;
    const session = new Session(
      dialogs,
      {
        setFrame: () => {},
        print: async () => {
          printed += 1;
          return null;
        },
        sendOpened: (answer) => opened?.(structuredClone(answer)),
        saveEnded: () => {},
        recentChanged: () => {},
        fileUsed: () => {},
      },
      {
        dataFolder,
        documentsFolder,
        now: () => {
          clock += 1_000;
          return new Date(clock);
        },
      },
    );
    const answer = answerer(session.handlers);
    const ask = async (channel: Channel, request: unknown) =>
      structuredClone(await answer(channel, { url: START_PAGE, parent: null }, [structuredClone(request)]));
    const bridge = {
      ...Object.fromEntries(
        (Object.keys(channelSchemas()) as Channel[]).map((channel) => [
          channel,
          (request: unknown) => ask(channel, request),
        ]),
      ),
      "menu:command": () => () => {},
      "file:opened": (listener: (answer: Answer<OpenedFile>) => void) => {
        opened = listener;
        return () => {
          opened = null;
        };
      },
    } as unknown as Bridge;
    return { session, host: createElectronHost(bridge, window, "0.0.0") };
  };

  let running = start();
  const place: Place = {
    host: running.host,
    disk: {
      write: (name, content) => writeFile(join(documentsFolder, name), content),
      read: (name) => readFile(join(documentsFolder, name)).catch(() => null),
      remove: (name) => rm(join(documentsFolder, name)),
      names: () => readdir(documentsFolder),
      makeFolder: async (name) => {
        await mkdir(join(documentsFolder, name));
      },
    },
    pick: (name) => {
      picked = name;
    },
    suggested: () => suggested,
    kept: async () => {
      const names = (await readdir(documentsFolder)).filter((name) => name.includes(".bak"));
      return new Map(
        await Promise.all(
          names.map(async (name) => [name, await readFile(join(documentsFolder, name))] as const),
        ),
      );
    },
    printed: () => printed,
    bring: (name) => running.session.openFromOutside(join(documentsFolder, name)),
    restart: async () => {
      running = start();
      place.host = running.host;
    },
    end: () => rm(folder, { recursive: true }),
  };
  return place;
}
