import { type Columns, evaluateProgram, isParameter, type Program } from "../core/program.ts";
import type { Draws } from "../model/environment.ts";
import type { Model, Parameter, Slot } from "../model/model.ts";
import type { Sheet } from "./sheet.ts";

/** What the values of a slot must be; a draw in which they are not is invalid. */
export type Requirement = "finite" | "notNegative" | "positive";

/** Reads slots of one municipality and scenario as columns. */
export type ColumnReader = (slot: Slot, requirement?: Requirement) => Column;

/** The values of one parameter or slot in a block of draws. Equal formulas over equal values are one column. */
export interface Column {
  readonly id: number;
  /** Whether no drawn parameter moves it: filled once. */
  readonly constant: boolean;
  /** The value when every drawn parameter has its own. */
  readonly stated: number;
  /** Its row in the sheet. */
  readonly place: number;
  /** Rises when a block of draws brings other values than the block before. */
  readonly version: number;
  /** One value per draw of the block. */
  readonly values: Float64Array;
}

interface Node extends Column {
  version: number;
  values: Float64Array;
  requirement: Requirement;
  /** Gives the values of a block, which stand there until the next call. */
  readonly fill: (draws: Draws) => Float64Array;
}

/** How often values among some columns have become other ones: whoever remembers it knows whether they have since. */
export function versionOf(columns: readonly Column[]): number {
  let version = 0;
  for (let index = 0; index < columns.length; index += 1) version += (columns[index] as Column).version;
  return version;
}

const BIT = { finite: 0, notNegative: 1, positive: 2 } as const;

function meets(value: number, requirement: Requirement): boolean {
  if (requirement === "positive") return value > 0 && value < Number.POSITIVE_INFINITY;
  if (requirement === "notNegative") return value >= 0 && value < Number.POSITIVE_INFINITY;
  return Number.isFinite(value);
}

/** Sets `invalid` to 1 for each draw in which a column is not what its slot asks for. */
function mark({ requirement, values }: Node, count: number, invalid: Uint8Array): void {
  for (let draw = 0; draw < count; draw += 1)
    if (!meets(values[draw] as number, requirement)) invalid[draw] = 1;
}

/**
 * The columns that a simulation needs, each worked out once per block of draws: the values of parameters at the places
 * where they differ (municipality, scenario), and of the slots over them. Follows resolveParameters.
 *
 * @source model.md sections 2 and 8
 */
export class ColumnPlan {
  private readonly nodes: Node[] = [];
  /** Those that draws move; and those that no draw moves and that are not what their slot asks for. */
  private moving: readonly Node[] = [];
  private wrong: readonly Node[] = [];
  private readonly known = new Map<string, Node>();
  private readonly parameters = new Map<string, readonly Node[]>();
  private readonly programs = new Map<Program, string>();
  private readonly readers = new Map<readonly Node[], ColumnReader>();
  /** Draws at the stated values, to which one value at a time is worked out. */
  private readonly stated: Draws;
  /** Where values stand until they are taken. */
  private readonly stack: Float64Array[] = [];
  private readonly scratch: Float64Array;
  /** Draws in the last block. */
  private count = 0;

  /** @param stated the parameters that the draws give, by index, and their values as stated */
  constructor(
    private readonly model: Model,
    private readonly drawn: ReadonlyMap<number, number>,
    private readonly sheet: Sheet,
  ) {
    const columns: (Float64Array | undefined)[] = model.parameters.map(() => undefined);
    for (const [index, value] of drawn) columns[index] = Float64Array.of(value);
    this.stated = { count: 1, columns };
    this.scratch = new Float64Array(sheet.size);
  }

  private node(key: string, inputs: readonly Node[], fill: Node["fill"], constant?: boolean): Node {
    const found = this.known.get(key);
    if (found) return found;
    const node: Node = {
      id: this.nodes.length,
      constant: constant ?? inputs.every((input) => input.constant),
      stated: fill(this.stated)[0] ?? Number.NaN,
      place: this.sheet.rows(1),
      version: 1,
      values: new Float64Array(1),
      requirement: "finite",
      fill,
    };
    node.values[0] = node.stated;
    this.nodes.push(node);
    this.known.set(key, node);
    return node;
  }

  /** Gives the columns their rows in the sheet, once it is open and all are known, at their stated values. */
  bind(): void {
    const { nodes, sheet } = this;
    const { numbers, size } = sheet;
    for (const node of nodes) node.values = numbers.subarray(node.place, node.place + size).fill(node.stated);
    this.moving = nodes.filter(({ constant }) => !constant);
    this.wrong = nodes.filter(({ constant, requirement, stated }) => constant && !meets(stated, requirement));
  }

