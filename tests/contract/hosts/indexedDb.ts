/** IndexedDB in memory, as far as the browser host asks: key paths, transactions that end later, requests. */

type Store = Map<string, Record<string, unknown>>;

class FakeRequest {
  result: unknown = undefined;
  error: DOMException | null = null;
  onsuccess: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onupgradeneeded: (() => void) | null = null;
}

function soon(work: () => void): void {
  queueMicrotask(() => queueMicrotask(work));
}

export class FakeIndexedDb {
  private readonly stores = new Map<string, Store>();
  private made = false;
  /** When set, writing is refused as by a full disk. */
  full = false;

  open(): FakeRequest {
    const request = new FakeRequest();
    request.result = {
      createObjectStore: (name: string) => this.stores.set(name, new Map()),
      transaction: (name: string) => this.transaction(name),
      close: () => {},
    };
    soon(() => {
      if (!this.made) request.onupgradeneeded?.();
      this.made = true;
      request.onsuccess?.();
    });
    return request;
  }

  private transaction(name: string) {
    const store = this.stores.get(name);
    if (!store) throw new DOMException(name, "NotFoundError");
    const transaction = {
      error: this.full ? new DOMException("full", "QuotaExceededError") : null,
      oncomplete: null as (() => void) | null,
      onabort: null as (() => void) | null,
      objectStore: () => ({
        get: (id: string) => answer(store.get(id)),
        getAll: () => answer([...store.values()]),
        put: (value: Record<string, unknown>) => change(() => store.set(String(value.id), { ...value })),
        delete: (id: string) => change(() => store.delete(id)),
      }),
    };
    const answer = (result: unknown) => {
      const request = new FakeRequest();
      request.result = result;
      soon(() => request.onsuccess?.());
      return request;
    };
    const change = (work: () => unknown) => {
      if (transaction.error) soon(() => transaction.onabort?.());
      else {
        work();
        soon(() => transaction.oncomplete?.());
      }
      return new FakeRequest();
    };
    return transaction;
  }
}
