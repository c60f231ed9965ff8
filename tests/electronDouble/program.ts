/** The desktop program on the double, as a test handles it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the next dialogs answer: paths that are picked, the button of a question; what is left out is cancelled. */
export interface Answers {
  readonly open?: string;
  readonly save?: string;
  readonly folder?: string;
  readonly button?: number;
}

interface Said {
  readonly loaded?: boolean;
  readonly title?: string;
  readonly asked?: string;
  readonly edited?: boolean;
  readonly recent?: string;
  readonly icon?: string;
}

interface Launch {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly context: object;
  /** Milliseconds that the main module may take to be evaluated, if not a minute. */
  readonly patience?: number;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Ends a process and waits until it is gone. */
async function killed(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      return;
    }
    await new Promise((again) => setTimeout(again, 20));
  }
}

/** Folders of one user, kept over several starts of the program. */
export class DoubleProgram {
  private readonly folder = mkdtempSync(join(tmpdir(), "ontschot-double-"));
  private child: ChildProcess | null = null;
  private profiles = 0;
  /** The process of the program's Chromium, once a test has asked it. */
  chromium: number | null = null;
  /** What the program said of itself: window titles, questions asked, recent documents, its icon. */
  readonly said: Said[] = [];

  constructor(private readonly launch: Launch) {
    for (const name of ["userData", "documents"]) mkdirSync(join(this.folder, name));
    this.answer({});
  }

  path(name: string): string {
    return join(this.folder, "documents", name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  answer(answers: Answers): void {
    writeFileSync(join(this.folder, "dialogs.json"), JSON.stringify(answers));
  }

  /** Starts `main` and gives the address of its Chromium; fails with what the program printed when it does not come. */
  async start(main: string = here("../../dist/electron/main.mjs")): Promise<string> {
    const port = await freePort();
    this.profiles += 1;
    const settings = {
      ...this.launch,
      port,
      profile: join(this.folder, `chromium-${this.profiles}`),
      dialogs: join(this.folder, "dialogs.json"),
      paths: { userData: join(this.folder, "userData"), documents: join(this.folder, "documents") },
    };
    const child = spawn(
      process.execPath,
      ["--import", pathToFileURL(here("register.mjs")).href, here("run.mjs"), pathToFileURL(main).href],
      {
        env: { ...process.env, ONTSCHOT_DOUBLE: JSON.stringify(settings) },
        stdio: ["ignore", "pipe", "pipe", "ipc"],
      },
    );
    this.child = child;
    let printed = "";
    child.stderr?.on("data", (text: Buffer) => {
      printed += text;
    });
    await new Promise<void>((loaded, failed) => {
      child.on("message", (message: Said) => {
        this.said.push(message);
        if (message.loaded) loaded();
      });
      child.on("exit", (code) => failed(new Error(`the program ended with ${code}: ${printed}`)));
    });
    return `http://127.0.0.1:${port}`;
  }

  /** Chooses an item of the menu by its id. */
  press(item: string): void {
    this.child?.send({ press: item });
  }

  /** Asks the window to close, as its cross does. */
  close(): void {
    this.child?.send({ close: true });
  }

  /** Starts the program a second time with a file. */
  openFromOutside(path: string): void {
    this.child?.send({ open: path });
  }

  /** Whether the program has ended by itself. */
  async ended(): Promise<number | null> {
    const { child } = this;
    if (!child) return null;
    if (child.exitCode === null) await once(child, "exit");
    return child.exitCode;
  }

  /** Ends the program and its Chromium without a word to them. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child?.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    this.child = null;
    if (this.chromium !== null) await killed(this.chromium);
    this.chromium = null;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
