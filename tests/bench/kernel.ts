/** The kernel: both forms side by side, and per chain and cycle against the reference figure of hand-vectorised C++. */
import { createTypeScriptKernel } from "../../models/index.ts";
import type { ChainLayout } from "../../models/uncertainty/chain.ts";
import { BLOCK } from "../../models/uncertainty/evaluation.ts";
import type { Kernel } from "../../models/uncertainty/kernel.ts";
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
  const layout: ChainLayout = {
    ...places,
    size: SIZE,
    states: STATES,
    cycles: CYCLES,
    perYear: PER_YEAR,
    years: CYCLES / PER_YEAR,
    occupancyMode: 0,
    spread: 1,
  };
  const { numbers } = kernel;
  const states = Array.from({ length: STATES }, (_, state) => state);
  const chain = kernel.chain(
    layout,
    states.map((to) => states.filter((from) => from !== to)),
  );
  numbers.fill(1 - 0.005 * (STATES - 1), layout.stay, layout.stay + SIZE * STATES);
  numbers.fill(0.005, layout.chances, layout.chances + SIZE * moves);
  return () => {
    for (let done = 0; done < CHAINS; done += SIZE) {
      numbers.fill(1 / STATES, layout.state, layout.state + SIZE * STATES);
      chain.advance(0, 12, SIZE);
      chain.advance(12, 36, SIZE);
      chain.advance(36, CYCLES, SIZE);
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
