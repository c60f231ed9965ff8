/** The browser host with the File System Access API; faked is only what happy-dom does not have. */
import { createBrowserHost } from "../../../renderer/host/browserHost.ts";
import { FakeDisk, FakeFileHandle, FakeFolderHandle } from "./fileSystemAccess.ts";
import { FakeIndexedDb } from "./indexedDb.ts";
import type { Place } from "./place.ts";

/** Bytes of what a page lets the user download, by name. */
export function catchDownloads(window: Window & typeof globalThis) {
  const blobs = new Map<string, Blob>();
  const downloads = new Map<string, Blob>();
  window.URL.createObjectURL = (blob) => {
    const address = `blob:${blobs.size}`;
    blobs.set(address, blob as Blob);
    return address;
  };
  window.URL.revokeObjectURL = () => {};
  window.HTMLAnchorElement.prototype.click = function click() {
    const blob = blobs.get(this.getAttribute("href") ?? "");
    if (blob) downloads.set(this.download, blob);
  };
  return downloads;
}

export async function browserPlace(window: Window & typeof globalThis): Promise<Place> {
  const disk = new FakeDisk();
  const indexedDb = new FakeIndexedDb();
  const downloads = catchDownloads(window);
  let picked: string | null = null;
  let suggested = "";
  let printed = 0;
  let clock = Date.UTC(2026, 0, 1);
  const now = () => {
    clock += 1_000;
    return new Date(clock);
  };
  const cancelled = () => new DOMException("The user aborted a request.", "AbortError");

  Object.assign(window, {
    indexedDB: indexedDb,
    FileSystemFileHandle: FakeFileHandle,
    print: () => {
      printed += 1;
    },
    showOpenFilePicker: async () => {
      if (picked === null) throw cancelled();
      return [new FakeFileHandle(disk, picked)];
    },
    showSaveFilePicker: async (options: { suggestedName: string }) => {
      suggested = options.suggestedName;
      if (picked === null) throw cancelled();
      // The real one makes the file at once.
      if (!disk.files.has(picked)) disk.write(picked, "");
      return new FakeFileHandle(disk, picked);
    },
    showDirectoryPicker: async () => {
      if (picked === null) throw cancelled();
      return new FakeFolderHandle(disk, picked);
    },
  });

  const place: Place = {
    host: createBrowserHost(window, "0.0.0", now),
    disk: {
      write: async (name, content) => disk.write(name, content),
      read: async (name) => disk.files.get(name)?.bytes ?? null,
      remove: async (name) => void disk.files.delete(name),
      names: async () => [...disk.files.keys()],
      // On this disk a folder is part of a name.
      makeFolder: async () => {},
    },
    pick: (name) => {
      picked = name;
    },
    suggested: () => suggested,
    kept: async () => {
      const kept = [...downloads].filter(([name]) => name.includes(".bak"));
      return new Map(
        await Promise.all(
          kept.map(async ([name, blob]) => [name, new Uint8Array(await blob.arrayBuffer())] as const),
        ),
      );
    },
    printed: () => printed,
    bring: async (name) => {
      const event = new Event("drop");
      const item = {
        kind: "file",
        getAsFile: () => null,
        getAsFileSystemHandle: async () => new FakeFileHandle(disk, name),
      };
      Object.assign(event, { dataTransfer: { items: [item], types: ["Files"] } });
      window.dispatchEvent(event);
    },
    restart: async () => {
      place.host = createBrowserHost(window, "0.0.0", now);
    },
    end: async () => {
      for (const name of ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker", "indexedDB"])
        Reflect.deleteProperty(window, name);
    },
  };
  return place;
}
