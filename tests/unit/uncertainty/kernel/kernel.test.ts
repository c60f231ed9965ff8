/** Both kernels give the same bits, and the compiled one is made of its source. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exp } from "../../../../models/core/elementaryFunctions.ts";
import { apply, Op } from "../../../../models/core/program.ts";
import { randomKey, uniforms } from "../../../../models/core/random.ts";
import {
  betaQuantileLogit,
  COEFFICIENTS,
  STRETCHES,
  stretchPlace,
} from "../../../../models/core/specialFunctions.ts";
import { createTypeScriptKernel, type Model } from "../../../../models/index.ts";
import { DrawSource, drawnParameters } from "../../../../models/uncertainty/draws.ts";
import type { ChainLayout, Sources } from "../../../../models/uncertainty/kernel/chain.ts";
import { Instruction, type Kernel } from "../../../../models/uncertainty/kernel/kernel.ts";
import { KERNEL_BYTES } from "../../../../models/uncertainty/kernel/kernelBytes.ts";
import { CasePlan, type Evaluated } from "../../../../models/uncertainty/plan/evaluation.ts";
import { Steps } from "../../../../models/uncertainty/plan/sheet.ts";
import { caseWith, modelOf, shippedCase, taskOf } from "../cases.ts";
import { createCompiledKernel } from "../kernels.ts";

/** Draws in a row, and how many of them are carried. */
const [SIZE, CARRIED] = [6, 4];

/** Moves from every state to every other. */
const everyMove = (states: number): Sources => {
  const all = Array.from({ length: states }, (_, state) => state);
  return all.map((to) => all.filter((from) => from !== to));
};

/** Moves to the next state, to the last, and from the last to the second: into the first there is none. */
const fewMoves = (states: number): Sources =>
  everyMove(states).map((others, to) =>
    others.filter(
      (from) => to === from + 1 || (to === states - 1 && from > 0) || (to === 1 && from === states - 1),
    ),
  );

/** The numbers that are left of a chain that is filled at random and carried in two stretches. */
function carried(kernel: Kernel, sources: Sources, mode: number): number[] {
  const states = sources.length;
  const cycles = 25;
  let at = 0;
  const take = (rows: number) => {
    const place = at;
    at += SIZE * rows;
    return place;
  };
  const layout: ChainLayout = {
    size: SIZE,
    states,
    cycles,
    occupancyMode: mode,
    state: take(states),
    stay: take(states),
    chances: take(sources.flat().length),
    occupancy: take(cycles * states),
  };
  const random = uniforms(3, "kernel", 0, layout.occupancy);
  for (let place = 0; place < layout.occupancy; place += 1)
    kernel.numbers[place] = (random[place] as number) / states;
  // Of chances that add up to 1 but for rounding, less than nothing may be left.
  kernel.numbers[layout.state] = 0;
  kernel.numbers[layout.stay] = -1e-16;
  const chain = kernel.chain(layout, sources);
  chain.advance(0, 7, CARRIED);
  chain.advance(7, cycles, CARRIED);
  return [...kernel.numbers.slice(0, at)];
}

/** Numbers at the edges of every operation. */
const EDGES = [
  [0, -0, 1, -1, 0.5, -0.5, 2.5, -2.5, 0.49999999999999994, 3, -3, 4097, -4098, 1e-310, 1e300, -1e300],
  [0.1, 1 / 3, -0.7, 700, 710, -746, 1e-9, Number.MAX_VALUE, Number.MIN_VALUE, Number.POSITIVE_INFINITY],
  [Number.NEGATIVE_INFINITY, Number.NaN],
].flat();

/** Runs one instruction over rows that are filled one after the other. */
function ran(kernel: Kernel, rows: readonly (readonly number[])[], words: number[]): Float64Array {
  const size = rows[0]?.length ?? 0;
  for (const [at, row] of rows.entries()) kernel.numbers.set(row, at * size);
  const start = 2 * rows.length * size;
  kernel.indices.set(words, start);
  kernel.run(start, start + words.length, { lanes: size, size, years: 1 });
  return kernel.numbers.slice(0, rows.length * size);
}

