/** Both kernels give the same bits, and the compiled one is made of its source. */
import { describe, expect, it } from "vitest";
import { uniforms } from "../../../models/core/random.ts";
import { createTypeScriptKernel } from "../../../models/index.ts";
import { DrawSource, drawnParameters } from "../../../models/uncertainty/draws.ts";
import { CasePlan } from "../../../models/uncertainty/evaluation.ts";
import { Instruction, type Kernel, type KernelLayout } from "../../../models/uncertainty/kernel.ts";
import { KERNEL_BYTES } from "../../../models/uncertainty/kernelBytes.ts";
import { createWasmKernel } from "../../../models/uncertainty/kernelWasm.ts";
import { Steps } from "../../../models/uncertainty/sheet.ts";
import { modelOf, shippedCase, taskOf } from "./cases.ts";

/** A chain with moves from every state to every other, filled at random, in one kernel. */
function filled(kernel: Kernel, states: number, mode: number, spread: number): KernelLayout {
  const [cycles, perYear, years] = [25, 12, 2];
  const moves = states * (states - 1);
  let at = 0;
  const take = (length: number) => {
    const place = at;
    at += 2 * length;
    return place;
  };
  const places = {
    state: take(states),
    next: take(states),
    stay: take(states),
    chances: take(moves),
    lags: take(years * states),
    occupancy: take(cycles * states),
  };
  const layout: KernelLayout = {
    ...places,
    states,
    cycles,
    perYear,
    years,
    occupancyMode: mode,
    spread,
    from: 2 * at,
    starts: 2 * at + moves,
  };
  const random = uniforms(3, "kernel", 0, at);
  for (let place = 0; place < layout.lags; place += 1)
    kernel.numbers[place] = (random[place] as number) / states;
  let move = 0;
  for (let to = 0; to < states; to += 1) {
    kernel.indices[layout.starts + to] = move;
    for (let from = 0; from < states; from += 1)
      if (from !== to) {
        kernel.indices[layout.from + move] = from;
        move += 1;
      }
  }
  kernel.indices[layout.starts + states] = move;
  return layout;
}

describe("the compiled kernel", () => {
  it("is what its source compiles to", async () => {
    const { compileKernel } = await import(new URL("../../../cli/buildKernel.mjs", import.meta.url).href);
    expect([...KERNEL_BYTES]).toEqual([...(await compileKernel())]);
  });

  for (const states of [1, 2, 5, 8])
    for (const mode of [0, 1, 2])
      for (const spread of [0, 1])
        it(`gives the bits of its twin: ${states} states, mode ${mode}, spread ${spread}`, () => {
          const kernels = [createTypeScriptKernel(100_000), createWasmKernel(100_000)];
          const [slow, fast] = kernels.map((kernel) => {
            if (!kernel) throw new Error("no WebAssembly SIMD");
            const layout = filled(kernel, states, mode, spread);
            kernel.advance(layout, 0, 7);
            kernel.advance(layout, 7, layout.cycles);
            kernel.sumLags(layout);
            return [...kernel.numbers.slice(0, layout.occupancy + 2 * layout.cycles * states)];
          });
          expect(fast).toEqual(slow);
          expect(fast?.some((value) => value > 0)).toBe(true);
        });

  for (const count of [1, 8, 9])
    it(`adds ${count} blocks up in their order, and goes on after them`, () => {
      const [size, rows, lanes] = [12, 3, 10];
      const shape = { lanes, size, years: rows };
      const totals = [createTypeScriptKernel(100_000), createWasmKernel(100_000)].map((kernel) => {
        if (!kernel) throw new Error("no WebAssembly SIMD");
        const { numbers, indices } = kernel;
        numbers.set(uniforms(3, "blocks", 0, size * rows * count));
        const [into, copied, start] = [1_000, 2_000, 20_000];
        const places = Array.from({ length: count }, (_, block) => (count - 1 - block) * size * rows);
        const steps = new Steps();
        steps.total(into, places, rows);
        steps.push(Instruction.copy, copied, into, 0, rows);
        indices.set(steps.code, start);
        kernel.run(start, start + steps.code.length, shape);
        for (let row = 0; row < rows; row += 1)
          for (let lane = 0; lane < size; lane += 1) {
            const at = row * size + lane;
            const sum = places
              .slice(1)
              .reduce(
                (before, place) => before + (numbers[place + at] ?? 0),
                numbers[(places[0] ?? 0) + at] ?? 0,
              );
            expect(numbers[copied + at]).toBe(lane < lanes ? sum : 0);
          }
        return [...numbers.subarray(into, into + size * rows)];
      });
      expect(totals[1]).toEqual(totals[0]);
    });

  it("gives the same figures of a case, to the bit, also after its memory has grown", async () => {
    const task = await taskOf(modelOf(shippedCase()));
    const drawn = drawnParameters(task.model);
    const draws = new DrawSource(task.model, drawn, { draws: 9, seed: 2, sampling: "plain" }).columns(0, 9);
    const [slow, fast] = [createTypeScriptKernel, createWasmKernel].map((create) => {
      const plan = new CasePlan(task.model, task.runs, task.reference, (bytes) => {
        const kernel = create(bytes);
        if (!kernel) throw new Error("no WebAssembly SIMD");
        return kernel;
      });
      return plan.evaluate(draws);
    });
    expect(fast).toEqual(slow);
  });
});
