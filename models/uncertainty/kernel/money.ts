import { keepFour } from "./chances.ts";

/** Draws that are worked on, numbers from one row to the next, and rows from one block to the next; see Lanes. */
interface Shape {
  readonly lanes: number;
  readonly size: number;
  readonly years: number;
}

/** The words of an instruction; see Instruction. */
interface Operands {
  readonly into: number;
  readonly a: number;
  readonly b: number;
  readonly rows: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  /** Place of what stands after it. */
  readonly list: number;
}

/**
 * What an instruction for the money on courses does; the twin of assembly/money.ts.
 *
 * @returns how many whole numbers stand after it
 */
export type MoneyRows = (
  numbers: Float64Array,
  indices: Int32Array,
  operands: Operands,
  shape: Shape,
) => number;

/** Numbers before the rows of a timed amount: its window. */
export const WINDOW = 8;

/** The cycles of a year; and what sums of sums count for: with arrival at the start nothing falls in the next year. */
const yearOf = (time: number) => time & 255;
const partOf = (time: number) => (time >> 8 === 1 ? 1 / yearOf(time) : 0);

/** Draws that stand in one line of the processor's cache: a year of theirs is done before the next. */
const EIGHT = 8;

/** Four draws at a time: two, and the two after them; the last two of a row are both, 0 apart. */
const FOUR = 4;
const apartOf = (lane: number, lanes: number) => (lane + 2 < lanes ? 2 : 0);

/** How far each of four draws is from the first. */
const offset = (draw: number, apart: number) => ((draw & 1) + (draw >> 1) * apart) | 0;

/** What four draws have in a year, and what of it falls in the next: [draw], and 4 places on. */
const parted = new Float64Array(2 * FOUR);
/** What fell in the year from the one before, [draw]. */
const before = new Float64Array(FOUR);

/**
 * Splits what four draws have in some cycles of a year, weighted, over that year and the next; see splitYears in
 * ../../cohort/lags.ts. It goes from the place of the last cycle back, `step` at a time. `| 0` tells the compiler that places are small whole
 * numbers.
 *
 * @param weights place of the weights in the last cycle, `down` from one cycle to the next
 * @param earlier cycles of the year before those, in which there is nothing
 */
function split(
  numbers: Float64Array,
  last: number,
  step: number,
  weights: number,
  down: number,
  cycles: number,
  earlier: number,
  part: number,
  apart: number,
): void {
  let from = last | 0;
  let weight = weights | 0;
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let sums0 = 0;
  let sums1 = 0;
  let sums2 = 0;
  let sums3 = 0;
  for (let left = cycles | 0; left > 0; left = (left - 1) | 0) {
    let amount0 = numbers[from] as number;
    let amount1 = numbers[(from + 1) | 0] as number;
    let amount2 = numbers[(from + apart) | 0] as number;
    let amount3 = numbers[(from + apart + 1) | 0] as number;
    from = (from - step) | 0;
    amount0 *= numbers[weight] as number;
    amount1 *= numbers[(weight + 1) | 0] as number;
    amount2 *= numbers[(weight + apart) | 0] as number;
    amount3 *= numbers[(weight + apart + 1) | 0] as number;
    weight = (weight - down) | 0;
    sums0 += sum0;
    sums1 += sum1;
    sums2 += sum2;
    sums3 += sum3;
    sum0 += amount0;
    sum1 += amount1;
    sum2 += amount2;
    sum3 += amount3;
  }
  for (let left = earlier; left > 0; left -= 1) {
    sums0 += sum0;
    sums1 += sum1;
    sums2 += sum2;
    sums3 += sum3;
  }
  parted[4] = sums0 * part;
  parted[5] = sums1 * part;
  parted[6] = sums2 * part;
  parted[7] = sums3 * part;
  parted[0] = sum0 - (parted[4] as number);
  parted[1] = sum1 - (parted[5] as number);
  parted[2] = sum2 - (parted[6] as number);
  parted[3] = sum3 - (parted[7] as number);
}

/** Instruction.personYears. */
export const personYears: MoneyRows = (
  numbers,
  _,
  { into, a, rows: years, c, d },
  { lanes, size, years: length },
) => {
  const [step, perYear, next] = [c * size, yearOf(d), length * size];
  const [each, part] = [1 / perYear, partOf(d)];
  for (let first = 0; first < lanes; first += EIGHT) {
    const end = Math.min(first + EIGHT, lanes);
    for (let year = 0; year < years; year += 1) {
      const place = into + year * size;
      const last = a + ((year + 1) * perYear - 1) * step;
      for (let lane = first; lane < end; lane += FOUR)
        splitEven(numbers, place + next + lane, next, last + lane, step, perYear, part, apartOf(lane, lanes));
      for (let at = place + first; at < place + end; at += 1) {
        const before = year === 0 ? 0 : (numbers[at + 2 * next - size] as number);
        numbers[at] = ((numbers[at + next] as number) + before) * each;
      }
    }
  }
  return 0;
};

/**
 * Splits what four draws have in the cycles of a year, as split does, without weights: that of the year goes into one row,
 * that of the next year into the row `next` numbers on.
 */
