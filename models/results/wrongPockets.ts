import type { Appraisal } from "./figures.ts";

/** Who pays and who gains, before transfers. EUR discounted, against the reference. */
export interface WrongPockets {
  /** ½ Σ |share of costs − share of benefits| over the parties, 0 to 1; null where nobody pays or nobody gains. */
  readonly index: number | null;
  /** Per party: PV of benefits less PV of costs borne. */
  readonly gap: readonly number[];
  /** Per party, what it pays more on balance for all interventions, schemes and executors; 0 where that is less. */
  readonly costs: readonly number[];
  /** Per party, the net fall of its state flows and what it pays less on balance; below 0 is a loss. */
  readonly benefits: readonly number[];
}

/** EUR of all parties together that is nothing. */
const NOTHING = 0.5;

function shares(amounts: readonly number[]): { total: number; parts: number[] } {
  const kept = amounts.map((amount) => Math.max(0, amount));
  const total = kept.reduce((sum, amount) => sum + amount, 0);
  return { total, parts: kept.map((amount) => (total > 0 ? amount / total : 0)) };
}

/**
 * The wrong-pocket index [verkeerde-portemonnee-index]: how far those who pay are others than those who gain. Of each
 * party what it pays more is set off against what it pays less, so that it does not matter which work a purse pays.
 *
 * @param parties the appraisal of every party before transfers
 * @source model.md section 6; method.md M12; docs/decisions/019
 */
export function wrongPockets(parties: readonly Appraisal[]): WrongPockets {
  const costs = parties.map((party) => Math.max(0, party.costs - party.avoided));
  const gap = parties.map((party) => party.benefits - party.costs);
  const benefits = gap.map((net, party) => net + (costs[party] ?? 0));
  const paid = shares(costs);
  const gained = shares(benefits);
  const apart = paid.parts.reduce(
    (sum, share, party) => sum + Math.abs(share - (gained.parts[party] ?? 0)),
    0,
  );
  return { index: paid.total > NOTHING && gained.total > NOTHING ? apart / 2 : null, gap, costs, benefits };
}
