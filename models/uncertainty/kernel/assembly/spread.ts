/**
 * What entrants of some years bring about, in AssemblyScript (see Instruction.spread in ../kernel.ts). Pointers are in
 * bytes; `wide` are the bytes of a row that are worked on, `down` those from one row to the next.
 */

/** Whether a row is 0 in all draws. */
function isNothing(row: usize, wide: usize): bool {
  const end = row + wide;
  for (; row + 64 <= end; row += 64) {
    const some = v128.or(
      v128.or(v128.load(row), v128.load(row, 16)),
      v128.or(v128.load(row, 32), v128.load(row, 48)),
    );
    if (v128.any_true(some)) return false;
  }
  for (; row < end; row += 16) if (v128.any_true(v128.load(row))) return false;
  return true;
}

/**
 * Σ over years of entry, ascending, of entrants times amounts per entrant. Years in which nobody enters, and years since
 * entry in which nothing happens, are left out at both ends: they add 0 to every sum.
 *
 * @param next bytes from one block to the next
 */
export function spread(
  into: usize,
  a: usize,
  b: usize,
  rows: i32,
  blocks: i32,
  entries: i32,
  followed: i32,
  wide: usize,
  down: usize,
  next: usize,
): void {
  let entry = 0;
  while (entry < entries && isNothing(b + <usize>entry * down, wide)) entry++;
  while (entries > entry && isNothing(b + <usize>(entries - 1) * down, wide)) entries--;
  for (let block = 0; block < blocks; block++) {
    let last = min(rows, followed) - 1;
    while (last >= 0 && isNothing(a + <usize>last * down, wide)) last--;
    let lag = 0;
    while (lag < last && isNothing(a + <usize>lag * down, wide)) lag++;
    spreadRows(into, a, b, rows, entry, entries - 1, lag, last, wide, down);
    into += next;
    a += next;
  }
}

/** Rows of one block: entrants of the years `entry` to `end`, in years `lag` to `last` since entry. */
function spreadRows(
  into: usize,
  a: usize,
  b: usize,
  rows: i32,
  entry: i32,
  end: i32,
  lag: i32,
  last: i32,
  wide: usize,
  down: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const place = into + <usize>row * down;
    const earliest = max(entry, row - last);
    const count = min(end, row - lag) - earliest + 1;
    if (count <= 0) {
      clearRow(place, wide);
      continue;
    }
    const from = a + <usize>(row - earliest) * down;
    const entrants = b + <usize>earliest * down;
    let at: usize = 0;
    for (; at + 64 <= wide; at += 64) eightSpread(place + at, from + at, entrants + at, count, down);
    for (; at < wide; at += 16) twoSpread(place + at, from + at, entrants + at, count, down);
  }
}

/**
 * The same for amounts per entrant and entrants of several courses, added up in their order (see Instruction.work).
 *
 * @param list places of amounts, of entrants and of years since entry until nothing more happens, one after the other
 * @returns rows before the first from which on all are 0
 */
export function work(
  into: usize,
  list: usize,
  words: i32,
  base: usize,
  rows: i32,
  entries: i32,
  wide: usize,
  down: usize,
): i32 {
  let until = 0;
  for (let row = 0; row < rows; row++) clearRow(into + <usize>row * down, wide);
  for (const end = list + (<usize>words << 2); list < end; list += 12) {
    const a = base + (<usize>load<i32>(list) << 3);
    const b = base + (<usize>load<i32>(list, 4) << 3);
    const lags = <i32>load<f64>(base + (<usize>load<i32>(list, 8) << 3));
    if (lags == 0) continue;
    for (let year = 0; year < entries; year++) {
      const entrants = b + <usize>year * down;
      if (isNothing(entrants, wide)) continue;
      const last = min(rows, year + lags);
      for (let row = year; row < last; row++)
        addEntrants(into + <usize>row * down, a + <usize>(row - year) * down, entrants, wide);
      until = max(until, last);
    }
  }
  return until;
}

function clearRow(row: usize, wide: usize): void {
  for (const end = row + wide; row < end; row += 16) v128.store(row, f64x2.splat(0));
}

/** Adds entrants of one year times amounts of one year since entry. */
function addEntrants(into: usize, a: usize, b: usize, wide: usize): void {
  let at: usize = 0;
  for (; at + 64 <= wide; at += 64) {
    addProduct(into + at, a + at, b + at);
    addProduct(into + at + 16, a + at + 16, b + at + 16);
    addProduct(into + at + 32, a + at + 32, b + at + 32);
    addProduct(into + at + 48, a + at + 48, b + at + 48);
  }
  for (; at < wide; at += 16) addProduct(into + at, a + at, b + at);
}

// @ts-ignore: decorator
@inline
function addProduct(into: usize, a: usize, b: usize): void {
  v128.store(into, f64x2.add(v128.load(into), f64x2.mul(v128.load(a), v128.load(b))));
}

/** Σ of amounts going back times entrants going on, for two draws. */
function twoSpread(into: usize, from: usize, entrants: usize, count: i32, down: usize): void {
  let sum = f64x2.splat(0);
  for (let entry = 0; entry < count; entry++) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(from), v128.load(entrants)));
    from -= down;
    entrants += down;
  }
  v128.store(into, sum);
}

/** The same for eight draws. */
function eightSpread(into: usize, from: usize, entrants: usize, count: i32, down: usize): void {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  for (let entry = 0; entry < count; entry++) {
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(from), v128.load(entrants)));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(from, 16), v128.load(entrants, 16)));
    sum2 = f64x2.add(sum2, f64x2.mul(v128.load(from, 32), v128.load(entrants, 32)));
    sum3 = f64x2.add(sum3, f64x2.mul(v128.load(from, 48), v128.load(entrants, 48)));
    from -= down;
    entrants += down;
  }
  v128.store(into, sum0);
  v128.store(into, sum1, 16);
  v128.store(into, sum2, 32);
  v128.store(into, sum3, 48);
}
