import { type EarnedBack, earnedBack, internalRateOfReturn, netPresentValue } from "../core/discounting.ts";
import type { Side, TransferKind } from "../funding/settlement/transfers.ts";
import { transferCosts } from "../funding/settlement/transfers.ts";
import type { Model } from "../model/model.ts";
import type { ScenarioRun } from "./scenarioRun.ts";
import { costsAfterTransfers, type Settlement } from "./settlement.ts";
import { addTotals, bearingSide, payingSide } from "./totals.ts";

/** Kinds of transfer in the order in which they are shown. */
export const TRANSFER_KINDS: readonly TransferKind[] = ["grant", "feedback", "repay", "backstop", "region"];

/**
 * From the net present value before transfers to the one after: EUR, positive is a gain; the parts sum to `after`.
 */
export interface TransferBridge {
  readonly before: number;
  /** Payments from money that is repaid when unspent: borne by the funder before transfers, paid by the holder after. */
  readonly earmarked: number;
  readonly transfers: Readonly<Record<TransferKind, number>>;
  readonly after: number;
}

/** What a party, or a municipality, is left with against the reference once all purses are settled. Plain data. */
export interface AfterTransfers {
  /** Present value borne in the scenario itself. */
  readonly presentValue: number;
  readonly npv: number;
  /** Net benefit per year of cash, undiscounted; longer than the horizon where settlements are paid after it. */
  readonly net: Float64Array;
  /** Years from the start of the horizon, within the years of cash. */
  readonly payback: EarnedBack;
  readonly discountedPayback: EarnedBack;
  readonly irr: number | null;
  /** The most that is ever paid ahead [hoogste voorfinanciering], EUR at the end of a year, undiscounted. */
  readonly peakPrefinancing: number;
  readonly bridge: TransferBridge;
}

/** A run and its purses. */
export interface SettledRun {
  readonly run: ScenarioRun;
  readonly settlement: Settlement;
}

/** Amounts smaller than this part of what they are differences of are rounding. */
const ROUNDING = 1e-11;

/** What a side bears less in the scenario than in the reference, per year; rounding is 0. */
export function fall(
  reference: ArrayLike<number>,
  scenario: Float64Array,
  into: Float64Array = new Float64Array(scenario.length),
): Float64Array {
  for (let year = 0; year < scenario.length; year += 1) {
    const cost = scenario[year] as number;
    const before = reference[year] ?? 0;
    const difference = before - cost;
    const rounding = Math.abs(difference) <= ROUNDING * Math.max(Math.abs(cost), Math.abs(before));
    into[year] = rounding ? 0 : difference;
  }
  return into;
}

/** The deepest point of the cumulative net benefit below 0, as a positive amount. */
export function peakPrefinancing(net: ArrayLike<number>): number {
  let cumulative = 0;
  let lowest = 0;
  for (let year = 0; year < net.length; year += 1) {
    cumulative += net[year] ?? 0;
    lowest = Math.min(lowest, cumulative);
  }
  return lowest === 0 ? 0 : -lowest;
}

/** What the chosen sides bear before transfers, per year of cash. */
function costsBeforeTransfers(
  model: Model,
  run: ScenarioRun,
  years: number,
  chosen: (side: Side) => boolean,
) {
  // A funder of the region is no municipality, even where the work is done in one.
  return addTotals(new Float64Array(years), run.totals, (account, municipality, kind) =>
    chosen(bearingSide(model, account, municipality, kind)),
  );
}

/** What the chosen sides pay from their own accounts, per year of cash. */
function costsPaid(model: Model, run: ScenarioRun, years: number, chosen: (side: Side) => boolean) {
  return addTotals(new Float64Array(years), run.totals, (account, municipality) =>
    chosen(payingSide(model, account, municipality)),
  );
}

/**
 * Appraises a scenario against its reference for some sides, after all transfers.
 *
 * @param chosen which sides count: a party, or the local party in one municipality
 * @source model.md sections 5 and 6
 */
export function appraiseAfterTransfers(
  model: Model,
  scenario: SettledRun,
  reference: SettledRun,
  chosen: (side: Side) => boolean,
): AfterTransfers {
  const { settlement } = scenario;
  const { factors, years } = settlement;
  const borne = costsAfterTransfers(model, scenario.run, settlement, chosen);
  const net = fall(costsAfterTransfers(model, reference.run, reference.settlement, chosen), borne);
  const value = (costs: (side: SettledRun) => Float64Array) =>
    netPresentValue(fall(costs(reference), costs(scenario)), factors);
  const before = value(({ run }) => costsBeforeTransfers(model, run, years, chosen));
  const paid = value(({ run }) => costsPaid(model, run, years, chosen));
  const transfers = Object.fromEntries(
    TRANSFER_KINDS.map((kind) => [
      kind,
      value((side) =>
        transferCosts(
          side.settlement.transfers.filter((transfer) => transfer.kind === kind),
          years,
          chosen,
        ),
      ),
    ]),
  ) as Record<TransferKind, number>;
  const npv = netPresentValue(net, factors);
  return {
    presentValue: netPresentValue(borne, factors),
    npv,
    net,
    payback: earnedBack(net),
    discountedPayback: earnedBack(net, factors),
    irr: internalRateOfReturn(net),
    peakPrefinancing: peakPrefinancing(net),
    bridge: { before, earmarked: paid - before, transfers, after: npv },
  };
}

/** After transfers: every party, and the local party in every municipality (empty without a local party). */
export interface PurseFigures {
  readonly parties: readonly AfterTransfers[];
  /** The headline of a municipality. */
  readonly municipalities: readonly AfterTransfers[];
}

/** The figures of a scenario that need settled purses. */
export function purseFigures(model: Model, scenario: SettledRun, reference: SettledRun): PurseFigures {
  const of = (chosen: (side: Side) => boolean) => appraiseAfterTransfers(model, scenario, reference, chosen);
  return {
    parties: model.parties.map((_, party) => of((side) => side.party === party)),
    municipalities:
      model.localParty < 0
        ? []
        : model.municipalities.map((_, municipality) =>
            of((side) => side.party === model.localParty && side.municipality === municipality),
          ),
  };
}
