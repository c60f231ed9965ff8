import { ModelError } from "../core/errors.ts";
import type { Model, RegionalCost } from "../model/model.ts";
import type { Values } from "../model/reader.ts";

/**
 * The part of each municipality in a cost of the region, summing to 1.
 *
 * @param entrants persons, [municipality][segment][inflow year]
 * @throws ModelError KEY_WITHOUT_WEIGHT when the key gives nobody a share
 */
export function keyShares(
  model: Model,
  cost: RegionalCost,
  entrants: readonly (readonly Float64Array[])[],
): Float64Array {
  const weights = Float64Array.from(model.municipalities, (municipality, index) => {
    if (cost.key === "inhabitants") return municipality.inhabitants ?? 0;
    if (cost.key === "entrants")
      return (entrants[index] ?? []).reduce(
        (sum, years) => sum + years.reduce((persons, count) => persons + count, 0),
        0,
      );
    return cost.key.shares[index] ?? 0;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0))
    throw new ModelError({ code: "KEY_WITHOUT_WEIGHT", path: cost.path, found: total, expected: "> 0" });
  return weights.map((weight) => weight / total);
}

/** EUR per year of the horizon for the region: the one-off in `from` (default the first year), perYear from `from` to `to`. */
export function regionalAmounts(model: Model, values: Values, cost: RegionalCost): Float64Array {
  const { startYear, years } = model.time;
  const amounts = new Float64Array(years);
  const first = (cost.from ?? startYear) - startYear;
  const last = (cost.to ?? startYear + years - 1) - startYear;
  const oneOff = cost.oneOff === null ? 0 : values.region(cost.oneOff);
  const perYear = cost.perYear === null ? 0 : values.region(cost.perYear);
  for (let year = 0; year < years; year += 1) {
    if (year === first) amounts[year] = (amounts[year] ?? 0) + oneOff;
    if (year >= first && year <= last) amounts[year] = (amounts[year] ?? 0) + perYear;
  }
  return amounts;
}
