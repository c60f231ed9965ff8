import { ROUNDING } from "../results/afterTransfers.ts";

/** Draws that the kernel carries side by side: the lanes of one SIMD vector of two float64. */
export const LANES = 2;

/**
 * Where the kernel finds and leaves its numbers: places in one Float64Array and one Int32Array over the same memory.
 * Every per-state or per-move number is followed by that of the other lane.
 */
export interface KernelLayout {
  readonly states: number;
  readonly cycles: number;
  readonly perYear: number;
  /** Years of follow-up within the horizon. */
  readonly years: number;
  /** 0 mid, 1 start, 2 end. */
  readonly occupancyMode: number;
  /** 1 when entrants arrive over the year, 0 when in its first cycle. */
  readonly spread: number;
  /** Distribution over the states, [state][lane], and room for the next one. */
  readonly state: number;
  readonly next: number;
  /** Chance of staying, [state][lane]. */
  readonly stay: number;
  /** Chance of each move in the order of the states they lead to, [place][lane]. */
  readonly chances: number;
  /** Occupancy, [cycle][state][lane]. */
  readonly occupancy: number;
  /** Cycles spent, by year since the year of entry, [year][state][lane]. */
  readonly lags: number;
  /** In the Int32Array: the state each move leaves, by place; and where the moves into each state begin. */
  readonly from: number;
  readonly starts: number;
}

/**
 * What the kernel can do with rows of numbers, one number per draw side by side. `rows` rows are worked on, one under the
 * other; operands that are one row or plain numbers are named so.
 */
export const Instruction = {
  /** into = 0 */
  clear: 0,
  /** into = a */
  copy: 1,
  /** into += a */
  add: 2,
  /** into −= a */
  subtract: 3,
  /** into = a + b */
  sum: 4,
  /** into = a − b */
  difference: 5,
  /** into = a · b, b one plain number */
  share: 6,
  /** into += a · b, b one row */
  addScaled: 7,
  /** into[r] = Σ over e of b[e] · a[r − e], e ascending, for 0 ≤ r − e < followed; c such blocks, d entries, e followed */
  spread: 8,
  /** into = a / b where b > 0, else 0; b one plain number per row */
  ratio: 9,
  /**
   * c are three plain numbers per row: planned, cost in the plan, share. Where the plan has a cost: planned · a; else what
   * is planned if the cost b is that of the plan, and else b · share.
   */
  pay: 10,
  /** into += a · (1 − b); a = a · b */
  leave: 11,
  /** into[r] = max(0, a[0] + … + a[r]) */
  gained: 12,
  /** into = a − b, 0 where that is not more than ROUNDING of the larger */
  fall: 13,
  /** into = Σ over rows of a · b: one row */
  value: 14,
} as const;

/** Whole numbers of an instruction: what, into, a, b, rows, c, d, e. */
const WORDS = 8;

/** How much of a block is worked out. */
export interface Lanes {
  /** Draws, an even number. */
  readonly lanes: number;
  /** Numbers from one row to the next. */
  readonly size: number;
  /** Rows from one block to the next. */
  readonly years: number;
}

/** Carries the course of two draws at once. The kernels give the same bits. */
export interface Kernel {
  readonly name: "typescript" | "wasm";
  readonly numbers: Float64Array;
  readonly indices: Int32Array;
  /** Advances the distribution from one cycle to another, with the chances that hold between, and keeps the occupancy. */
  advance(layout: KernelLayout, from: number, to: number): void;
  /** Adds the occupancy of all cycles to years since the year of entry (model.md section 3, Lags). */
  sumLags(layout: KernelLayout): void;
  /** Follows the instructions between two places of `indices`. */
  run(start: number, end: number, lanes: Lanes): void;
}

/** The kernel in TypeScript: serves wherever WebAssembly SIMD is missing, and judges the other. */
export function createTypeScriptKernel(bytes: number): Kernel {
  const buffer = new ArrayBuffer(bytes);
  const numbers = new Float64Array(buffer);
  const indices = new Int32Array(buffer);
  return {
    name: "typescript",
    numbers,
    indices,
    advance: (layout, from, to) => advance(numbers, indices, layout, from, to),
    sumLags: (layout) => sumLags(numbers, layout),
    run: (start, end, lanes) => run(numbers, indices, start, end, lanes),
  };
}

