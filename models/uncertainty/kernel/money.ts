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

/** Rows that are split, from the last back; weights −1 for none. */
interface SplitRows {
  readonly last: number;
  readonly step: number;
  readonly weights: number;
  readonly down: number;
  readonly cycles: number;
  /** Cycles of the year before those, in which there is nothing. */
  readonly earlier: number;
  readonly part: number;
}

/** Four draws at a time: two, and the two after them; the last two of a row are both, 0 apart. */
const FOUR = 4;
const apartOf = (lane: number, lanes: number) => (lane + 2 < lanes ? 2 : 0);

/** What four draws have in a year, and what of it falls in the next: [draw], and 4 places on. */
const parted = new Float64Array(2 * FOUR);

/**
 * Splits what four draws have in some cycles of a year over that year and the next; see splitYears in ../cohort/lags.ts.
 * `| 0` tells the compiler that places are small whole numbers.
 */
function split(
  numbers: Float64Array,
  { last, step, weights, down, cycles, earlier, part }: SplitRows,
  lane: number,
  apart: number,
): void {
  let from = (last + lane) | 0;
  let weight = (weights + lane) | 0;
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
    if (weights >= 0) {
      amount0 *= numbers[weight] as number;
      amount1 *= numbers[(weight + 1) | 0] as number;
      amount2 *= numbers[(weight + apart) | 0] as number;
      amount3 *= numbers[(weight + apart + 1) | 0] as number;
      weight = (weight - down) | 0;
    }
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

/** The draws of four: their places after the first. */
const placesOf = (apart: number) => [0, 1, apart, apart + 1];

/** Instruction.personYears. */
export const personYears: MoneyRows = (
  numbers,
  _,
  { into, a, rows: years, c, d },
  { lanes, size, years: length },
) => {
  const [step, perYear, next] = [c * size, yearOf(d), length * size];
  const rows = { step, weights: -1, down: 0, cycles: perYear, earlier: 0, part: partOf(d) };
  for (let lane = 0; lane < lanes; lane += FOUR) {
    const apart = apartOf(lane, lanes);
    const places = placesOf(apart);
    const before = [0, 0, 0, 0];
    for (let year = 0; year < years; year += 1) {
      split(numbers, { ...rows, last: a + ((year + 1) * perYear - 1) * step }, lane, apart);
      for (let draw = 0; draw < FOUR; draw += 1) {
        const place = into + year * size + lane + (places[draw] as number);
        const [now, later] = [parted[draw] as number, parted[FOUR + draw] as number];
        numbers[place] = (now + (before[draw] as number)) * (1 / perYear);
        numbers[place + next] = now;
        numbers[place + 2 * next] = later;
        before[draw] = later;
      }
    }
  }
  return 0;
};

/** Instruction.weigh. */
export const weigh: MoneyRows = (
  numbers,
  _,
  { into, a, b, rows: years, c, d, e },
  { lanes, size, years: length },
) => {
  const [step, perYear, next] = [c * size, yearOf(d), length * size];
  const [first, end] = windowOf(numbers, e);
  const weights = e + WINDOW;
  const whole = weights + years * perYear * size;
  const rows = { step, down: size, cycles: perYear, earlier: 0, part: partOf(d) };
  for (let lane = 0; lane < lanes; lane += FOUR) {
    const apart = apartOf(lane, lanes);
    const places = placesOf(apart);
    const before = [0, 0, 0, 0];
    for (let year = 0; year < years; year += 1) {
      const row = year * size + lane;
      const cycle = (year + 1) * perYear - 1;
      if (year * perYear >= end || cycle < first) parted.fill(0);
      else if (places.some((place) => Number.isNaN(numbers[whole + row + place])))
        split(numbers, { ...rows, last: a + cycle * step, weights: weights + cycle * size }, lane, apart);
      for (let draw = 0; draw < FOUR; draw += 1) {
        const place = row + (places[draw] as number);
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
    const places = placesOf(apart);
    const before = [0, 0, 0, 0];
    for (let year = 0; year < years; year += 1) {
      const start = year * perYear;
      const from = Math.max(first, start);
      const till = Math.min(end, start + perYear);
      if (till > from) {
        const last = (till - 1) * size;
        const rows = { last: a + last, step: size, weights: b + WINDOW + last, down: size, part };
        split(numbers, { ...rows, cycles: till - from, earlier: from - start }, lane, apart);
      } else parted.fill(0);
      for (let draw = 0; draw < FOUR; draw += 1) {
        const place = into + year * size + lane + (places[draw] as number);
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
export const scaledTotal: MoneyRows = (numbers, indices, { into, a: count, rows, list }, { lanes, size }) => {
  for (let row = 0; row < rows * size; row += size)
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
