/**
 * What envelopes and purses allow, in AssemblyScript: the same operations in the same order as its twin in ../purses.ts,
 * where the instructions are explained. Pointers and widths as in kernel.ts.
 */
import { INSTRUCTION, row } from "./words";

/** Half a cent, and a millionth: what an envelope may be over before it lacks anything. */
const DUST_EUR: f64 = 0.005;
const DUST_SHARE: f64 = 1e-6;

/** Follows the instruction at `at`; gives how many bytes of places come after it. */
export function purses(op: i32, at: usize, base: usize, wide: usize, down: usize): usize {
  const into = row(base, at + 4);
  const a = row(base, at + 8);
  const b = row(base, at + 12);
  const rows = <usize>load<i32>(at, 16);
  const c = row(base, at + 20);
  const d = row(base, at + 24);
  switch (op) {
    case 40:
      limit(into, a, b, rows, c, d, 0, base, wide, down);
      return 0;
    case 41:
      limit(into, a, b, rows, c, d, at + INSTRUCTION, base, wide, down);
      return INSTRUCTION;
    case 42:
      leave(into, a, b, rows, wide, down);
      return 0;
    case 43:
      available(into, a, b, wide, down);
      return 0;
    case 44:
    case 45:
      close(into, a, b, rows, c, d, row(base, at + 28), c != base, op == 45, wide, down);
      return 0;
    case 46: {
      const count = load<i32>(at, 8);
      help(into, at + INSTRUCTION, count, base, wide);
      return <usize>((count * PART + 7) >> 3) * INSTRUCTION;
    }
    case 47: {
      const history = load<i32>(at, 28);
      award(into, a, b, rows, c, d, history, at + INSTRUCTION, base, wide, down);
      return <usize>((history + 8) >> 3) * INSTRUCTION;
    }
    case 48:
      allot(into, a, b, rows, c, wide, down);
      return 0;
    default:
      return unreachable();
  }
}

/** One room, year by year; `savings` is where the places of its savings stand, 0 if it draws none. */
function limit(
  into: usize,
  envelope: usize,
  asked: usize,
  rows: usize,
  carryOver: usize,
  carried: usize,
  savings: usize,
  base: usize,
  wide: usize,
  down: usize,
): void {
  const none = f64x2.splat(0);
  const whole = f64x2.splat(1);
  for (let off: usize = 0; off < rows * down; off += down)
    for (let at: usize = 0; at < wide; at += 16) {
      const held = v128.load(envelope + off + at);
      const need = v128.load(asked + off + at);
      let available = f64x2.add(held, v128.load(carried + at));
      let paid = whole;
      let spent = need;
      const isShort = f64x2.gt(need, available);
      if (v128.any_true(isShort)) {
        if (savings) {
          const lacking = v128.and(f64x2.sub(need, available), isShort);
          available = f64x2.add(available, drawn(savings, base + at, off, lacking));
        }
        const dust = f64x2.max(f64x2.splat(DUST_EUR), f64x2.mul(f64x2.splat(DUST_SHARE), need));
        const lacks = v128.and(isShort, f64x2.gt(need, f64x2.add(available, dust)));
        paid = v128.bitselect(f64x2.div(f64x2.max(none, available), need), whole, lacks);
        spent = v128.bitselect(available, need, lacks);
      }
      v128.store(into + off + at, paid);
      const left = f64x2.min(
        f64x2.mul(v128.load(carryOver + at), held),
        f64x2.sub(available, spent),
      );
      v128.store(carried + at, v128.and(left, f64x2.gt(left, none)));
    }
}

/** Draws what is lacking from savings, as far as they reach. */
function drawn(savings: usize, base: usize, off: usize, lacking: v128): v128 {
  const own = v128.load(row(base, savings) + off);
  const ofHolder = v128.load(row(base, savings + 4) + off);
  const takenAt = row(base, savings + 8);
  const takenByAt = row(base, savings + 12);
  const taken = v128.load(takenAt);
  const takenBy = v128.load(takenByAt);
  const left = f64x2.min(f64x2.sub(own, taken), f64x2.sub(ofHolder, takenBy));
  const more = f64x2.max(f64x2.splat(0), f64x2.min(lacking, left));
  v128.store(takenAt, f64x2.add(taken, more));
  v128.store(takenByAt, f64x2.add(takenBy, more));
  return more;
}

/** Whether a room can pay all of what it is asked, in every draw. */
function isWhole(part: usize, wide: usize): boolean {
  const whole = f64x2.splat(1);
  for (let at: usize = 0; at < wide; at += 16)
    if (!v128.all_true<i64>(f64x2.eq(v128.load(part + at), whole))) return false;
  return true;
}

