import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holdsCitizenNumbers, isCitizenNumber } from "../../../../scenarios/csv/citizenNumbers.ts";
import {
  type DecimalMark,
  isSameNumber,
  notationOf,
  readNumber,
  shownMark,
} from "../../../../scenarios/csv/numbers.ts";
import { formatForSheet } from "../../../../scenarios/text/index.ts";

const read = (text: string, notation: DecimalMark, unit = "EUR", fromSheet = false) =>
  readNumber(text, { notation, unit, fromSheet });
const DUTCH = { notation: ",", unit: "EUR", fromSheet: true } as const;

describe("numbers in either notation", () => {
  it.each([
    ["1234,5", ",", 1234.5],
    ["1234,5", ".", 1234.5],
    ["1234.5", ",", 1234.5],
    ["1.234,56", ".", 1234.56],
    ["1,234.56", ",", 1234.56],
    ["1.234.567", ".", 1_234_567],
    ["1,234,567", ",", 1_234_567],
    ["1.450", ",", 1450],
    ["1.450", ".", 1.45],
    ["1,450", ".", 1450],
    ["1,450", ",", 1.45],
    ["0.500", ",", 0.5],
    ["0,500", ".", 0.5],
    ["-12", ",", -12],
    ["\u221212,5", ",", -12.5],
    ["€ 1.450", ",", 1450],
    ["1 450,5", ",", 1450.5],
    ["1,5E-7", ",", 1.5e-7],
    [",5", ",", 0.5],
  ] as const)("%s in notation %s is %d", (text, notation, expected) => {
    expect(read(text, notation)).toBe(expected);
  });

  it.each(["", "abc", "12,34,5", "1.23.456", "0.5 * wachttijd", "1-2", "--3", "1,2.3,4", "12 34", "12€50"])(
    "%s is no number",
    (text) => {
      expect(read(text, ",")).toBeNull();
    },
  );

  it.each([
    ["(1.234)", -1234],
    ["(1.234,50)", -1234.5],
    ["€ (1.234)", -1234],
    ["(€ 1.234)", -1234],
    ["(1.234) €", -1234],
    ["5,00-", -5],
    ["1.234,50- EUR", -1234.5],
    ["-€ 5", -5],
    ["€ -5", -5],
    ["- 5", -5],
    ["+5", 5],
    ["€ 1.250,-", 1250],
    ["5,--", 5],
    ["€ -5,-", -5],
    ["€\u00a01\u00a0234,5", 1234.5],
    ["1\u2009234", 1234],
    ["\u22125", -5],
    ["(0)", 0],
    ["€ -", 0],
    ["€ -   ", 0],
    ["-\u00a0€", 0],
  ])("%s of accounts is %d", (text, expected) => {
    expect(read(text, ",")).toBe(expected);
  });

  it.each(["(-5)", "-5-", "+5-", "(5", "5)", "€ 5 €", "()", "€"])("%s is not guessed at", (text) => {
    expect(read(text, ",")).toBeNull();
  });

  it("takes a dash alone for nothing from a spreadsheet, and for no number when it is typed", () => {
    expect(read(" -   ", ",", "EUR", true)).toBe(0);
    expect(read("-", ",")).toBeNull();
  });

  it.each([
    ["70%", "1", 0.7],
    ["1,1 %", "", 0.011],
    ["(5%)", "1", -0.05],
    ["70%", "percent", 70],
    ["2,5%", "%/month", 2.5],
    ["70%", "EUR", "percent"],
    ["70%", "EUR / month", "percent"],
    ["70%", "persons", "percent"],
  ])("%s of unit %s is %s", (text, unit, expected) => {
    expect(read(text, ",", unit)).toBe(expected);
  });

  it("sees what a column shows, and follows the file where it shows nothing or both", () => {
    expect(shownMark("1.450")).toBeNull();
    expect(notationOf(["1.450", "0,5", "12"], ".")).toBe(",");
    expect(notationOf(["1.450", "12"], ".")).toBe(".");
    expect(notationOf(["0,5", "0.5"], ",")).toBe(",");
  });

  it("comes back the same from either form", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        for (const mark of [",", "."] as const)
          expect(read(formatForSheet(value, mark, null), mark)).toBe(value === 0 ? 0 : value);
      }),
      { numRuns: 2000, seed: 20281 },
    );
  });

  it("takes a number that a spreadsheet has shortened for the same number, and a shorter one for an edit", () => {
    expect(isSameNumber("1201,275", 1201.275, DUTCH)).toBe(true);
    expect(isSameNumber("0,123456789", 0.12345678949, DUTCH)).toBe(true);
    expect(isSameNumber("0,123456788", 0.12345678949, DUTCH)).toBe(false);
    expect(isSameNumber("0,1235", 0.12345678949, DUTCH)).toBe(false);
  });
});

describe("citizen numbers", () => {
  it("pass the eleven test", () => {
    // 9·1 + 8·1 + 7·1 + 6·2 + 5·2 + 4·2 + 3·3 + 2·3 − 1·3 = 66 = 6 · 11
    expect(isCitizenNumber("111222333")).toBe(true);
    expect(isCitizenNumber("1112.22.333")).toBe(true);
    expect(isCitizenNumber("111 222 333")).toBe(true);
    expect(isCitizenNumber("111222334")).toBe(false);
    expect(isCitizenNumber("000000000")).toBe(false);
    expect(isCitizenNumber("1450")).toBe(false);
  });

  it("are seen without the zero in front", () => {
    // 0·9 + 1·8 + 2·7 + 3·6 + 4·5 + 5·4 + 6·3 + 7·2 − 2·1 = 110 = 10 · 11
    expect(isCitizenNumber("12345672")).toBe(true);
  });

  it("make a column, one amount among others does not", () => {
    expect(holdsCitizenNumbers(["111222333", "", "123456782"])).toBe(true);
    expect(holdsCitizenNumbers(["111222333", "12,5", "1450", "3"])).toBe(false);
    expect(holdsCitizenNumbers(["", ""])).toBe(false);
  });
});
