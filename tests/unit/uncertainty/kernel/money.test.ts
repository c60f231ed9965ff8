/** The instructions for the money on courses: both kernels give the same bits, and those of the run. */
import { describe, expect, it } from "vitest";
import { lagsOf, splitYears, toLags } from "../../../../models/cohort/lags.ts";
import { uniforms } from "../../../../models/core/random.ts";
import { createTypeScriptKernel, type Time } from "../../../../models/index.ts";
import { Instruction, type Kernel } from "../../../../models/uncertainty/kernel/kernel.ts";
import { WINDOW } from "../../../../models/uncertainty/kernel/money.ts";
import { Steps } from "../../../../models/uncertainty/plan/sheet.ts";
import { createCompiledKernel } from "../kernels.ts";

/** Draws in a row, and how many of them are worked out: eight at once, and two. */
const [SIZE, LANES] = [12, 10];
const [STATES, PER_YEAR, YEARS, LENGTH] = [3, 4, 3, 5] as const;
const CYCLES = PER_YEAR * YEARS;
const [FIRST, END] = [2, 9];
/** Rows of the total that are asked for. */
const ASKED = 2;

const time = (arrival: Time["arrival"]): Time => ({
  startYear: 2027,
  years: LENGTH,
  inflowYears: 1,
  followUp: YEARS,
  cyclesPerYear: PER_YEAR,
  arrival,
  occupancy: "mid",
});

/** Where everything stands, in numbers; instructions come after it. */
const layout = (() => {
  let at = 0;
  const take = (numbers: number) => {
    at += numbers;
    return at - numbers;
  };
  const timed = () => take(WINDOW + (CYCLES + YEARS) * SIZE);
  const block = () => take(LENGTH * SIZE);
  return {
    occupancy: take(STATES * CYCLES * SIZE),
    months: timed(),
    added: timed(),
    prices: take(2 * SIZE),
    present: timed(),
    plain: [block(), block(), block()] as const,
    weighted: block(),
    charged: block(),
    total: block(),
    rows: take(2),
    code: at + 8,
  };
})();

/**
 * Weights per cycle, [cycle][draw]: the same throughout a year in draws 0 and 9, and in others where they happen to be; in
 * the middle year in all.
 */
const weights = Float64Array.from({ length: CYCLES * SIZE }, (_, place) => {
  const [cycle, draw] = [Math.floor(place / SIZE), place % SIZE];
  const year = Math.floor(cycle / PER_YEAR);
  return draw % 9 === 0 || year === 1 ? year / 3 - 0.4 : Math.sin(place);
});

function filled(kernel: Kernel): Kernel {
  const { numbers } = kernel;
  numbers.set(uniforms(3, "money", 0, layout.present));
  numbers.set([FIRST, END], layout.months);
  numbers.set([FIRST, END], layout.present);
  numbers.set([0, CYCLES], layout.added);
  numbers[layout.rows] = ASKED;
  numbers.set(weights, layout.added + WINDOW);
  const whole = layout.added + WINDOW + CYCLES * SIZE;
  for (let year = 0; year < YEARS; year += 1)
    for (let draw = 0; draw < SIZE; draw += 1) {
      const own = Array.from(
        { length: PER_YEAR },
        (_, within) => weights[(year * PER_YEAR + within) * SIZE + draw] as number,
      );
      numbers[whole + year * SIZE + draw] = own.every((weight) => weight === own[0])
        ? (own[0] as number)
        : Number.NaN;
    }
  return kernel;
}