/** Leaves a part of payments to others, where there is anything to leave. */
function leave(rest: usize, paid: usize, part: usize, rows: usize, wide: usize, down: usize): void {
  for (const end = rest + rows * down; rest < end; rest += down) {
    if (!isWhole(part, wide))
      for (let at: usize = 0; at < wide; at += 16) {
        const own = v128.load(part + at);
        const amount = v128.load(paid + at);
        const others = f64x2.sub(f64x2.splat(1), own);
        v128.store(rest + at, f64x2.add(v128.load(rest + at), f64x2.mul(amount, others)));
        v128.store(paid + at, f64x2.mul(amount, own));
      }
    paid += down;
    part += down;
  }
}

function available(into: usize, result: usize, state: usize, wide: usize, down: usize): void {
  for (let at: usize = 0; at < wide; at += 16)
    v128.store(into + at, availableOf(v128.load(result + at), state + at, down));
}

/** Own result plus carried surplus less carried deficit, in two draws. */
// @ts-ignore: decorator
@inline
function availableOf(result: v128, state: usize, down: usize): v128 {
  return f64x2.sub(f64x2.add(result, v128.load(state)), v128.load(state + down));
}

/** One purse, year by year. */
function close(
  kept: usize,
  result: usize,
  grant: usize,
  rows: usize,
  repaid: usize,
  carryOver: usize,
  state: usize,
  repays: boolean,
  carriesDeficit: boolean,
  wide: usize,
  down: usize,
): void {
  const none = f64x2.splat(0);
  for (let off: usize = 0; off < rows * down; off += down)
    for (let at: usize = 0; at < wide; at += 16) {
      const own = v128.load(result + off + at);
      const received = v128.load(state + 2 * down + at);
      const amount = f64x2.add(availableOf(own, state + at, down), received);
      const isLeft = f64x2.ge(amount, none);
      const most = f64x2.max(
        none,
        f64x2.mul(v128.load(carryOver + at), v128.load(grant + off + at)),
      );
      const carried = v128.and(f64x2.min(amount, most), isLeft);
      v128.store(state + at, carried);
      v128.store(state + down + at, carriesDeficit ? v128.andnot(f64x2.neg(amount), isLeft) : none);
      let left = own;
      if (repays) {
        const owed = v128.and(f64x2.sub(amount, carried), isLeft);
        v128.store(repaid + off + at, owed);
        left = f64x2.sub(own, owed);
      }
      v128.store(kept + off + at, left);
    }
}

/** Places of a part of a pot: what is available, its payments, what it receives, and the sum of its municipality. */
const PART = 4;
const PART_BYTES: usize = 16;

/** Parts of a pot help each other in one year, in the draws in which anybody is short. */
function help(party: usize, list: usize, count: i32, base: usize, wide: usize): void {
  const none = f64x2.splat(0);
  const end = list + <usize>count * PART_BYTES;
  for (let at: usize = 0; at < wide; at += 16) {
    let isEnough = f64x2.eq(none, none);
    for (let part = list; part < end; part += PART_BYTES) {
      isEnough = v128.and(isEnough, f64x2.ge(v128.load(row(base + at, part)), none));
      v128.store(row(base + at, part + 8), none);
    }
    const enough = i64x2.bitmask(isEnough);
    if ((enough & 1) == 0) helpOne(party + at, list, end, base + at);
    if ((enough & 2) == 0) helpOne(party + at + 8, list, end, base + at + 8);
  }
}

// @ts-ignore: decorator
@inline
function shortage(base: usize, part: usize): f64 {
  return max<f64>(0, min<f64>(-load<f64>(row(base, part)), load<f64>(row(base, part + 4))));
}

/** The same in one draw: shortages up to the payments made, covered by what others have left, in proportion. */
function helpOne(party: usize, list: usize, end: usize, base: usize): void {
  let needed: f64 = 0;
  let offered: f64 = 0;
  for (let part = list; part < end; part += PART_BYTES) {
    needed += shortage(base, part);
    offered += max<f64>(0, load<f64>(row(base, part)));
  }
  const given = min<f64>(needed, offered);
  if (given == 0) return;
  let total: f64 = 0;
  for (let part = list; part < end; part += PART_BYTES) {
    const spare = max<f64>(0, load<f64>(row(base, part)));
    const received = (shortage(base, part) / needed) * given - (spare / offered) * given;
    store<f64>(row(base, part + 8), received);
    total += max<f64>(0, received);
  }
  for (let from = list; from < end; from += PART_BYTES) {
    const giving = load<f64>(row(base, from + 8));
    if (!(giving < 0)) continue;
    for (let to = list; to < end; to += PART_BYTES) {
      const taking = load<f64>(row(base, to + 8));
      if (!(taking > 0)) continue;
      const amount = (-giving * taking) / total;
      book(party, row(base, from + 12), amount);
      book(party, row(base, to + 12), -amount);
    }
  }
}