function splitEven(
  numbers: Float64Array,
  into: number,
  next: number,
  last: number,
  step: number,
  cycles: number,
  part: number,
  apart: number,
): void {
  const back = step | 0;
  let from = last | 0;
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let sums0 = 0;
  let sums1 = 0;
  let sums2 = 0;
  let sums3 = 0;
  for (let left = cycles | 0; left > 0; left = (left - 1) | 0) {
    sums0 += sum0;
    sums1 += sum1;
    sums2 += sum2;
    sums3 += sum3;
    sum0 += numbers[from] as number;
    sum1 += numbers[(from + 1) | 0] as number;
    sum2 += numbers[(from + apart) | 0] as number;
    sum3 += numbers[(from + apart + 1) | 0] as number;
    from = (from - back) | 0;
  }
  sums0 *= part;
  sums1 *= part;
  sums2 *= part;
  sums3 *= part;
  keepFour(numbers, into, apart, sum0 - sums0, sum1 - sums1, sum2 - sums2, sum3 - sums3);
  keepFour(numbers, into + next, apart, sums0, sums1, sums2, sums3);
}

/** Whether what is added in a year changes within it, in any of four draws. */
function changes(numbers: Float64Array, whole: number, apart: number): boolean {
  for (let draw = 0; draw < FOUR; draw += 1)
    if (Number.isNaN(numbers[whole + offset(draw, apart)])) return true;
  return false;
}

/** Instruction.weigh. */
export const weigh: MoneyRows = (
  numbers,
  _,
  { into, a, b, rows: years, c, d, e },
  { lanes, size, years: length },
) => {
  const [step, perYear, part, next] = [c * size, yearOf(d), partOf(d), length * size];
  const [first, end] = windowOf(numbers, e);
  const weights = e + WINDOW;
  const whole = weights + years * perYear * size;
  for (let lane = 0; lane < lanes; lane += FOUR) {
    const apart = apartOf(lane, lanes);
    before.fill(0);
    for (let year = 0; year < years; year += 1) {
      const row = year * size + lane;
      const cycle = (year + 1) * perYear - 1;
      if (year * perYear >= end || cycle < first) parted.fill(0);
      else if (changes(numbers, whole + row, apart)) {
        const [last, weight] = [a + cycle * step + lane, weights + cycle * size + lane];
        split(numbers, last, step, weight, size, perYear, 0, part, apart);
      }
      for (let draw = 0; draw < FOUR; draw += 1) {
        const place = row + offset(draw, apart);
        const weight = numbers[whole + place] as number;
        if (year * perYear < end && cycle >= first && !Number.isNaN(weight)) {
          parted[draw] = (numbers[b + next + place] as number) * weight;
          parted[FOUR + draw] = (numbers[b + 2 * next + place] as number) * weight;
        }
        const added = ((parted[draw] as number) + (before[draw] as number)) * (1 / perYear);
        numbers[into + place] = (numbers[b + place] as number) + added;
        before[draw] = parted[FOUR + draw] as number;
      }
    }
  }
  return 0;
};

/** Instruction.charge. */
export const charge: MoneyRows = (numbers, _, { into, a, b, rows: years, d }, { lanes, size }) => {
  const [first, end] = windowOf(numbers, b);
  const [perYear, part] = [yearOf(d), partOf(d)];
  for (let lane = 0; lane < lanes; lane += FOUR) {
    const apart = apartOf(lane, lanes);
    before.fill(0);
    for (let year = 0; year < years; year += 1) {
      const start = year * perYear;
      const from = Math.max(first, start);
      const till = Math.min(end, start + perYear);
      if (till > from) {
        const last = (till - 1) * size + lane;
        split(numbers, a + last, size, b + WINDOW + last, size, till - from, from - start, part, apart);
      } else parted.fill(0);
      for (let draw = 0; draw < FOUR; draw += 1) {
        const place = into + year * size + lane + offset(draw, apart);
        numbers[place] = (parted[draw] as number) + (before[draw] as number);
        before[draw] = parted[FOUR + draw] as number;
      }
    }
  }
  return 0;
};

/** Instruction.presence. */
export const presence: MoneyRows = (
  numbers,
  indices,
  { into, a, b: count, rows: states, list },
  { lanes, size },
) => {
  const [first, end] = windowOf(numbers, into);
  for (let cycle = first; cycle < end; cycle += 1)
    for (let lane = 0; lane < lanes; lane += 1) {
      let sum = 0;
      for (let item = list; item < list + count; item += 1)
        sum += numbers[a + (cycle * states + (indices[item] as number)) * size + lane] as number;
      numbers[into + WINDOW + cycle * size + lane] = sum;
    }
  return count;
};

/** Instruction.scaledTotal. */
export const scaledTotal: MoneyRows = (numbers, indices, { into, a: count, b, list }, { lanes, size }) => {
  const end = (numbers[b] as number) * size;
  for (let row = 0; row < end; row += size)
    for (let lane = 0; lane < lanes; lane += 1) {
      let sum = 0;
      for (let item = list; item < list + 2 * count; item += 2)
        sum +=
          (numbers[(indices[item] as number) + row + lane] as number) *
          (numbers[(indices[item + 1] as number) + lane] as number);
      numbers[into + row + lane] = sum;
    }
  return 2 * count;
};

/** The first cycle of a timed amount, and the one after the last. */
function windowOf(numbers: Float64Array, timed: number): readonly [number, number] {
  return [numbers[timed] as number, numbers[timed + 1] as number];
}