function advance(
  numbers: Float64Array,
  indices: Int32Array,
  layout: KernelLayout,
  first: number,
  end: number,
): void {
  const { states, stay, chances, from, starts, occupancyMode } = layout;
  let { state, next } = layout;
  let occupancy = layout.occupancy + first * states * 2;
  for (let cycle = first; cycle < end; cycle += 1) {
    let place = indices[starts] as number;
    for (let to = 0; to < states; to += 1) {
      const at = to + to;
      const old0 = numbers[state + at] as number;
      const old1 = numbers[state + at + 1] as number;
      let sum0 = old0 * (numbers[stay + at] as number);
      let sum1 = old1 * (numbers[stay + at + 1] as number);
      const last = indices[starts + to + 1] as number;
      // `| 0` tells the compiler that places are small whole numbers.
      for (; place < last; place = (place + 1) | 0) {
        const source = (state + ((indices[(from + place) | 0] as number) << 1)) | 0;
        const chance = (chances + (place << 1)) | 0;
        sum0 += (numbers[source] as number) * (numbers[chance] as number);
        sum1 += (numbers[(source + 1) | 0] as number) * (numbers[(chance + 1) | 0] as number);
      }
      numbers[next + at] = sum0;
      numbers[next + at + 1] = sum1;
      if (occupancyMode === 0) {
        numbers[occupancy + at] = (old0 + sum0) / 2;
        numbers[occupancy + at + 1] = (old1 + sum1) / 2;
      } else {
        numbers[occupancy + at] = occupancyMode === 1 ? old0 : sum0;
        numbers[occupancy + at + 1] = occupancyMode === 1 ? old1 : sum1;
      }
    }
    occupancy += states + states;
    [state, next] = [next, state];
  }
  if (state !== layout.state) numbers.copyWithin(layout.state, state, state + states * 2);
}

function sumLags(numbers: Float64Array, layout: KernelLayout): void {
  const { states, perYear, years, occupancy, lags, spread } = layout;
  const width = states * 2;
  numbers.fill(0, lags, lags + years * width);
  let from = occupancy;
  let now = lags;
  for (let year = 0; year < years; year += 1) {
    const later = now + width;
    const spreads = spread === 1 && year < years - 1;
    for (let within = 0; within < perYear; within += 1) {
      const late = spread === 1 ? within / perYear : 0;
      const early = 1 - late;
      for (let at = 0; at < width; at += 1) {
        const amount = numbers[from + at] as number;
        numbers[now + at] = (numbers[now + at] as number) + amount * early;
        if (spreads) numbers[later + at] = (numbers[later + at] as number) + amount * late;
      }
      from += width;
    }
    now = later;
  }
}

function run(
  numbers: Float64Array,
  indices: Int32Array,
  start: number,
  end: number,
  { lanes, size, years }: Lanes,
): void {
  for (let at = start; at < end; at += WORDS) {
    const word = (place: number) => indices[at + place] as number;
    const [op, into, a, b, rows, c] = [word(0), word(1), word(2), word(3), word(4), word(5)];
    if (op === Instruction.spread)
      spread(numbers, into, a, b, [rows, c, word(6), word(7)], lanes, size, years);
    else if (op === Instruction.gained || op === Instruction.value)
      alongRows(numbers, op, into, a, b, rows, lanes, size);
    else
      for (let row = 0; row < rows; row += 1)
        byRow(numbers, op, into + row * size, a + row * size, b, row, c, lanes, size);
  }
}

