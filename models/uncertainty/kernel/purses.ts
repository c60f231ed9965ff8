import { awardBackstop } from "../../funding/settlement/backstop.ts";
import { help } from "../../funding/settlement/settlement.ts";
import type { Backstop, BackstopTier } from "../../model/model.ts";

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
   * into += what is left of the payments a if the part b of them is paid, and a = what is paid of them; a row in which the part
   * is 1 in every draw stays as it is.
   */
  leave: 42,
  /** into = what a purse has in one year before help: its result a, with what it carries; b is its state, see PURSE_STATE. */
  available: 43,
  /**
   * Closes years of a purse: into = what the holder keeps, before the backstop. a is its result, b its grant after feedback,
   * c what is repaid (0: nothing ever is), d the row of its carry-over, e its state.
   */
  close: 44,
  /** The same of a purse that carries its deficits on. */
  closeCarrying: 45,
  /**
   * Parts of a pot help each other in one year, and that is booked: into is the sum of their party, a how many they are.
   * After it stand four rows of each: available, payments, received, and the sum of its municipality.
   */
  help: 46,
  /**
   * What a backstop awards year by year, in d and added to into, what is kept. a is the result, b the grant after feedback,
   * c are plain numbers (see backstopNumbers), e the years before the start. After it stand the row of the first grant and
   * rows of the results of those years, oldest first.
   */
  award: 47,
  /** into = a · (b / c), 0 where b / c is 0; b and c one row each. */
  allot: 48,
} as const;

/** Whole numbers of an instruction, before the places that stand after it. */
const WORDS = 8;

/** Rows of a purse between two of its years: carried surplus, carried deficit, and what sister purses gave it. */
export const PURSE_STATE = 3;

/** Rows of a part of a pot that stand after an instruction. */
const PART = 4;

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
  const [op, into, a, b, rows] = [word(0), word(1), word(2), word(3), word(4)];
  const [c, d, e] = [word(5), word(6), word(7)];
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
      for (let row = 0; row < rows; row += 1) leave(numbers, into, a, b, row * size, lanes);
      return 0;
    case PurseInstruction.available:
      for (let lane = 0; lane < lanes; lane += 1) numbers[into + lane] = available(numbers, a, b, size, lane);
      return 0;
    case PurseInstruction.close:
    case PurseInstruction.closeCarrying: {
      const carriesDeficit = op === PurseInstruction.closeCarrying;
      const purse = { kept: into, result: a, grant: b, repaid: c, carryOver: d, state: e, carriesDeficit };
      for (let row = 0; row < rows; row += 1) close(numbers, purse, row * size, size, lanes);
      return 0;
    }
    case PurseInstruction.help:
      helpOut(numbers, into, indices.subarray(places, places + PART * a), lanes);
      return PART * a;
    case PurseInstruction.award: {
      const [grant, ...history] = indices.subarray(places, places + 1 + e);
      const purse = { kept: into, result: a, grant: b, awarded: d, firstGrant: grant as number, history };
      award(numbers, purse, backstopsAt(numbers, c, rows), size, lanes);
      return 1 + e;
    }
    case PurseInstruction.allot:
      for (let row = 0; row < rows; row += 1) allot(numbers, into, a, b, c, row * size, lanes);
      return 0;
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

/** Leaves a part of the payments of one year to others. */
function leave(
  numbers: Float64Array,
  rest: number,
  paid: number,
  part: number,
  down: number,
  lanes: number,
): void {
  const parts = numbers.subarray(part + down, part + down + lanes);
  if (parts.every((own) => own === 1)) return;
  for (const [lane, own] of parts.entries()) {
    const at = down + lane;
    const amount = numbers[paid + at] as number;
    numbers[rest + at] = (numbers[rest + at] as number) + amount * (1 - own);
    numbers[paid + at] = amount * own;
  }
}

/** A purse that is closed: blocks of its years, and rows. */
interface ClosedPurse {
  readonly kept: number;
  readonly result: number;
  readonly grant: number;
  readonly repaid: number;
  readonly carryOver: number;
  readonly state: number;
  readonly carriesDeficit: boolean;
}

/** What is available in a year: own result plus carried surplus less carried deficit. */
function available(numbers: Float64Array, result: number, state: number, size: number, lane: number): number {
  const [carried, deficit] = [numbers[state + lane] as number, numbers[state + size + lane] as number];
  return (numbers[result + lane] as number) + carried - deficit;
}

/** Closes one year of a purse; mirrors Purse. */
function close(numbers: Float64Array, purse: ClosedPurse, down: number, size: number, lanes: number): void {
  const { carriesDeficit, carryOver, state } = purse;
  for (let lane = 0; lane < lanes; lane += 1) {
    const at = down + lane;
    const received = numbers[state + 2 * size + lane] as number;
    const amount = available(numbers, purse.result + down, state, size, lane) + received;
    let [carried, deficit, repaid] = [0, 0, 0];
    if (amount >= 0) {
      carried = Math.min(
        amount,
        Math.max(0, (numbers[carryOver + lane] as number) * (numbers[purse.grant + at] as number)),
      );
      repaid = purse.repaid === 0 ? 0 : amount - carried;
    } else if (carriesDeficit) deficit = -amount;
    numbers[state + lane] = carried;
    numbers[state + size + lane] = deficit;
    if (purse.repaid !== 0) numbers[purse.repaid + at] = repaid;
    numbers[purse.kept + at] = (numbers[purse.result + at] as number) - repaid;
  }
}

