/** Clocks of a block of draws: the changes they keep, followed in turn, are what holds in each cycle. */
import { describe, expect, it } from "vitest";
import { strengthAt } from "../../../models/cohort/effects.ts";
import { EDGE_TOLERANCE } from "../../../models/cohort/lags.ts";
import type { Time } from "../../../models/model/model.ts";
import { type Changes, EffectClock, StepClock } from "../../../models/uncertainty/clocks.ts";
import type { Column } from "../../../models/uncertainty/columns.ts";
import { createTypeScriptKernel } from "../../../models/uncertainty/kernel.ts";
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
