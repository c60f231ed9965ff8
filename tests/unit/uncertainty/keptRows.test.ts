/** What is kept of the draws: every row as it was, equal ones once. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeptRows } from "../../../models/uncertainty/keptRows.ts";

const WIDTH = 4;
const none = new Uint8Array(WIDTH);

/** Keeps rows of numbers, [row][draw], a block of WIDTH draws at a time. */
function keep(rows: readonly (readonly number[])[], asked: readonly number[], invalid = none) {
  const draws = rows[0]?.length ?? 0;
  const kept = new KeptRows(
    asked.map((row) => row * WIDTH),
    () => new Float32Array(draws),
    0,
  );
  for (let first = 0; first < draws; first += WIDTH) {
    const count = Math.min(WIDTH, draws - first);
    const numbers = new Float64Array(rows.length * WIDTH);
    for (const [row, values] of rows.entries()) numbers.set(values.slice(first, first + count), row * WIDTH);
    kept.keep(numbers, first, count, invalid);
  }
  return kept;
}

describe("kept rows", () => {
  it("are what they were in every draw, whichever were equal for how long", () => {
    const value = fc.constantFrom(0, -0, 1, 2, 0.1);
    const row = fc.array(value, { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const asked = [...rows.keys(), 0];
        const { all, columns } = keep(rows, asked);
        expect(all.map((column) => [...column])).toEqual(
          asked.map((place) => [...Float32Array.from(rows[place] ?? [])]),
        );
        // As many as there are rows that differ, to the sign of a zero.
        const distinct = new Set(
          rows.map((values) => values.map((now) => (Object.is(now, -0) ? "-0" : now)).join()),
        );
        expect(columns.length).toBe(distinct.size);
      }),
    );
  });

  it("are equal when they are so in as many digits as are kept", () => {
    expect(
      keep(
        [
          [1, 2],
          [1 + 1e-12, 2],
        ],
        [0, 1],
      ).columns,
    ).toHaveLength(1);
  });

  it("hold what stands for an invalid draw", () => {
    const { all } = keep(
      [
        [1, 2, 3],
        [1, 9, 3],
      ],
      [0, 1],
      Uint8Array.of(0, 1, 0, 0),
    );
    expect(all.map((column) => [...column])).toEqual([
      [1, 0, 3],
      [1, 0, 3],
    ]);
  });
});
