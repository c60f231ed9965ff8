/** The kernel: both forms side by side, and per chain and cycle against the reference figure of hand-vectorised C++. */
import { createTypeScriptKernel } from "../../models/index.ts";
import { BLOCK } from "../../models/uncertainty/evaluation.ts";
import type { Kernel, KernelLayout } from "../../models/uncertainty/kernel.ts";
import { createWasmKernel } from "../../models/uncertainty/kernelWasm.ts";
import { print, sideBySide } from "./measure.ts";

const [STATES, CYCLES, PER_YEAR, CHAINS] = [8, 120, 12, 20_000];

/** Draws side by side, as in a simulation. */
const SIZE = BLOCK;

/** C++ AVX2 + FMA, one thread of the reference machine: 0.53 to 0.63 s for 960,000 chains of 120 cycles of 8 states. */
const REFERENCE = 0.58e9 / (960_000 * 120);

/** Chains of dense matrices that change at the years 1 and 3. */
function chains(kernel: Kernel): () => void {
  let at = 0;
  const take = (length: number) => {
    const place = at;
    at += SIZE * length;
    return place;
  };
  const moves = STATES * (STATES - 1);
  const places = {
    state: take(STATES),
    next: take(STATES),
    stay: take(STATES),
    chances: take(moves),
    lags: take((CYCLES / PER_YEAR) * STATES),
    occupancy: take(CYCLES * STATES),
  };
  const layout: KernelLayout = {
    ...places,
    size: SIZE,
    states: STATES,
    cycles: CYCLES,
    perYear: PER_YEAR,
    years: CYCLES / PER_YEAR,
    occupancyMode: 0,
    spread: 1,
    from: 2 * at,
    starts: 2 * at + moves,
  };
  const { numbers, indices } = kernel;
  let move = 0;
  for (let to = 0; to < STATES; to += 1) {
    indices[layout.starts + to] = move;
    for (let from = 0; from < STATES; from += 1)
      if (from !== to) {
        indices[layout.from + move] = from;
        move += 1;
      }
  }
  indices[layout.starts + STATES] = move;
  numbers.fill(1 - 0.005 * (STATES - 1), layout.stay, layout.stay + SIZE * STATES);
  numbers.fill(0.005, layout.chances, layout.chances + SIZE * moves);
  return () => {
    for (let chain = 0; chain < CHAINS; chain += SIZE) {
      numbers.fill(1 / STATES, layout.state, layout.state + SIZE * STATES);
      kernel.advance(layout, 0, 12, SIZE);
      kernel.advance(layout, 12, 36, SIZE);
      kernel.advance(layout, 36, CYCLES, SIZE);
      kernel.sumLags(layout);
    }
  };
}

export function kernel(): void {
  const bytes = 1_000_000;
  const compiled = createWasmKernel(bytes);
  if (!compiled) throw new Error("no WebAssembly SIMD");
  const [fast, slow] = sideBySide(chains(compiled), chains(createTypeScriptKernel(bytes)), 9);
  const each = (milliseconds: number) => (milliseconds * 1e6) / (CHAINS * CYCLES);
  print(`Kernel, ${STATES} states, every move possible: ns per chain and cycle, one thread`);
  print(
    `  compiled           ${each(fast).toFixed(1)} ns, ${(each(fast) / REFERENCE).toFixed(1)} × C++ as recorded (${REFERENCE.toFixed(1)} ns; goal ≤ 4)`,
  );
  print(
    `  twin               ${each(slow).toFixed(1)} ns, ${(slow / fast).toFixed(2)} × compiled (goal ≤ 2.5)`,
  );
}