  private program(program: Program, inputs: readonly Node[]): Node {
    // A parameter as it is needs no column beside its own.
    const [first] = program.uses;
    const same = first !== undefined && isParameter(program) ? inputs[first] : undefined;
    if (same) return same;
    let name = this.programs.get(program);
    if (name === undefined) {
      name = `${program.code.join(" ")}/${program.constants.join(" ")}`;
      this.programs.set(program, name);
    }
    const used = program.uses.map((index) => inputs[index]).filter((node) => node !== undefined);
    const values: Float64Array[] = [];
    return this.node(`${name}/${used.map(({ id }) => id).join(" ")}`, used, ({ count }) => {
      for (const [at, index] of program.uses.entries()) values[index] = (used[at] as Node).values;
      return evaluateProgram(program, { draws: count, values } satisfies Columns, this.stack);
    });
  }

  private parameter(
    parameter: Parameter,
    index: number,
    municipality: number | null,
    override: Slot | undefined,
    inputs: readonly Node[],
  ): Node {
    const own = override
      ? this.program(override.program, inputs)
      : this.ownValue(parameter, index, municipality, inputs);
    if (parameter.priceFactor === null) return own;
    const factor = this.program(parameter.priceFactor.program, inputs);
    return this.node(`${own.id}*${factor.id}`, [own, factor], ({ count }) => {
      for (let draw = 0; draw < count; draw += 1)
        this.scratch[draw] = (own.values[draw] as number) * (factor.values[draw] as number);
      return this.scratch;
    });
  }

  private ownValue(
    parameter: Parameter,
    index: number,
    municipality: number | null,
    inputs: readonly Node[],
  ): Node {
    const local = municipality === null ? null : (parameter.local[municipality] ?? null);
    const drawn = this.drawn.has(index)
      ? this.node(`draw ${index}`, [], ({ columns }) => columns[index] ?? new Float64Array(), false)
      : null;
    if (!local) return drawn ?? this.program(parameter.value.program, inputs);
    const column = this.program(local.value.program, inputs);
    if (!drawn) return column;
    const base = this.program(parameter.value.program, inputs);
    return this.node(`${column.id}~${drawn.id}/${base.id}`, [column, drawn, base], ({ count }) => {
      for (let draw = 0; draw < count; draw += 1) {
        const value = column.values[draw] as number;
        const [center, now] = [base.values[draw] as number, drawn.values[draw] as number];
        this.scratch[draw] = center === 0 ? value + now : value * (now / center);
      }
      return this.scratch;
    });
  }

  private parametersAt(municipality: number | null, scenario: number | null): readonly Node[] {
    const stated = scenario === null ? [] : (this.model.scenarios[scenario]?.overrides ?? []);
    const place = `${municipality} ${stated.length === 0 ? "" : scenario}`;
    const found = this.parameters.get(place);
    if (found) return found;
    const overrides = new Map(stated.map((override) => [override.parameter, override.value]));
    const nodes: Node[] = [];
    for (const index of this.model.parameterOrder) {
      const parameter = this.model.parameters[index];
      if (parameter)
        nodes[index] = this.parameter(parameter, index, municipality, overrides.get(index), nodes);
    }
    this.parameters.set(place, nodes);
    return nodes;
  }

  /** Reads slots for a municipality (null: the region) in a scenario. */
  reader(municipality: number | null, scenario: number | null): ColumnReader {
    const inputs = this.parametersAt(municipality, scenario);
    const reader = this.readers.get(inputs) ?? this.readerOver(inputs);
    this.readers.set(inputs, reader);
    return reader;
  }

  private readerOver(inputs: readonly Node[]): ColumnReader {
    const known = new Map<Program, Node>();
    const open = (program: Program) => {
      const node = this.program(program, inputs);
      known.set(program, node);
      return node;
    };
    return ({ program }, requirement = "finite") => {
      const node = known.get(program) ?? open(program);
      if (requirement !== "finite" && BIT[requirement] > BIT[node.requirement])
        node.requirement = requirement;
      return node;
    };
  }

  /** The column of a slot for a municipality (null: the region) in a scenario. */
  slot(slot: Slot, municipality: number | null, scenario: number | null, requirement?: Requirement): Column {
    return this.reader(municipality, scenario)(slot, requirement);
  }

  /**
   * Fills every column for a block of draws, once they have their rows.
   *
   * @param invalid set to 1 for each draw in which a value is not what its slot asks for
   */
  fill(draws: Draws, invalid: Uint8Array): void {
    const { count } = draws;
    // What stands beside fewer draws is of an earlier block.
    const isWider = count > this.count;
    this.count = count;
    for (const node of this.moving) {
      this.renew(node, node.fill(draws), count, isWider);
      mark(node, count, invalid);
    }
    for (const node of this.wrong) mark(node, count, invalid);
  }

  private renew(node: Node, now: Float64Array, count: number, isWider: boolean): void {
    const { values } = node;
    let changed = isWider;
    for (let draw = 0; draw < count; draw += 1) {
      const value = now[draw] as number;
      if (value === values[draw]) continue;
      values[draw] = value;
      changed = true;
    }
    if (!changed) return;
    node.version += 1;
    // The lane beside the last draw of an odd number carries it too.
    if (count < values.length) values[count] = values[count - 1] as number;
  }
}
