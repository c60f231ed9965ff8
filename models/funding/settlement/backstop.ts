import type { Backstop, BackstopTier } from "../../model/model.ts";

/** How a backstop was entered in a year: not, by its regular test, or by the lower entry of the extended regime. */
export type BackstopEntry = "closed" | "regular" | "extended";

/** What a backstop pays on one year, EUR, and how it was entered. */
export interface BackstopAward {
  readonly entry: BackstopEntry;
  readonly amount: number;
}

const CLOSED: BackstopAward = { entry: "closed", amount: 0 };

/** The tiers that hold for deficits of a calendar year; null before the first period. */
export function tiersOfYear(backstop: Backstop, calendarYear: number): readonly BackstopTier[] | null {
  let tiers: readonly BackstopTier[] | null = null;
  for (const period of backstop.periods) if (period.from <= calendarYear) tiers = period.tiers;
  return tiers;
}

/** Σ share_i · (min(δ, a_{i+1}) − a_i)⁺ over tiers ascending in `above`, the last without an end. */
export function tierShare(tiers: readonly BackstopTier[], deficitShare: number): number {
  let sum = 0;
  for (let index = 0; index < tiers.length; index += 1) {
    const { above, share } = tiers[index] as BackstopTier;
    const end = tiers[index + 1]?.above ?? Number.POSITIVE_INFINITY;
    sum += share * Math.max(0, Math.min(deficitShare, end) - above);
  }
  return sum;
}

/** The deficit as a share of the grant; 0 for a surplus and where there is no grant to relate it to. */
export function deficitShare(result: number, grant: number): number {
  return grant > 0 ? Math.max(0, -result) / grant : 0;
}

/**
 * What the backstop [vangnet] pays on the deficit of one year.
 *
 * Regular entry: δ above the first tier and, where there is a cumulative test, the results of the last `years` years
 * (this one included) together below −above · grant. Extended entry: a deficit of at least `share` of the grant in at
 * least `atLeast` of the `years` years before; then the first tier begins at `lower` and the cumulative test is not asked.
 *
 * @param results own results of the years up to and including this one, oldest first, EUR; what lies before counts as 0
 * @param grants grants of the same years, EUR
 * @param last place of the year; what stands after it is not looked at
 * @source model.md section 5; Participatiewet art. 74; money.md 2.2 and R5
 */
export function awardBackstop(
  backstop: Backstop,
  calendarYear: number,
  results: ArrayLike<number>,
  grants: ArrayLike<number>,
  last: number = results.length - 1,
): BackstopAward {
  const tiers = tiersOfYear(backstop, calendarYear) ?? [];
  const [first] = tiers;
  const grant = grants[last] ?? 0;
  const delta = deficitShare(results[last] ?? 0, grant);
  if (!first || delta === 0) return CLOSED;
  const { extended, cumulative } = backstop;
  if (extended && delta > extended.lower && extended.lower < first.above) {
    let count = 0;
    for (let back = 1; back <= extended.years; back += 1) {
      const year = last - back;
      if (year >= 0 && deficitShare(results[year] ?? 0, grants[year] ?? 0) >= extended.share) count += 1;
    }
    if (count >= extended.atLeast) {
      const lowered = [{ above: extended.lower, share: first.share }, ...tiers.slice(1)];
      return { entry: "extended", amount: grant * tierShare(lowered, delta) };
    }
  }
  if (!(delta > first.above)) return CLOSED;
  if (cumulative) {
    let deficits = 0;
    for (let year = Math.max(0, last - cumulative.years + 1); year <= last; year += 1)
      deficits -= results[year] ?? 0;
    if (!(deficits > cumulative.above * grant)) return CLOSED;
  }
  return { entry: "regular", amount: grant * tierShare(tiers, delta) };
}
