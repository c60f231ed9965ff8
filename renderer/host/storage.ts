/** What the browser host keeps between visits: drafts and recent files, in IndexedDB. */
import type { DraftRequest, RecentFile } from "./contract.ts";

export interface KeptDraft extends Omit<DraftRequest, "token"> {
  readonly savedAt: string;
  /** Gives the file again after a visit; null where the browser has no such handles. */
  readonly handle: FileSystemFileHandle | null;
}

export interface KeptRecent extends RecentFile {
  readonly handle: FileSystemFileHandle;
}

interface Stores {
  drafts: KeptDraft;
  recent: KeptRecent;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}

export class BrowserStorage {
  private database: Promise<IDBDatabase> | undefined;

  constructor(private readonly factory: IDBFactory) {}

  private open(): Promise<IDBDatabase> {
    this.database ??= new Promise((resolve, reject) => {
      const request = this.factory.open("ontschot", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("drafts", { keyPath: "id" });
        request.result.createObjectStore("recent", { keyPath: "id" });
      };
      request.onsuccess = () => {
        // Another tab with a newer program may not wait for this one.
        request.result.onversionchange = () => {
          request.result.close();
          this.database = undefined;
        };
        resolve(request.result);
      };
      request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
    });
    // A browser that refuses once, such as in a private window, may be asked again.
    this.database.catch(() => {
      this.database = undefined;
    });
    return this.database;
  }

  async all<S extends keyof Stores>(store: S): Promise<readonly Stores[S][]> {
    const transaction = (await this.open()).transaction(store, "readonly");
    return done<Stores[S][]>(transaction.objectStore(store).getAll());
  }

  async get<S extends keyof Stores>(store: S, id: string): Promise<Stores[S] | undefined> {
    const transaction = (await this.open()).transaction(store, "readonly");
    return done<Stores[S] | undefined>(transaction.objectStore(store).get(id));
  }

  /** Ends when the value is on the disk, not when it was handed over. */
  put<S extends keyof Stores>(store: S, value: Stores[S]): Promise<void> {
    return this.write(store, (entries) => entries.put(value));
  }

  remove(store: keyof Stores, id: string): Promise<void> {
    return this.write(store, (entries) => entries.delete(id));
  }

  private async write(store: keyof Stores, change: (entries: IDBObjectStore) => IDBRequest): Promise<void> {
    const transaction = (await this.open()).transaction(store, "readwrite", { durability: "strict" });
    const finished = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB"));
    });
    change(transaction.objectStore(store));
    await finished;
  }
}
