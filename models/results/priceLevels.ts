import { ModelError } from "../core/errors.ts";
import type { Model, PriceIndex } from "../model/model.ts";
import type { Reader } from "../model/reader.ts";

/**
 * The level of an index in a calendar year: stated, or the last stated one with its growth.
 *
 * @throws ModelError INDEX_LEVEL_MISSING
 */
export function indexLevel(index: PriceIndex, year: number, read: Reader): number {
  const at = index.years.indexOf(year);
  if (at >= 0) return index.levels[at] ?? Number.NaN;
  const last = index.years.length - 1;
  const beyond = year - (index.years[last] ?? year);
  if (beyond > 0 && index.growth !== null)
    return (index.levels[last] ?? Number.NaN) * (1 + read(index.growth)) ** beyond;
  throw new ModelError({
    code: "INDEX_LEVEL_MISSING",
    path: `indices/${index.id}/levels`,
    found: year,
    expected: index.years.join(", "),
  });
}

/**
 * What one euro of the case's price level is in the money of each year, per account; 1 without an index, as for
 * general funds (the last entry).
 *
 * @param read reads slots of the region
 * @throws ModelError INDEX_LEVEL_MISSING
 */
export function priceFactors(model: Model, read: Reader, years: number): Float64Array[] {
  const { startYear } = model.time;
  const constant = new Float64Array(years).fill(1);
  const accounts = model.accounts.map((account) => {
    const index = account.index === null ? undefined : model.indices[account.index];
    if (!index) return constant;
    const base = indexLevel(index, model.priceLevel, read);
    return Float64Array.from(
      { length: years },
      (_, year) => indexLevel(index, startYear + year, read) / base,
    );
  });
  return [...accounts, constant];
}
