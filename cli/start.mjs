/**
 * `npm start [-- --host=browser|electron]`: builds the app when stale, starts Electron where its binary is or can be had,
 * and otherwise says so and serves the same app on loopback.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildApp, install, root } from "./install.mjs";
import { serve } from "./serve.mjs";

const say = (text) => process.stdout.write(`${text}\n`);
const host = process.argv.find((argument) => argument.startsWith("--host="))?.slice("--host=".length);
if (host !== undefined && host !== "browser" && host !== "electron") {
  process.stderr.write("--host=browser | --host=electron\n");
  process.exit(2);
}

/** The Electron program, or null: a folder named by the environment, else what the package has fetched. */
function findElectron() {
  const folder = join(root, "node_modules/electron");
  const name = existsSync(join(folder, "path.txt"))
    ? readFileSync(join(folder, "path.txt"), "utf8").trim()
    : "electron";
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, "dist"), name);
  return existsSync(binary) ? binary : null;
}

install();
buildApp();

let electron = host === "browser" ? null : findElectron();
const fetcher = join(root, "node_modules/electron/install.js");
if (electron === null && host !== "browser" && !process.env.CI && existsSync(fetcher)) {
  say("Electron ophalen / fetching Electron …");
  spawnSync(process.execPath, [fetcher], { stdio: "ignore", timeout: 90_000 });
  electron = findElectron();
}

if (electron !== null) {
  const child = spawn(electron, [root, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])], {
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
  child.on("close", (code) => process.exit(code ?? 1));
} else if (host === "electron") {
  process.stderr.write("Electron is hier niet te krijgen / Electron cannot be had here.\n");
  process.exit(1);
} else {
  const server = await serve(join(root, "dist/renderer"));
  say(
    "Electron is hier niet; dezelfde app draait in de browser / Electron is not here; the same app runs in a browser:",
  );
  say(`http://127.0.0.1:${server.address().port}/`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
}
