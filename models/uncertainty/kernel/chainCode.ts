/**
 * Writes how one pattern of moves carries distributions over the states, as a WebAssembly module: straight code for the
 * moves that there are, two draws in each vector, the distribution in local variables. States come in an order in which
 * most can be replaced at once, since no later one needs what they were. Occupancy is stored as soon as it is known, which
 * keeps compilers from loading all chances first and running out of registers. A pattern is known only when a case is open,
 * so the code is written then, in the binary format of https://webassembly.github.io/spec/core/binary/.
 */
import type { ChainLayout, Sources } from "./chain.ts";

/**
 * Carries pairs of draws through cycles. Addresses are in bytes, those of the first pair; `kept` is where the occupancy of
 * the first cycle goes.
 */
export type CarryPairs = (
  state: number,
  stay: number,
  chances: number,
  kept: number,
  pairs: number,
  cycles: number,
) => void;

/**
 * Carries pairs of draws through a course of so many cycles: each time after `renew` has worked out, in the pairs of `mask`,
 * the chances that hold from there on. Addresses are in bytes; `base` is where numbers begin.
 */
export type FollowPairs = (
  course: number,
  mask: number,
  base: number,
  state: number,
  stay: number,
  chances: number,
  kept: number,
  pairs: number,
  cycles: number,
) => void;

type Bytes = readonly number[];

/** A whole number from 0 on in groups of seven bits, which reads the same with a sign and without. */
function whole(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...whole(value >>> 7)];
}

const list = (items: readonly Bytes[]) => [...whole(items.length), ...items.flat()];
const sized = (bytes: Bytes) => [...whole(bytes.length), ...bytes];
const name = (text: string) => sized([...text].map((letter) => letter.charCodeAt(0)));
const section = (id: number, items: readonly Bytes[]) => [id, ...sized(list(items))];

const [I32, V128, FUNCTION, MEMORY] = [0x7f, 0x7b, 0x60, 0x02];

const get = (local: number) => [0x20, ...whole(local)];
const set = (local: number) => [0x21, ...whole(local)];
const tee = (local: number) => [0x22, ...whole(local)];
const raise = (local: number, by: number) => [...get(local), 0x41, ...whole(by), 0x6a, ...set(local)];

/** Vectors at an address that stands before; numbers begin at a multiple of 2³ bytes. */
const load = (offset: number) => [0xfd, 0x00, 3, ...whole(offset)];
const store = (offset: number) => [0xfd, 0x0b, 3, ...whole(offset)];
const ADD = [0xfd, 0xf0, 0x01];
const MULTIPLY = [0xfd, 0xf2, 0x01];
const DROP = 0x1a;

/** Does something as often as a local variable says, once at least. */
const repeat = (left: number, body: Bytes) => [
  ...[0x03, 0x40, ...body],
  ...[...get(left), 0x41, 1, 0x6b, ...tee(left), 0x0d, 0],
  0x0b,
];

const call = (code: number) => [0x10, ...whole(code)];
const [LESS, PLUS, MINUS, TIMES, AGAIN] = [[0x48], [0x6a], [0x6b], [0x6c], [0x0d, 0]];

/** The functions of a module, in their order: the first is the kernel's. */
const [RENEW, CARRY, FOLLOW] = [0, 1, 2];

/** Bytes of a number, and of a vector of two. */
const [NUMBER, VECTOR] = [8, 16];

/** A state whose share is replaced; it waits where others that come later still need what it was. */
interface Replaced {
  readonly to: number;
  readonly waits: boolean;
}

/** In which order shares are replaced: each time one that the fewest of the others still need. */
function replacing(sources: Sources): Replaced[] {
  const left = new Set(sources.keys());
  const needed = (from: number) =>
    [...left].filter((to) => to !== from && sources[to]?.includes(from)).length;
  const order: Replaced[] = [];
  while (left.size > 0) {
    const to = [...left].reduce((best, state) => (needed(state) < needed(best) ? state : best));
    order.push({ to, waits: needed(to) > 0 });
    left.delete(to);
  }
  return order;
}

