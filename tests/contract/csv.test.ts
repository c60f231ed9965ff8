/** The CSV pack as others read it: what every file says of itself, the same bytes each time, and in a spreadsheet. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportCase, runCase } from "../../models/index.ts";
import { type CsvFile, type CsvForm, csvPack, importAssumptions, openCase } from "../../scenarios/index.ts";
import { solver } from "../unit/results/smallCase.ts";

const HASH = "cd".repeat(32);
const source = readFileSync(new URL("../../scenarios/data/drechtsteden-klein.json", import.meta.url), "utf8");

/** A case with labels that a spreadsheet might run, and a scenario that is not lawful. */
function hostile(text: string): string {
  const file = JSON.parse(text);
  file.meta.title = '=HYPERLINK("http://example.org";"Zaak")';
  file.municipalities[0].label = "+Dordrecht";
  file.parties[0].label = "@Gemeenten";
  file.states[0].label = '-Bijstand; "bijzonder"\nmet regel';
  const pooled = file.scenarios.find(({ id }: { id: string }) => id === "ontschot");
  pooled.reinvestSavings = "sameYear";
  return JSON.stringify(file);
}

async function pack(text: string, form: CsvForm): Promise<CsvFile[]> {
  const opened = openCase(text);
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  const { caseFile, model } = opened;
  const report = reportCase(model, runCase(model, await solver()));
  return csvPack(caseFile, model, report, { form, language: "nl", hash: HASH, programVersion: "0.1.0" });
}

const NAMES = [
  "kerncijfers.csv",
  "partijen.csv",
  "kasstromen.csv",
  "meerjarenraming.csv",
  "aansluiting.csv",
  "verrekeningen.csv",
  "verantwoording.csv",
  "behoud.csv",
  "verdeling.csv",
  "uitkomsten.csv",
  "persoonsjaren.csv",
  "cohorten.csv",
  "kubus.csv",
  "uitgangspunten.csv",
];

const text = hostile(source);
const packs: Record<CsvForm, CsvFile[]> = { dutch: [], precise: [] };
beforeAll(async () => {
  packs.dutch = await pack(text, "dutch");
  packs.precise = await pack(text, "precise");
});

const lines = (file: CsvFile | undefined, delimiter: string): string[][] =>
  Papa.parse<string[]>((file?.text ?? "").slice(1), { delimiter, skipEmptyLines: false }).data;

describe("every file", () => {
  it("is there", () => {
    for (const form of ["dutch", "precise"] as const)
      expect(packs[form].map(({ name }) => name)).toEqual(NAMES);
  });

  it("says what it is, of which file and program, at which prices and rate, and what is not lawful", () => {
    for (const file of packs.dutch) {
      const head = Object.fromEntries(
        lines(file, ";")
          .slice(0, 9)
          .map(([label = "", value = ""]) => [label, value]),
      );
      expect(head).toMatchObject({
        Titel: '\'=HYPERLINK("http://example.org";"Zaak")',
        Status: "concept",
        "Bestand (SHA-256)": HASH,
        Programmaversie: "Ontschot 0.1.0",
        Prijspeil: "2026",
        "Discontovoet (% per jaar)": "2,2500",
        "Moment van discontering": "medio jaar",
        "Vergeleken met": "Nulalternatief",
      });
      const scenarios = lines(file, ";").filter(([label]) => label === "Scenario");
      expect(scenarios.map(([, , id, lawful]) => [id, lawful?.split(":")[0]])).toEqual([
        ["nul", "rechtmatig"],
        ["verkokerd", "rechtmatig"],
        ["samenwerken", "rechtmatig"],
        ["ontschot", "niet rechtmatig onder huidig recht"],
      ]);
    }
  });

  it("has the same bytes on every run", async () => {
    expect(await pack(text, "dutch")).toEqual(packs.dutch);
    expect(await pack(text, "precise")).toEqual(packs.precise);
  });

  it("has BOM and CRLF, and a row for every row of the other form", () => {
    for (const [index, file] of packs.dutch.entries()) {
      expect(file.text.startsWith("\ufeff")).toBe(true);
      expect(file.text.replaceAll("\r\n", "").includes("\r")).toBe(false);
      const [dutch, precise] = [lines(file, ";"), lines(packs.precise[index], ",")];
      expect(dutch.map((row) => row.length)).toEqual(precise.map((row) => row.length));
      for (const [at, row] of dutch.entries())
        for (const [column, cell] of row.entries()) {
          const other = precise[at]?.[column] ?? "";
          if (!/^-?\d+(,\d+)?$/.test(cell) || cell === other) continue;
          const decimals = cell.split(",")[1]?.length ?? 0;
          expect(Math.abs(Number(cell.replace(",", ".")) - Number(other))).toBeLessThanOrEqual(
            0.5001 * 10 ** -decimals,
          );
        }
    }
  });

  it("runs nothing: no text begins as a formula", () => {
    for (const form of ["dutch", "precise"] as const)
      for (const file of packs[form])
        for (const row of lines(file, form === "dutch" ? ";" : ","))
          for (const cell of row)
            if (!/^-?\d+([.,]\d+)?(E-?\d+)?$/.test(cell)) expect(cell).not.toMatch(/^\s*[=+\-@]/);
  });
});

