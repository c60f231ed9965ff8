/**
 * `npm start [-- --host=browser|electron] [-- FILE]`: builds the app when stale, starts Electron where its binary is or
 * can be had, and otherwise says so and serves the same app on loopback.
 */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { fetchElectron, findElectron } from "./electron.mjs";
import { buildApp, install, root } from "./install.mjs";
import { serve } from "./serve.mjs";

const say = (text) => process.stdout.write(`${text}\n`);
const args = process.argv.slice(2);
const host = args.find((argument) => argument.startsWith("--host="))?.slice("--host=".length);
if (host !== undefined && host !== "browser" && host !== "electron") {
  process.stderr.write("--host=browser | --host=electron\n");
  process.exit(2);
}

/** Opens an address in the browser of this desktop; without one, the printed address is enough. */
function openBrowser(address) {
  if (
    process.env.CI ||
    (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
  )
    return;
  const opener = { win32: "explorer", darwin: "open" }[process.platform] ?? "xdg-open";
  spawn(opener, [address], { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}

install();
buildApp();

let electron = host === "browser" ? null : findElectron();
if (electron === null && host !== "browser" && !process.env.CI) {
  say("Electron ophalen / fetching Electron …");
  electron = fetchElectron();
}

if (electron !== null) {
  const files = args
    .filter((argument) => !argument.startsWith("-"))
    .map((file) => resolve(process.env.INIT_CWD ?? ".", file));
  // A superuser has no sandbox to give; everyone else keeps it.
  const flags = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const child = spawn(electron, [root, ...flags, ...files], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("close", (code) => process.exit(code ?? 1));
} else if (host === "electron") {
  process.stderr.write("Electron is hier niet te krijgen / Electron cannot be had here.\n");
  process.exit(1);
} else {
  const server = await serve(resolve(root, "dist/renderer"));
  const address = `http://127.0.0.1:${server.address().port}/`;
  if (host === undefined)
    say(
      "Electron is hier niet; dezelfde app draait in de browser / Electron is not here; the same app runs in a browser:",
    );
  say(address);
  openBrowser(address);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
}
