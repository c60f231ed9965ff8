/** Clocks of a block of draws: the changes they keep, followed in turn, are what holds in each cycle. */
import { describe, expect, it } from "vitest";
import { strengthAt } from "../../../../models/cohort/effects.ts";
import { EDGE_TOLERANCE } from "../../../../models/cohort/lags.ts";
import type { Time } from "../../../../models/model/model.ts";
import { Change } from "../../../../models/uncertainty/kernel/courseWords.ts";
import { createTypeScriptKernel, type Kernel } from "../../../../models/uncertainty/kernel/kernel.ts";
import { WINDOW } from "../../../../models/uncertainty/kernel/money.ts";
import {
  CostClock,
  EffectClock,
  FactorClock,
  factorRoom,
  StepClock,
} from "../../../../models/uncertainty/plan/clocks.ts";
import type { Column } from "../../../../models/uncertainty/plan/columns.ts";
import { type HazardPlan, LogRow } from "../../../../models/uncertainty/plan/coursePlan.ts";
import { Sheet } from "../../../../models/uncertainty/plan/sheet.ts";
import { createCompiledKernel } from "../kernels.ts";

const [CYCLES, SIZE] = [24, 6];

const time: Time = {
  startYear: 2027,
  years: 2,
  inflowYears: 1,
  followUp: 2,
  cyclesPerYear: 12,
  arrival: "start",
  occupancy: "mid",
};

let columns = 0;

function column(sheet: Sheet, values: readonly number[]): Column {
  columns += 1;
  const [stated = 0] = values;
  const place = sheet.constant(values);
  return { id: columns, constant: false, stated, place, version: 1, values: Float64Array.from(values) };
}

const KERNELS = { twin: createTypeScriptKernel, kernel: createCompiledKernel };

/** The lists of changes, as they are written down. */
function listsOf({ indices, numbers }: Kernel, index: number) {
  const [values = 0, most = 0] = [indices[index + Change.values], indices[index + Change.most]];
  let at = index + Change.lists;
  const list = (length: number) => {
    at += length;
    return indices.slice(at - length, at);
  };
  const [pairs, last, before, lanes] = [list(CYCLES), list(CYCLES), list(most), list(most)];
  const window = [...numbers.slice(values + most, values + most + 2)];
  return { pairs, last, before, lanes, values: numbers.slice(values, values + most), window };
}

/** What holds in each cycle, [cycle][draw]; that it changes only in the pairs that are told. */
function followed(kernel: Kernel, index: number): number[][] {
  const { before, lanes, last, pairs, values } = listsOf(kernel, index);
  const now = new Array<number>(SIZE).fill(Number.NaN);
  return Array.from({ length: CYCLES }, (_, cycle) => {
    for (let at = last[cycle] ?? -1; at >= 0; at = before[at] ?? -1) {
      const lane = lanes[at] ?? 0;
      expect(((pairs[cycle] ?? 0) >> Math.floor(lane / 2)) & 1).toBe(1);
      now[lane] = values[at] ?? Number.NaN;
    }
    return [...now];
  });
}

describe.each(Object.entries(KERNELS))("the changes of a clock in the %s", (_, create) => {
  it("are the strengths of an effect that begins, ends and fades at other times in other draws", () => {
    const sheet = new Sheet(SIZE, time.years, time.years);
    const wait = [0, 0, 1, 3, 30, 2];
    const duration = [0, 6, 4.5, 60, 2, 0];
    const halfLife = [0, 0, 3, 2, 1, 5];
    const delay = [0, 2, 0.4, 0, 0, 0];
    const clock = new EffectClock(
      {
        wait: column(sheet, wait),
        delay: column(sheet, delay),
        duration: column(sheet, duration),
        halfLife: column(sheet, halfLife),
      },
      time,
      sheet.nothing,
      sheet,
    );
    const kernel = sheet.open(create);
    clock.update();
    const expected = Array.from({ length: CYCLES }, (_, cycle) =>
      wait.map((months, lane) =>
        strengthAt(
          {
            onset: months + (delay[lane] ?? 0),
            duration: duration[lane] ?? 0,
            halfLife: halfLife[lane] ?? 0,
          },
          cycle,
          1,
        ),
      ),
    );
    expect(followed(kernel, clock.changes.index)).toEqual(expected);
  });

  it("are the steps that hold, the later in the list of two that begin at once, and none before the first", () => {
    const sheet = new Sheet(SIZE, time.years, time.years);
    const starts = [
      [0, 0, 2, 5, 7, 40],
      [6, 0, 1, 5, 7.5, 3],
      [12, 3, 9, 4, 0, 3],
    ];
    const shift = [0, 2, 0.5, -1, 0, 1];
    const rows = starts.map((start) => column(sheet, start));
    const clock = new StepClock(rows, column(sheet, shift), time, sheet);
    const kernel = sheet.open(create);
    clock.update();
    const expected = Array.from({ length: CYCLES }, (_, cycle) =>
      shift.map((months, lane) => {
        const begun = starts
          .map((step) => step[lane] ?? 0)
          .map((start) => start <= cycle + months + EDGE_TOLERANCE);
        const latest = Math.max(
          ...starts.map((step, at) => (begun[at] ? (step[lane] ?? 0) : Number.NEGATIVE_INFINITY)),
        );
        return starts.findLastIndex((step, at) => begun[at] && step[lane] === latest);
      }),
    );
    expect(followed(kernel, clock.changes.index)).toEqual(expected);
  });
});

