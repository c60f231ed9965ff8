/**
 * Keeps rows of a block of draws, and tells which are no longer equal to the row that they were equal to (see Kernel.keep);
 * the twin is ../keep.ts. Pointers are in bytes.
 */

/**
 * @param rows, leaders for each row, where it stands and the number of the row that it has been equal to so far
 * @param room where the first draw of the block goes, for row 0
 * @param down bytes from one row to the next in the room
 * @param isNarrow whether 32 bits are kept, else 64
 * @param base where place 0 of the numbers is, for the first draw
 * @returns how many rows strayed; their numbers stand in `strays`
 */
export function keep(
  rows: usize,
  leaders: usize,
  strays: usize,
  count: i32,
  room: usize,
  down: usize,
  isNarrow: i32,
  base: usize,
  draws: i32,
): i32 {
  let found = 0;
  for (let row = 0; row < count; row++) {
    const from = base + (<usize>load<i32>(rows + (<usize>row << 2)) << 3);
    const into = room + <usize>row * down;
    const leader = load<i32>(leaders + (<usize>row << 2));
    if (leader != row) {
      const other = room + <usize>leader * down;
      if (isNarrow ? isNarrowed(other, from, draws) : isCopied(other, from, draws)) continue;
      store<i32>(strays + (<usize>found << 2), row);
      found++;
    }
    if (isNarrow) narrow(into, from, draws);
    else memory.copy(into, from, <usize>draws << 3);
  }
  return found;
}

/**
 * Puts what the room has of rows that lead side by side at its start (see Kernel.pack).
 *
 * @param wide bytes of each row that are taken
 * @returns how many rows lead
 */
export function pack(leaders: usize, count: i32, room: usize, down: usize, wide: usize): i32 {
  let found = 0;
  for (let row = 0; row < count; row++) {
    if (load<i32>(leaders + (<usize>row << 2)) != row) continue;
    memory.copy(room + <usize>found * wide, room + <usize>row * down, wide);
    found++;
  }
  return found;
}

/** Four numbers in 32 bits. */
// @ts-expect-error: decorator
@inline
function fourNarrowed(from: usize): v128 {
  return v128.shuffle<f32>(
    f32x4.demote_f64x2_zero(v128.load(from)),
    f32x4.demote_f64x2_zero(v128.load(from, 16)),
    0,
    1,
    4,
    5,
  );
}

function narrow(into: usize, from: usize, draws: i32): void {
  let draw = 0;
  for (; draw + 4 <= draws; draw += 4) {
    v128.store(into, fourNarrowed(from));
    into += 16;
    from += 32;
  }
  for (; draw < draws; draw++) {
    store<f32>(into, <f32>load<f64>(from));
    into += 4;
    from += 8;
  }
}

/** Whether numbers are to the bit what is kept of others, in 32 bits; what is no number is equal to what is none either. */
function isNarrowed(kept: usize, from: usize, draws: i32): bool {
  let draw = 0;
  for (; draw + 4 <= draws; draw += 4) {
    const a = v128.load(kept);
    const b = fourNarrowed(from);
    const differ = v128.xor(a, b);
    if (v128.any_true(differ)) {
      const none = v128.and(f32x4.ne(a, a), f32x4.ne(b, b));
      if (v128.any_true(v128.andnot(differ, none))) return false;
    }
    kept += 16;
    from += 32;
  }
  for (; draw < draws; draw++) {
    const a = load<f32>(kept);
    const b = <f32>load<f64>(from);
    if (reinterpret<i32>(a) != reinterpret<i32>(b) && (a == a || b == b)) return false;
    kept += 4;
    from += 8;
  }
  return true;
}

/** The same in 64 bits. */
function isCopied(kept: usize, from: usize, draws: i32): bool {
  for (let draw = 0; draw < draws; draw++) {
    const a = load<f64>(kept);
    const b = load<f64>(from);
    if (reinterpret<i64>(a) != reinterpret<i64>(b) && (a == a || b == b)) return false;
    kept += 8;
    from += 8;
  }
  return true;
}
