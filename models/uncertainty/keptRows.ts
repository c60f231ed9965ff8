/** Numbers of every draw of one row. */
type Amounts = Float64Array | Float32Array;

/**
 * Keeps rows of a plan for every draw, block by block: one column per row, however often the row is asked for, and none
 * for a row that is 0 in every draw.
 */
export class KeptRows<Column extends Amounts> {
  /** [column][draw]; null as long as the row is 0. */
  readonly columns: (Column | null)[];
  /** The column of each row that was asked for, in the order of asking. */
  readonly places: Int32Array;
  private readonly rows: Int32Array;

  /**
   * @param asked rows as places in the numbers of the plan; may hold the same one more than once
   * @param create makes a column of zeros
   * @param missing stands for what an invalid draw gives
   */
  constructor(
    asked: readonly number[],
    private readonly create: () => Column,
    private readonly missing: number,
  ) {
    this.rows = Int32Array.from(new Set(asked));
    this.columns = Array.from(this.rows, () => null);
    const places = new Map(Array.from(this.rows, (row, place) => [row, place]));
    this.places = Int32Array.from(asked, (row) => places.get(row) as number);
  }

  /**
   * Keeps the block that has just been worked out.
   *
   * @param first draw at which the block begins
   * @param invalid 1 for each draw of the block that gave no figures
   */
  keep(numbers: Float64Array, first: number, count: number, invalid: Uint8Array): void {
    const { columns, rows } = this;
    for (let place = 0; place < rows.length; place += 1) {
      const row = rows[place] as number;
      const column = columns[place] ?? this.open(place, numbers, row, count);
      if (column)
        for (let draw = 0; draw < count; draw += 1) column[first + draw] = numbers[row + draw] as number;
    }
    for (let draw = 0; draw < count; draw += 1) if (invalid[draw] === 1) this.miss(first + draw);
  }

  /** The column of a row once it holds anything but 0. */
  private open(place: number, numbers: Float64Array, row: number, count: number): Column | null {
    let draw = 0;
    while (draw < count && numbers[row + draw] === 0) draw += 1;
    if (draw === count) return null;
    const column = this.create();
    this.columns[place] = column;
    return column;
  }

  private miss(draw: number): void {
    const { columns, missing } = this;
    for (let place = 0; place < columns.length; place += 1) {
      if (missing !== 0) columns[place] ??= this.create();
      const column = columns[place];
      if (column) column[draw] = missing;
    }
  }

  /** A column for each row that was asked for; rows that are 0 share one. */
  get all(): Column[] {
    const nothing = this.create();
    return Array.from(this.places, (place) => this.columns[place] ?? nothing);
  }
}
