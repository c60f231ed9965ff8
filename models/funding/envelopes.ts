import type { Model } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import { isLocal } from "./walls.ts";

/**
 * Room of every account for interventions, EUR/year: [account][municipality][year]. An account of a non-local
 * party has one room for the region, at municipality 0.
 *
 * @param entrants persons, [municipality][segment][inflow year]
 * @source model.md section 4, Envelopes
 */
export function envelopes(
  model: Model,
  values: Values,
  entrants: readonly (readonly Float64Array[])[],
): Float64Array[][] {
  const { years } = model.time;
  return model.accounts.map((account) => {
    const local = isLocal(model, account);
    return model.municipalities.map((_, municipality) => {
      const room = new Float64Array(years);
      if (!local && municipality > 0) return room;
      const read = local ? values.municipality[municipality] : values.region;
      if (!read || account.envelope.kind === "none") return room;
      const { amounts } = account.envelope;
      const values_ = amounts.map(read);
      if (account.envelope.kind === "perYear") {
        for (let year = 0; year < years; year += 1)
          room[year] = values_[Math.min(year, values_.length - 1)] ?? 0;
        return room;
      }
      const served = local ? [municipality] : model.municipalities.map((__, index) => index);
      for (const from of served)
        for (const segment of account.envelope.segments)
          for (const [year, persons] of (entrants[from]?.[segment] ?? []).entries())
            for (const [lag, amount] of values_.entries())
              if (year + lag < years) room[year + lag] = (room[year + lag] ?? 0) + persons * amount;
      return room;
    });
  });
}
