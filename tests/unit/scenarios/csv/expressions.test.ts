import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readExpression, writeFormula } from "../../../../scenarios/csv/expressions.ts";
import type { DecimalMark } from "../../../../scenarios/csv/numbers.ts";

const read = (text: string, notation: DecimalMark = ",", unit = "1") => {
  const reading = readExpression(text, { notation, unit, fromSheet: false });
  return reading.kind === "number"
    ? reading.value
    : reading.kind === "formula"
      ? `=${reading.text}`
      : reading.why;
};

describe("what is written in a cell", () => {
  it.each([
    ["1.234,5", 1234.5],
    ["(1.234)", -1234],
    ["70%", 0.7],
    ["3+4", "=3+4"],
    ["2 * 1,5", "=2 * 1.5"],
    ["1,5-0,5", "=1.5-0.5"],
    ["(a+b)*2", "=(a+b)*2"],
    ["b1_werk", "=b1_werk"],
    ["1e3 * b1_werk", "=1e3 * b1_werk"],
    ["max(1; b1_werk ) - 2", "=max(1, b1_werk ) - 2"],
    ["=1,5*2", "=1.5*2"],
    ["=1.5*2", "=1.5*2"],
    ["=1.234,5*2", "=1234.5*2"],
    ["=1\u00a0\u2212 a", "=1 - a"],
    ["=min(1; 2)", "=min(1, 2)"],
    ["=min(1,5;a)", "=min(1.5,a)"],
    ["=min(a, 2)", "=min(a, 2)"],
    ["=min(1, 2)", "=min(1, 2)"],
    ["=max(werk_1,2)", "=max(werk_1,2)"],
    ["=sqrt(1,5)", "=sqrt(1.5)"],
    ["=min((1,5 + a) * 2; 3)", "=min((1.5 + a) * 2, 3)"],
    ["=a > 1,5 ? 2 : 2,5e3", "=a > 1.5 ? 2 : 2.5e3"],
    ["=MAX(1,5; a)", "=max(1.5, a)"],
    ["=Min(a;b) * 2", "=min(a,b) * 2"],
    ["=SOM(a; 1,5; b > 1)", "=(a + 1.5 + (b > 1))"],
    ["=GEMIDDELDE(a; b)", "=((a + b) / 2)"],
    ["=ALS(a>=1,5; 2; ALS(b<>3; c = 1; 0))", "=(a>=1.5 ? 2 : (b!=3 ? c == 1 : 0))"],
    ["=ALS(a; b ? 1 : 2; 3)", "=(a ? (b ? 1 : 2) : 3)"],
    ["=AFRONDEN(a * 2; 0)", "=round(a * 2)"],
    ["=AFRONDEN(a / 3; 2)", "=(round((a / 3) * 100) / 100)"],
    ["=AFRONDEN(a; -3)", "=(round(a * 10 ^ (-3)) / 10 ^ (-3))"],
    ["=AFRONDEN(1,5)", "=round(1.5)"],
    ["=1 / MACHT(a + 1; -2)", "=1 / ((a + 1) ^ (-2))"],
    ["=WORTEL(1,5) + LN(a) - EXP(b) * ABS(c)", "=sqrt(1.5) + log(a) - exp(b) * abs(c)"],
    ["=log(a)", "=log(a)"],
    ["=SOM(2; MAX(a; b)", "=(2 + max(a, b)"],
    ["=som * ALS", "=som * ALS"],
    ["=VERT.ZOEKEN(a; b)", "=VERT.ZOEKEN(a, b)"],
  ])("%s is %s in Dutch", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    ["=min(1,2)", "commaInCall"],
    ["=max(a; min(1,2))", "commaInCall"],
    ["=min(a, 1,5)", "commaInCall"],
    ["=1.234*2", "pointInFormula"],
    ["=SOM(1,2)", "commaInCall"],
    ["=10%", "percentInFormula"],
    ["=LOG(a)", "logOfTen"],
    ["=ALS(a; 1)", "argumentsMissing"],
    ["=ALS(a; 1; )", "argumentsMissing"],
    ["=MACHT(a; 1; 2)", "argumentsMissing"],
    ["=a; b", "separatorOutside"],
    ["=(a; b)", "separatorOutside"],
    ["=2 * a,", "separatorOutside"],
    ["=a + 5 %", "percentInFormula"],
    ["3-4", "likeADate"],
    ["1-1-2026", "likeADate"],
    ["06-12345678", "likeADate"],
    ["1/2", "likeADate"],
    ["", "notANumber"],
    ["-", "notANumber"],
    ["=", "notANumber"],
    ["1,2,3", "notANumber"],
    ["=1,2,3 * a", "notANumber"],
    ["1e999", "notANumber"],
    ["n.b.", "notANumber"],
    ["nog niet bekend (zie bijlage)", "notANumber"],
    ["5000 euro", "wordsBesideNumber"],
    ["1.500,50 euro/jaar", "wordsBesideNumber"],
    ["12maanden", "wordsBesideNumber"],
    ["ca. 500", "wordsBesideNumber"],
  ])("%s is refused as %s", (text, why) => {
    expect(read(text)).toBe(why);
  });

  it("leaves what is too long for a formula to who refuses that", () => {
    const nested = "(".repeat(100_000);
    expect(read(`=${nested}`)).toBe(`=${nested}`);
  });

  it("refuses a percentage of euros", () => {
    expect(read("70%", ",", "EUR")).toBe("percentOfUnit");
  });

  it("takes an English formula as it is", () => {
    expect(read("=min(1.5,2)", ".")).toBe("=min(1.5,2)");
    expect(writeFormula("min(1.5,2)", ".")).toBe("min(1.5,2)");
  });

  it.each([
    ["=MAX(1.5, a)", "=max(1.5, a)"],
    ["=IF(a>1, ROUND(b, 1), SUM(b,c))", "=(a>1 ? (round(b * 10) / 10) : (b + c))"],
    ["=ALS(a,POWER(b,2),LN(3))", "=(a ? (b ^ 2) : log(3))"],
  ])("%s is %s in English", (text, expected) => {
    expect(read(text, ".")).toBe(expected);
  });

  it.each([
    ["0.45 * a", "0,45 * a"],
    ["min(1,2.5)", "min(1;2,5)"],
    ["1.125 * werk_1", "1,125 * werk_1"],
    [".5 * a", "0,5 * a"],
  ])("%s of the file is written %s", (formula, expected) => {
    expect(writeFormula(formula, ",")).toBe(expected);
  });

  it("comes back the same, whatever the formula", () => {
    const number = fc
      .tuple(fc.integer({ min: 0, max: 99_999 }), fc.option(fc.stringMatching(/^\d{1,4}$/), { nil: null }))
      .map(([whole, decimals]) => (decimals === null ? `${whole}` : `${whole}.${decimals}`));
    const { formula } = fc.letrec<{ formula: string }>((tie) => ({
      formula: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(number, fc.constantFrom("a", "werk_1", "z2")),
        fc
          .tuple(tie("formula"), fc.constantFrom("+", " - ", "*", " / "), tie("formula"))
          .map(([left, sign, right]) => `(${left}${sign}${right})`),
        fc
          .tuple(fc.constantFrom("min", "max"), tie("formula"), fc.constantFrom(",", ", "), tie("formula"))
          .map(([name, left, comma, right]) => `${name}(${left}${comma}${right})`),
        tie("formula").map((inner) => `sqrt(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(formula, (text) => {
        for (const mark of [",", "."] as const)
          expect(read(`=${writeFormula(text, mark)}`, mark)).toBe(`=${text}`);
      }),
      { numRuns: 2000, seed: 20283 },
    );
  });
});
