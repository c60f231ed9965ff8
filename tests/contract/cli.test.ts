/** The command line as a process: what it prints, where, and with which exit code. */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const launcher = join(root, "cli/ontschot.mjs");
const cases = ["drechtsteden", "drechtsteden-klein", "sjabloon", "vroegsignalering"];

function ontschot(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: folder },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ontschot-cli-"));
  execFileSync(process.execPath, [launcher, "cases"], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("run", () => {
  it.each(cases)("%s prints an overview of at most 100 columns, from any folder", (id) => {
    const { status, stdout, stderr } = ontschot("run", id);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(Math.max(...stdout.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(100);
    expect(stdout).toContain("Netto contante waarde per partij");
    expect(stdout).toContain("Wie krijgt welk traject");
    expect(stdout).toContain("Wie betaalt de interventies");
    expect(stdout).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it("speaks English when asked", () => {
    const { stdout } = ontschot("run", "sjabloon", "--lang", "en");
    expect(stdout).toContain("Net present value per party");
    expect(stdout).not.toContain("Netto contante waarde");
  });

  it("gives full precision as JSON, in the shape of the golden files", () => {
    const golden = JSON.parse(readFileSync(join(root, "tests/golden/cases/mini.expected.json"), "utf8"));
    const { status, stdout } = ontschot("run", join(root, "tests/golden/cases/mini.json"), "--json");
    expect(status).toBe(0);
    const { scenarios } = JSON.parse(stdout);
    expect(Object.keys(scenarios)).toEqual(Object.keys(golden.scenarios));
    for (const [id, want] of Object.entries<Record<string, unknown>>(golden.scenarios)) {
      for (const key of Object.keys(want)) expect(scenarios[id]).toHaveProperty(key);
      const perspectives = want.perspectives as Record<string, number>;
      for (const [perspective, value] of Object.entries(perspectives))
        expect(Math.abs(scenarios[id].perspectives[perspective] - value)).toBeLessThan(
          1e-6 * Math.abs(value),
        );
      expect(scenarios[id].general).toHaveLength(7);
      expect(scenarios[id].figures.perspectives.samenleving).toHaveProperty("npv");
    }
  });

  it("runs chosen scenarios against a chosen reference", () => {
    const { stdout } = ontschot(
      "run",
      "sjabloon",
      "--scenario",
      "ontschot",
      "--reference",
      "verkokerd",
      "--json",
    );
    const { scenarios } = JSON.parse(stdout);
    expect(Object.keys(scenarios)).toEqual(["ontschot"]);
    expect(scenarios.ontschot.figures.reference).toBe("verkokerd");
  });

  it("says the same bytes twice", () => {
    expect(ontschot("run", "sjabloon", "--json").stdout).toBe(ontschot("run", "sjabloon", "--json").stdout);
  });

  it("marks what is not lawful", () => {
    const file = JSON.parse(readFileSync(join(root, "scenarios/data/sjabloon.json"), "utf8"));
    const pooled = file.scenarios.find((scenario: { pool?: string[] }) => scenario.pool);
    pooled.reinvestSavings = "sameYear";
    writeFileSync(join(folder, "onrechtmatig.json"), JSON.stringify(file));
    const { stdout } = ontschot("run", "onrechtmatig.json");
    expect(stdout).toContain("niet rechtmatig onder huidig recht");
    expect(stdout).toContain("(!)");
  });

  it("ends quietly when its reader has seen enough", async () => {
    const child = spawn(process.execPath, [launcher, "run", "drechtsteden-klein", "--json"], { cwd: folder });
    let errors = "";
    child.stderr.on("data", (data) => {
      errors += String(data);
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(errors).toBe("");
    expect(code).toBe(0);
  });
});

describe("validate, migrate, cases", () => {
  it("cases lists what is shipped", () => {
    const { stdout } = ontschot("cases");
    for (const id of cases) expect(stdout).toMatch(new RegExp(`^${id} `, "m"));
  });

  it.each(cases)("%s is in order", (id) => expect(ontschot("validate", id).status).toBe(0));

  it("names every fault at once, with place, found, expected and mending", () => {
    const file = JSON.parse(readFileSync(join(root, "scenarios/data/sjabloon.json"), "utf8"));
    file.scenarios[1].objectve = "gemeente";
    file.time.years = "tien";
    writeFileSync(join(folder, "fout.json"), JSON.stringify(file));
    const { status, stdout, stderr } = ontschot("validate", "fout.json");
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("2 fouten");
    expect(stderr).toContain("objectve");
    expect(stderr).toContain("bedoeld? objective");
    expect(stderr).toContain("time/years");
    expect(stderr).toContain("Herstel:");
    expect(stderr).not.toMatch(/\bat .*\.(mjs|ts):\d+/);
  });

  it("migrate leaves a present file alone", () => {
    const text = readFileSync(join(root, "scenarios/data/sjabloon.json"), "utf8");
    writeFileSync(join(folder, "zaak.json"), text);
    const { status, stdout } = ontschot("migrate", "zaak.json");
    expect(status).toBe(0);
    expect(stdout).toContain("niets veranderd");
    expect(readFileSync(join(folder, "zaak.json"), "utf8")).toBe(text);
  });
});

describe("wrong use", () => {
  it.each([
    [[], 2],
    [["rekenen"], 2],
    [["run"], 2],
    [["run", "sjabloon", "--snel"], 2],
    [["run", "sjabloon", "--lang", "fr"], 2],
    [["run", "sjabloon", "--scenario", "bestaat-niet"], 2],
    [["validate", "sjabloon", "--json"], 2],
    [["run", "bestaat-niet.json"], 1],
  ] as const)("%j ends with %i and says why on stderr only", (args, code) => {
    const { status, stdout, stderr } = ontschot(...args);
    expect(status).toBe(code);
    expect(stdout).toBe("");
    expect(stderr.length).toBeGreaterThan(20);
    expect(stderr).not.toMatch(/\bat .*\.(mjs|ts):\d+/);
  });
});