describe.each(Object.entries(KERNELS))("timed amounts in the %s", (_, create) => {
  /** Room for timed amounts in which there is something already. */
  const filled = (sheet: Sheet) => sheet.constant(new Array(WINDOW + (CYCLES + 2) * SIZE).fill(9));

  it("are what factors add in each cycle of whole years, and throughout each year, unless that changes in it", () => {
    const never = [0, 0, 0, 0, 0, 0];
    const effects = [
      { wait: [0, 0, 12, 12, 3, 30], duration: [12, 24, 60, 12, 2, 1], halfLife: never, factor: 1.5 },
      {
        wait: [0, 12, 12, 12, 5, 30],
        duration: [24, 12, 60, 5, 20, 1],
        halfLife: [0, 0, 0, 3, 0, 0],
        factor: 0.8,
      },
    ];
    const credibility = 0.9;
    const sheet = new Sheet(SIZE, time.years, time.years);
    const timed = effects.map(({ wait, duration, halfLife, factor }) => {
      const timing = {
        wait: column(sheet, wait),
        delay: column(sheet, never),
        duration: column(sheet, duration),
        halfLife: column(sheet, halfLife),
      };
      const factors = column(
        sheet,
        never.map(() => factor),
      );
      const clock = new EffectClock(timing, time, sheet.nothing, sheet);
      return { factor: factors, credibility, timing, clock };
    });
    const place = filled(sheet);
    const rows = place + WINDOW;
    const clock = new FactorClock(timed, time, place, factorRoom(timed.length, time, sheet), sheet);
    const { numbers } = sheet.open(create);
    clock.update();
    expect([...numbers.slice(place, place + 2)]).toEqual([0, CYCLES]);
    for (let year = 0; year < 2; year += 1)
      for (let lane = 0; lane < SIZE; lane += 1) {
        const added = Array.from({ length: 12 }, (_, within) => {
          const product = effects.reduce((before, { wait, duration, halfLife, factor }) => {
            const course = {
              onset: wait[lane] ?? 0,
              duration: duration[lane] ?? 0,
              halfLife: halfLife[lane] ?? 0,
            };
            return before * (1 + (factor - 1) * credibility * strengthAt(course, 12 * year + within, 1));
          }, 1);
          return product - 1;
        });
        const whole = numbers[rows + (CYCLES + year) * SIZE + lane] as number;
        const isWhole = added.every((part) => part === added[0]);
        expect(isWhole).toBe(lane !== (year === 0 ? 4 : 3));
        expect(whole).toBe(isWhole ? added[0] : Number.NaN);
        if (!isWhole)
          expect(added.map((_, within) => numbers[rows + (12 * year + within) * SIZE + lane])).toEqual(added);
      }
  });

  it("are the months of a cost in each cycle, or 1 in that of one that is made once", () => {
    const wait = [0, 1, 2.5, 3, 30, -4];
    const sheet = new Sheet(SIZE, time.years, time.years);
    const months = column(sheet, [2, 0, 1.25, 40, 2, 5]);
    const from = column(sheet, [1, 1, 1, 1, 1, 1]);
    const monthly = new CostClock(column(sheet, wait), from, months, time, filled(sheet), sheet);
    const once = new CostClock(column(sheet, wait), from, null, time, filled(sheet), sheet);
    const { numbers } = sheet.open(create);
    const overlap = (cycle: number, start: number, length: number) =>
      Math.max(0, Math.min(start + length, cycle + 1) - Math.max(start, cycle));
    for (const [clock, amount, window] of [
      [
        monthly,
        (cycle: number, lane: number) => overlap(cycle, (wait[lane] ?? 0) + 1, months.values[lane] ?? 0),
        [0, CYCLES],
      ],
      [once, (cycle: number, lane: number) => (Math.floor((wait[lane] ?? 0) + 1) === cycle ? 1 : 0), [1, 5]],
    ] as const) {
      clock.update();
      const rows = clock.timed + WINDOW;
      expect([clock.first, clock.end]).toEqual(window);
      for (let cycle = window[0]; cycle < window[1]; cycle += 1)
        expect([...numbers.slice(rows + cycle * SIZE, rows + (cycle + 1) * SIZE)]).toEqual(
          wait.map((_, lane) => amount(cycle, lane)),
        );
    }
  });
});

