import type { Appraisal } from "./figures.ts";

/** Who pays and who gains, before transfers. */
export interface WrongPockets {
  /** ½ Σ |share of costs − share of benefits| over the parties, 0 to 1; null where nobody pays or nobody gains. */
  readonly index: number | null;
  /** Per party: PV of benefits less PV of costs borne, EUR. */
  readonly gap: readonly number[];
  /** Per party, 0 to 1. */
  readonly costShare: readonly number[];
  readonly benefitShare: readonly number[];
}

function shares(amounts: readonly number[]): { total: number; parts: number[] } {
  const kept = amounts.map((amount) => Math.max(0, amount));
  const total = kept.reduce((sum, amount) => sum + amount, 0);
  return { total, parts: kept.map((amount) => (total > 0 ? amount / total : 0)) };
}

/**
 * The wrong-pocket index [verkeerde-portemonnee-index]: how far those who pay are others than those who gain.
 *
 * @param parties the appraisal of every party before transfers
 * @source model.md section 6; method.md M12
 */
export function wrongPockets(parties: readonly Appraisal[]): WrongPockets {
  const costs = shares(parties.map((party) => party.costs));
  const benefits = shares(parties.map((party) => party.benefits));
  const apart = costs.parts.reduce(
    (sum, share, party) => sum + Math.abs(share - (benefits.parts[party] ?? 0)),
    0,
  );
  return {
    index: costs.total > 0 && benefits.total > 0 ? apart / 2 : null,
    gap: parties.map((party) => party.benefits - party.costs),
    costShare: costs.parts,
    benefitShare: benefits.parts,
  };
}
