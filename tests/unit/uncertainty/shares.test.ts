/** How what the draws gave is divided over workers to be summed up. */
import { describe, expect, it } from "vitest";
import type { Kept } from "../../../models/uncertainty/plan/keptRows.ts";
import { divide, partOf } from "../../../models/uncertainty/shares.ts";
import type { SimulationPart } from "../../../models/uncertainty/simulation.ts";
import { buffersOf } from "../../../models/uncertainty/simulationService.ts";

/** Something kept, told by its only number; it stands in a buffer of its own or in one with others. */
function kept<Column extends Float64Array | Float32Array>(amounts: Column): Kept<Column> {
  return {
    columns: Int32Array.of(0),
    width: 1,
    pieces: [{ first: 0, draws: 1, amounts, places: Int32Array.of(0) }],
  };
}

const figures = kept(Float64Array.of(7));
const shelf = new ArrayBuffer(8);
const years = [
  kept(Float32Array.of(10)),
  kept(new Float32Array(shelf, 0, 1)),
  kept(new Float32Array(shelf, 4, 1)),
];
const part: SimulationPart = { count: 1, figures, years, invalid: [], invalidDraws: [4] };

describe("shares", () => {
  it.each([1, 2, 3, 7, 30])("for %i workers hold the figures once and every year once", (workers) => {
    const shares = divide(15, workers);
    expect(shares).toHaveLength(workers);
    expect(shares.filter((share) => share.figures)).toHaveLength(1);
    expect(shares.flatMap((share) => share.years).sort((a, b) => a - b)).toEqual([...Array(15).keys()]);
  });

  it("of two workers take equally long", () => {
    const [one, other] = divide(21, 2);
    expect([one?.figures, one?.years.length, other?.figures, other?.years.length]).toEqual([
      true,
      9,
      false,
      12,
    ]);
  });

  it("hold of a worker's draws what is asked, and years only as far as figures last", () => {
    expect(partOf(part, { figures: false, years: [1] })).toEqual({
      count: 1,
      invalid: [],
      invalidDraws: [4],
      figures: null,
      years: [years[1]],
    });
    expect(partOf(part, { figures: true, years: [2, 3, 4] })).toMatchObject({ figures, years: [years[2]] });
  });

  it("are sent with each buffer once", () => {
    const parts = [
      partOf(part, { figures: true, years: [0] }),
      partOf(part, { figures: false, years: [1, 2] }),
    ];
    expect(buffersOf(parts)).toEqual([
      figures.pieces[0]?.amounts.buffer,
      years[0]?.pieces[0]?.amounts.buffer,
      shelf,
    ]);
  });
});
