import fc from "fast-check";
import * as mathjs from "mathjs/number";
import { describe, expect, it } from "vitest";
import { compileExpression, type FindSymbol, LONGEST_FORMULA } from "../../../models/core/formula.ts";
import {
  apply,
  type Columns,
  evaluateOne,
  evaluateProgram,
  readProgram,
} from "../../../models/core/program.ts";
import { parseUnit } from "../../../models/core/units.ts";

const { evaluate } = mathjs;

/** Parameters a, b, … with a unit each. */
function symbols(units: Readonly<Record<string, string>>): FindSymbol {
  const names = Object.keys(units);
  return (name) =>
    names.includes(name) ? { index: names.indexOf(name), unit: parseUnit(units[name] ?? "", "") } : undefined;
}

const columns = (...values: number[]): Columns => ({
  draws: 1,
  values: values.map((value) => Float64Array.of(value)),
});

function value(
  formula: number | string,
  unit: string,
  units: Record<string, string> = {},
  ...values: number[]
) {
  return evaluateOne(
    compileExpression(formula, parseUnit(unit, ""), symbols(units), "here"),
    columns(...values),
  );
}

const fault = (formula: string, unit = "", units: Record<string, string> = {}) => {
  try {
    compileExpression(formula, parseUnit(unit, ""), symbols(units), "here");
  } catch (error) {
    return (error as { fault: { code: string; path: string } }).fault;
  }
  throw new Error("it compiled");
};

describe("units", () => {
  it.each([
    ["a month of benefit as a flow per year", "a", "EUR / year", "EUR / month", 1_450, 17_400],
    ["weeks as months", "a", "months", "weeks", 10, (10 * 12 * 7) / 365.25],
    ["a percentage as a share", "a", "1", "percent", 2.25, 0.0225],
    ["percent per month as a rate per year", "a", "1/year", "%/month", 1.5, 0.18],
    ["thousands of euros", "a", "EUR", "kEUR", 6, 6_000],
  ])("%s", (_, formula, unit, own, given, expected) => {
    expect(value(formula, unit, { a: own }, given)).toBeCloseTo(expected, 12);
  });

  it("a single parameter in the slot's own unit passes to the bit", () => {
    for (const unit of ["EUR / year", "weeks", "percent", "1/year", "EUR / month"])
      expect(value("a", unit, { a: unit }, 0.1 + 0.2)).toBe(0.1 + 0.2);
  });

  it("a number or a formula of numbers is in the slot's unit; a quantity is converted", () => {
    expect(value("2 + 1", "percent")).toBe(3);
    expect(value(5, "weeks")).toBe(5);
    expect(value("0.5 * a", "months", { a: "1" }, 3)).toBe(1.5);
    expect(value("a + b", "percent", { a: "percent", b: "percent" }, 2, 3)).toBeCloseTo(5, 12);
  });

  it("EUR per month times weeks is EUR", () => {
    expect(value("a * b", "EUR", { a: "EUR/month", b: "weeks" }, 1_000, 365.25 / 7 / 12)).toBeCloseTo(
      1_000,
      9,
    );
  });

  it("refuses what does not fit", () => {
    expect(fault("a + b", "EUR", { a: "EUR", b: "months" }).code).toBe("DIMENSION_MISMATCH");
    expect(fault("a", "months", { a: "EUR" }).code).toBe("DIMENSION_MISMATCH");
    expect(fault("a > b", "1", { a: "EUR", b: "1" }).code).toBe("DIMENSION_MISMATCH");
    expect(fault("exp(a)", "1", { a: "EUR" }).code).toBe("DIMENSION_MISMATCH");
    expect(fault("a ^ b", "EUR", { a: "EUR", b: "1" }).code).toBe("DIMENSION_MISMATCH");
    expect(fault("a * b", "EUR", { a: "EUR / hour", b: "months" }).code).toBe("DIMENSION_MISMATCH");
  });

  it("nothing fits every dimension", () => {
    expect(value("max(0, a)", "EUR", { a: "EUR" }, -5)).toBe(0);
    expect(value("a > 0 ? a : 0", "EUR", { a: "EUR" }, 7)).toBe(7);
  });
});

