/** A disk with the File System Access API, which exists in no test environment. Faithful in what the host relies on. */

interface Entry {
  bytes: Uint8Array<ArrayBuffer>;
  lastModified: number;
}

/** Files by path, as another program sees them too. */
export class FakeDisk {
  readonly files = new Map<string, Entry>();
  private clock = Date.UTC(2026, 0, 1);

  write(name: string, content: string | Uint8Array): void {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
    this.clock += 1_000;
    this.files.set(name, { bytes, lastModified: this.clock });
  }
}

function missing(): DOMException {
  return new DOMException("A requested file could not be found.", "NotFoundError");
}

export class FakeFileHandle {
  readonly kind = "file";

  constructor(
    private readonly disk: FakeDisk,
    private readonly path: string,
  ) {}

  get name(): string {
    return this.path.split("/").at(-1) ?? "";
  }

  async getFile(): Promise<File> {
    const entry = this.disk.files.get(this.path);
    if (!entry) throw missing();
    return new File([entry.bytes], this.name, { lastModified: entry.lastModified });
  }

  async isSameEntry(other: FakeFileHandle): Promise<boolean> {
    return other.path === this.path;
  }

  async queryPermission(): Promise<PermissionState> {
    return "granted";
  }

  /** Writes to a temporary file, which becomes the file when it is closed. */
  async createWritable() {
    if (!this.disk.files.has(this.path)) throw missing();
    let written = new Uint8Array(0);
    return {
      write: async (content: string | Uint8Array) => {
        const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
        written = new Uint8Array([...written, ...bytes]);
      },
      close: async () => this.disk.write(this.path, written),
      abort: async () => {},
    };
  }
}

export class FakeFolderHandle {
  readonly kind = "directory";

  constructor(
    private readonly disk: FakeDisk,
    readonly name: string,
  ) {}

  async getFileHandle(name: string, { create = false } = {}): Promise<FakeFileHandle> {
    const path = `${this.name}/${name}`;
    if (!this.disk.files.has(path)) {
      if (!create) throw missing();
      this.disk.write(path, "");
    }
    return new FakeFileHandle(this.disk, path);
  }
}
