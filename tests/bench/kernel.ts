/** The kernel: both forms in turns with hand-vectorised C++, per chain and cycle. */
import { createTypeScriptKernel } from "../../models/index.ts";
import type { ChainLayout } from "../../models/uncertainty/kernel/chain.ts";
import { Instruction, type Kernel } from "../../models/uncertainty/kernel/kernel.ts";
import { createWasmKernel } from "../../models/uncertainty/kernel/kernelWasm.ts";
import { BLOCK } from "../../models/uncertainty/plan/evaluation.ts";
import { Steps } from "../../models/uncertainty/plan/sheet.ts";
import { inTurns, print, processor } from "./measure.ts";
import { RECORDED, reference } from "./reference.ts";

const [STATES, CYCLES, PER_YEAR, CHAINS] = [8, 120, 12, 20_000];

/** Draws side by side, as in a simulation. */
const SIZE = BLOCK;

/** From which cycle on each matrix of a chain holds. */
const MATRICES = [0, 12, 36];

/** How the chances of a matrix come about: they stand already, are probabilities times a factor, or follow from rates. */
type Chances = "standing" | "probabilities" | "rates";

/** Chains with three dense matrices each, their occupancy and their years since entry. */
function chains(kernel: Kernel, chances: Chances): () => void {
  let at = 0;
  const take = (length: number) => {
    const place = at;
    at += SIZE * length;
    return place;
  };
  const states = Array.from({ length: STATES }, (_, state) => state);
  const sources = states.map((to) => states.filter((from) => from !== to));
  const moves = sources.flatMap((from, to) => from.map((source) => ({ from: source, to })));
  const layout: ChainLayout = {
    size: SIZE,
    states: STATES,
    cycles: CYCLES,
    occupancyMode: 0,
    state: take(STATES),
    stay: take(STATES),
    chances: take(moves.length),
    occupancy: take(CYCLES * STATES),
  };
  const { numbers, indices } = kernel;
  const total = take(1);
  const personYears = take((3 * STATES * CYCLES) / PER_YEAR);
  const factors = take(STATES);
  const bases = MATRICES.map(() => take(moves.length));
  const perYear = chances === "rates" ? PER_YEAR : 1;
  for (const [matrix, base] of bases.entries())
    numbers.fill((0.005 + 0.001 * matrix) * perYear, base, base + SIZE * moves.length);
  for (let draw = 0; draw < SIZE * STATES; draw += 1) numbers[factors + draw] = 1 + 0.01 * (draw % SIZE);
  let list = 2 * at;
  const leaving = bases.map((base) =>
    states.map((state) => {
      const rows = moves.flatMap(({ from }, move) =>
        from === state ? [base + SIZE * move, factors + SIZE * state, layout.chances + SIZE * move] : [],
      );
      indices.set(rows, list);
      list += rows.length;
      return {
        list: list - rows.length,
        moves: rows.length / 3,
        stay: layout.stay + SIZE * state,
        total,
        perYear,
        isRate: chances === "rates",
      };
    }),
  );
  const renew = (matrix: number) => {
    for (const state of leaving[matrix] ?? []) kernel.chances(state, 2 ** (SIZE / 2) - 1);
  };
  const years = CYCLES / PER_YEAR;
  const steps = new Steps();
  for (const state of states)
    steps.push(
      Instruction.personYears,
      personYears + 3 * state * years * SIZE,
      layout.occupancy + state * SIZE,
      0,
      years,
      STATES,
      PER_YEAR + 256,
    );
  indices.set(steps.code, list);
  renew(0);
  const chain = kernel.chain(layout, sources);
  return () => {
    for (let done = 0; done < CHAINS; done += SIZE) {
      numbers.fill(1 / STATES, layout.state, layout.state + SIZE * STATES);
      for (const [matrix, first] of MATRICES.entries()) {
        if (chances !== "standing") renew(matrix);
        chain.advance(first, MATRICES[matrix + 1] ?? CYCLES, SIZE);
      }
      kernel.run(list, list + steps.code.length, { lanes: SIZE, size: SIZE, years });
    }
  };
}

const each = (work: () => void) => () => (processor(work) * 1e6) / (CHAINS * CYCLES);

export function kernel(): void {
  const bytes = 2_000_000;
  const compiled = (chances: Chances) => {
    const made = createWasmKernel(bytes);
    if (!made) throw new Error("no WebAssembly SIMD");
    return each(chains(made, chances));
  };
  const twin = (chances: Chances) => each(chains(createTypeScriptKernel(bytes), chances));
  const cpp = reference();
  const works: [string, Chances][] = [
    ["as they stand", "standing"],
    ["probabilities × factor, as in C++", "probabilities"],
    ["from rates, with an exponent", "rates"],
  ];
  const measured = inTurns(
    [cpp ?? (() => RECORDED), ...works.flatMap(([, chances]) => [compiled(chances), twin(chances)])],
    9,
  );
  const [against = RECORDED] = measured;
  print(
    `Kernel, ${STATES} states, every move possible, three matrices per chain: ns of processor per chain and cycle`,
  );
  print(
    `  C++, ${cpp ? "in turns with the others" : "as recorded"}: ${against.toFixed(1)} (recorded ${RECORDED.toFixed(1)})`,
  );
  for (const [index, [name]] of works.entries()) {
    const [fast, slow] = measured.slice(1 + 2 * index) as [number, number];
    print(
      `  chances ${name}: compiled ${fast.toFixed(1)}, ${(fast / against).toFixed(2)} × C++ (goal ≤ 4); twin ${slow.toFixed(1)}, ${(slow / fast).toFixed(2)} × compiled (goal ≤ 2.5)`,
    );
  }
}
