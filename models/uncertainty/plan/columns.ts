import { apply, isParameter, Op, type Program, type Reading, readProgram } from "../../core/program.ts";
import type { Draws } from "../../model/environment.ts";
import type { Model, Parameter, Slot } from "../../model/model.ts";
import { LANES } from "../kernel/kernel.ts";
import { type Sheet, Writer } from "./sheet.ts";

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
  /** Place of its version: which block of draws, counted from 1, brought other values than the one before; see Watch. */
  readonly version: number;
  /** One value per draw of the block. */
  readonly values: Float64Array;
}

/** What a formula over columns is worked out with: their stated values, or their rows in the sheet. */
interface Arithmetic<T> extends Omit<Reading<T>, "parameter"> {
  column(node: Node): T;
  /** A parameter as the draws give it. */
  drawn(index: number): T;
}

type Formula = <T>(on: Arithmetic<T>) => T;

interface Node extends Column {
  version: number;
  values: Float64Array;
  requirement: Requirement;
  readonly formula: Formula;
}

/** Tells whether values among some columns have become other ones. */
export class Watch {
  /** Of those that draws move. */
  readonly columns: readonly Column[];
  /** Where their versions stand, once the sheet is open. */
  private places: Int32Array | null = null;
  /** Blocks of draws there had been at the last call. */
  private seen = -1;

  constructor(
    columns: Iterable<Column>,
    private readonly sheet: Sheet,
  ) {
    this.columns = [...new Set(columns)].filter(({ constant }) => !constant);
  }

  /** Whether any has since the last call; at the first they all have. */
  hasChanged(): boolean {
    const { filled, numbers } = this.sheet;
    const { seen } = this;
    this.seen = numbers[filled] as number;
    if (seen < 0) return true;
    this.places ??= Int32Array.from(this.columns, ({ version }) => version);
    const { places } = this;
    for (let index = 0; index < places.length; index += 1)
      if ((numbers[places[index] as number] as number) > seen) return true;
    return false;
  }
}

/** The least that each requirement allows; whatever is finite is above that. */
const LEAST = { finite: -Number.MAX_VALUE, notNegative: 0, positive: Number.MIN_VALUE } as const;

function meets(value: number, requirement: Requirement): boolean {
  return value >= LEAST[requirement] && value < Number.POSITIVE_INFINITY;
}

/**
 * The columns that a simulation needs, each worked out once per block of draws: the values of parameters at the places
 * where they differ (municipality, scenario), and of the slots over them. Follows resolveParameters.
 *
 * @source model.md sections 2 and 8
 */
export class ColumnPlan {
  private readonly nodes: Node[] = [];
  /** Those that draws move, in an order in which each comes after what it follows from. */
  private moving: readonly Node[] = [];
  private readonly known = new Map<string, Node>();
  private readonly parameters = new Map<number, readonly Node[]>();
  private readonly programs = new Map<Program, string>();
  private readonly readers = new Map<readonly Node[], ColumnReader>();
  /** Works out stated values. */
  private readonly numbers: Arithmetic<number> = {
    constant: (value) => value,
    column: ({ stated }) => stated,
    drawn: (index) => this.drawn.get(index) ?? Number.NaN,
    apply: (op, a, b, condition) => (op === Op.Select ? (condition ? a : b) : apply(op, a, b)),
  };
  /** Writes down how rows are worked out. */
  private readonly rows: Arithmetic<number> = {
    constant: (value) => this.constant(value),
    column: ({ place }) => place,
    drawn: (index) => this.draw(index),
    apply: (op, a, b, condition) => this.writer.apply(op, a, b, condition),
  };
  private readonly writer: Writer;
  private readonly constants = new Map<number, number>();
  /** The drawn parameters that are used, by index, and the rows of their draws. */
  private readonly draws: { readonly index: number; readonly row: number }[] = [];
  /** The row with a 1 for each draw with a wrong value. */
  private readonly wrong: number;
  /** Whether a column that no draw moves is not what its slot asks for. */
  private isWrong = false;
  /** What programs give for the region. */
  private readonly ofRegion = new Map<Program, Node>();
  /** Draws in the last block. */
  private count = 0;

  /** @param stated the parameters that the draws give, by index, and their values as stated */
  constructor(
    private readonly model: Model,
    private readonly drawn: ReadonlyMap<number, number>,
    private readonly sheet: Sheet,
  ) {
    this.writer = new Writer(sheet);
    this.wrong = sheet.rows(1);
  }

  private node(key: string, inputs: readonly Node[], formula: Formula, constant?: boolean): Node {
    const found = this.known.get(key);
    if (found) return found;
    const node: Node = {
      id: this.nodes.length,
      constant: constant ?? inputs.every((input) => input.constant),
      stated: formula(this.numbers),
      place: this.sheet.rows(1),
      version: 0,
      values: new Float64Array(),
      requirement: "finite",
      formula,
    };
    this.nodes.push(node);
    this.known.set(key, node);
    return node;
  }

  /** Writes down how the columns are worked out, once all are known. */
  write(): void {
    const { sheet, writer } = this;
    const least = {
      finite: sheet.constant([LEAST.finite]),
      notNegative: sheet.constant([LEAST.notNegative]),
      positive: sheet.constant([LEAST.positive]),
    };
    this.moving = this.nodes.filter(({ constant }) => !constant);
    const versions = sheet.take(this.moving.length);
    writer.clear(this.wrong, 1);
    for (const [at, node] of this.moving.entries()) {
      node.version = versions + at;
      writer.renew(node.place, node.formula(this.rows), least[node.requirement], node.version, this.wrong);
    }
  }