/** Runs all instructions, one after the other. */
function run(kernel: Kernel, arrival: Time["arrival"]): Float64Array {
  const { added, charged, code, months, occupancy, plain, present, prices, rows, total, weighted } = layout;
  const packed = PER_YEAR + (arrival === "spread" ? 256 : 0);
  const state = occupancy + SIZE;
  const steps = new Steps();
  steps.push(Instruction.personYears, plain[0], state, 0, YEARS, STATES, packed);
  steps.push(Instruction.weigh, weighted, state, plain[0], YEARS, STATES, packed, added);
  steps.listed(Instruction.presence, present, occupancy, 2, STATES, [2, 0]);
  steps.push(Instruction.charge, charged, present + WINDOW, months, YEARS, 0, packed);
  const pairs = [weighted, prices, charged, prices + SIZE, plain[0], prices];
  steps.listed(Instruction.scaledTotal, total, 3, rows, 0, pairs);
  kernel.indices.set(steps.code, 2 * code);
  kernel.run(2 * code, 2 * code + steps.code.length, { lanes: LANES, size: SIZE, years: LENGTH });
  return kernel.numbers;
}

describe("the money on courses", () => {
  for (const arrival of ["spread", "start"] as const)
    for (const [name, create] of [
      ["twin", createTypeScriptKernel],
      ["compiled kernel", createCompiledKernel],
    ] as const)
      it(`is in the ${name} what it is in the run, to the bit: arrival ${arrival}`, () => {
        const numbers = run(filled(create(100_000)), arrival);
        const at = (place: number, row: number, draw: number) => numbers[place + row * SIZE + draw] as number;
        const rows = (place: number, draw: number) =>
          Array.from({ length: LENGTH }, (_, row) => at(place, row, draw));
        for (let draw = 0; draw < LANES; draw += 1) {
          const cycles = (of: (cycle: number) => number) =>
            Float64Array.from({ length: CYCLES }, (_, c) => of(c));
          const inState = cycles((cycle) => at(layout.occupancy, cycle * STATES + 1, draw));
          const years = toLags(time(arrival), inState).map((lag) => lag * (1 / PER_YEAR));
          expect(rows(layout.plain[0], draw)).toEqual([...years]);
          const split = splitYears(time(arrival), inState);
          const parts = splitYears(
            time(arrival),
            cycles((cycle) => (inState[cycle] as number) * (weights[cycle * SIZE + draw] as number)),
          );
          for (let year = 0; year < YEARS; year += 1)
            if (draw % 9 === 0 || year === 1) {
              const part = weights[year * PER_YEAR * SIZE + draw] as number;
              parts.now[year] = part * (split.now[year] as number);
              parts.later[year] = part * (split.later[year] as number);
            }
          const weighted = lagsOf(time(arrival), parts).map(
            (lag, year) => (years[year] as number) + lag * (1 / PER_YEAR),
          );
          expect(rows(layout.weighted, draw)).toEqual([...weighted]);
          const charged = toLags(
            time(arrival),
            cycles((cycle) => {
              if (cycle < FIRST || cycle >= END) return 0;
              const present =
                at(layout.occupancy, cycle * STATES + 2, draw) + at(layout.occupancy, cycle * STATES, draw);
              return present * at(layout.months + WINDOW, cycle, draw);
            }),
          );
          expect(rows(layout.charged, draw)).toEqual([...charged]);
          const [price, other] = [at(layout.prices, 0, draw), at(layout.prices, 1, draw)];
          expect(rows(layout.total, draw)).toEqual(
            [...weighted].map((lag, year) =>
              year < ASKED
                ? lag * price + (charged[year] as number) * other + (years[year] as number) * price
                : 0,
            ),
          );
        }
      });

  it("is the same in both, and leaves draws that are not asked for alone", () => {
    const [slow, fast] = [createTypeScriptKernel, createCompiledKernel].map((create) =>
      run(filled(create(100_000)), "spread"),
    );
    expect([...(fast ?? []).slice(0, layout.code)]).toEqual([...(slow ?? []).slice(0, layout.code)]);
    for (const block of [layout.weighted, layout.charged, layout.total])
      for (let row = 0; row < LENGTH; row += 1)
        expect([...(fast ?? []).slice(block + row * SIZE + LANES, block + (row + 1) * SIZE)]).toEqual([0, 0]);
  });
});