describe("the tables", () => {
  const table = (name: string) => {
    const rows = lines(
      packs.precise.find((file) => file.name === `${name}.csv`),
      ",",
    );
    const at = rows.findIndex(([first]) => first === "scenario");
    const columns = rows[at] ?? [];
    return rows
      .slice(at + 1)
      .filter((row) => row.length === columns.length)
      .map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place] ?? ""])));
  };
  const sum = (rows: Record<string, string>[], column: string) =>
    rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);

  it("agree: the cube sums to what the parties bear before transfers", () => {
    for (const scenario of ["Nulalternatief", "Ontschot"]) {
      const of = (rows: Record<string, string>[]) => rows.filter((row) => row.scenario === scenario);
      const cube = of(table("kubus")).filter((row) => row.jaar === "2029");
      const parties = of(table("partijen")).filter((row) => row["voor of na verrekening"] === "voor");
      expect(sum(cube, "bedrag")).toBeCloseTo(sum(parties, "2029"), 4);
    }
  });

  it("agree: the reconciliation ends where the multi-year estimate does", () => {
    for (const scenario of ["Verkokerd", "Ontschot"]) {
      const total = table("aansluiting").find(
        (row) => row.scenario === scenario && row.gemeente === "totaal",
      );
      const estimate = table("meerjarenraming").filter((row) => row.scenario === scenario);
      expect(sum(estimate, "totaal")).toBeCloseTo(Number(total?.["Begroting (nominaal)"]), 1);
      const parts = [
        "Contante waarde (MKBA)",
        "Discontering eruit",
        "Bij andere partijen",
        "Niet verzilverbaar",
        "Verrekeningen",
        "Prijsontwikkeling",
      ];
      const led = parts.reduce((value, part) => value + Number(total?.[part]), 0);
      expect(led).toBeCloseTo(Number(total?.["Begroting (nominaal)"]), 4);
    }
  });

  it("agree: the allocation gives every newcomer one track", () => {
    for (const scenario of ["Nulalternatief", "Ontschot"]) {
      const rows = table("verdeling").filter(
        (row) => row.scenario === scenario && row.instroomjaar === "2027",
      );
      expect(sum(rows, "personen")).toBeCloseTo(170, 6);
    }
  });
});

const office = spawnSync("soffice", ["--version"]).status === 0;

