/** `simulate` and `sensitivity` as a user meets them: figures, files, mistakes, Ctrl-C. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const launcher = join(root, "cli/ontschot.mjs");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ontschot-uncertainty-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ontschot(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: folder },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

const widest = (text: string) => Math.max(...text.split("\n").map((line) => [...line].length));

describe("simulate", () => {
  it("answers in a sentence, with seed, draws and the error of the simulation", () => {
    const { status, stdout, stderr } = ontschot("simulate", "drechtsteden-klein", "--draws", "300");
    expect(status).toBe(0);
    expect(stdout).toMatch(/300 trekkingen, startgetal 1/);
    expect(stdout).toMatch(/Ontschot: Samenleving is naar\sverwachting € [\d.]+ beter af \(negen op de tien/);
    expect(stdout).toMatch(/Samenleving +-?\d+ ± \d+ /);
    expect(stdout).toContain("Kans dat de rij beter is dan de kolom voor Samenleving");
    expect(stdout).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(widest(stdout)).toBeLessThanOrEqual(100);
    expect(stderr).toMatch(/^(\d+%\n)+100%\n$/);
  });

  it("gives the agreed fields as JSON, the same bytes for the same seed", () => {
    const args = ["simulate", "drechtsteden-klein", "--draws", "200", "--json", "--seed"];
    const { stdout } = ontschot(...args, "42");
    expect(ontschot(...args, "42").stdout).toBe(stdout);
    expect(ontschot(...args, "43").stdout).not.toBe(stdout);
    const { scenarios, seed, draws, invalid, comparisons } = JSON.parse(stdout);
    expect([seed, draws, invalid]).toEqual([42, 200, 0]);
    expect(Object.keys(scenarios)).toEqual(["nul", "verkokerd", "samenwerken", "ontschot"]);
    for (const [id, { perspectives, municipalities, purses }] of Object.entries<
      Record<string, Record<string, Record<string, unknown>>>
    >(scenarios)) {
      expect(Object.keys(municipalities ?? {})).toHaveLength(4);
      expect(Object.keys(purses ?? {}).length).toBeGreaterThan(0);
      for (const figure of Object.values(perspectives ?? {})) {
        const { mean, se, quantiles, chancePositive, chanceBeatsReference, perYear } = figure as {
          mean: number;
          se: number;
          quantiles: Record<string, number>;
          chancePositive: number;
          chanceBeatsReference: number;
          perYear: { mean: number; quantiles: Record<string, number> }[];
        };
        expect(Object.keys(quantiles)).toEqual(["5", "25", "50", "75", "95"]);
        const values = Object.values(quantiles);
        expect(values).toEqual([...values].sort((a, b) => a - b));
        if (id === "nul") expect([mean, se, chanceBeatsReference]).toEqual([0, 0, 0]);
        else expect(se).toBeGreaterThan(0);
        // The net present value is that against the reference.
        expect(chanceBeatsReference).toBe(chancePositive);
        expect(perYear.length).toBeGreaterThan(5);
      }
    }
    expect(comparisons).toHaveLength(3 * 4 * 3);
  });

  it("writes tables in both forms, with what is needed to do it again", () => {
    const { status } = ontschot("simulate", "sjabloon", "--draws", "100", "--seed", "9", "--out", "uit");
    expect(status).toBe(0);
    const names = readdirSync(join(folder, "uit")).filter((name) => name.endsWith(".csv"));
    expect(names.sort()).toEqual(["simulatie-onderling.csv", "simulatie-per-jaar.csv", "simulatie.csv"]);
    const text = readFileSync(join(folder, "uit", "simulatie.csv"), "utf8");
    expect(text).toContain("Startgetal;9\r\n");
    expect(text).toContain("Trekkingen;100\r\n");
    expect(text).toContain(";gemiddelde;standaardfout;standaardafwijking;P5;P25;P50;P75;P95;");
    expect(existsSync(join(folder, "uit", "volledige-precisie", "simulatie.csv"))).toBe(true);
  });

  it.each([
    [["--draws", "0"], "--draws: 0 is geen geheel getal van 1 tot 1000000"],
    [["--draws", "1e3"], "--draws: 1e3 is geen geheel getal"],
    [["--seed=-1"], "--seed: -1 is geen geheel getal van 0 tot"],
    [["--sampling", "sobol"], "--sampling: sobol is niet een van: plain, latin"],
    [["--method", "tornado"], "De opties kloppen niet."],
  ])("refuses %s", (args, sentence) => {
    const { status, stdout, stderr } = ontschot("simulate", "sjabloon", ...args);
    expect(stderr).toContain(sentence);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("stops at Ctrl-C, says so and writes nothing", async () => {
    const child = spawn(
      process.execPath,
      [launcher, "simulate", "drechtsteden-klein", "--draws", "1000000", "--out", "nooit"],
      { cwd: folder, env: { ...process.env, INIT_CWD: folder } },
    );
    let errors = "";
    let output = "";
    child.stdout.on("data", (data) => {
      output += String(data);
    });
    const started = new Promise<void>((resolve) =>
      child.stderr.on("data", (data) => {
        errors += String(data);
        if (errors.includes("0%")) resolve();
      }),
    );
    await started;
    child.kill("SIGINT");
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code).toBe(130);
    expect(errors).toContain("Afgebroken; er is niets geschreven.");
    expect(output).toBe("");
    expect(existsSync(join(folder, "nooit"))).toBe(false);
  });
});

describe("sensitivity", () => {
  it.each([
    ["tornado", [], "netto contante waarde als één uitgangspunt laag of hoog is"],
    ["switching", [], "waarde waarbij de netto contante waarde nul is"],
    ["sobol", ["--draws", "16"], "deel van de spreiding dat een uitgangspunt verklaart"],
    ["evppi", ["--draws", "200"], "Wat meer weten waard is voor Samenleving (euro)"],
  ])("%s speaks, and gives JSON and a table", (method, args, sentence) => {
    const command = ["sensitivity", "drechtsteden-klein", "--method", method, ...args];
    const { status, stdout } = ontschot(...command);
    expect(status).toBe(0);
    expect(stdout).toContain(sentence);
    expect(stdout).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(widest(stdout)).toBeLessThanOrEqual(100);
    expect(JSON.stringify(JSON.parse(ontschot(...command, "--json").stdout))).toContain('"');
    expect(ontschot(...command, "--out", method).status).toBe(0);
    const [name] = readdirSync(join(folder, method)).filter((file) => file.endsWith(".csv"));
    const lines = readFileSync(join(folder, method, name ?? ""), "utf8").split("\r\n");
    expect(lines.length).toBeGreaterThan(20);
  });

  it("chooses among lawful scenarios only, unless others are named", () => {
    const of = (...args: string[]) =>
      JSON.parse(
        ontschot("sensitivity", "drechtsteden-klein", "--method", "evppi", "--draws", "50", "--json", ...args)
          .stdout,
      ).options;
    expect(of()).toEqual(["nul", "verkokerd", "samenwerken", "ontschot"]);
    expect(of("--scenario", "ontschot")).toEqual(["nul", "ontschot"]);
  });

  it.each([
    [[], "Noem met --method"],
    [["--method", "alles"], "--method: alles is niet een van: tornado, switching, sobol, evppi"],
  ])("refuses %s", (args, sentence) => {
    const { status, stderr } = ontschot("sensitivity", "sjabloon", ...args);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });
});