/** Values in which rounding, edges and the horizon matter. */
const AWKWARD = [
  0,
  -0,
  1,
  3,
  5,
  12,
  23,
  24,
  25,
  1e9,
  1e300,
  -7.5,
  2.5,
  1 / 3,
  0.1 * 3,
  5 * (365.25 / 12) * (12 / 365.25),
  4 + 0.9e-9,
  4 - 0.9e-9,
  4 + 1.1e-9,
  4 - 1.1e-9,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

/** Draws of awkward values, others for each row. */
const awkward = (row: number, count: number): number[] =>
  Array.from(
    { length: count },
    (_, at) => AWKWARD[(at * (2 * row + 1) + 5 * row) % AWKWARD.length] as number,
  );

/** Everything that clocks of awkward values leave, in blocks of as many draws as there can be. */
function left(create: (bytes: number) => Kernel, perYear: Time["cyclesPerYear"]): unknown[] {
  const years = CYCLES / perYear;
  const span: Time = { ...time, years, followUp: years, cyclesPerYear: perYear };
  return Array.from({ length: 24 }, (_, block) => {
    const size = block % 3 === 0 ? 6 : 32;
    const sheet = new Sheet(size, years, years);
    const row = (at: number) => column(sheet, awkward(block + 3 * at, size));
    const endless = sheet.constant(new Array(size).fill(Number.POSITIVE_INFINITY));
    const timings = [0, 1, 2, 3].map((at) => ({
      wait: row(at),
      delay: row(at + 1),
      duration: at === 1 ? null : row(at + 2),
      halfLife: at < 2 ? null : row(at + 3),
    }));
    const effects = timings.map((timing) => new EffectClock(timing, span, endless, sheet));
    const steps = [1, 2, 4].map(
      (count) =>
        new StepClock(
          Array.from({ length: count }, (_, at) => row(at)),
          row(5),
          span,
          sheet,
        ),
    );
    const costs = [null, row(1), row(2)].map(
      (months) => new CostClock(row(3), row(4), months, span, sheet.take(WINDOW + CYCLES * size), sheet),
    );
    const factors = [1, 3].map((count) => {
      const factor = column(
        sheet,
        Array.from({ length: size }, (_, draw) => 0.4 + draw / 7),
      );
      const timed = timings.slice(0, count).map((timing, at) => ({
        factor,
        credibility: 0.7,
        timing,
        clock: effects[at] as EffectClock,
      }));
      const place = sheet.take(WINDOW + (CYCLES + years) * size);
      return new FactorClock(timed, span, place, factorRoom(count, span, sheet), sheet);
    });
    const logs = [0, 3].map((at) => {
      const effect = { ...timings[0], hazardRatio: row(at), synergy: row(at + 2), credibility: 0.7 };
      return new LogRow(effect as HazardPlan, sheet.rows(1), sheet);
    });
    const kernel = sheet.open(create);
    for (const clock of [...steps, ...costs, ...factors, ...effects]) clock.update();
    for (const log of logs) log.update(sheet);
    return [
      [...effects, ...steps].map(({ changes }) => listsOf(kernel, changes.index)),
      logs.map((log) => [...kernel.numbers.slice(log.row, log.row + size)]),
      [...costs, ...factors].map(({ timed }) => [
        ...kernel.numbers.slice(timed, timed + WINDOW + (CYCLES + years) * size),
      ]),
    ];
  });
}

describe("clocks of awkward values", () => {
  for (const perYear of [1, 2, 4, 12] as const)
    it(`leave the same bits in the kernel as in its twin, ${perYear} cycles per year`, () => {
      const slow = left(createTypeScriptKernel, perYear);
      expect(left(createCompiledKernel, perYear)).toEqual(slow);
    });
});
