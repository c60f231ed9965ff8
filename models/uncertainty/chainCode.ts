/**
 * Writes how one pattern of moves carries distributions over the states, as a WebAssembly module: straight code for the
 * moves that there are, two draws in each vector, the distribution in local variables. A state is stored as soon as it is
 * summed, which keeps compilers from loading all chances first and running out of registers. A pattern is known only when
 * a case is open, so the code is written then, in the binary format of https://webassembly.github.io/spec/core/binary/.
 */
import type { ChainLayout, Sources } from "./chain.ts";

/**
 * Carries pairs of draws through cycles. Addresses are in bytes, those of the first pair; `kept` is where the occupancy of
 * the first cycle goes.
 */
export type CarryPairs = (
  state: number,
  next: number,
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
const HALF_TWICE = [0xfd, 0x0c, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f, 0, 0, 0, 0, 0, 0, 0xe0, 0x3f];

/** Does something as often as a local variable says, once at least. */
const repeat = (left: number, body: Bytes) => [
  ...[0x03, 0x40, ...body],
  ...[...get(left), 0x41, 1, 0x6b, ...tee(left), 0x0d, 0],
  0x0b,
];

/** Bytes of a number, and of a vector of two. */
const [NUMBER, VECTOR] = [8, 16];

/** The module of one pattern; it takes `memory` from `kernel`, and gives `carry` as CarryPairs. */
export function chainCode(
  { size, states, occupancyMode }: Pick<ChainLayout, "size" | "states" | "occupancyMode">,
  sources: Sources,
): Uint8Array {
  const [state, next, stay, chances, kept, pairs, cycles, place, left] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const share = (at: number) => 9 + at;
  const sum = share(states);
  const down = size * NUMBER;
  const all = Array.from({ length: states }, (_, at) => at);

  let chance = 0;
  const inflow = (from: number) => [
    ...[...get(share(from)), ...get(chances), ...load(chance++ * down)],
    ...[...MULTIPLY, ...ADD],
  ];
  const before = (to: number) => get(share(to));
  const occupied = (to: number) => {
    if (occupancyMode !== 0) return occupancyMode === 1 ? before(to) : get(sum);
    return [...before(to), ...get(sum), ...ADD, ...HALF_TWICE, ...MULTIPLY];
  };
  const column = (to: number) => [
    ...get(next),
    ...[...get(share(to)), ...get(stay), ...load(to * down), ...MULTIPLY],
    ...(sources[to] ?? []).flatMap(inflow),
    ...[...tee(sum), ...store(to * down)],
    ...[...get(place), ...occupied(to), ...store(to * down)],
  ];
  const take = (from: number) => all.flatMap((at) => [...get(from), ...load(at * down), ...set(share(at))]);
  const cycle = [...all.flatMap(column), ...take(next), ...raise(place, states * down)];
  const pair = [
    ...take(state),
    ...[...get(kept), ...set(place), ...get(cycles), ...set(left)],
    ...repeat(left, cycle),
    ...all.flatMap((at) => [...get(state), ...get(share(at)), ...store(at * down)]),
    ...[state, next, stay, chances, kept].flatMap((local) => raise(local, VECTOR)),
  ];
  const locals = list([
    [2, I32],
    [...whole(states + 1), V128],
  ]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[FUNCTION, ...list(Array.from({ length: 7 }, () => [I32])), ...list([])]]),
    ...section(2, [[...name("kernel"), ...name("memory"), MEMORY, 0, 0]]),
    ...section(3, [[0]]),
    ...section(7, [[...name("carry"), 0, 0]]),
    ...section(10, [sized([...locals, ...repeat(pairs, pair), 0x0b])]),
  ]);
}
