import {
  type ConditionalNode,
  type ConstantNode,
  create,
  type FactoryFunctionMap,
  type FunctionNode,
  type MathNode,
  type OperatorNode,
  type ParenthesisNode,
  parseDependencies,
  type SymbolNode,
} from "mathjs/number";
import { ModelError } from "./errors.ts";
import { Op, type Program } from "./program.ts";
import {
  combine,
  DIMENSIONLESS,
  type Dimension,
  describeDimension,
  isDimensionless,
  sameDimension,
  type Unit,
} from "./units.ts";

// The types mark every dependency optional, which exactOptionalPropertyTypes does not accept.
const { parse } = create(parseDependencies as FactoryFunctionMap);

/** Longest formula that is read at all, in characters, and the deepest nesting of parentheses. */
export const LONGEST_FORMULA = 1_000;
const DEEPEST_FORMULA = 40;

/** What a name stands for in a formula. */
export interface SymbolMeaning {
  readonly index: number;
  readonly unit: Unit;
}

/** Finds the parameter of a name; undefined when there is none. */
export type FindSymbol = (name: string) => SymbolMeaning | undefined;

const BINARY: Readonly<Record<string, Op>> = {
  add: Op.Add,
  subtract: Op.Subtract,
  multiply: Op.Multiply,
  divide: Op.Divide,
  pow: Op.Power,
  smaller: Op.Less,
  smallerEq: Op.LessEqual,
  larger: Op.Greater,
  largerEq: Op.GreaterEqual,
  equal: Op.Equal,
  unequal: Op.Unequal,
};

const FUNCTIONS: ReadonlyMap<string, Op> = new Map([
  ["min", Op.Min],
  ["max", Op.Max],
  ["abs", Op.Abs],
  ["sqrt", Op.Sqrt],
  ["exp", Op.Exp],
  ["log", Op.Log],
  ["round", Op.Round],
]);

/** Dimension of a part of a formula; `any` for the number 0, which fits every dimension. */
type Kind = Dimension | "any";

/** Writes the instructions of one formula and checks its dimensions on the way. */
class Compiler {
  readonly code: number[] = [];
  readonly constants: number[] = [];
  readonly uses = new Set<number>();
  private height = 0;
  depth = 0;

  constructor(
    private readonly text: string,
    private readonly path: string,
    private readonly find: FindSymbol,
  ) {}

  fail(code: string, found: unknown, expected: unknown, details: object = {}): ModelError {
    return new ModelError({ code, path: this.path, found, expected, formula: this.text, ...details });
  }

  emit(op: Op, operand: number, change: number): void {
    this.code.push(op, operand);
    this.height += change;
    this.depth = Math.max(this.depth, this.height);
  }

  constant(value: number): void {
    this.constants.push(value);
    this.emit(Op.Constant, this.constants.length - 1, 1);
  }

  scale(factor: number): void {
    if (factor === 1) return;
    this.constant(factor);
    this.emit(Op.Multiply, 0, -1);
  }

  visit(node: MathNode): Kind {
    switch (node.type) {
      case "ParenthesisNode":
        return this.visit((node as ParenthesisNode).content);
      case "ConstantNode":
        return this.number(node as ConstantNode);
      case "SymbolNode":
        return this.symbol(node as SymbolNode);
      case "OperatorNode":
        return this.operator(node as OperatorNode);
      case "ConditionalNode":
        return this.conditional(node as ConditionalNode);
      case "FunctionNode":
        return this.call(node as FunctionNode);
      default:
        throw this.fail("FORMULA_NOT_ALLOWED", node.type, "+ - * / ^ ( ) < > ? :");
    }
  }

  private number(node: ConstantNode): Kind {
    const value: unknown = node.value;
    if (typeof value !== "number" || !Number.isFinite(value))
      throw this.fail("FORMULA_NOT_ALLOWED", String(value).slice(0, 40), "0.45");
    this.constant(value);
    return value === 0 ? "any" : DIMENSIONLESS;
  }

  private symbol(node: SymbolNode): Kind {
    const meaning = this.find(node.name);
    if (!meaning) throw this.fail("UNKNOWN_NAME", node.name.slice(0, 80), "");
    this.uses.add(meaning.index);
    this.emit(Op.Parameter, meaning.index, 1);
    this.scale(meaning.unit.size);
    return meaning.unit.dimension;
  }

