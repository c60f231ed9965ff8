/** What the kernel can do with envelopes and purses, of which a year needs the year before; see Instruction. */
export const PurseInstruction = {
  /**
   * A room, year by year: into = the part it can pay of what it is asked. a is its envelope, b what is asked, c the row of
   * its carry-over, d the row of what is carried into the first year and then out of the last.
   */
  limit: 40,
  /**
   * The same of a room that draws on savings: after it stand the blocks of what its own accounts and all of its holder have
   * saved up to each year, and the rows of what has been taken of either.
   */
  limitSaving: 41,
  /**
   * into += what is left of a payments if the part b of them is paid, and c = what is paid of them; a row in which the part
   * is 1 in every draw stays as it is. The places of the payments stand after the instruction, one at least.
   */
  leave: 42,
} as const;

/** Whole numbers of an instruction, before the places that stand after it. */
const WORDS = 8;

/** Whether a room lacks anything when it is over by so much: half a cent, or a millionth of what it is asked. */
const DUST_EUR = 0.005;
const DUST_SHARE = 1e-6;

/** A row per year, or one row for all years, by name. */
interface Room {
  readonly into: number;
  readonly envelope: number;
  readonly need: number;
  readonly carryOver: number;
  readonly carried: number;
  readonly savings: Savings | null;
}

interface Savings {
  readonly own: number;
  readonly ofHolder: number;
  readonly taken: number;
  readonly takenBy: number;
}

/**
 * Follows the instruction at `at` of the indices, for the first `lanes` draws of rows of `size`: the twin of
 * assembly/purses.ts, which gives the same bits.
 *
 * @returns how many places stand after it
 */
export function followPurses(
  numbers: Float64Array,
  indices: Int32Array,
  at: number,
  lanes: number,
  size: number,
): number {
  const word = (place: number) => indices[at + place] as number;
  const places = at + WORDS;
  const [op, into, a, b, rows, c, d] = [word(0), word(1), word(2), word(3), word(4), word(5), word(6)];
  switch (op) {
    case PurseInstruction.limit:
    case PurseInstruction.limitSaving: {
      const draws = op === PurseInstruction.limitSaving;
      const savings = draws ? savingsAt(indices, places) : null;
      const room = { into, envelope: a, need: b, carryOver: c, carried: d, savings };
      for (let row = 0; row < rows; row += 1) limit(numbers, room, row * size, lanes);
      return draws ? 4 : 0;
    }
    case PurseInstruction.leave:
      for (let row = 0; row < rows; row += 1)
        leave(numbers, into, b, c, indices.subarray(places, places + a), row * size, lanes);
      return a;
    default:
      throw new RangeError(`instruction ${op}`);
  }
}

function savingsAt(indices: Int32Array, places: number): Savings {
  const [own, ofHolder, taken, takenBy] = indices.subarray(places, places + 4);
  return { own, ofHolder, taken, takenBy } as Savings;
}

/** Keeps a room in one year within what it has: envelope, what is carried in, and savings where it may draw them. */
function limit(numbers: Float64Array, room: Room, down: number, lanes: number): void {
  const { into, envelope, need: asked, carryOver, carried, savings } = room;
  for (let lane = 0; lane < lanes; lane += 1) {
    const held = numbers[envelope + down + lane] as number;
    const need = numbers[asked + down + lane] as number;
    let available = held + (numbers[carried + lane] as number);
    let paid = 1;
    let spent = need;
    if (need > available) {
      if (savings) available += draw(numbers, savings, down, lane, need - available);
      if (need > available + Math.max(DUST_EUR, DUST_SHARE * need)) {
        paid = Math.max(0, available) / need;
        spent = available;
      }
    }
    numbers[into + down + lane] = paid;
    const left = Math.min((numbers[carryOver + lane] as number) * held, available - spent);
    numbers[carried + lane] = left > 0 ? left : 0;
  }
}

/** Draws what is lacking from savings, as far as they reach. */
function draw(
  numbers: Float64Array,
  { own, ofHolder, taken, takenBy }: Savings,
  down: number,
  lane: number,
  lacking: number,
): number {
  const left = Math.min(
    (numbers[own + down + lane] as number) - (numbers[taken + lane] as number),
    (numbers[ofHolder + down + lane] as number) - (numbers[takenBy + lane] as number),
  );
  const savings = Math.max(0, Math.min(lacking, left));
  numbers[taken + lane] = (numbers[taken + lane] as number) + savings;
  numbers[takenBy + lane] = (numbers[takenBy + lane] as number) + savings;
  return savings;
}

/** Leaves a part of some payments of one year to others. */
function leave(
  numbers: Float64Array,
  rest: number,
  part: number,
  paid: number,
  payments: Int32Array,
  down: number,
  lanes: number,
): void {
  const parts = numbers.subarray(part + down, part + down + lanes);
  if (parts.every((own) => own === 1)) return;
  for (const [lane, own] of parts.entries()) {
    const at = down + lane;
    let left = numbers[rest + at] as number;
    let sum = 0;
    for (let item = 0; item < payments.length; item += 1) {
      const amount = numbers[(payments[item] as number) + at] as number;
      left += amount * (1 - own);
      sum = item === 0 ? amount * own : sum + amount * own;
    }
    numbers[rest + at] = left;
    numbers[paid + at] = sum;
  }
}
