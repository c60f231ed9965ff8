/** The commands that take figures out and assumptions in, as a process. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const launcher = join(root, "cli/ontschot.mjs");
const shipped = join(root, "scenarios/data/drechtsteden-klein.json");

let folder = "";
function ontschot(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: folder },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ontschot-csv-cli-"));
  execFileSync(process.execPath, [launcher, "cases"], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("run --out", () => {
  it("writes both forms of the pack, the same bytes each time, with the hash of the file", () => {
    const first = ontschot("run", "drechtsteden-klein", "--out", "een");
    expect(first).toMatchObject({ status: 0, stderr: "" });
    ontschot("run", shipped, "--out", "twee");
    const names = readdirSync(join(folder, "een"));
    expect(names).toContain("kerncijfers.csv");
    expect(names).toContain("volledige-precisie");
    const files = names.filter((name) => name.endsWith(".csv"));
    expect(files.length).toBe(14);
    const hash = createHash("sha256").update(readFileSync(shipped)).digest("hex");
    for (const name of files)
      for (const below of ["", "volledige-precisie"]) {
        const [one, two] = ["een", "twee"].map((place) =>
          readFileSync(join(folder, place, below, name), "utf8"),
        );
        expect(one).toBe(two);
        expect(one).toContain(hash);
      }
  });

  it("writes the scenarios that were asked for, in English too", () => {
    ontschot("run", "drechtsteden-klein", "--scenario", "ontschot", "--out", "drie", "--lang", "en");
    const text = readFileSync(join(folder, "drie", "kerncijfers.csv"), "utf8");
    expect(text).toContain("Net present value after transfers");
    expect(text).not.toContain("Verkokerd");
  });
});

describe("run --json", () => {
  it("tells what every purse is left with, who owes whom, and the figures at other rates", () => {
    const { scenarios } = JSON.parse(ontschot("run", "drechtsteden-klein", "--json").stdout);
    const { purses, transfers, afterTransfers, alsoAt, figures } = scenarios.ontschot;
    const spuk = purses.find(
      (purse: { account: string; municipality: string }) =>
        purse.account === "spuk" && purse.municipality === "dordrecht",
    );
    expect(spuk.grant).toHaveLength(10);
    for (const { amount, from, to, cash, booked } of transfers) {
      expect(amount).toBeGreaterThan(0);
      expect(from).not.toEqual(to);
      expect(cash).toBeGreaterThanOrEqual(booked);
    }
    expect(afterTransfers.municipalities.dordrecht.net.length).toBeGreaterThanOrEqual(10);
    const paybacks = [figures.parties, afterTransfers.parties].flatMap((parties) =>
      Object.values<{ payback: unknown }>(parties).map(({ payback }) => payback),
    );
    expect(paybacks).toContain(null);
    for (const payback of paybacks) if (payback !== null) expect(payback).toBeTypeOf("number");
    expect(alsoAt.map(({ rate }: { rate: number }) => rate)).toEqual([0, 0.045]);
    expect(figures.wrongPockets.index).toBeGreaterThanOrEqual(0);
    expect(figures.wrongPockets.index).toBeLessThanOrEqual(1);
  });
});

describe("explain", () => {
  it("gives the ten largest parts as text of at most 100 columns, with sources", () => {
    const { status, stdout } = ontschot("explain", "drechtsteden-klein", "npv/gemeente/ontschot");
    expect(status).toBe(0);
    expect(Math.max(...stdout.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(100);
    expect(stdout).toMatch(/^10\. /m);
    expect(stdout).toContain("persoonsjaren x");
    expect(stdout).toContain("Bijstandsnormen, 2026");
    expect(stdout).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });

  it("gives a tree as JSON whose leaves sum to the figure and to the figure of run --json", () => {
    const { stdout } = ontschot("explain", "drechtsteden-klein", "npv/gemeente/ontschot", "--json");
    const explained = JSON.parse(stdout);
    interface Node {
      value: number;
      children?: Node[];
      leaves?: {
        value: number;
        persons: number | null;
        rate: number;
        amount: number;
        side: string;
        parameters: string[];
      }[];
    }
    const leaves = (node: Node): NonNullable<Node["leaves"]> => [
      ...(node.leaves ?? []),
      ...(node.children ?? []).flatMap(leaves),
    ];
    const all = leaves(explained.tree);
    const sum = all.reduce((total, leaf) => total + leaf.value, 0);
    expect(Math.abs(sum - explained.value)).toBeLessThanOrEqual(1e-9 * Math.abs(explained.value));
    for (const leaf of all) {
      const size = (leaf.persons ?? 1) * leaf.rate * leaf.amount;
      expect(Math.abs(Math.abs(leaf.value) - Math.abs(size))).toBeLessThanOrEqual(1e-9 * Math.abs(size));
      for (const id of leaf.parameters) expect(explained.parameters).toHaveProperty(id);
    }
    const { scenarios } = JSON.parse(ontschot("run", "drechtsteden-klein", "--json").stdout);
    const { nul, ontschot: pooled } = scenarios;
    const difference = nul.perspectives.gemeente - pooled.perspectives.gemeente;
    expect(Math.abs(sum - difference)).toBeLessThanOrEqual(1e-6 * Math.abs(difference));
  });

  it("says how a figure is written when it does not know it", () => {
    const { status, stderr } = ontschot("explain", "drechtsteden-klein", "npv/niemand/ontschot");
    expect(status).toBe(2);
    expect(stderr).toContain("npv/gemeente/ontschot");
    expect(ontschot("explain", "drechtsteden-klein").status).toBe(2);
  });
});

describe("import", () => {
  it("changes exactly what was edited, and says so", () => {
    const path = join(folder, "eigen.json");
    copyFileSync(shipped, path);
    ontschot("run", "eigen.json", "--out", "uit");
    const csv = join(folder, "uit", "uitgangspunten.csv");
    const text = readFileSync(csv, "utf8");
    writeFileSync(csv, text.replace(/^(volwassenen;.*?);170;/m, "$1;185,5;"));
    const { status, stdout } = ontschot("import", "uit/uitgangspunten.csv", "--into", "eigen.json");
    expect(status).toBe(0);
    expect(stdout).toContain("parameters/volwassenen/value: 170 -> 185,5");
    expect(readFileSync(path, "utf8")).toBe(
      readFileSync(shipped, "utf8").replace(/("id": "volwassenen",[\s\S]*?"value": )170/, "$1185.5"),
    );
    const again = ontschot("import", "uit/uitgangspunten.csv", "--into", "eigen.json");
    expect(again.stdout).toContain("Niets veranderd");
  });

  it("changes nothing when a row is wrong", () => {
    const path = join(folder, "fout.json");
    copyFileSync(shipped, path);
    ontschot("run", "fout.json", "--out", "uitfout");
    const csv = join(folder, "uitfout", "uitgangspunten.csv");
    writeFileSync(csv, readFileSync(csv, "utf8").replace(/^terugval;/m, "terugvall;"));
    const { status, stderr } = ontschot("import", csv, "--into", "fout.json");
    expect(status).toBe(1);
    expect(stderr).toMatch(/regel \d+, kolom id/);
    expect(stderr).toContain("bestaat niet");
    expect(readFileSync(path, "utf8")).toBe(readFileSync(shipped, "utf8"));
  });

  it("does not overwrite a shipped case, and asks where to", () => {
    expect(ontschot("import", "x.csv", "--into", "drechtsteden-klein").status).toBe(2);
    expect(ontschot("import", "x.csv").status).toBe(2);
    expect(ontschot("import", "x.csv", "--into", "nergens.json").status).toBe(1);
  });
});
