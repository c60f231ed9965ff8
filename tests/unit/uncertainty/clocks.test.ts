/** Clocks of a block of draws: the changes they keep, followed in turn, are what holds in each cycle. */
import { describe, expect, it } from "vitest";
import { strengthAt } from "../../../models/cohort/effects.ts";
import { EDGE_TOLERANCE } from "../../../models/cohort/lags.ts";
import type { Time } from "../../../models/model/model.ts";
import {
  type Changes,
  CostClock,
  EffectClock,
  FactorClock,
  StepClock,
} from "../../../models/uncertainty/clocks.ts";
import type { Column } from "../../../models/uncertainty/columns.ts";
import { createTypeScriptKernel } from "../../../models/uncertainty/kernel.ts";
import { WINDOW } from "../../../models/uncertainty/moneyRows.ts";
import { Sheet } from "../../../models/uncertainty/sheet.ts";

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

function column(values: readonly number[]): Column {
  columns += 1;
  const [stated = 0] = values;
  return { id: columns, constant: false, stated, place: 0, version: 1, values: Float64Array.from(values) };
}

/** What holds in each cycle, [cycle][draw]; that it changes only in the pairs that are told. */
function followed({ before, lanes, last, pairs, values }: Changes): number[][] {
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

describe("the changes of a clock", () => {
  it("are the strengths of an effect that begins, ends and fades at other times in other draws", () => {
    const sheet = new Sheet(SIZE, time.years, time.years);
    const wait = [0, 0, 1, 3, 30, 2];
    const duration = [0, 6, 4.5, 60, 2, 0];
    const halfLife = [0, 0, 3, 2, 1, 5];
    const delay = [0, 2, 0.4, 0, 0, 0];
    const clock = new EffectClock(
      {
        wait: column(wait),
        delay: column(delay),
        duration: column(duration),
        halfLife: column(halfLife),
      },
      time,
      sheet,
    );
    clock.changes.bind(sheet.open(createTypeScriptKernel));
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
    expect(followed(clock.changes)).toEqual(expected);
  });

  it("are the steps that hold, the later in the list of two that begin at once, and none before the first", () => {
    const sheet = new Sheet(SIZE, time.years, time.years);
    const starts = [
      [0, 0, 2, 5, 7, 40],
      [6, 0, 1, 5, 7.5, 3],
      [12, 3, 9, 4, 0, 3],
    ];
    const shift = [0, 2, 0.5, -1, 0, 1];
    const clock = new StepClock(starts.map(column), column(shift), time, sheet);
    clock.changes.bind(sheet.open(createTypeScriptKernel));
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
    expect(followed(clock.changes)).toEqual(expected);
  });
});

describe("timed amounts", () => {
  const place = 8;
  const rows = place + WINDOW;
  const room = () => new Float64Array(rows + (CYCLES + 2) * SIZE).fill(9);

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
        wait: column(wait),
        delay: column(never),
        duration: column(duration),
        halfLife: column(halfLife),
      };
      const factors = column(never.map(() => factor));
      return { factor: factors, credibility, timing, clock: new EffectClock(timing, time, sheet) };
    });
    const kernel = sheet.open(createTypeScriptKernel);
    for (const { clock } of timed) clock.changes.bind(kernel);
    const clock = new FactorClock(timed, time, place, SIZE);
    const numbers = room();
    clock.update(numbers);
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
    const months = column([2, 0, 1.25, 40, 2, 5]);
    const from = column([1, 1, 1, 1, 1, 1]);
    const monthly = new CostClock(column(wait), from, months, time, place, SIZE);
    const once = new CostClock(column(wait), from, null, time, place, SIZE);
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
      const numbers = room();
      clock.update(numbers);
      expect([...numbers.slice(place, place + 2)]).toEqual(window);
      for (let cycle = window[0]; cycle < window[1]; cycle += 1)
        expect([...numbers.slice(rows + cycle * SIZE, rows + (cycle + 1) * SIZE)]).toEqual(
          wait.map((_, lane) => amount(cycle, lane)),
        );
    }
  });
});
