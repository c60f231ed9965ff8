/** Where Electron's program is. Its package is never imported for that: outside Electron it starts a download. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./install.mjs";

const folder = join(root, "node_modules/electron");

/** The program, or null: from a folder named by the environment, else what the package has fetched. */
export function findElectron() {
  const name = existsSync(join(folder, "path.txt"))
    ? readFileSync(join(folder, "path.txt"), "utf8").trim()
    : "electron";
  const binary = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, "dist"), name);
  return existsSync(binary) ? binary : null;
}

/** Tries to fetch the program, for a minute and a half at most. */
export function fetchElectron() {
  const fetcher = join(folder, "install.js");
  if (existsSync(fetcher)) spawnSync(process.execPath, [fetcher], { stdio: "ignore", timeout: 90_000 });
  return findElectron();
}
