import type { Kernel } from "../kernel/kernel.ts";
import { type Kept, KeptRows } from "./keptRows.ts";
import type { Sheet } from "./sheet.ts";

/** How many yearly amounts a figure has. */
interface Lasting {
  readonly length: number;
}

/** Places of the figures that last beyond a year, as those of one year are kept in this order. */
export function lasting(keys: readonly Lasting[], year: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < keys.length; place += 1)
    if ((keys[place] as Lasting).length > year) places.push(place);
  return places;
}

/**
 * Keeps the figures of every draw, and the yearly amounts, each year apart: amounts of other years are next to never equal,
 * and so whoever sums them up can take one year after the other.
 */
export class KeptDraws {
  private readonly figures: KeptRows<Float64Array>;
  private readonly years: readonly KeptRows<Float32Array>[];

  /**
   * @param figureRows where each figure stands in the numbers of the plan
   * @param yearRows where its yearly amounts stand, [figure][year]
   */
  constructor(sheet: Sheet, figureRows: readonly number[], yearRows: readonly (readonly number[])[]) {
    this.figures = new KeptRows(sheet, figureRows, (...bytes) => new Float64Array(...bytes), Number.NaN);
    this.years = Array.from(
      { length: Math.max(0, ...yearRows.map(({ length }) => length)) },
      (_, year) =>
        new KeptRows(
          sheet,
          lasting(yearRows, year).map((place) => yearRows[place]?.[year] as number),
          (...bytes) => new Float32Array(...bytes),
          0,
        ),
    );
  }

  /** Once the sheet has been opened. */
  open(kernel: Kernel): void {
    this.figures.open(kernel);
    for (const year of this.years) year.open(kernel);
  }

  /**
   * Keeps the block that has just been worked out.
   *
   * @param first draw of the block, and `count` draws
   * @param invalid 1 for each draw of the block that gave no figures
   */
  keep(first: number, count: number, invalid: Uint8Array): void {
    this.figures.keep(first, count, invalid);
    for (const year of this.years) year.keep(first, count, invalid);
  }

  /** All that has been kept: the figures, and the amounts of each year; see lasting. */
  get kept(): { readonly figures: Kept<Float64Array>; readonly years: readonly Kept<Float32Array>[] } {
    return { figures: this.figures.kept, years: this.years.map(({ kept }) => kept) };
  }
}