/** One row of an instruction of which no row needs another. */
function byRow(
  numbers: Float64Array,
  op: number,
  into: number,
  a: number,
  b: number,
  row: number,
  c: number,
  lanes: number,
  size: number,
): void {
  const other = b + row * size;
  switch (op) {
    case Instruction.clear:
      numbers.fill(0, into, into + lanes);
      return;
    case Instruction.copy:
      numbers.copyWithin(into, a, a + lanes);
      return;
    case Instruction.add:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[into + lane] as number) + (numbers[a + lane] as number);
      return;
    case Instruction.subtract:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[into + lane] as number) - (numbers[a + lane] as number);
      return;
    case Instruction.sum:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[a + lane] as number) + (numbers[other + lane] as number);
      return;
    case Instruction.difference:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[a + lane] as number) - (numbers[other + lane] as number);
      return;
    case Instruction.share:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = (numbers[a + lane] as number) * (numbers[b] as number);
      return;
    case Instruction.addScaled:
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] =
          (numbers[into + lane] as number) + (numbers[a + lane] as number) * (numbers[b + lane] as number);
      return;
    case Instruction.ratio: {
      const planned = numbers[b + row] as number;
      for (let lane = 0; lane < lanes; lane += 1)
        numbers[into + lane] = planned > 0 ? (numbers[a + lane] as number) / planned : 0;
      return;
    }
    case Instruction.pay: {
      const planned = numbers[c + 3 * row] as number;
      const before = numbers[c + 3 * row + 1] as number;
      const share = numbers[c + 3 * row + 2] as number;
      for (let lane = 0; lane < lanes; lane += 1) {
        const cost = numbers[other + lane] as number;
        numbers[into + lane] =
          before > 0 ? planned * (numbers[a + lane] as number) : cost === before ? planned : cost * share;
      }
      return;
    }
    case Instruction.leave:
      for (let lane = 0; lane < lanes; lane += 1) {
        const amount = numbers[a + lane] as number;
        const part = numbers[other + lane] as number;
        numbers[into + lane] = (numbers[into + lane] as number) + amount * (1 - part);
        numbers[a + lane] = amount * part;
      }
      return;
    case Instruction.fall:
      for (let lane = 0; lane < lanes; lane += 1) {
        const before = numbers[a + lane] as number;
        const now = numbers[other + lane] as number;
        const difference = before - now;
        const size = Math.max(Math.abs(now), Math.abs(before));
        numbers[into + lane] = Math.abs(difference) <= ROUNDING * size ? 0 : difference;
      }
      return;
    default:
      throw new RangeError(`instruction ${op}`);
  }
}

/** Instructions that go down the rows, draw by draw. */
function alongRows(
  numbers: Float64Array,
  op: number,
  into: number,
  a: number,
  b: number,
  rows: number,
  lanes: number,
  size: number,
): void {
  for (let lane = 0; lane < lanes; lane += 1) {
    let sum = 0;
    for (let row = 0; row < rows; row += 1) {
      const place = row * size + lane;
      const amount = numbers[a + place] as number;
      sum += op === Instruction.value ? amount * (numbers[b + place] as number) : amount;
      if (op === Instruction.gained) numbers[into + place] = Math.max(0, sum);
    }
    if (op === Instruction.value) numbers[into + lane] = sum;
  }
}

/** Amounts per entrant over the years, for entrants of every year. */
function spread(
  numbers: Float64Array,
  into: number,
  a: number,
  b: number,
  [rows, blocks, entries, followed]: readonly [number, number, number, number],
  lanes: number,
  size: number,
  years: number,
): void {
  for (let block = 0; block < blocks; block += 1) {
    const first = block * years * size;
    for (let row = 0; row < rows; row += 1) {
      const place = into + first + row * size;
      const earliest = Math.max(0, row - followed + 1);
      const last = Math.min(entries - 1, row);
      numbers.fill(0, place, place + lanes);
      for (let entry = earliest; entry <= last; entry += 1) {
        const from = a + first + (row - entry) * size;
        const persons = b + entry * size;
        for (let lane = 0; lane < lanes; lane += 1)
          numbers[place + lane] =
            (numbers[place + lane] as number) +
            (numbers[from + lane] as number) * (numbers[persons + lane] as number);
      }
    }
  }
}
