/** Numbers of every draw of one row. */
type Amounts = Float64Array | Float32Array;

/** Rows that have been equal in every draw so far, and the column of them all. */
interface Group<Column> {
  rows: number[];
  readonly column: Column;
}

/**
 * Keeps rows of a plan for every draw, block by block: one column per row, and one for all rows that are equal in every draw.
 * Purses often come to the same in several scenarios, which only the draws tell. Equal means to the bit, in as many digits as
 * are kept.
 */
export class KeptRows<Column extends Amounts> {
  private readonly groups: Group<Column>[] = [];
  /** A row of the block at hand, in as many digits as are kept. */
  private readonly block: Column;

  /**
   * @param asked rows as places in the numbers of the plan; may hold the same one more than once
   * @param create makes a column of zeros
   * @param missing stands for what an invalid draw gives
   */
  constructor(
    private readonly asked: readonly number[],
    private readonly create: () => Column,
    private readonly missing: number,
  ) {
    this.block = create();
    if (asked.length > 0) this.groups.push({ rows: [...new Set(asked)], column: create() });
  }

  /**
   * Keeps the block that has just been worked out.
   *
   * @param first draw at which the block begins
   * @param invalid 1 for each draw of the block that gave no figures
   */
  keep(numbers: Float64Array, first: number, count: number, invalid: Uint8Array): void {
    // Groups that split off have the block already.
    const { length } = this.groups;
    for (let place = 0; place < length; place += 1)
      this.extend(this.groups[place] as Group<Column>, numbers, first, count);
    for (let draw = 0; draw < count; draw += 1)
      if (invalid[draw] === 1) for (const { column } of this.groups) column[first + draw] = this.missing;
  }

  /** Adds a block to a group; rows that are no longer equal to its first one leave it, those that are so together. */
  private extend(group: Group<Column>, numbers: Float64Array, first: number, count: number): void {
    const { column, rows } = group;
    const leader = rows[0] as number;
    for (let draw = 0; draw < count; draw += 1) column[first + draw] = numbers[leader + draw] as number;
    if (rows.length === 1) return;
    const leaving = new Map<number, Group<Column>[]>();
    const staying = rows.filter((row) => {
      for (let draw = 0; draw < count; draw += 1) this.block[draw] = numbers[row + draw] as number;
      if (this.isBlock(column, first, count)) return true;
      const start = this.block[0] as number;
      const near = leaving.get(start) ?? [];
      leaving.set(start, near);
      const found = near.find((other) => this.isBlock(other.column, first, count));
      if (found) found.rows.push(row);
      else near.push(this.open(row, column, first, count));
      return false;
    });
    if (staying.length < rows.length) group.rows = staying;
  }

  /** Whether a column has in its draws from `first` what stands in the block. */
  private isBlock(column: Column, first: number, count: number): boolean {
    for (let draw = 0; draw < count; draw += 1)
      if (!Object.is(column[first + draw], this.block[draw])) return false;
    return true;
  }

  /** A group of one row, which was as `before` up to the block. */
  private open(row: number, before: Column, first: number, count: number): Group<Column> {
    const column = this.create();
    column.set(before.subarray(0, first));
    column.set(this.block.subarray(0, count), first);
    const group = { rows: [row], column };
    this.groups.push(group);
    return group;
  }

  /** [column][draw], in the order in which they were first asked for, however the draws came in. */
  get columns(): Column[] {
    return this.ordered.map(({ column }) => column);
  }

  /** The column of each row that was asked for, in the order of asking. */
  get places(): Int32Array {
    const columns = new Map(this.ordered.map((group, column) => [group, column]));
    const groups = this.groupOf;
    return Int32Array.from(this.asked, (row) => columns.get(groups.get(row) as Group<Column>) as number);
  }

  /** The columns themselves, in the order of asking. */
  get all(): Column[] {
    const groups = this.groupOf;
    return this.asked.map((row) => (groups.get(row) as Group<Column>).column);
  }

  private get groupOf(): Map<number, Group<Column>> {
    return new Map(this.groups.flatMap((group) => group.rows.map((row) => [row, group] as const)));
  }

  private get ordered(): Group<Column>[] {
    const groups = this.groupOf;
    return [...new Set(this.asked.map((row) => groups.get(row) as Group<Column>))];
  }
}