/** What is left of rates and chances of three moves in fourteen draws, worked out for some pairs; in the last there is no rate. */
function chancesOf(kernel: Kernel, isRate: boolean, pairs: number): number[] {
  const draws = 14;
  const [rates, factors, chances] = [0, 3 * draws, 6 * draws];
  const [stay, total, end] = [9 * draws, 10 * draws, 11 * draws];
  kernel.numbers.set(uniforms(5, "chances", 0, end));
  for (let move = 0; move < 3; move += 1) kernel.numbers[rates + (move + 1) * draws - 1] = 0;
  const list = 2 * end;
  for (let move = 0; move < 3; move += 1)
    kernel.indices.set(
      [rates, factors, chances].map((row) => row + move * draws),
      list + 3 * move,
    );
  kernel.chances({ list, moves: 3, stay, total, perYear: 12, isRate }, pairs);
  return [...kernel.numbers.slice(0, end)];
}

/** Nine draws of a case, in the twin and in the compiled kernel. */
async function evaluated(model: Model): Promise<Evaluated[]> {
  const task = await taskOf(model);
  const drawn = drawnParameters(task.model);
  const draws = new DrawSource(task.model, drawn, { draws: 9, seed: 2, sampling: "plain" }).columns(0, 9);
  return [createTypeScriptKernel, createCompiledKernel].map((create) => {
    const plan = new CasePlan(task.model, task.runs, task.reference, create);
    return plan.evaluate(draws);
  });
}

