import type { KeepLayout } from "../kernel/keep.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { Sheet } from "./sheet.ts";

/** Numbers of some draws. */
export type Amounts = Float64Array | Float32Array;

/** Some draws of all columns. */
export interface Piece<Column extends Amounts> {
  /** The first draw, and how many there are from it on. */
  readonly first: number;
  readonly draws: number;
  /** [place][draw] */
  readonly amounts: Column;
  /** The place of each column. Columns that differ only in later draws have the same one. */
  readonly places: Int32Array;
}

/** What has been kept of rows, in pieces. Plain data. */
export interface Kept<Column extends Amounts> {
  /** The column of each row, in the order of asking. Rows that are equal in every draw have the same one. */
  readonly columns: Int32Array;
  /** How many columns, in the order in which they are first asked for. */
  readonly width: number;
  readonly pieces: readonly Piece<Column>[];
}

/** Draws in a piece: few, since there is room for a piece of every row. */
const PIECE = 256;

/**
 * Bytes that pieces stand in together. Whoever is sent them takes each such buffer apart, and its engine looks again and
 * again whether to clean up.
 */
const SHELF = 2_097_152;

/** Copies all draws of a column, each to its own place. */
export function copyColumn({ pieces }: Kept<Amounts>, column: number, into: Amounts): void {
  for (const { amounts, draws, first, places } of pieces) {
    const from = (places[column] as number) * draws;
    into.set(amounts.subarray(from, from + draws), first);
  }
}

/** Rows that were kept of several stretches of draws: those with the same column in all of them have one here too. */
export interface Aligned {
  /** The column of each row. */
  readonly columns: Int32Array;
  /** The first row of each column. */
  readonly rows: readonly number[];
}

/** Puts the columns of all stretches in one order, that in which they are first asked for. */
export function alignColumns(stretches: readonly Pick<Kept<Amounts>, "columns" | "width">[]): Aligned {
  let columns = new Int32Array(stretches[0]?.columns.length ?? 0);
  for (const { columns: own, width } of stretches) {
    const known = new Map<number, number>();
    columns = columns.map((column, row) => {
      const key = column * width + (own[row] as number);
      const found = known.get(key) ?? known.size;
      known.set(key, found);
      return found;
    });
  }
  const rows: number[] = [];
  for (const [row, column] of columns.entries()) if (column === rows.length) rows.push(row);
  return { columns, rows };
}

/** Draws of all rows that lead, and which row led each row then. */
interface Shelved<Column> {
  readonly first: number;
  readonly draws: number;
  readonly amounts: Column;
  readonly leaders: Int32Array;
}

/**
 * Keeps rows of a plan for every draw, block by block: one column per row, and one for all rows that are equal in every draw.
 * Purses often come to the same in several scenarios, which only the draws tell. Equal means to the bit, in as many digits as
 * are kept. Each row has a leader, the first of those that it has been equal to so far; all begin with the first row of all,
 * and those that differ from their leader leave it, those that are still equal together.
 */
export class KeptRows<Column extends Amounts> {
  /** Each row once, and which of these is asked for. */
  private readonly rows: number[];
  private readonly asked: Int32Array;
  private readonly taken: { readonly room: number; readonly indices: number };
  private readonly shelf: Shelved<Column>[] = [];
  /** What is left of the shelf's last buffer. */
  private free: Column;
  private kernel: Kernel | null = null;
  private layout: KeepLayout | null = null;
  private room: Column;
  private leaders: Int32Array = new Int32Array();
  private strays: Int32Array = new Int32Array();
  /** The first draw in the room, and how many are there. */
  private first = 0;
  private filled = 0;
  /** The leaders as they were last shelved; null once a row has left its own. */
  private known: Int32Array | null = null;

  /**
   * @param sheet gives the room, and must be opened after
   * @param asked rows as places in the numbers of the plan; may hold the same one more than once
   * @param view gives numbers as they are kept
   * @param missing stands for what an invalid draw gives
   */
  constructor(
    private readonly sheet: Sheet,
    asked: readonly number[],
    private readonly view: (buffer: ArrayBufferLike, byte?: number, length?: number) => Column,
    private readonly missing: number,
  ) {
    const numbers = new Map<number, number>();
    this.rows = [];
    this.asked = new Int32Array(asked.length);
    for (let place = 0; place < asked.length; place += 1) {
      const row = asked[place] as number;
      const number = numbers.get(row) ?? this.rows.push(row) - 1;
      numbers.set(row, number);
      this.asked[place] = number;
    }
    this.room = view(new ArrayBuffer(0));
    this.free = this.room;
    const { length } = this.rows;
    this.taken = {
      room: sheet.take((length * PIECE * this.room.BYTES_PER_ELEMENT) / Float64Array.BYTES_PER_ELEMENT),
      indices: sheet.takeIndices(3 * length),
    };
  }

