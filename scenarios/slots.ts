import {
  compileExpression,
  type FindSymbol,
  ModelError,
  type Program,
  parseUnit,
  type Slot,
  type Unit,
} from "../models/index.ts";
import type { Expression } from "./caseFile.ts";
import type { KnownParts } from "./knownParts.ts";
import { nearest, type Report } from "./report.ts";

/** What a slot's number is in (model.md section 2). */
export const SLOT_UNITS = {
  eurPerYear: parseUnit("EUR / year", ""),
  eur: parseUnit("EUR", ""),
  eurPerMonth: parseUnit("EUR / month", ""),
  months: parseUnit("months", ""),
  perYear: parseUnit("1 / year", ""),
  persons: parseUnit("persons", ""),
  factor: parseUnit("1", ""),
} as const satisfies Record<string, Unit>;

export type SlotUnit = keyof typeof SLOT_UNITS;

/** Compiles the number slots of one file; a fault gives the value 0, so that the rest is still checked. */
export class SlotCompiler {
  /** By the unit of a formula, null for numbers, which are the same in any. */
  private readonly programs = new Map<Unit | null, Map<Expression, Program>>();

  constructor(
    private readonly report: Report,
    private readonly find: FindSymbol,
    private readonly names: readonly string[],
    private readonly known: KnownParts,
  ) {}

  slot(expression: Expression, unit: SlotUnit | Unit, path: string): Slot {
    const own = typeof unit === "string" ? SLOT_UNITS[unit] : unit;
    const make = () => {
      const program = this.program(expression, own, path);
      return program && { path, program };
    };
    return (
      this.known.slot(path, expression, own, make) ?? {
        path,
        program: compileExpression(0, own, this.find, path),
      }
    );
  }

  optional(expression: Expression | undefined, unit: SlotUnit, path: string): Slot | null {
    return expression === undefined ? null : this.slot(expression, unit, path);
  }

  /** A number or a list per year. */
  many(expression: Expression | readonly Expression[], unit: SlotUnit, path: string): Slot[] {
    if (typeof expression !== "object") return [this.slot(expression, unit, path)];
    return expression.map((item, index) => this.slot(item, unit, `${path}/${index}`));
  }

  /** Equal expressions share one program: a case is full of them, and models are sent to workers. */
  private program(expression: Expression, unit: Unit, path: string): Program | null {
    const key = typeof expression === "number" ? null : unit;
    const known = this.programs.get(key) ?? new Map<Expression, Program>();
    this.programs.set(key, known);
    const program = known.get(expression) ?? this.compile(expression, unit, path);
    if (program) known.set(expression, program);
    return program;
  }

  private compile(expression: Expression, unit: Unit, path: string): Program | null {
    try {
      return compileExpression(expression, unit, this.find, path);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      const { code, found, expected, path: at, ...details } = error.fault;
      const suggestion = code === "UNKNOWN_NAME" ? nearest(String(found), this.names) : undefined;
      this.report.fault(code, at, found, expected, suggestion ? { ...details, suggestion } : details);
      return null;
    }
  }
}