/** Parts of a pot help each other in one year, in the draws in which anybody is short. */
function helpOut(numbers: Float64Array, party: number, rows: Int32Array, lanes: number): void {
  const parts = Array.from({ length: rows.length / PART }, (_, part) =>
    rows.subarray(part * PART, (part + 1) * PART),
  );
  const column = (row: number, lane: number) =>
    parts.map((part) => numbers[(part[row] as number) + lane] as number);
  for (let lane = 0; lane < lanes; lane += 1) {
    const amounts = column(0, lane);
    const isEnough = amounts.every((amount) => amount >= 0);
    const received = isEnough ? amounts.map(() => 0) : help(amounts, column(1, lane));
    for (const [place, part] of parts.entries())
      numbers[(part[2] as number) + lane] = received[place] as number;
    bookHelp(received, (place, amount) => {
      for (const sum of [party, parts[place]?.[3] as number])
        numbers[sum + lane] = (numbers[sum + lane] as number) + amount;
    });
  }
}

/** Pairs givers with receivers, in proportion; mirrors bookHelp of the settlement. */
function bookHelp(received: readonly number[], add: (place: number, amount: number) => void): void {
  let total = 0;
  for (const amount of received) total += Math.max(0, amount);
  for (const [from, given] of received.entries())
    for (const [to, taken] of given < 0 ? received.entries() : [])
      if (taken > 0) {
        const amount = (-given * taken) / total;
        add(from, amount);
        add(to, -amount);
      }
}

/** Plain numbers before the tiers of a backstop. */
const RULES = 8;

/**
 * A backstop as plain numbers: tiers per year, the extended entry (years, at least, share, lower), the cumulative test
 * (years, above) and a 0; then per year where each tier begins and its share. A tier, an entry or a test that there is not
 * begins or opens at infinity, or is always met.
 *
 * @param tiers by year
 */
export function backstopNumbers(
  { cumulative, extended }: Pick<Backstop, "cumulative" | "extended">,
  tiers: readonly (readonly BackstopTier[])[],
): number[] {
  const most = tiers.reduce((count, { length }) => Math.max(count, length), 1);
  const none = { above: Number.POSITIVE_INFINITY, share: 0 };
  const entry = extended ?? { years: 0, atLeast: 0, share: 0, lower: Number.POSITIVE_INFINITY };
  const test = cumulative ?? { years: 0, above: Number.NEGATIVE_INFINITY };
  return [
    ...[most, entry.years, entry.atLeast, entry.share, entry.lower, test.years, test.above, 0],
    ...tiers.flatMap((year) =>
      Array.from({ length: most }, (_, place) => year[place] ?? none).flatMap(({ above, share }) => [
        above,
        share,
      ]),
    ),
  ];
}

/** The backstop of each year, out of its plain numbers. */
function backstopsAt(numbers: Float64Array, place: number, rows: number): Backstop[] {
  const [most, years, atLeast, share, lower, tested, above] = numbers.subarray(
    place,
    place + RULES,
  ) as unknown as [number, number, number, number, number, number, number];
  return Array.from({ length: rows }, (_, row) => {
    const tiers = Array.from({ length: most }, (_, tier) => {
      const at = place + RULES + 2 * (row * most + tier);
      return { above: numbers[at] as number, share: numbers[at + 1] as number };
    });
    return {
      party: 0,
      lag: 0,
      periods: [{ from: Number.NEGATIVE_INFINITY, tiers }],
      cumulative: { years: tested, above },
      extended: { years, atLeast, share, lower },
    };
  });
}

/** A purse with a backstop: blocks of its years, and rows of what was before them. */
interface BackedPurse {
  readonly kept: number;
  readonly result: number;
  readonly grant: number;
  readonly awarded: number;
  readonly firstGrant: number;
  readonly history: readonly number[];
}

/** Adds what the backstop awards to what is kept, year by year. */
function award(
  numbers: Float64Array,
  { kept, result, grant, awarded, firstGrant, history }: BackedPurse,
  backstops: readonly Backstop[],
  size: number,
  lanes: number,
): void {
  const years = [...backstops.keys()];
  for (let lane = 0; lane < lanes; lane += 1) {
    const read = (place: number) => numbers[place + lane] as number;
    const column = (block: number) => years.map((year) => read(block + year * size));
    const results = [...history.map(read), ...column(result)];
    // The grants of the years before the start are not in the file: the first one stands for them.
    const grants = [...history.map(() => read(firstGrant)), ...column(grant)];
    for (const [year, backstop] of backstops.entries()) {
      const last = history.length + year;
      const at = year * size + lane;
      // Without a deficit, or a grant to relate it to, nothing opens.
      const opens = (results[last] as number) < 0 && (grants[last] as number) > 0;
      const amount = opens ? awardBackstop(backstop, 0, results, grants, last).amount : 0;
      numbers[awarded + at] = amount;
      numbers[kept + at] = (numbers[kept + at] as number) + amount;
    }
  }
}

/** The part of an amount of one year that falls to b of c. */
function allot(
  numbers: Float64Array,
  into: number,
  a: number,
  b: number,
  c: number,
  down: number,
  lanes: number,
): void {
  for (let lane = 0; lane < lanes; lane += 1) {
    const share = (numbers[b + lane] as number) / (numbers[c + lane] as number);
    numbers[into + down + lane] = share === 0 ? 0 : (numbers[a + down + lane] as number) * share;
  }
}