// On Linux `npm test` installs it, so there its absence is a failure; elsewhere it may be missing.
describe.skipIf(!office && process.platform !== "linux")("in LibreOffice with Dutch settings", () => {
  it("assumptions saved by the spreadsheet come back unchanged", async () => {
    const file = packs.dutch.find(({ name }) => name === "uitgangspunten.csv");
    writeFileSync(join(folder, "uitgangspunten.csv"), file?.text ?? "");
    execFileSync(
      "soffice",
      [
        "--headless",
        `-env:UserInstallation=file://${folder}/profile`,
        "--infilter=CSV:59,34,76,1,,1043,false,true",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):59,34,76,1,,1043,false,true,true",
        "--outdir",
        join(folder, "saved"),
        join(folder, "uitgangspunten.csv"),
      ],
      { stdio: "ignore" },
    );
    const saved = readFileSync(join(folder, "saved", "uitgangspunten.csv"), "utf8");
    const opened = openCase(text);
    if (!opened.ok) throw new Error("case");
    const result = importAssumptions(opened.caseFile, saved, HASH);
    expect(result).toMatchObject({ ok: true, changes: [], warnings: [] });
  });

  const folder = mkdtempSync(join(tmpdir(), "ontschot-csv-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Cells of a sheet as LibreOffice took them: float, string, date, percentage … with value and text. */
  function cellsOf(file: CsvFile): { type: string; value: string; text: string }[][] {
    writeFileSync(join(folder, file.name), file.text);
    execFileSync(
      "soffice",
      [
        "--headless",
        `-env:UserInstallation=file://${folder}/profile`,
        "--infilter=CSV:59,34,76,1,,1043,false,true",
        "--convert-to",
        "fods",
        "--outdir",
        folder,
        join(folder, file.name),
      ],
      { stdio: "ignore" },
    );
    const xml = readFileSync(join(folder, file.name.replace(".csv", ".fods")), "utf8");
    const sheet = xml.slice(xml.indexOf("<table:table "), xml.indexOf("</table:table>"));
    return [...sheet.matchAll(/<table:table-row([^>]*?)(\/>|>([\s\S]*?)<\/table:table-row>)/g)].flatMap(
      ([, attributes = "", , content = ""]) => {
        const repeated = Number(/number-rows-repeated="(\d+)"/.exec(attributes)?.[1] ?? 1);
        if (repeated > 1000) return [];
        const cells = [
          ...content.matchAll(/<table:table-cell([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g),
        ].flatMap(([, given = "", inner = ""]) => {
          const count = Number(/number-columns-repeated="(\d+)"/.exec(given)?.[1] ?? 1);
          const cell = {
            type: /office:value-type="(\w+)"/.exec(given)?.[1] ?? "",
            value: /office:value="([^"]*)"/.exec(given)?.[1] ?? "",
            text: inner.replace(/<[^>]*>/g, ""),
          };
          return Array.from({ length: Math.min(count, 100) }, () => cell);
        });
        return Array.from({ length: repeated }, () => cells);
      },
    );
  }

  it.each(NAMES)("%s: every number is a number, every text a text", (name) => {
    const [dutch, precise] = [packs.dutch, packs.precise].map((files) =>
      files.find((file) => file.name === name),
    );
    if (!dutch) throw new Error(name);
    const wanted = lines(dutch, ";");
    const exact = lines(precise, ",");
    const found = cellsOf(dutch);
    let numbers = 0;
    for (const [at, row] of wanted.entries())
      for (const [column, cell] of row.entries()) {
        if (cell === "") continue;
        const seen = found[at]?.[column];
        const where = `${name} row ${at + 1} column ${column + 1}: ${cell}`;
        if (/^-?\d+(,\d+)?(E-?\d+)?$/.test(cell)) {
          numbers += 1;
          expect(seen?.type, where).toBe("float");
          expect(Number(seen?.value), where).toBe(Number(cell.replace(",", ".")));
          expect(Number(exact[at]?.[column]), where).not.toBeNaN();
        } else expect(seen?.type, where).toBe("string");
      }
    expect(numbers).toBeGreaterThan(5);
  });
});
