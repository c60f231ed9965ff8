import { exp, log, power } from "./elementaryFunctions.ts";

/** Operations of a program, by number. */
export const Op = {
  Constant: 0,
  Parameter: 1,
  Add: 2,
  Subtract: 3,
  Multiply: 4,
  Divide: 5,
  Power: 6,
  Negate: 7,
  Less: 8,
  LessEqual: 9,
  Greater: 10,
  GreaterEqual: 11,
  Equal: 12,
  Unequal: 13,
  Select: 14,
  Min: 15,
  Max: 16,
  Abs: 17,
  Sqrt: 18,
  Exp: 19,
  Log: 20,
  Round: 21,
} as const;
export type Op = (typeof Op)[keyof typeof Op];

/**
 * A compiled expression: postfix instructions over parameter columns. One program evaluates a single value or a
 * block of draws with the same operations in the same order, so with the same bits.
 */
export interface Program {
  /** Pairs of operation and operand: a place in `constants`, a parameter index, or 0. */
  readonly code: Int32Array;
  readonly constants: Float64Array;
  /** Largest number of values on the stack. */
  readonly depth: number;
  /** Parameters that the program reads, ascending. */
  readonly uses: readonly number[];
}

/** Parameter columns: the value of each parameter, in its own unit, for each draw. */
export interface Columns {
  readonly draws: number;
  /** One column of `draws` values per parameter index. */
  readonly values: readonly Float64Array[];
}

/** One operation of a program; unary ones ignore `b`. A division by zero gives no number. */
export function apply(op: number, a: number, b: number): number {
  switch (op) {
    case Op.Add:
      return a + b;
    case Op.Subtract:
      return a - b;
    case Op.Multiply:
      return a * b;
    case Op.Divide:
      return b === 0 ? Number.NaN : a / b;
    case Op.Power:
      return power(a, b);
    case Op.Less:
      return a < b ? 1 : 0;
    case Op.LessEqual:
      return a <= b ? 1 : 0;
    case Op.Greater:
      return a > b ? 1 : 0;
    case Op.GreaterEqual:
      return a >= b ? 1 : 0;
    case Op.Equal:
      return a === b ? 1 : 0;
    case Op.Unequal:
      return a !== b ? 1 : 0;
    case Op.Min:
      return Math.min(a, b);
    case Op.Max:
      return Math.max(a, b);
    case Op.Negate:
      return -a;
    case Op.Abs:
      return Math.abs(a);
    case Op.Sqrt:
      return Math.sqrt(a);
    case Op.Exp:
      return exp(a);
    case Op.Log:
      return log(a);
    case Op.Round:
      return Math.sign(a) * Math.round(Math.abs(a));
    default:
      return Number.NaN;
  }
}

/** One operation in so many draws: a = a op b. Those that formulas are full of have a loop of their own. */
function applyAll(op: number, a: Float64Array, b: Float64Array, draws: number): void {
  switch (op) {
    case Op.Add:
      for (let draw = 0; draw < draws; draw += 1) a[draw] = (a[draw] as number) + (b[draw] as number);
      return;
    case Op.Subtract:
      for (let draw = 0; draw < draws; draw += 1) a[draw] = (a[draw] as number) - (b[draw] as number);
      return;
    case Op.Multiply:
      for (let draw = 0; draw < draws; draw += 1) a[draw] = (a[draw] as number) * (b[draw] as number);
      return;
    default:
      for (let draw = 0; draw < draws; draw += 1) a[draw] = apply(op, a[draw] as number, b[draw] as number);
  }
}

const isUnary = (op: number) => op === Op.Negate || op >= Op.Abs;

