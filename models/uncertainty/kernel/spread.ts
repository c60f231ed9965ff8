/** What entrants of some years bring about: the twin of assembly/spread.ts, which gives the same bits. */

/** How rows are worked on: draws, numbers from one row to the next, rows of a block. */
export interface SpreadShape {
  readonly lanes: number;
  readonly size: number;
  readonly rows: number;
  /** Years of entry. */
  readonly entries: number;
}

/** The first and the last of some rows that are not 0 in all draws; the last before the first if there are none. */
function findRows(
  numbers: Float64Array,
  place: number,
  rows: number,
  { lanes, size }: SpreadShape,
): readonly [first: number, last: number] {
  let [first, last] = [rows, -1];
  for (let row = 0; row < rows; row += 1)
    for (let lane = 0; lane < lanes; lane += 1)
      if (!Object.is(numbers[place + row * size + lane], 0)) {
        first = Math.min(first, row);
        last = row;
        break;
      }
  return [first, last];
}

/**
 * Adds, in every row, Σ over years of entry, ascending, of entrants times amounts per entrant.
 *
 * @param lags the first and the last year since entry in which anything happens
 * @returns rows before the first from which on nothing was added
 */
function addSpread(
  numbers: Float64Array,
  into: number,
  a: number,
  b: number,
  [firstLag, lastLag]: readonly [number, number],
  shape: SpreadShape,
): number {
  const { entries, lanes, rows, size } = shape;
  const [firstEntry, lastEntry] = findRows(numbers, b, entries, shape);
  if (lastEntry < 0 || lastLag < 0) return 0;
  const until = Math.min(rows, lastEntry + lastLag + 1);
  for (let row = firstEntry + firstLag; row < until; row += 1) {
    const place = into + row * size;
    const last = Math.min(lastEntry, row - firstLag);
    for (let entry = Math.max(firstEntry, row - lastLag); entry <= last; entry += 1) {
      const from = a + (row - entry) * size;
      const entrants = b + entry * size;
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[place + lane] =
          (numbers[place + lane] as number) +
          (numbers[from + lane] as number) * (numbers[entrants + lane] as number);
    }
  }
  return until;
}

function clearRows(numbers: Float64Array, into: number, { lanes, rows, size }: SpreadShape): void {
  for (let row = 0; row < rows; row += 1) numbers.fill(0, into + row * size, into + row * size + lanes);
}

/**
 * Blocks of amounts per entrant, `next` numbers apart, for the same entrants.
 *
 * @param followed years since entry in which anything happens
 */
export function spread(
  numbers: Float64Array,
  into: number,
  a: number,
  b: number,
  shape: SpreadShape,
  followed: number,
  blocks: number,
  next: number,
): void {
  for (let block = 0; block < blocks * next; block += next) {
    clearRows(numbers, into + block, shape);
    const lags = findRows(numbers, a + block, Math.min(shape.rows, followed), shape);
    addSpread(numbers, into + block, a + block, b, lags, shape);
  }
}

/**
 * Amounts per entrant and entrants of several courses, added up in their order.
 *
 * @param list places of amounts, of entrants and of years since entry until nothing more happens, one after the other
 * @returns rows before the first from which on all are 0
 */
export function work(numbers: Float64Array, into: number, list: Int32Array, shape: SpreadShape): number {
  let until = 0;
  clearRows(numbers, into, shape);
  for (let item = 0; item < list.length; item += 3) {
    const [amounts, entrants, lags] = [
      list[item] as number,
      list[item + 1] as number,
      list[item + 2] as number,
    ];
    const last = (numbers[lags] as number) - 1;
    until = Math.max(until, addSpread(numbers, into, amounts, entrants, [0, last], shape));
  }
  return until;
}