  /** A row of one number. */
  private constant(value: number): number {
    const { constants, sheet } = this;
    const row = constants.get(value) ?? sheet.constant(new Float64Array(sheet.size).fill(value));
    constants.set(value, row);
    return row;
  }

  /** The row in which the draws of a parameter are put. */
  private draw(index: number): number {
    const row = this.sheet.rows(1);
    this.draws.push({ index, row });
    return row;
  }

  /** Gives the columns their rows in the sheet, once it is open, at their stated values. */
  bind(): void {
    const { nodes, sheet } = this;
    const { numbers, size } = sheet;
    for (const node of nodes) node.values = numbers.subarray(node.place, node.place + size).fill(node.stated);
    this.isWrong = nodes.some(({ constant, requirement, stated }) => constant && !meets(stated, requirement));
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
    return this.node(`${name}/${used.map(({ id }) => id).join(" ")}`, used, (on) =>
      readProgram(program, { ...on, parameter: (index) => on.column(inputs[index] as Node) }),
    );
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
    return this.node(`${own.id}*${factor.id}`, [own, factor], (on) =>
      on.apply(Op.Multiply, on.column(own), on.column(factor)),
    );
  }

  private ownValue(
    parameter: Parameter,
    index: number,
    municipality: number | null,
    inputs: readonly Node[],
  ): Node {
    const local = municipality === null ? null : (parameter.local[municipality] ?? null);
    const drawn = this.drawn.has(index)
      ? this.node(`draw ${index}`, [], (on) => on.drawn(index), false)
      : null;
    if (!local) return drawn ?? this.program(parameter.value.program, inputs);
    const column = this.program(local.value.program, inputs);
    if (!drawn) return column;
    const base = this.program(parameter.value.program, inputs);
    return this.node(`${column.id}~${drawn.id}/${base.id}`, [column, drawn, base], (on) => {
      const [value, now, center] = [on.column(column), on.column(drawn), on.column(base)];
      const shifted = on.apply(Op.Add, value, now);
      const scaled = on.apply(Op.Multiply, value, on.apply(Op.Divide, now, center));
      return on.apply(Op.Select, shifted, scaled, on.apply(Op.Equal, center, on.constant(0)));
    });
  }

  private parametersAt(municipality: number | null, scenario: number | null): readonly Node[] {
    const { municipalities, scenarios } = this.model;
    const stated = scenario === null ? [] : (scenarios[scenario]?.overrides ?? []);
    const own = scenario === null || stated.length === 0 ? scenarios.length : scenario;
    const place = own * (municipalities.length + 1) + (municipality ?? municipalities.length);
    const found = this.parameters.get(place);
    if (found) return found;
    const overrides = new Map(stated.map((override) => [override.parameter, override.value]));
    const isRegion = municipality === null && overrides.size === 0;
    const region = isRegion ? [] : this.parametersAt(null, null);
    const nodes: Node[] = [];
    const isRegional = (slot: Slot | null) =>
      !slot?.program.uses.some((used) => nodes[used] !== region[used]);
    for (const index of this.model.parameterOrder) {
      const parameter = this.model.parameters[index];
      if (!parameter) continue;
      const isOwn = overrides.has(index) || (municipality !== null && Boolean(parameter.local[municipality]));
      // What nothing of its own goes into is what it is in the region.
      const same = !isOwn && isRegional(parameter.value) && isRegional(parameter.priceFactor);
      nodes[index] =
        (same && region[index]) ||
        this.parameter(parameter, index, municipality, overrides.get(index), nodes);
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
    const region = this.parametersAt(null, null);
    const isOwn = inputs.map((node, index) => node !== region[index]);
    const open = (program: Program) => {
      // What no value of its own goes into is what it is in the region.
      const isRegional = inputs !== region && !program.uses.some((index) => isOwn[index]);
      const node = isRegional ? this.regional(program, region) : this.program(program, inputs);
      known.set(program, node);
      return node;
    };
    return ({ program }, requirement = "finite") => {
      const node = known.get(program) ?? open(program);
      if (requirement !== "finite" && LEAST[requirement] > LEAST[node.requirement])
        node.requirement = requirement;
      return node;
    };
  }

  private regional(program: Program, region: readonly Node[]): Node {
    const node = this.ofRegion.get(program) ?? this.program(program, region);
    this.ofRegion.set(program, node);
    return node;
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
    const { isWrong, moving, sheet, wrong, writer } = this;
    const { numbers } = sheet;
    const { count } = draws;
    // The lane beside the last draw of an odd number carries it too.
    const lanes = Math.ceil(count / LANES) * LANES;
    for (const { index, row } of this.draws) {
      const column = draws.columns[index];
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[row + lane] = column?.[lane < count ? lane : count - 1] ?? Number.NaN;
    }
    (numbers[sheet.filled] as number) += 1;
    sheet.runAll(writer.stages, lanes);
    // What stands beside fewer draws is of an earlier block.
    if (count > this.count)
      for (const { version } of moving) numbers[version] = numbers[sheet.filled] as number;
    this.count = count;
    for (let draw = 0; draw < count; draw += 1) if (isWrong || numbers[wrong + draw] === 1) invalid[draw] = 1;
  }
}
