/** Files and formulas that mean harm: a clear fault, and soon. Growth without bound runs into the time limit. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { BusinessCase } from "../../scenarios/index.ts";
import { openCase } from "../../scenarios/index.ts";

const template = readFileSync(new URL("../../scenarios/data/sjabloon.json", import.meta.url), "utf8");
/** Each takes a part of a second, also on a machine that has much else to do ten times that; a blow-up takes hours. */
const SOON = 30_000;

function codes(text: string): string[] {
  const opened = openCase(text);
  return opened.ok ? [] : opened.faults.map(({ code }) => code);
}

function withFormula(formula: string): string {
  const file: BusinessCase = JSON.parse(template);
  const target = file.parameters[7];
  if (target) target.value = formula;
  return JSON.stringify(file);
}

describe("files", () => {
  it.each([
    ["deep lists", "[".repeat(100_000) + "]".repeat(100_000), "FILE_TOO_DEEP"],
    ["deep objects", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, "FILE_TOO_DEEP"],
    ["10 MB", `{"format": "${"x".repeat(10_000_000)}"}`, "FILE_TOO_LARGE"],
    ["no JSON", "format: ontschot", "NOT_JSON"],
    ["an empty file", "", "NOT_JSON"],
    ["null", "null", "NOT_A_CASE"],
    ["a list", "[]", "NOT_A_CASE"],
    ["a number beyond all numbers", template.replace('"value": 2.25', '"value": 1e999'), "WRONG_TYPE"],
    [
      "a prototype as key",
      template.replace('{"bijstand": 1}', '{"__proto__": {"a": 1}, "bijstand": 1}'),
      "WRONG_ID",
    ],
    ["a constructor as id", template.replaceAll('"hr_extra"', '"constructor"'), "WRONG_ID"],
    [
      "a prototype at the top",
      template.replace('"version": 1', '"version": 1, "__proto__": {"ok": true}'),
      "WRONG_ID",
    ],
    [
      "a million items",
      template.replace(
        '"interventions": ["route"]',
        `"interventions": [${'"route",'.repeat(200_000)}"route"]`,
      ),
      "OUT_OF_RANGE",
    ],
  ])("%s", { timeout: SOON }, (_, text, code) => {
    expect(codes(text)).toContain(code);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
    expect(({} as Record<string, unknown>).ok).toBeUndefined();
  });

  it("a text that is no JSON is told by line and character, with what stands there", () => {
    expect(openCase('{\n  format: "ontschot" }')).toMatchObject({
      faults: [{ code: "NOT_JSON", line: 2, character: 3, found: 'format: "ontschot" }' }],
    });
    // Here the engine only quotes what stands around it.
    expect(openCase('{\n  "format": ontschot }')).toMatchObject({
      faults: [{ code: "NOT_JSON", found: expect.stringContaining("ontschot") }],
    });
  });

  it("a ring of 500 parameters is named", { timeout: SOON }, () => {
    const file: BusinessCase = JSON.parse(template);
    for (let index = 0; index < 500; index += 1)
      file.parameters.push({
        id: `p${index}`,
        label: "p",
        value: `p${(index + 1) % 500} + 1`,
        kind: "assumed",
      });
    expect(codes(JSON.stringify(file))).toContain("CIRCULAR_FORMULA");
  });

  it("a chain of 4,000 parameters is no ring", { timeout: SOON }, () => {
    const file: BusinessCase = JSON.parse(template);
    for (let index = 0; index < 4_000; index += 1)
      file.parameters.push({
        id: `p${index}`,
        label: "p",
        value: index === 0 ? 1 : `p${index - 1} + 1`,
        kind: "assumed",
      });
    expect(codes(JSON.stringify(file))).toEqual([]);
  });
});

describe("formulas define, assign, import and reach nothing", () => {
  it.each([
    'import("node:fs")',
    'cos.constructor("return process")()',
    "extra_prijs.constructor",
    'extra_prijs["constructor"]',
    "constructor",
    "__proto__",
    "toString",
    "f(x) = x",
    "a = 1",
    "[1, 2, 3]",
    "1:5",
    '"text"',
    "{a: 1}",
    "1; 2",
    "1\n2",
    "2 extra_prijs",
    "extra_prijs'",
    "5!",
    "true",
    "random()",
    "eval(1)",
    "1 < 2 < 3",
    "1 and 2",
    "0x1F and 1",
    "-".repeat(999),
    `${"-".repeat(900)}1 +`,
    "1e999",
  ])("%s", { timeout: SOON }, (formula) => {
    const found = codes(withFormula(formula));
    expect(found.length).toBeGreaterThan(0);
    for (const code of found) expect(code).toMatch(/^(FORMULA_|UNKNOWN_|NOT_FINITE|DIMENSION_)/);
  });

  it.each([
    ["a million terms", `1${"+1".repeat(1_000_000)}`, "OUT_OF_RANGE"],
    ["five thousand terms", `1${"+1".repeat(5_000)}`, "FORMULA_TOO_LONG"],
    ["five thousand brackets", `${"(".repeat(5_000)}1${")".repeat(5_000)}`, "FORMULA_TOO_LONG"],
  ])("%s", { timeout: SOON }, (_, formula, code) => {
    expect(codes(withFormula(formula))).toContain(code);
  });

  it("nine hundred minus signs are a number", { timeout: SOON }, () => {
    expect(codes(withFormula(`${"-".repeat(900)}5`))).toEqual([]);
  });
});
