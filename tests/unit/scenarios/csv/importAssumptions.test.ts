import { readFileSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { reportCase, runCase } from "../../../../models/index.ts";
import { type ImportResult, importAssumptions } from "../../../../scenarios/csv/importAssumptions.ts";
import { csvPack } from "../../../../scenarios/csv/pack.ts";
import type { CsvForm } from "../../../../scenarios/csv/table.ts";
import { type BusinessCase, openCase, serializeCase } from "../../../../scenarios/index.ts";
import { solver } from "../../results/smallCase.ts";

const text = readFileSync(
  new URL("../../../../scenarios/data/drechtsteden-klein.json", import.meta.url),
  "utf8",
);
const HASH = "ab".repeat(32);

function opened(source: string) {
  const result = openCase(source);
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

async function exported(form: CsvForm, language: "nl" | "en", source = text): Promise<string> {
  const { caseFile, model } = opened(source);
  const report = reportCase(model, runCase(model, await solver(), [model.reference]));
  const options = { form, language, hash: HASH, programVersion: "0.1.0" };
  const file = csvPack(caseFile, model, report, options).find(({ name }) => name === "uitgangspunten.csv");
  if (!file) throw new Error("uitgangspunten.csv");
  return file.text;
}

const { caseFile: original } = opened(text);
let dutch = "";
beforeAll(async () => {
  dutch = await exported("dutch", "nl");
});

function changed(result: ImportResult) {
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result;
}

/** Edits one cell of a row that starts so. */
function edit(csv: string, start: string, from: string, to: string): string {
  const line = csv.split("\r\n").find((row) => row.startsWith(start));
  if (!line?.includes(from)) throw new Error(`${start} has no ${from}: ${line}`);
  return csv.replace(line, line.replace(from, to));
}

describe("assumptions that come back", () => {
  it.each([
    ["dutch", "nl"],
    ["dutch", "en"],
    ["precise", "nl"],
    ["precise", "en"],
  ] as const)("change nothing when nothing was edited (%s, %s)", async (form, language) => {
    const result = changed(importAssumptions(original, await exported(form, language), HASH));
    expect(result.changes).toEqual([]);
    expect(result.warnings).toEqual([]);
    expect(serializeCase(result.caseFile)).toBe(text);
  });

  it("change exactly the value that was edited", () => {
    const result = changed(importAssumptions(original, edit(dutch, "volwassenen;", ";170;", ";180;"), HASH));
    expect(result.changes.map(({ path, from, to }) => ({ path, from, to }))).toEqual([
      { path: "parameters/volwassenen/value", from: 170, to: 180 },
    ]);
    const expected = structuredClone(original);
    const parameter = expected.parameters.find(({ id }) => id === "volwassenen");
    if (parameter) parameter.value = 180;
    expect(result.caseFile).toEqual(expected);
  });

  it("take numbers in either notation", () => {
    const to = (written: string) =>
      changed(importAssumptions(original, edit(dutch, "volwassenen;", ";170;", `;${written};`))).changes[0]
        ?.to;
    expect(to("180,5")).toBe(180.5);
    expect(to("180.5")).toBe(180.5);
    const start = edit(dutch, "opstart;", ";60000;", ";€ 61.500;");
    expect(changed(importAssumptions(original, start)).changes[0]?.to).toBe(61_500);
  });

  it("take numbers as accounts have them, and a percentage of a share", () => {
    const to = (id: string, from: string, written: string) =>
      changed(importAssumptions(original, edit(dutch, `${id};`, `;${from};`, `;${written};`))).changes[0]?.to;
    const saldo = { id: "saldo", label: "Saldo", unit: "EUR", value: 7, kind: "assumed" as const };
    const more = { ...original, parameters: [...original.parameters, saldo] };
    const balance = (written: string) =>
      changed(importAssumptions(more, `${dutch}saldo;;;;;${written}\r\n`)).changes[0]?.to;
    expect(balance("(1.234,50)")).toBe(-1234.5);
    expect(balance("5,00-")).toBe(-5);
    expect(balance(" € -   ")).toBe(0);
    expect(balance(" -   ")).toBe(0);
    expect(to("z_werk", "0,6", "70%")).toBe(0.7);
    expect(to("terugval", "0,95", "1,2%")).toBe(1.2);
    expect(to("start_overig", "12", '"min(1,5; aandeel_z / 2,5)"')).toBe("min(1.5, aandeel_z / 2.5)");
  });

  it("take a band back that was taken away, of the kind that it names", () => {
    const bare = structuredClone(original);
    for (const parameter of bare.parameters) delete parameter.distribution;
    const result = changed(importAssumptions(bare, dutch));
    expect(result.caseFile).toEqual(original);
    expect(result.changes.map(({ path }) => path)).toContain("parameters/volwassenen/distribution/low");
    const uniform = edit(dutch, "volwassenen;", ";PERT;", ";gelijkmatig;");
    const taken = changed(importAssumptions(bare, uniform)).caseFile.parameters;
    expect(taken.find(({ id }) => id === "volwassenen")?.distribution).toEqual({
      kind: "uniform",
      low: 105,
      high: 285,
    });
  });

  it("take a band away that is emptied as a whole", () => {
    const line = dutch.split("\r\n").find((row) => row.startsWith("volwassenen;")) ?? "";
    const emptied = dutch.replace(line, line.replace(";PERT;105;;285;", ";;;;;"));
    const result = changed(importAssumptions(original, emptied));
    expect(result.changes.map(({ path, to }) => [path, to])).toEqual([
      ["parameters/volwassenen/distribution", null],
    ]);
    expect(result.caseFile.parameters.find(({ id }) => id === "volwassenen")).not.toHaveProperty(
      "distribution",
    );
  });

  it("take a range, a formula, a local value with its reason", () => {
    let csv = edit(dutch, "volwassenen;", ";105;", ";110;");
    csv = edit(csv, "start_overig;", ";12;", ";aandeel_z / 2;");
    csv = edit(csv, "aandeel;Aandeel van de gemeente;Instroom;percent;zwijndrecht;", ";20;", ";21;");
    const result = changed(importAssumptions(original, csv));
    expect(result.changes.map(({ path, to }) => [path, to])).toEqual([
      ["parameters/volwassenen/distribution/low", 110],
      ["parameters/aandeel/local/zwijndrecht/value", 21],
      ["parameters/start_overig/value", "aandeel_z / 2"],
    ]);
    expect(result.caseFile.parameters.find(({ id }) => id === "aandeel")?.local?.zwijndrecht).toBe(21);
  });

  it("take a new local value on a row of its own", () => {
    const width =
      (dutch
        .split("\r\n")
        .find((row) => row.startsWith("id;"))
        ?.split(";").length ?? 0) - 11;
    const row = `terugval;;;;dordrecht;1,2;;;;;eigen cijfers${";".repeat(width)}\r\n`;
    const result = changed(importAssumptions(original, dutch + row));
    expect(result.caseFile.parameters.find(({ id }) => id === "terugval")?.local).toEqual({
      dordrecht: { value: 1.2, reason: "eigen cijfers" },
    });
  });

  it("keep what a spreadsheet shortens or leaves out", () => {
    const lines = dutch.split("\r\n").filter((row) => !row.startsWith("terugval;"));
    expect(changed(importAssumptions(original, lines.join("\r\n"))).changes).toEqual([]);
  });

  it("warn when the export was of another version", () => {
    const result = changed(importAssumptions(original, dutch, "00".repeat(32)));
    expect(result.warnings.map(({ code }) => code)).toEqual(["CSV_OF_OTHER_VERSION"]);
  });

  it("change exactly the edited values, whatever is edited", () => {
    const numeric = original.parameters.filter(
      ({ value, distribution }) => typeof value === "number" && !distribution,
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: numeric.length - 1 }), { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (places, part) => {
          const chosen = places.map((place) => numeric[place]).filter((parameter) => parameter !== undefined);
          let csv = dutch;
          const expected = new Map<string, number>();
          for (const { id, value } of chosen) {
            const to = Number(value) * part;
            expected.set(`parameters/${id}/value`, to);
            csv = edit(
              csv,
              `${id};`,
              `;${String(value).replace(".", ",")};`,
              `;${String(to).replace(".", ",").replace("e", "E")};`,
            );
          }
          const result = changed(importAssumptions(original, csv));
          expect(new Map(result.changes.map(({ path, to }) => [path, to]))).toEqual(expected);
        },
      ),
      { numRuns: 40, seed: 20282 },
    );
  });
});