describe("what a formula may hold", () => {
  it.each([
    ["a ? 1 : 2", 1],
    ["a == 3", 1],
    ["a != 3", 0],
    ["-a ^ 2", -9],
    ["round(2.5)", 3],
    ["round(-2.5)", -3],
    ["min(4, a, 9)", 3],
    ["abs(-a)", 3],
    ["sqrt(a * a)", 3],
    ["log(exp(a))", 3],
  ])("%s", (formula, expected) => expect(value(formula, "", { a: "" }, 3)).toBeCloseTo(expected, 12));

  it("a division by zero gives no number, also where it would vanish again", () => {
    expect(value("1 / 0", "")).toBeNaN();
    expect(value("1 / (1 / 0)", "")).toBeNaN();
    expect(value("a > 1 ? a : 1 / 0", "", { a: "" }, 3)).toBe(3);
  });

  it("names its place", () => expect(fault("q").path).toBe("here"));

  it("has a length that it may not pass", () => {
    expect(value(`11${"+1".repeat(LONGEST_FORMULA / 2 - 1)}`, "")).toBe(LONGEST_FORMULA / 2 + 10);
    expect(fault(`1${"+1".repeat(LONGEST_FORMULA)}`).code).toBe("FORMULA_TOO_LONG");
  });
});

const operators = ["+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!="] as const;
const formulas = fc.letrec<{ formula: string }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("a", "b", "c"),
    fc.integer({ min: 0, max: 40 }).map((number) => String(number / 4)),
    fc
      .tuple(fc.constantFrom(...operators), tie("formula"), tie("formula"))
      .map(([op, x, y]) => `(${x}) ${op} (${y})`),
    fc
      .tuple(fc.constantFrom("min", "max"), tie("formula"), tie("formula"))
      .map(([name, x, y]) => `${name}(${x}, ${y})`),
    fc.tuple(fc.constantFrom("abs", "exp"), tie("formula")).map(([name, x]) => `${name}(${x})`),
    fc
      .tuple(tie("formula"), tie("formula"), tie("formula"))
      .map(([x, y, z]) => `((${x}) > 1 ? (${y}) : (${z}))`),
    tie("formula").map((x) => `-(${x})`),
  ),
})).formula;

const find = symbols({ a: "", b: "", c: "" });

describe("random formulas", () => {
  it("give what mathjs gives", () =>
    fc.assert(
      fc.property(
        formulas,
        fc.tuple(fc.double({ min: 0.5, max: 3, noNaN: true }), fc.integer({ min: 1, max: 3 })),
        (text, [a, b]) => {
          fc.pre(text.length < LONGEST_FORMULA);
          const program = compileExpression(text, parseUnit("", ""), find, "here");
          const ours = evaluateOne(program, columns(a, b, 2));
          const theirs = Number(evaluate(text, { a, b, c: 2 }));
          // Comparisons of mathjs allow a relative difference, and a division by zero is infinite there.
          fc.pre(Number.isFinite(ours) && Number.isFinite(theirs));
          fc.pre(!/[<>=!]/.test(text.replace(/> 1 \?/g, "")));
          expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(theirs)));
        },
      ),
      { numRuns: 400, seed: 7 },
    ));

  it("give the same bits one by one and in a block of 256", () =>
    fc.assert(
      fc.property(formulas, fc.integer({ min: 1, max: 1_000_000 }), (text, seed) => {
        fc.pre(text.length < LONGEST_FORMULA);
        const program = compileExpression(text, parseUnit("", ""), find, "here");
        const block: Columns = {
          draws: 256,
          values: [1, 2, 3].map((column) =>
            Float64Array.from({ length: 256 }, (_, draw) => ((seed * column * (draw + 1)) % 997) / 100),
          ),
        };
        const together = evaluateProgram(program, block);
        for (let draw = 0; draw < 256; draw += 1)
          expect(together[draw]).toBe(evaluateOne(program, block, draw));
        const read = readProgram<number>(program, {
          constant: (value) => value,
          parameter: (index) => block.values[index]?.[0] ?? Number.NaN,
          apply: (op, a, b, condition) => (condition === undefined ? apply(op, a, b) : condition ? a : b),
        });
        expect(read).toBe(together[0]);
      }),
      { numRuns: 100, seed: 8 },
    ));
});
