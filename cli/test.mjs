/** All checks of the project: `npm test`. Installs what is missing first; ends with one line over all suites. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, buildApp, install, installSystem, root } from "./install.mjs";

install();
// A spreadsheet opens the Dutch CSV files in the tests.
installSystem("soffice", "libreoffice-calc");
// The app is tried in a browser, and the simulation in its Web Workers.
installSystem("chromium", "chromium");
build();
buildApp();

const say = (text) => process.stdout.write(`${text}\n`);
let passed = 0;
let failed = 0;

/** Runs a program of node_modules with the terminal's own output; true when it ends well. */
function tool(path, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, "node_modules", path), ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return status === 0;
}

/** A check that either holds or not counts as one test. */
function check(name, holds) {
  say(`${holds ? "ok" : "FAILED"}: ${name}`);
  if (holds) passed += 1;
  else failed += 1;
}

check("types (tsc)", tool("typescript/bin/tsc", "-b"));
check("lint, format, walls, circles (biome)", tool("@biomejs/biome/bin/biome", "ci", "."));
check("no dead code (knip)", tool("knip/bin/knip.js", "--no-progress"));

const folder = mkdtempSync(join(tmpdir(), "ontschot-test-"));
const report = join(folder, "vitest.json");
const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
const ended = tool("vitest/vitest.mjs", "run", ...reporters);
if (existsSync(report)) {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, "utf8"));
  passed += numPassedTests;
  failed += numFailedTests;
  // A file that does not load holds no test that could fail.
  if (!ended && numFailedTests === 0) failed += Math.max(1, numFailedTestSuites);
  if (numPassedTests === 0) failed += 1;
} else failed += 1;

const pages = join(folder, "playwright.json");
process.env.PLAYWRIGHT_JSON_OUTPUT_FILE = pages;
const went = tool("@playwright/test/cli.js", "test", "--reporter=line,json");
if (existsSync(pages)) {
  const { expected, unexpected, flaky } = JSON.parse(readFileSync(pages, "utf8")).stats;
  passed += expected;
  failed += unexpected + flaky;
  if (expected === 0 || (!went && unexpected === 0)) failed += 1;
} else failed += 1;
rmSync(folder, { recursive: true, force: true });

say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