  private operator(node: OperatorNode): Kind {
    if (node.implicit)
      throw this.fail("FORMULA_NOT_ALLOWED", node.toString().slice(0, 80), "*", { reason: "SIDE_BY_SIDE" });
    const [left, right] = node.args as MathNode[];
    if (!left) throw this.fail("FORMULA_NOT_ALLOWED", node.op, "+ - * / ^");
    const name: string = node.fn;
    if (name === "unaryMinus" || name === "unaryPlus") {
      const kind = this.visit(left);
      if (name === "unaryMinus") this.emit(Op.Negate, 0, 0);
      return kind;
    }
    const op = Object.hasOwn(BINARY, name) ? BINARY[name] : undefined;
    if (op === undefined || !right)
      throw this.fail("FORMULA_NOT_ALLOWED", node.op, "+ - * / ^ < > <= >= == !=");
    const a = this.visit(left);
    const b = this.visit(right);
    this.emit(op, 0, -1);
    if (op === Op.Multiply || op === Op.Divide) {
      const power = op === Op.Multiply ? 1 : -1;
      return combine(a === "any" ? DIMENSIONLESS : a, b === "any" ? DIMENSIONLESS : b, power);
    }
    if (op === Op.Power) return this.power(a, right, b);
    const together = this.same(a, b);
    return op === Op.Add || op === Op.Subtract ? together : DIMENSIONLESS;
  }

  private power(base: Kind, exponentNode: MathNode, exponent: Kind): Kind {
    if (exponent !== "any" && !isDimensionless(exponent))
      throw this.fail("DIMENSION_MISMATCH", describeDimension(exponent), "1");
    if (base === "any" || isDimensionless(base)) return DIMENSIONLESS;
    let node = exponentNode;
    while (node.type === "ParenthesisNode") node = (node as ParenthesisNode).content;
    const value: unknown = node.type === "ConstantNode" ? (node as ConstantNode).value : undefined;
    if (typeof value !== "number") throw this.fail("DIMENSION_MISMATCH", describeDimension(base), "1");
    return combine(DIMENSIONLESS, base, value);
  }

  private conditional(node: ConditionalNode): Kind {
    const condition = this.visit(node.condition);
    if (condition !== "any" && !isDimensionless(condition))
      throw this.fail("DIMENSION_MISMATCH", describeDimension(condition), "1");
    const yes = this.visit(node.trueExpr);
    const no = this.visit(node.falseExpr);
    this.emit(Op.Select, 0, -2);
    return this.same(yes, no);
  }

  private call(node: FunctionNode): Kind {
    const name = node.fn.type === "SymbolNode" ? (node.fn as unknown as SymbolNode).name : "";
    const op = FUNCTIONS.get(name);
    if (op === undefined) throw this.fail("UNKNOWN_FUNCTION", (name || node.toString()).slice(0, 80), "");
    const many = op === Op.Min || op === Op.Max;
    if (many ? node.args.length < 1 : node.args.length !== 1)
      throw this.fail(
        "FORMULA_NOT_ALLOWED",
        `${name}(${node.args.length})`,
        many ? `${name}(a, b)` : `${name}(a)`,
      );
    let kind: Kind = "any";
    for (const [index, argument] of node.args.entries()) {
      kind = index === 0 ? this.visit(argument) : this.same(kind, this.visit(argument));
      if (index > 0) this.emit(op, 0, -1);
    }
    if (many) return kind;
    this.emit(op, 0, 0);
    if (op === Op.Abs) return kind;
    if (op === Op.Sqrt) return kind === "any" ? kind : combine(DIMENSIONLESS, kind, 0.5);
    if (kind !== "any" && !isDimensionless(kind))
      throw this.fail("DIMENSION_MISMATCH", describeDimension(kind), "1");
    return DIMENSIONLESS;
  }

  private same(a: Kind, b: Kind): Kind {
    if (a === "any") return b;
    if (b === "any" || sameDimension(a, b)) return a;
    const reason = isDimensionless(a) || isDimensionless(b) ? { reason: "WITHOUT_UNIT" } : {};
    throw this.fail("DIMENSION_MISMATCH", describeDimension(b), describeDimension(a), reason);
  }
}

function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const character of text) {
    if (character === "(" || character === "[" || character === "{") depth += 1;
    if (character === ")" || character === "]" || character === "}") depth -= 1;
    most = Math.max(most, depth);
  }
  return most;
}

/** Formulas read before: an edit of one assumption leaves all others as they are. */
const parsed = new Map<string, MathNode>();
const PARSED_KEPT = 2_000;