describe("mistakes are named with their row", () => {
  const faultsOf = (csv: string, file: BusinessCase = original) => {
    const result = importAssumptions(file, csv);
    if (result.ok) throw new Error(`accepted: ${JSON.stringify(result.changes)}`);
    return result.faults.map(({ code, row, column }) => ({ code, row, column }));
  };
  const rowOf = (start: string) => dutch.split("\r\n").findIndex((row) => row.startsWith(start)) + 1;

  it("an unknown parameter, an unknown municipality, a row twice, all at once", () => {
    let csv = edit(dutch, "terugval;", "terugval;", "terugvall;");
    csv = edit(
      csv,
      "aandeel;Aandeel van de gemeente;Instroom;percent;zwijndrecht;",
      "zwijndrecht",
      "zwijndregt",
    );
    csv += `${dutch.split("\r\n").find((row) => row.startsWith("volwassenen;"))}\r\n`;
    expect(faultsOf(csv)).toEqual([
      { code: "CSV_UNKNOWN_MUNICIPALITY", row: rowOf("aandeel;") + 1, column: "municipality" },
      { code: "CSV_UNKNOWN_PARAMETER", row: rowOf("terugval;"), column: "id" },
      { code: "CSV_DUPLICATE_ROW", row: csv.split("\r\n").length - 1, column: "id" },
    ]);
  });

  it("an empty value, a range that is no number, a range where there is none", () => {
    let csv = edit(dutch, "start_overig;", ";12;", ";;");
    csv = edit(csv, "volwassenen;", ";105;", ";weinig;");
    csv = edit(csv, "werk_1;", ";0,39;;;", ";0,39;;0,1;");
    expect(faultsOf(csv)).toEqual([
      { code: "CSV_NOT_A_NUMBER", row: rowOf("volwassenen;"), column: "low" },
      { code: "CSV_VALUE_MISSING", row: rowOf("start_overig;"), column: "value" },
      { code: "CSV_NO_RANGE", row: rowOf("werk_1;"), column: "low" },
    ]);
  });

  it("a band of which one end is left, or the numbers are gone and the kind is not", () => {
    const missing = { code: "CSV_VALUE_MISSING", row: rowOf("volwassenen;") };
    expect(faultsOf(edit(dutch, "volwassenen;", ";PERT;105;;285;", ";PERT;;;240;"))).toEqual([
      { ...missing, column: "low" },
    ]);
    expect(faultsOf(edit(dutch, "volwassenen;", ";PERT;105;;285;", ";PERT;;;;"))).toEqual([
      { ...missing, column: "low" },
      { ...missing, column: "high" },
    ]);
  });

  it("what can be read in two ways", () => {
    const code = (id: string, from: string, written: string) =>
      faultsOf(edit(dutch, `${id};`, `;${from};`, `;${written};`))[0]?.code;
    expect(code("opstart", "60000", "70%")).toBe("CSV_PERCENT_OF_UNIT");
    expect(code("start_overig", "12", "min(1,2)")).toBe("CSV_COMMA_IN_CALL");
    expect(code("start_overig", "12", "1.500 * aandeel_z")).toBe("CSV_POINT_IN_FORMULA");
    expect(code("start_overig", "12", "3-4")).toBe("CSV_NOT_A_NUMBER");
  });

  it("a formula that does not hold, and a value outside its own range", () => {
    expect(faultsOf(edit(dutch, "start_overig;", ";12;", ";onbekend * 2;"))[0]).toMatchObject({
      code: "UNKNOWN_NAME",
      row: rowOf("start_overig;"),
    });
    expect(faultsOf(edit(dutch, "volwassenen;", ";170;", ";300;"))[0]).toMatchObject({
      code: "VALUE_OUTSIDE_RANGE",
      row: rowOf("volwassenen;"),
    });
  });

  it("a column with citizen numbers is refused, without repeating one", () => {
    const lines = dutch.split("\r\n");
    const head = lines.findIndex((row) => row.startsWith("id;"));
    const csv = lines.map((row, at) =>
      at < head || row === "" ? row : `${row};${at === head ? "bsn" : "111222333"}`,
    );
    const result = importAssumptions(original, csv.join("\r\n"));
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).toContain("CSV_CITIZEN_NUMBERS");
    expect(JSON.stringify(result)).not.toContain("111222333");
  });

  it("a column of its own, a heading twice", () => {
    const lines = dutch.split("\r\n");
    const head = lines.findIndex((row) => row.startsWith("id;"));
    const add = (name: string) => lines.map((row, at) => (at === head ? `${row};${name}` : row)).join("\r\n");
    expect(faultsOf(add("extra"))).toEqual([{ code: "CSV_UNKNOWN_COLUMN", row: head + 1, column: "extra" }]);
    expect(faultsOf(add("waarde"))).toEqual([
      { code: "CSV_DUPLICATE_COLUMN", row: head + 1, column: "waarde" },
    ]);
  });

  it("another file, a file too large, an adopted case", () => {
    expect(faultsOf("a;b\r\n1;2")).toMatchObject([{ code: "CSV_WITHOUT_HEADINGS" }]);
    expect(faultsOf("x".repeat(6_000_000))).toMatchObject([{ code: "FILE_TOO_LARGE" }]);
    const adopted = { ...original, meta: { ...original.meta, status: "vastgesteld" as const } };
    expect(faultsOf(dutch, adopted)).toMatchObject([{ code: "CASE_ADOPTED" }]);
  });
});
