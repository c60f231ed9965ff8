/** What is kept of the draws: every row as it was, equal ones once. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTypeScriptKernel, type Kernel } from "../../../../models/uncertainty/kernel/kernel.ts";
import {
  alignColumns,
  copyColumn,
  type Kept,
  KeptRows,
} from "../../../../models/uncertainty/plan/keptRows.ts";
import { Sheet } from "../../../../models/uncertainty/plan/sheet.ts";
import { createCompiledKernel } from "../kernels.ts";

const WIDTH = 6;
const none = new Uint8Array(WIDTH);

/** Draws of all columns, and of all rows in the order of asking. */
function read({ columns, pieces, width }: Kept<Float32Array>) {
  const draws = pieces.reduce((sum, piece) => sum + piece.draws, 0);
  const distinct = Array.from({ length: width }, (_, column) => {
    const into = new Float32Array(draws);
    copyColumn({ columns, pieces, width }, column, into);
    return [...into];
  });
  return { columns: distinct, all: [...columns].map((column) => distinct[column] as number[]) };
}

/** Keeps rows of numbers, [row][draw], a block of WIDTH draws at a time: those of which the first draw is asked for. */
function keepIn(
  kernel: (bytes: number) => Kernel,
  rows: readonly (readonly number[])[],
  asked: readonly number[],
  invalid: Uint8Array = none,
  isOwn: (first: number) => boolean = () => true,
) {
  const draws = rows[0]?.length ?? 0;
  const sheet = new Sheet(WIDTH, 1, 1);
  const places = rows.map(() => sheet.rows(1));
  const kept = new KeptRows(
    sheet,
    asked.map((row) => places[row] as number),
    (...bytes) => new Float32Array(...bytes),
    0,
  );
  kept.open(sheet.open(kernel));
  for (let first = 0; first < draws; first += WIDTH) {
    if (!isOwn(first)) continue;
    const count = Math.min(WIDTH, draws - first);
    for (const [row, values] of rows.entries())
      sheet.numbers.set(values.slice(first, first + count), places[row]);
    kept.keep(first, count, invalid);
  }
  return kept.kept;
}

/** The same in both kernels. */
function keep(...how: [readonly (readonly number[])[], readonly number[], Uint8Array?]) {
  const kept = keepIn(createTypeScriptKernel, ...how);
  expect(keepIn(createCompiledKernel, ...how)).toEqual(kept);
  return read(kept);
}

describe("kept rows", () => {
  it("are what they were in every draw, whichever were equal for how long", () => {
    // Rows that are mostly equal: few numbers differ, some only in the sign of a zero.
    const change = fc.record({ draw: fc.nat(14), value: fc.constantFrom(-0, 1, 0.1, Number.NaN) });
    const row = fc.array(change, { maxLength: 2 }).map((changes) => {
      const values = new Array<number>(15).fill(0);
      for (const { draw, value } of changes) values[draw] = value;
      return values;
    });
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

  it("are so over many blocks, when some differ only at last", () => {
    const rows = [0, 1, 2].map((row) =>
      Array.from({ length: 300 }, (_, draw) => Math.sin(draw) + (draw > 140 * row && row > 0 ? 1 : 0)),
    );
    const { all, columns } = keep(rows, [0, 2, 1]);
    expect(columns).toHaveLength(3);
    expect(all).toEqual([0, 2, 1].map((row) => rows[row]?.map(Math.fround)));
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

  it("stand at their own draws, also where others keep those in between", () => {
    const rows = [0, 1].map((row) => Array.from({ length: 400 }, (_, draw) => Math.cos(draw + row)));
    const parts = [0, 1].map((own) =>
      keepIn(createTypeScriptKernel, rows, [0, 1], none, (first) => Math.floor(first / 90) % 2 === own),
    );
    expect(parts[0]?.pieces.map(({ first, draws }) => [first, draws])).toEqual([
      [0, 90],
      [180, 90],
      [360, 40],
    ]);
    for (const [row, values] of rows.entries()) {
      const into = new Float32Array(400);
      for (const part of parts) copyColumn(part, row, into);
      expect([...into]).toEqual(values.map(Math.fround));
    }
  });

  it("hold what stands for an invalid draw", () => {
    const { all } = keep(
      [
        [1, 2, 3],
        [1, 9, 3],
      ],
      [0, 1],
      Uint8Array.of(0, 1, 0, 0, 0, 0),
    );
    expect(all.map((column) => [...column])).toEqual([
      [1, 0, 3],
      [1, 0, 3],
    ]);
  });
});

describe("columns of several stretches", () => {
  it("are one where they are so in every stretch, in the order of the rows", () => {
    const stretches = [
      { columns: Int32Array.of(0, 0, 1, 0, 1), width: 2 },
      { columns: Int32Array.of(0, 1, 2, 0, 2), width: 3 },
    ];
    expect(alignColumns(stretches)).toEqual({ columns: Int32Array.of(0, 1, 2, 0, 2), rows: [0, 1, 2] });
  });
});
