/** What a fresh clone needs before anything runs: packages and a bundle that is no older than its sources. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a program with its output on stderr, so that stdout stays the caller's; ends the process when it fails. */
export function run(command, args) {
  const shell = process.platform === "win32";
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell });
  if (status === 0) return;
  process.stderr.write(`${command} ${args.join(" ")}: ${error ? error.message : `exit code ${status}`}\n`);
  process.exit(1);
}

function modified(path) {
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

/** Installs the packages of the lock file when they are missing or older than it. */
export function install() {
  const installed = modified(`${root}/node_modules/.package-lock.json`);
  if (installed > 0 && installed >= modified(`${root}/package-lock.json`)) return;
  process.stderr.write("Pakketten installeren / installing packages (npm ci) …\n");
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

function newest(folder) {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) latest = Math.max(latest, newest(path));
    else if (/\.(tsx?|css|html|json)$/.test(entry.name)) latest = Math.max(latest, modified(path));
  }
  return latest;
}

/** Runs Vite with a configuration of ours. */
function vite(config, ...args) {
  run(process.execPath, [
    `${root}/node_modules/vite/bin/vite.js`,
    "build",
    "--config",
    config,
    "--logLevel",
    "error",
    ...args,
  ]);
}

/** Builds the interface and the desktop program when a source is newer than what was built. */
export function buildApp({ always = false } = {}) {
  const built = Math.min(
    modified(`${root}/dist/renderer/index.html`),
    modified(`${root}/dist/electron/preload.cjs`),
  );
  const sources = Math.max(
    ...["models", "scenarios", "renderer", "electron"].map((folder) => newest(`${root}/${folder}`)),
    ...["package.json", "vite.renderer.config.ts", "vite.electron.config.ts"].map((file) =>
      modified(`${root}/${file}`),
    ),
  );
  if (!always && built > sources) return;
  vite("vite.renderer.config.ts");
  vite("vite.electron.config.ts", "--mode", "main");
  vite("vite.electron.config.ts", "--mode", "preload");
}

/** Bundles the command line when a source or the configuration is newer than the bundle. */
export function build({ always = false } = {}) {
  const bundle = modified(`${root}/dist/cli/main.mjs`);
  const sources = Math.max(
    ...["models", "scenarios", "cli"].map((folder) => newest(`${root}/${folder}`)),
    modified(`${root}/package.json`),
    modified(`${root}/vite.cli.config.ts`),
  );
  if (!always && bundle > sources) return;
  vite("vite.cli.config.ts");
}

/** Installs a Debian package when its program is missing and this may be done here; says so otherwise. */
export function installSystem(program, debianPackage) {
  const found = spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
  if (found) return;
  const apt =
    process.getuid?.() === 0 && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
  if (!apt) {
    process.stderr.write(`${program} ontbreekt / is missing (Debian: apt-get install ${debianPackage})\n`);
    return;
  }
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", debianPackage]);
}