describe("the compiled kernel", () => {
  it("is what its source compiles to", async () => {
    const { compileKernel } = await import(new URL("../../../../cli/buildKernel.mjs", import.meta.url).href);
    expect([...KERNEL_BYTES]).toEqual([...(await compileKernel())]);
  });

  it("has a twin whose straight code is what its generator writes", async () => {
    const { straightModule } = await import(new URL("../../../../cli/buildKernel.mjs", import.meta.url).href);
    const written = readFileSync(
      new URL("../../../../models/uncertainty/kernel/straightChains.ts", import.meta.url),
      "utf8",
    );
    expect(written).toBe(straightModule());
  });

  for (const states of [1, 2, 5, 8, 12, 14])
    for (const mode of [0, 1, 2])
      it(`gives the bits of its twin: ${states} states, mode ${mode}`, () => {
        for (const sources of [everyMove(states), fewMoves(states)]) {
          const slow = carried(createTypeScriptKernel(100_000), sources, mode);
          const fast = carried(createCompiledKernel(100_000), sources, mode);
          expect(fast).toEqual(slow);
          expect(fast.filter((value) => value > 0).length).toBeGreaterThan(fast.length / 4);
        }
      });

  for (const count of [1, 8, 9])
    it(`adds ${count} blocks up in their order, and goes on after them`, () => {
      const [size, rows, lanes] = [12, 3, 10];
      const shape = { lanes, size, years: rows };
      const totals = [createTypeScriptKernel(100_000), createCompiledKernel(100_000)].map((kernel) => {
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

  for (const count of [0, 1, 5, 9])
    it(`balances ${count} blocks in their order, and goes on after them`, () => {
      const [size, rows, lanes] = [12, 3, 10];
      const found = [createTypeScriptKernel(100_000), createCompiledKernel(100_000)].map((kernel) => {
        const { numbers, indices } = kernel;
        numbers.set(uniforms(3, "blocks", 0, size * rows * count));
        // What is 0 less 0 is 0 too, not −0.
        numbers.fill(-0, 0, 3);
        const [into, copied, start] = [1_000, 2_000, 20_000];
        numbers.fill(7, into, into + size * rows);
        const places = Array.from({ length: count }, (_, block) => (count - 1 - block) * size * rows);
        const steps = new Steps();
        const words = places.map((place, at) => (at % 3 === 1 ? ~place : place));
        steps.listed(Instruction.balance, into, count, 0, rows, words);
        steps.push(Instruction.copy, copied, into, 0, rows);
        indices.set(steps.code, start);
        kernel.run(start, start + steps.code.length, { lanes, size, years: rows });
        for (let row = 0; row < rows; row += 1)
          for (let lane = 0; lane < size; lane += 1) {
            const at = row * size + lane;
            let sum = 0;
            for (const [block, place] of places.entries())
              sum += (block % 3 === 1 ? -1 : 1) * (numbers[place + at] as number);
            expect(numbers[into + at]).toBe(lane < lanes ? sum : 7);
            expect(numbers[copied + at]).toBe(lane < lanes ? sum : 0);
          }
        return [...numbers.subarray(into, into + size * rows)];
      });
      expect(found[1]).toEqual(found[0]);
    });

  for (const [name, op] of Object.entries(Op).filter(([, op]) => op >= Op.Add))
    it(`applies the operation ${name} as formulas do`, () => {
      const pairs = EDGES.flatMap((a) => EDGES.map((b) => [a, b] as const));
      const [a, b] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
      const condition = pairs.map((_, at) => EDGES[at % EDGES.length] as number);
      const size = pairs.length;
      const words = [Instruction.apply, 0, size, 2 * size, 1, 3 * size, op, 0];
      for (const create of [createTypeScriptKernel, createCompiledKernel]) {
        const found = ran(create(1_000_000), [new Array(size).fill(7), a, b, condition], words);
        for (const [at, [first, second]] of pairs.entries()) {
          const value = op === Op.Select ? (condition[at] ? first : second) : apply(op, first, second);
          expect([first, second, found[at]]).toEqual([first, second, value]);
        }
      }
    });

  it("renews a row: tells whether a bit changed, and which values are wrong", () => {
    const before = [1, 2, -3, 0, 5, 6];
    const wrongBefore = [0, 0, 0, 0, 1, 0];
    for (const create of [createTypeScriptKernel, createCompiledKernel])
      for (const [now, least, changed, wrong] of [
        [before, -Number.MAX_VALUE, 0, wrongBefore],
        [before, 0, 0, [0, 0, 1, 0, 1, 0]],
        [before, Number.MIN_VALUE, 0, [0, 0, 1, 1, 1, 0]],
        [[1, 2, -3, -0, 5, 6], 0, 1, [0, 0, 1, 0, 1, 0]],
        [[1, 2, 3, Number.NaN, 5, Number.POSITIVE_INFINITY], 0, 1, [0, 0, 0, 1, 1, 1]],
        [[1, 2, 3, 4, Number.NEGATIVE_INFINITY, 7], -Number.MAX_VALUE, 1, [0, 0, 0, 0, 1, 0]],
      ] as const) {
        const plain = [9, least, 12, 0, 0, 0];
        const found = ran(
          create(10_000),
          [before, now, wrongBefore, plain],
          [Instruction.renew, 0, 6, 19, 1, 18, 12, 20],
        );
        expect([...found.subarray(0, 6)]).toEqual([...now]);
        expect([...found.subarray(12, 18)]).toEqual([...wrong]);
        expect(found[18]).toBe(changed ? 12 : 9);
      }
  });

  it("gives the uniform numbers of a name and a seed", () => {
    for (const seed of [0, 1, 2 ** 32 - 1, 2 ** 53 - 1])
      for (const first of [0, 31, 999_990])
        for (const size of [2, 6, 8]) {
          const rows = [randomKey(seed, "prijs"), [first, 0, 0, 0]];
          const key = Array.from({ length: Math.ceil(8 / size) }, (_, row) =>
            Array.from({ length: size }, (_, at) => rows.flat()[row * size + at] ?? 0),
          );
          const into = key.length * size;
          for (const create of [createTypeScriptKernel, createCompiledKernel]) {
            const found = ran(
              create(10_000),
              [...key, new Array(size).fill(7), new Array(size).fill(7)],
              [Instruction.uniforms, into, 0, 4, 1, 0, 0, 0],
            );
            expect(found.subarray(into, into + size)).toEqual(uniforms(seed, "prijs", first, size));
            // Nothing is written beside the row.
            expect([...found.subarray(into + size)]).toEqual(new Array(size).fill(7));
          }
        }
  });

  it("gives quantiles where a table has a stretch, and no number elsewhere", () => {
    const line = betaQuantileLogit(2, 3);
    const edges = [2 ** -54, 1e-15, 1e-11, 1e-9, 1.1e-9, 1e-6, 0.01, 0.0749999, 0.075, 0.3, 0.5, 0.7, 0.925];
    const p = edges.flatMap((edge) => [edge, 1 - edge]);
    const inTable = (place: number) => place !== 7 && place !== 12;
    for (const edge of p) line.at(edge);
    const stretches = Array.from({ length: STRETCHES }, (_, at) => {
      const stretch = line.stretches[at];
      return stretch?.isNear && inTable(at)
        ? [1, ...stretch.polynomial]
        : new Array(COEFFICIENTS + 1).fill(0);
    });
    for (const isLogit of [1, 0]) {
      const table = [...stretches.flat(), -2, 5, 0.01, isLogit, 9];
      const rows = Array.from({ length: Math.ceil(table.length / p.length) }, (_, row) =>
        Array.from(p, (_, at) => table[row * p.length + at] ?? 0),
      );
      for (const create of [createTypeScriptKernel, createCompiledKernel]) {
        const words = [
          Instruction.quantiles,
          0,
          p.length,
          2 * p.length + table.length - 5,
          1,
          2 * p.length + table.length - 1,
          2 * p.length,
          0,
        ];
        const found = ran(create(100_000), [new Array(p.length).fill(7), p, ...rows], words);
        expect(found[words[5] as number]).toBe(1);
        for (const [at, share] of p.entries()) {
          const place = Math.floor(stretchPlace(share));
          const isThere = place >= 0 && place < STRETCHES && inTable(place);
          const u = line.at(share);
          const x = isLogit === 1 ? 1 / (1 + exp(-u)) : exp(u);
          expect([share, found[at]]).toEqual([share, isThere ? (-2 + 5 * x) / 0.01 : Number.NaN]);
        }
      }
    }
  });

  for (const [first, last] of [
    [0, 4],
    [0, 0],
    [1, 3],
    [0, 6],
    [2, 6],
    [3, 1],
  ] as const)
    it(`spreads what entrants of years ${first} to ${last} bring about, whatever of it is nothing`, () => {
      const [size, rows, lanes, entries, followed] = [12, 9, 10, 7, 6];
      const lags = [
        [0, 5],
        [0, 1],
        [2, 4],
        [5, 5],
        [0, -1],
      ] as const;
      const spreads = [createTypeScriptKernel(100_000), createCompiledKernel(100_000)].map((kernel) => {
        const { numbers, indices } = kernel;
        const [perEntrant, entrants, into, start] = [0, 1_000, 2_000, 20_000];
        const random = uniforms(3, "spread", 0, entrants + entries * size);
        const fill = (row: number, some: boolean) => {
          for (let lane = 0; lane < lanes; lane += 1)
            numbers[row + lane] = some ? (random[row + lane] as number) - 0.3 : 0;
        };
        for (const [block, [from, to]] of lags.entries())
          for (let lag = 0; lag < rows; lag += 1)
            fill(perEntrant + (block * rows + lag) * size, lag >= from && (lag <= to || lag >= followed));
        for (let entry = 0; entry < entries; entry += 1)
          fill(entrants + entry * size, entry >= first && entry <= last);
        // Nobody in one draw, though somebody in others.
        numbers[entrants + 3 * size + 1] = 0;
        numbers.fill(7, into, into + lags.length * rows * size);
        const steps = new Steps();
        steps.push(Instruction.spread, into, perEntrant, entrants, rows, lags.length, entries, followed);
        indices.set(steps.code, start);
        kernel.run(start, start + steps.code.length, { lanes, size, years: rows });
        for (const block of lags.keys())
          for (let row = 0; row < rows; row += 1)
            for (let lane = 0; lane < size; lane += 1) {
              let sum = 0;
              for (
                let entry = Math.max(0, row - followed + 1);
                entry <= Math.min(entries - 1, row);
                entry += 1
              )
                sum +=
                  (numbers[perEntrant + (block * rows + row - entry) * size + lane] as number) *
                  (numbers[entrants + entry * size + lane] as number);
              const found = numbers[into + (block * rows + row) * size + lane];
              expect(found).toBe(lane < lanes ? sum : 7);
            }
        return [...numbers.subarray(into, into + lags.length * rows * size)];
      });
      expect(spreads[1]).toEqual(spreads[0]);
    });

  for (const anyway of [0, 2.5])
    it(`adds up work, and pays for it${anyway > 0 ? ", also where the plan has no cost" : ""}`, () => {
      const [size, rows, lanes, entries] = [12, 6, 10, 3];
      const [blocks, entrants, lags, cost, until] = [0, 300, 450, 500, 600];
      const [extent, planned, plan, into, start] = [700, 800, 810, 900, 20_000];
      const at = (place: number, row: number, lane: number) => place + row * size + lane;
      const results = [createTypeScriptKernel(100_000), createCompiledKernel(100_000)].map((kernel) => {
        const { numbers, indices } = kernel;
        numbers.set(uniforms(5, "work", 0, lags));
        // In the second year nobody enters the second course, and in one draw nobody enters at all.
        numbers.fill(0, at(entrants, entries + 1, 0), at(entrants, entries + 2, 0));
        for (let row = 0; row < 2 * entries; row += 1) numbers[at(entrants, row, 4)] = 0;
        numbers.set([2, 0, 3], lags);
        numbers.set([4, 0, 0.5, 0, 3, 8], planned);
        const parts = [0.25, 0.5, 0, 2, 1, 1];
        numbers.set([anyway > 0 ? 6 : 0, ...parts.flatMap((part) => [part, 0])], plan);
        if (anyway > 0) for (const row of [1, 5]) numbers[plan + 2 + 2 * row] = anyway;
        for (let place = into; place < into + rows * size; place += 1) numbers[place] = 1;
        const steps = new Steps();
        const courses = [0, 1, 0].flatMap((course, part) => [
          blocks + course * rows * size,
          at(entrants, (part === 1 ? 1 : 0) * entries, 0),
          lags + part,
        ]);
        steps.work(cost, courses, until, rows, entries);
        steps.push(Instruction.extent, extent, cost, planned, rows, until);
        steps.push(Instruction.pay, into, extent, plan, rows, until);
        indices.set(steps.code, start);
        kernel.run(start, start + steps.code.length, { lanes, size, years: rows });
        expect(numbers[until]).toBe(5);
        for (let row = 0; row < rows; row += 1)
          for (let lane = 0; lane < lanes; lane += 1) {
            let sum = 0;
            for (const many of [2, 3])
              for (let entry = Math.max(0, row - many + 1); entry <= Math.min(entries - 1, row); entry += 1)
                sum +=
                  (numbers[at(blocks, row - entry, lane)] as number) *
                  (numbers[at(entrants, entry, lane)] as number);
            const before = numbers[planned + row] as number;
            const extra = anyway > 0 && (row === 1 || row === 5) ? anyway : 0;
            const paid = (parts[row] as number) * (before > 0 ? sum / before : sum) + extra;
            expect(numbers[at(cost, row, lane)]).toBe(sum);
            expect(numbers[at(into, row, lane)]).toBeCloseTo(1 + paid, 12);
          }
        return [...numbers.subarray(0, into + rows * size)];
      });
      expect(results[1]).toEqual(results[0]);
    });

  for (const isRate of [true, false])
    for (const pairs of [0, 0b1, 0b1111, 0b1111111, 0b1011110, 0b1110111])
      it(`gives the chances of its twin from ${isRate ? "rates" : "probabilities"} in pairs ${pairs.toString(2)}`, () => {
        const slow = chancesOf(createTypeScriptKernel(2000), isRate, pairs);
        expect(chancesOf(createCompiledKernel(2000), isRate, pairs)).toEqual(slow);
      });

  it("gives the same figures of a case, to the bit, also after its memory has grown", async () => {
    const [slow, fast] = await evaluated(modelOf(shippedCase()));
    expect(fast).toEqual(slow);
  });

  it("breaks the same draws, in which probabilities exceed 1", async () => {
    const model = modelOf(caseWith({ terugval: { kind: "uniform", low: 0.8, high: 12 } }));
    const segments = model.segments.map((segment) => ({
      ...segment,
      transitionKind: "probability" as const,
    }));
    const [slow, fast] = await evaluated({ ...model, segments });
    expect(fast).toEqual(slow);
    expect(new Set(fast?.invalid)).toEqual(new Set([0, 1]));
  });
});