// @ts-ignore: decorator
@inline
function book(party: usize, sum: usize, amount: f64): void {
  store<f64>(party, load<f64>(party) + amount);
  store<f64>(sum, load<f64>(sum) + amount);
}

/** What the backstop of a purse awards, year by year. */
function award(
  kept: usize,
  result: usize,
  grant: usize,
  rows: usize,
  rules: usize,
  awarded: usize,
  history: i32,
  list: usize,
  base: usize,
  wide: usize,
  down: usize,
): void {
  const none = f64x2.splat(0);
  for (let row: usize = 0; row < rows; row++)
    for (let at: usize = 0; at < wide; at += 16) {
      const off = row * down + at;
      // Without a deficit, or a grant to relate it to, nothing opens.
      const opens = i64x2.bitmask(
        v128.and(
          f64x2.lt(v128.load(result + off), none),
          f64x2.gt(v128.load(grant + off), none),
        ),
      );
      v128.store(awarded + off, none);
      for (let lane: usize = 0; lane < 2; lane++)
        if (opens & (1 << <i32>lane)) {
          const one = at + (lane << 3);
          const amount = awardOne(result + one, grant + one, <i32>row, rules, history, list, base + one, down);
          store<f64>(awarded + off + (lane << 3), amount);
        }
      v128.store(kept + off, f64x2.add(v128.load(kept + off), v128.load(awarded + off)));
    }
}

/** The deficit of a year as a share of its grant; years before the start come first. */
function deficitShare(
  year: i32,
  result: usize,
  grant: usize,
  history: i32,
  list: usize,
  base: usize,
  down: usize,
): f64 {
  const own = resultOf(year, result, history, list, base, down);
  // The grants of the years before the start are not in the file: the first one stands for them.
  const whole =
    year < history ? load<f64>(row(base, list)) : load<f64>(grant + <usize>(year - history) * down);
  return whole > 0 ? max<f64>(0, -own) / whole : 0;
}

// @ts-ignore: decorator
@inline
function resultOf(year: i32, result: usize, history: i32, list: usize, base: usize, down: usize): f64 {
  if (year < history) return load<f64>(row(base, list + 4 + (<usize>year << 2)));
  return load<f64>(result + <usize>(year - history) * down);
}

/** Bytes of the rules of a backstop before its tiers. */
const RULES: usize = 64;

/** What is awarded on one year, in one draw. */
function awardOne(
  result: usize,
  grant: usize,
  row: i32,
  rules: usize,
  history: i32,
  list: usize,
  base: usize,
  down: usize,
): f64 {
  const last = history + row;
  const tiers = <i32>load<f64>(rules);
  const first = rules + RULES + (<usize>(row * tiers) << 4);
  const own = load<f64>(grant + <usize>row * down);
  const delta = deficitShare(last, result, grant, history, list, base, down);
  if (delta == 0) return 0;
  const lower = load<f64>(rules, 32);
  if (delta > lower && lower < load<f64>(first)) {
    const years = <i32>load<f64>(rules, 8);
    const share = load<f64>(rules, 24);
    let count: f64 = 0;
    for (let back = 1; back <= years; back++)
      if (
        last - back >= 0 &&
        deficitShare(last - back, result, grant, history, list, base, down) >= share
      )
        count += 1;
    if (count >= load<f64>(rules, 16)) return own * tierShare(first, tiers, lower, delta);
  }
  if (!(delta > load<f64>(first))) return 0;
  let deficits: f64 = 0;
  for (let year = max<i32>(0, last - <i32>load<f64>(rules, 40) + 1); year <= last; year++)
    deficits -= resultOf(year, result, history, list, base, down);
  if (!(deficits > load<f64>(rules, 48) * own)) return 0;
  return own * tierShare(first, tiers, load<f64>(first), delta);
}

/** Σ share_i · (min(δ, a_{i+1}) − a_i)⁺, if the first tier begins at `lowest`. */
function tierShare(first: usize, tiers: i32, lowest: f64, delta: f64): f64 {
  let sum: f64 = 0;
  let above = lowest;
  for (let tier = 0; tier < tiers; tier++) {
    const at = first + (<usize>tier << 4);
    const end = tier + 1 < tiers ? load<f64>(at, 16) : Infinity;
    sum += load<f64>(at, 8) * max<f64>(0, min<f64>(delta, end) - above);
    above = end;
  }
  return sum;
}

/** The part of amounts that falls to `own` of `all`. */
function allot(into: usize, a: usize, own: usize, rows: usize, all: usize, wide: usize, down: usize): void {
  for (let at: usize = 0; at < wide; at += 16) {
    const share = f64x2.div(v128.load(own + at), v128.load(all + at));
    const none = f64x2.eq(share, f64x2.splat(0));
    for (let off = at; off < rows * down; off += down)
      v128.store(into + off, v128.andnot(f64x2.mul(v128.load(a + off), share), none));
  }
}
