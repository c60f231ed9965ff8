/** Rows that are kept draw after draw, and room for a stretch of them. All are places. */
export interface KeepLayout {
  /** In the indices, for each row: where it stands in the numbers. */
  readonly rows: number;
  /** In the indices, for each row: the number of the first row that it has been equal to so far. */
  readonly leaders: number;
  /** In the indices: the numbers of rows that are no longer equal to their leader. */
  readonly strays: number;
  /** How many rows. */
  readonly count: number;
  /** In the numbers: [row][draw], in as many bits as are kept. */
  readonly room: number;
  /** Draws from one row to the next in the room, an even number. */
  readonly draws: number;
  /** Whether 32 bits are kept, else 64. */
  readonly isNarrow: boolean;
}

/** Draws of a block that are kept: from which on, how many, and at which draw of the room. */
export interface KeepStretch {
  readonly from: number;
  readonly count: number;
  readonly at: number;
}

/**
 * Keeps rows in TypeScript: the twin of assembly/keep.ts.
 *
 * @param room the numbers of the kernel in as many bits as are kept
 * @returns how many rows strayed
 */
export function keep(
  numbers: Float64Array,
  indices: Int32Array,
  room: Float64Array | Float32Array,
  { rows, leaders, strays, count, room: place, draws, isNarrow }: KeepLayout,
  { from, count: lanes, at }: KeepStretch,
): number {
  const first = (isNarrow ? 2 * place : place) + at;
  let found = 0;
  for (let row = 0; row < count; row += 1) {
    const source = (indices[rows + row] as number) + from;
    const leader = indices[leaders + row] as number;
    if (leader !== row) {
      if (isKept(numbers, room, source, first + leader * draws, lanes)) continue;
      indices[strays + found] = row;
      found += 1;
    }
    const into = first + row * draws;
    for (let lane = 0; lane < lanes; lane += 1) room[into + lane] = numbers[source + lane] as number;
  }
  return found;
}

/**
 * Packs rows in TypeScript: the twin of that in assembly/keep.ts.
 *
 * @returns how many rows lead
 */
export function pack(
  indices: Int32Array,
  room: Float64Array | Float32Array,
  { leaders, count, room: place, draws, isNarrow }: KeepLayout,
  filled: number,
): number {
  const first = isNarrow ? 2 * place : place;
  let found = 0;
  for (let row = 0; row < count; row += 1) {
    if (indices[leaders + row] !== row) continue;
    const from = first + row * draws;
    room.copyWithin(first + found * filled, from, from + filled);
    found += 1;
  }
  return found;
}

/** Whether numbers are to the bit what is kept of others; what is no number is equal to what is none either. */
function isKept(
  numbers: Float64Array,
  room: Float64Array | Float32Array,
  source: number,
  kept: number,
  lanes: number,
): boolean {
  const isNarrow = room instanceof Float32Array;
  for (let lane = 0; lane < lanes; lane += 1) {
    const now = numbers[source + lane] as number;
    if (!Object.is(room[kept + lane], isNarrow ? Math.fround(now) : now)) return false;
  }
  return true;
}
