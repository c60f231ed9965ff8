/** The double is strict where Electron is: what would not run there does not run here. */
import { writeFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { DoubleProgram } from "./program.ts";

const SAFE = "sandbox: true, contextIsolation: true, nodeIntegration: false";
const programs: DoubleProgram[] = [];

afterEach(async () => {
  for (const program of programs.splice(0)) await program.remove();
});

/** Starts a main module of a few lines, and gives what the program said at its end. */
async function ending(source: string): Promise<string> {
  const program = new DoubleProgram({
    executablePath: "/usr/bin/chromium",
    args: [],
    context: {},
    patience: 10_000,
  });
  programs.push(program);
  const main = program.path("main.mjs");
  writeFileSync(main, source);
  return program.start(main).then(
    () => "it ran",
    (error: Error) => error.message,
  );
}

it.each([
  [
    "waits for ready at its top",
    'import { app } from "electron"; await app.whenReady();',
    "the module waits for ready at its top",
  ],
  [
    "makes a window before ready",
    `import { BrowserWindow } from "electron"; new BrowserWindow({ webPreferences: { ${SAFE}, preload: "a.cjs" } });`,
    "a BrowserWindow before ready",
  ],
  [
    "gives the page Node",
    'import { app, BrowserWindow } from "electron"; void app.whenReady().then(() => new BrowserWindow({ webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: true, preload: "a.cjs" } }));',
    "insecure web preference: nodeIntegration is true",
  ],
  [
    "lets the preload share the page's world",
    'import { app, BrowserWindow } from "electron"; void app.whenReady().then(() => new BrowserWindow({ webPreferences: { sandbox: true, nodeIntegration: false, preload: "a.cjs" } }));',
    "insecure web preference: contextIsolation is undefined",
  ],
  [
    "has a preload that is a module",
    `import { app, BrowserWindow } from "electron"; void app.whenReady().then(() => new BrowserWindow({ webPreferences: { ${SAFE}, preload: "a.mjs" } }));`,
    "a sandboxed preload must be CommonJS",
  ],
  [
    "registers its scheme late",
    'import { app, protocol } from "electron"; void app.whenReady().then(() => protocol.registerSchemesAsPrivileged([]));',
    "a scheme is registered after ready",
  ],
  [
    "loads a scheme that nobody handles",
    `import { app, BrowserWindow } from "electron"; void app.whenReady().then(() => new BrowserWindow({ webPreferences: { ${SAFE}, preload: "a.cjs" } }).loadURL("app://a/index.html"));`,
    "nobody handles app:",
  ],
])("refuses a program that %s", async (_what, source, reason) => {
  expect(await ending(source)).toMatch(new RegExp(`^the program ended with 70: electron double: ${reason}`));
});