/** What FollowPairs does; `down` are the bytes of the occupancy of a cycle. */
function following(down: number): Bytes {
  const [course, mask, base, state, stay, chances, kept, pairs, cycles, cycle, end] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ] as const;
  const passed = [...get(end), ...get(cycle), ...MINUS];
  return [
    ...[0x03, 0x40],
    ...[course, cycle, mask, base].flatMap(get),
    ...[...call(RENEW), ...set(end)],
    ...[state, stay, chances, kept, pairs].flatMap(get),
    ...[...passed, ...call(CARRY)],
    ...[...get(kept), ...passed, 0x41, ...whole(down), ...TIMES, ...PLUS, ...set(kept)],
    ...[...get(end), ...tee(cycle), ...get(cycles), ...LESS, ...AGAIN],
    0x0b,
  ];
}

/**
 * The module of one pattern; it takes `memory` and `renew` from `kernel`, and gives `carry` as CarryPairs and `follow` as
 * FollowPairs.
 */
export function chainCode(
  { size, states, occupancyMode }: Pick<ChainLayout, "size" | "states" | "occupancyMode">,
  sources: Sources,
): Uint8Array {
  const [state, stay, chances, kept, pairs, cycles, place, left] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const share = (at: number) => 8 + at;
  const later = (at: number) => share(states) + at;
  const down = size * NUMBER;
  const all = Array.from({ length: states }, (_, at) => at);
  const order = replacing(sources);
  const waiting = order.flatMap(({ to, waits }) => (waits ? [to] : []));
  const firstChances = sources.map((_, to) => sources.slice(0, to).flat().length);

  const inflow = (to: number) => (from: number, at: number) => [
    ...[...get(share(from)), ...get(chances), ...load(((firstChances[to] as number) + at) * down)],
    ...[...MULTIPLY, ...ADD],
  ];
  const column = ({ to, waits }: Replaced) => {
    const after = [
      ...[...get(share(to)), ...get(stay), ...load(to * down), ...MULTIPLY],
      ...(sources[to] ?? []).flatMap(inflow(to)),
      ...tee(waits ? later(waiting.indexOf(to)) : share(to)),
    ];
    const before = get(share(to));
    const mid = [...before, ...after, ...ADD];
    const occupied = [mid, [...before, ...after, DROP], after][occupancyMode] ?? after;
    return [...get(place), ...occupied, ...store(to * down)];
  };
  const replaced = waiting.flatMap((to, at) => [...get(later(at)), ...set(share(to))]);
  const cycle = [...order.flatMap(column), ...replaced, ...raise(place, states * down)];
  const pair = [
    ...all.flatMap((at) => [...get(state), ...load(at * down), ...set(share(at))]),
    ...[...get(kept), ...set(place), ...get(cycles), ...set(left)],
    ...repeat(left, cycle),
    ...all.flatMap((at) => [...get(state), ...get(share(at)), ...store(at * down)]),
    ...[state, stay, chances, kept].flatMap((local) => raise(local, VECTOR)),
  ];
  const code = (body: Bytes, ...locals: readonly Bytes[]) => sized([...list(locals), ...body, 0x0b]);
  const numbers = (count: number) => list(Array.from({ length: count }, () => [I32]));
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [
      [FUNCTION, ...numbers(4), ...numbers(1)],
      [FUNCTION, ...numbers(6), ...numbers(0)],
      [FUNCTION, ...numbers(9), ...numbers(0)],
    ]),
    ...section(2, [
      [...name("kernel"), ...name("memory"), MEMORY, 0, 0],
      [...name("kernel"), ...name("renew"), 0, RENEW],
    ]),
    ...section(3, [[CARRY], [FOLLOW]]),
    ...section(7, [
      [...name("carry"), 0, CARRY],
      [...name("follow"), 0, FOLLOW],
    ]),
    ...section(10, [
      code(repeat(pairs, pair), [2, I32], [...whole(states + waiting.length), V128]),
      code(following(states * down), [2, I32]),
    ]),
  ]);
}