  /** Once the sheet has been opened. */
  open(kernel: Kernel): void {
    const { length } = this.rows;
    const rows = this.sheet.index(this.taken.indices);
    const { buffer, byteOffset } = kernel.numbers;
    const byte = byteOffset + this.taken.room * Float64Array.BYTES_PER_ELEMENT;
    const [leaders, strays] = [rows + length, rows + 2 * length];
    this.kernel = kernel;
    this.room = this.view(buffer, byte, length * PIECE);
    this.leaders = kernel.indices.subarray(leaders, strays);
    this.strays = kernel.indices.subarray(strays, strays + length);
    kernel.indices.set(this.rows, rows);
    this.layout = {
      rows,
      leaders,
      strays,
      count: length,
      room: this.taken.room,
      draws: PIECE,
      isNarrow: this.room instanceof Float32Array,
    };
  }

  /**
   * Keeps the block that has just been worked out.
   *
   * @param first draw of the block, and `count` draws
   * @param invalid 1 for each draw of the block that gave no figures
   */
  keep(first: number, count: number, invalid: Uint8Array): void {
    if (first !== this.first + this.filled) this.begin(first);
    for (let from = 0; from < count; ) {
      const now = Math.min(count - from, PIECE - this.filled);
      this.extend(from, now);
      for (let draw = 0; draw < now; draw += 1)
        if (invalid[from + draw] === 1) this.leaveOut(this.filled + draw);
      this.filled += now;
      from += now;
      if (this.filled === PIECE) this.begin(first + from);
    }
  }

  /** Begins a piece at a draw, and puts away what is in the room. */
  private begin(first: number): void {
    if (this.filled > 0) this.shelve();
    this.first = first;
  }

  private extend(from: number, count: number): void {
    const { filled: at, kernel, layout } = this;
    if (!kernel || !layout) return;
    const strayed = kernel.keep(layout, { from, count, at });
    if (strayed > 0) this.separate(this.strays.subarray(0, strayed), at, count);
  }

  /** Gives rows that have left their leader a new one: the first of those that left it with them, and are equal to them. */
  private separate(strays: Int32Array, at: number, count: number): void {
    const { leaders, room } = this;
    this.known = null;
    const leaving = new Map<number, { readonly row: number; readonly before: number }[]>();
    for (const row of strays) {
      const before = leaders[row] as number;
      const start = room[row * PIECE + at] as number;
      const near = leaving.get(start) ?? [];
      leaving.set(start, near);
      const found = near.find((other) => other.before === before && this.isEqual(other.row, row, at, count));
      leaders[row] = found?.row ?? row;
      if (found) continue;
      near.push({ row, before });
      room.copyWithin(row * PIECE, before * PIECE, before * PIECE + at);
    }
  }

  private isEqual(one: number, other: number, at: number, count: number): boolean {
    const { room } = this;
    for (let draw = at; draw < at + count; draw += 1)
      if (!Object.is(room[one * PIECE + draw], room[other * PIECE + draw])) return false;
    return true;
  }

  private leaveOut(draw: number): void {
    for (const row of this.leaders.keys()) this.room[row * PIECE + draw] = this.missing;
  }

  /** Puts what is in the room away. */
  private shelve(): void {
    const { filled, first, kernel, layout, leaders, room } = this;
    if (!kernel || !layout) return;
    const places = kernel.pack(layout, filled);
    this.known ??= leaders.slice();
    const amounts = this.space(places * filled);
    amounts.set(room.subarray(0, places * filled));
    this.shelf.push({ first, draws: filled, amounts, leaders: this.known });
    this.filled = 0;
  }

  /** Space on the shelf for so many numbers. */
  private space(length: number): Column {
    if (this.free.length < length) {
      const bytes = Math.max(SHELF, length * this.room.BYTES_PER_ELEMENT);
      this.free = this.view(new ArrayBuffer(bytes));
    }
    const { free } = this;
    this.free = free.subarray(length) as Column;
    return free.subarray(0, length) as Column;
  }

  /** All that has been kept. */
  get kept(): Kept<Column> {
    this.begin(this.first + this.filled);
    const { asked, leaders, shelf } = this;
    const ranks = ranksOf(leaders);
    const leading = [...leaders.keys()].filter((row) => leaders[row] === row);
    const known = new Map<Int32Array, Int32Array>();
    const placesOf = (then: Int32Array) => {
      const own = ranksOf(then);
      return Int32Array.from(leading, (row) => own[row] as number);
    };
    return {
      columns: asked.map((row) => ranks[row] as number),
      width: leading.length,
      pieces: shelf.map(({ amounts, draws, first, leaders: then }) => {
        const places = known.get(then) ?? placesOf(then);
        known.set(then, places);
        return { first, draws, amounts, places };
      }),
    };
  }
}

/** For each row, how many rows lead before its leader does. */
function ranksOf(leaders: Int32Array): Int32Array {
  const ranks = new Int32Array(leaders.length);
  let next = 0;
  for (const [row, leader] of leaders.entries()) {
    ranks[row] = leader === row ? next : (ranks[leader] as number);
    if (leader === row) next += 1;
  }
  return ranks;
}