/** The value of a program in one draw; NaN or an infinity where it has none. */
export function evaluateOne(program: Program, columns: Columns, draw = 0): number {
  const { code, constants } = program;
  if (code.length === 2 && code[0] === Op.Constant) return constants[code[1] ?? 0] ?? Number.NaN;
  const stack: number[] = [];
  for (let at = 0; at < code.length; at += 2) {
    const op = code[at] ?? 0;
    const operand = code[at + 1] ?? 0;
    if (op === Op.Constant) stack.push(constants[operand] ?? Number.NaN);
    else if (op === Op.Parameter) stack.push(columns.values[operand]?.[draw] ?? Number.NaN);
    else if (op === Op.Select) {
      const no = stack.pop() ?? Number.NaN;
      const yes = stack.pop() ?? Number.NaN;
      stack.push(stack.pop() ? yes : no);
    } else {
      const b = isUnary(op) ? 0 : (stack.pop() ?? Number.NaN);
      stack.push(apply(op, stack.pop() ?? Number.NaN, b));
    }
  }
  return stack[0] ?? Number.NaN;
}

/** What a program is worked out with: numbers, or whatever stands for them. */
export interface Reading<T> {
  constant(value: number): T;
  parameter(index: number): T;
  /** An operation on one value gets it twice; a selection is `a` where `condition` is not 0, else `b`. */
  apply(op: number, a: T, b: T, condition?: T): T;
}

/** What a program gives, its operations in their order. */
export function readProgram<T>({ code, constants }: Program, reading: Reading<T>): T {
  const stack: T[] = [];
  const take = () => stack.pop() as T;
  for (let at = 0; at < code.length; at += 2) {
    const op = code[at] as number;
    const operand = code[at + 1] as number;
    if (op === Op.Constant) stack.push(reading.constant(constants[operand] as number));
    else if (op === Op.Parameter) stack.push(reading.parameter(operand));
    else {
      const last = take();
      const first = isUnary(op) ? last : take();
      stack.push(reading.apply(op, first, last, op === Op.Select ? take() : undefined));
    }
  }
  return take();
}

/** Whether a program gives one parameter as it is. */
export function isParameter({ code }: Program): boolean {
  return code.length === 2 && code[0] === Op.Parameter;
}

/** The parameter of which a program gives so many times the value, as in another unit; null where it gives anything else. */
export function multipleOf({ code, constants }: Program): { index: number; times: number } | null {
  const [first, index = 0, second, constant = 0, third] = code;
  if (first !== Op.Parameter) return null;
  if (code.length === 2) return { index, times: 1 };
  if (code.length !== 6 || second !== Op.Constant || third !== Op.Multiply) return null;
  const times = constants[constant] ?? 0;
  return times > 0 ? { index, times } : null;
}

/** The values of a program for every draw of the columns: the same operations, column by column. */
export function evaluateProgram(program: Program, columns: Columns): Float64Array {
  const { code, constants, depth } = program;
  const { draws } = columns;
  const stack = Array.from({ length: depth }, () => new Float64Array(draws));
  let height = 0;
  for (let at = 0; at < code.length; at += 2) {
    const op = code[at] ?? 0;
    const operand = code[at + 1] ?? 0;
    if (op === Op.Constant) stack[height++]?.fill(constants[operand] ?? Number.NaN, 0, draws);
    else if (op === Op.Parameter) {
      const column = columns.values[operand];
      const top = stack[height];
      if (column && top) for (let draw = 0; draw < draws; draw += 1) top[draw] = column[draw] as number;
      height += 1;
    } else if (op === Op.Select) {
      height -= 2;
      const [condition, yes, no] = [stack[height - 1], stack[height], stack[height + 1]];
      if (condition && yes && no)
        for (let draw = 0; draw < draws; draw += 1)
          condition[draw] = (condition[draw] ? yes[draw] : no[draw]) ?? Number.NaN;
    } else {
      if (!isUnary(op)) height -= 1;
      const a = stack[height - 1];
      const b = stack[height] ?? a;
      if (a && b) applyAll(op, a, b, draws);
    }
  }
  return stack[0] ?? new Float64Array(draws);
}
