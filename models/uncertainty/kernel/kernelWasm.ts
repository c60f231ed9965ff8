import { ROUNDING } from "../../results/afterTransfers.ts";
import type { ChainLayout, Sources } from "./chain.ts";
import { type CarryPairs, chainCode, type FollowPairs } from "./chainCode.ts";
import type { KeepLayout, KeepStretch } from "./keep.ts";
import type { Kernel, Lanes, LeavingLayout } from "./kernel.ts";
import { createTypeScriptKernel, LANES } from "./kernel.ts";
import { KERNEL_BYTES } from "./kernelBytes.ts";
import type { MomentsLayout } from "./moments.ts";
import type { SampleLayout } from "./orderStatistics.ts";

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What the compiled kernel gives: pointers are in bytes (assembly/kernel.ts). */
interface KernelExports {
  readonly memory: Memory;
  chances(
    list: number,
    count: number,
    stay: number,
    total: number,
    perYear: number,
    isRate: number,
    base: number,
    pairs: number,
  ): void;
  renew(course: number, cycle: number, pairs: number, base: number): number;
  run(
    start: number,
    end: number,
    base: number,
    lanes: number,
    size: number,
    years: number,
    rounding: number,
  ): void;
  keep(
    rows: number,
    leaders: number,
    strays: number,
    count: number,
    room: number,
    down: number,
    isNarrow: number,
    base: number,
    draws: number,
  ): number;
  pack(leaders: number, count: number, room: number, down: number, wide: number): number;
  orderStatistics(
    values: number,
    isNarrow: number,
    count: number,
    ranks: number,
    wanted: number,
    into: number,
    room: number,
  ): number;
  moments(values: number, count: number, bound: number, into: number): void;
}

/** The part of WebAssembly that is used; part of the language's engine, though not of its standard. */
interface Engine {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new <Exports>(
    module: object,
    imports?: { readonly kernel: Pick<KernelExports, "memory" | "renew"> },
  ) => { readonly exports: Exports };
}

declare const WebAssembly: Engine | undefined;

const [PAGE, NUMBER, INDEX] = [65_536, 8, 4];

/** Numbers begin here: what lies below is the module's own. */
const BASE = 4096;

const number = (place: number) => BASE + place * NUMBER;
const index = (place: number) => BASE + place * INDEX;

/** Bytes in which a number is kept. */
const keptBytes = ({ isNarrow }: KeepLayout) => (isNarrow ? NUMBER / 2 : NUMBER);

/** What the code of a pattern gives. */
interface ChainExports {
  readonly carry: CarryPairs;
  readonly follow: FollowPairs;
}

/** Makes chains over the memory of a kernel; patterns that are the same share their code. */
function chainsOver(kernel: KernelExports, { Instance, Module }: Engine): Kernel["chain"] {
  const known = new Map<string, ChainExports>();
  const codeOf = (layout: ChainLayout, sources: Sources): ChainExports => {
    const key = JSON.stringify([layout.size, layout.occupancyMode, sources]);
    const module = () => new Module(chainCode(layout, sources));
    const code = known.get(key) ?? new Instance<ChainExports>(module(), { kernel }).exports;
    known.set(key, code);
    return code;
  };
  return (layout, sources) => {
    const { size, states, cycles } = layout;
    const { carry, follow } = codeOf(layout, sources);
    const [state, stay, chances] = [number(layout.state), number(layout.stay), number(layout.chances)];
    const kept = (cycle: number) => number(layout.occupancy + cycle * states * size);
    return {
      advance: (from, to, lanes) => carry(state, stay, chances, kept(from), lanes / LANES, to - from),
      follow: (course, mask, lanes) =>
        follow(index(course), mask, BASE, state, stay, chances, kept(0), lanes / LANES, cycles),
    };
  };
}

/** The compiled kernel; null where WebAssembly or its SIMD is missing or forbidden. */
export function createWasmKernel(bytes: number): Kernel | null {
  if (typeof WebAssembly === "undefined") return null;
  try {
    if (!WebAssembly.validate(KERNEL_BYTES)) return null;
    const { exports } = new WebAssembly.Instance<KernelExports>(new WebAssembly.Module(KERNEL_BYTES));
    const { memory, chances, renew, run, keep, pack, orderStatistics, moments } = exports;
    const missing = BASE + bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    const numbers = new Float64Array(memory.buffer, BASE, Math.floor(bytes / NUMBER));
    const indices = new Int32Array(memory.buffer, BASE, Math.floor(bytes / INDEX));
    return {
      name: "wasm",
      numbers,
      indices,
      chain: chainsOver(exports, WebAssembly),
      chances: ({ list, moves, stay, total, perYear, isRate }: LeavingLayout, pairs: number) =>
        chances(index(list), moves, number(stay), number(total), perYear, isRate ? 1 : 0, BASE, pairs),
      renew: (course: number, cycle: number, pairs: number) => renew(index(course), cycle, pairs, BASE),
      run: (start: number, end: number, { lanes, size, years }: Lanes) =>
        run(index(start), index(end), BASE, lanes, size, years, ROUNDING),
      keep: (layout: KeepLayout, { from, count, at }: KeepStretch) => {
        const bytes = keptBytes(layout);
        return keep(
          index(layout.rows),
          index(layout.leaders),
          index(layout.strays),
          layout.count,
          number(layout.room) + at * bytes,
          layout.draws * bytes,
          layout.isNarrow ? 1 : 0,
          number(from),
          count,
        );
      },
      pack: (layout: KeepLayout, filled: number) => {
        const bytes = keptBytes(layout);
        const { leaders, count, room, draws } = layout;
        return pack(index(leaders), count, number(room), draws * bytes, filled * bytes);
      },
      orderStatistics: ({ values, isNarrow, ranks, wanted, into, room }: SampleLayout, count: number) =>
        orderStatistics(
          number(values),
          isNarrow ? 1 : 0,
          count,
          index(ranks),
          wanted,
          number(into),
          number(room),
        ),
      moments: ({ values, into }: MomentsLayout, count: number, bound: number) =>
        moments(number(values), count, bound, number(into)),
    };
  } catch {
    return null;
  }
}

/** The fastest kernel there is here. All give the same bits. */
export function createKernel(bytes: number): Kernel {
  return createWasmKernel(bytes) ?? createTypeScriptKernel(bytes);
}