function parseText(text: string, path: string): MathNode {
  const known = parsed.get(text);
  if (known) return known;
  const fault = { path, formula: text.slice(0, 200) };
  if (text.length > LONGEST_FORMULA)
    throw new ModelError({
      ...fault,
      code: "FORMULA_TOO_LONG",
      found: text.length,
      expected: LONGEST_FORMULA,
    });
  if (deepest(text) > DEEPEST_FORMULA)
    throw new ModelError({
      ...fault,
      code: "FORMULA_TOO_DEEP",
      found: deepest(text),
      expected: DEEPEST_FORMULA,
    });
  try {
    if (text.trim() === "") throw new SyntaxError();
    const node = parse(text);
    if (parsed.size >= PARSED_KEPT) parsed.clear();
    parsed.set(text, node);
    return node;
  } catch (error) {
    throw new ModelError({ ...fault, code: "FORMULA_SYNTAX", ...unreadable(text, error) });
  }
}

/** Why a formula cannot be read. */
type SyntaxReason = "EMPTY" | "UNFINISHED" | "BRACKET_MISSING" | "CHOICE_MISSING" | "OUT_OF_PLACE";

/** Why the parser stopped, at what, and after what. */
function unreadable(text: string, error: unknown): { reason: SyntaxReason; before: string; sign: string } {
  const message = error instanceof Error ? error.message : "";
  const column = Number((error as { char?: unknown }).char);
  const at = Number.isFinite(column) ? column - 1 : text.length;
  const before = text.slice(0, at).trim();
  const [sign = ""] = /[A-Za-z_]\w*|\.?\d[\d.]*|\S/.exec(text.slice(at)) ?? [];
  let reason: SyntaxReason = "OUT_OF_PLACE";
  if (sign === "") {
    if (before === "") reason = "EMPTY";
    else if (message.startsWith("Parenthesis")) reason = "BRACKET_MISSING";
    else reason = message.startsWith("False part") ? "CHOICE_MISSING" : "UNFINISHED";
  }
  return { reason, before, sign };
}

function constantProgram(value: number): Program {
  return { code: Int32Array.of(Op.Constant, 0), constants: Float64Array.of(value), depth: 1, uses: [] };
}

/**
 * Compiles a number or a formula into a program whose result is in `target`.
 *
 * A number, a formula without parameters, or a dimensionless formula where the target has a dimension, is taken in the
 * target's unit; any other formula must have the target's dimension and is converted to it. A single parameter in the
 * target's own unit passes unchanged, to the bit.
 *
 * @throws ModelError FORMULA_SYNTAX, FORMULA_NOT_ALLOWED, FORMULA_TOO_LONG, FORMULA_TOO_DEEP, UNKNOWN_NAME,
 *   UNKNOWN_FUNCTION, DIMENSION_MISMATCH, NOT_FINITE with `path`
 * @source model.md section 2
 */
export function compileExpression(
  expression: number | string,
  target: Unit,
  find: FindSymbol,
  path: string,
): Program {
  if (typeof expression === "number") {
    if (!Number.isFinite(expression))
      throw new ModelError({ code: "NOT_FINITE", path, found: expression, expected: "number" });
    return constantProgram(expression);
  }
  const root = parseText(expression, path);
  const compiler = new Compiler(expression, path, find);
  if (root.type === "SymbolNode") {
    const meaning = find((root as SymbolNode).name);
    if (meaning && sameDimension(meaning.unit.dimension, target.dimension)) {
      compiler.uses.add(meaning.index);
      compiler.emit(Op.Parameter, meaning.index, 1);
      compiler.scale(meaning.unit.size / target.size);
      return finish(compiler);
    }
  }
  const kind = compiler.visit(root);
  const plain = kind === "any" || isDimensionless(kind);
  if (!plain && !sameDimension(kind, target.dimension))
    throw compiler.fail("DIMENSION_MISMATCH", describeDimension(kind), describeDimension(target.dimension));
  const quantity = !plain || (isDimensionless(target.dimension) && compiler.uses.size > 0);
  if (quantity) compiler.scale(1 / target.size);
  return finish(compiler);
}

function finish(compiler: Compiler): Program {
  return {
    code: Int32Array.from(compiler.code),
    constants: Float64Array.from(compiler.constants),
    depth: compiler.depth,
    uses: [...compiler.uses].sort((a, b) => a - b),
  };
}
