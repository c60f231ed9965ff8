import { type EarnedBack, earnedBack, internalRateOfReturn, netPresentValue } from "../core/discounting.ts";
import type { Side, TransferKind } from "../funding/settlement/transfers.ts";
import { transferCosts } from "../funding/settlement/transfers.ts";
import type { Model } from "../model/model.ts";
import type { Viewpoint } from "./figures.ts";
import type { ScenarioRun } from "./scenarioRun.ts";
import { costsAfterTransfers, type Settlement } from "./settlement.ts";
import { addTotals, type Incidence, sideOf } from "./totals.ts";

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
export const ROUNDING = 1e-11;

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

/** What some sides bear in a run, EUR per year of cash. */
interface BorneCosts {
  readonly before: Float64Array;
  /** From their own accounts. */
  readonly paid: Float64Array;
  readonly transfers: Readonly<Record<TransferKind, Float64Array>>;
  readonly after: Float64Array;
}

/** Whether a side belongs to a viewpoint: one of its parties, in its municipality where it names one. */
export function isSideOf({ parties, municipality = null }: Viewpoint, side: Side): boolean {
  return parties.includes(side.party) && (municipality === null || side.municipality === municipality);
}

/** A reference is asked for the same by every scenario. */
const borneInRun = new WeakMap<SettledRun, Map<string, BorneCosts>>();

function borneCosts(model: Model, settled: SettledRun, viewpoint: Viewpoint): BorneCosts {
  const known = borneInRun.get(settled) ?? new Map<string, BorneCosts>();
  borneInRun.set(settled, known);
  const key = `${viewpoint.parties.join(" ")}|${viewpoint.municipality ?? ""}`;
  const { run, settlement } = settled;
  const { years, transfers } = settlement;
  const chosen = (side: Side) => isSideOf(viewpoint, side);
  const sum = (party: (incidence: Incidence) => number) =>
    addTotals(new Float64Array(years), model, run.totals, (incidence, municipality) =>
      chosen(sideOf(model, party(incidence), municipality)),
    );
  const open = (): BorneCosts => ({
    // A funder of the region is no municipality, even where the work is done in one.
    before: sum(({ bearer }) => bearer),
    paid: sum(({ payer }) => payer),
    transfers: Object.fromEntries(
      TRANSFER_KINDS.map((kind) => [
        kind,
        transferCosts(
          transfers.filter((transfer) => transfer.kind === kind),
          years,
          chosen,
        ),
      ]),
    ) as Record<TransferKind, Float64Array>,
    after: costsAfterTransfers(model, run, settlement, chosen),
  });
  const borne = known.get(key) ?? open();
  known.set(key, borne);
  return borne;
}

/**
 * Appraises a scenario against its reference for some parties, after all transfers.
 *
 * @source model.md sections 5 and 6
 */
export function appraiseAfterTransfers(
  model: Model,
  scenario: SettledRun,
  reference: SettledRun,
  viewpoint: Viewpoint,
): AfterTransfers {
  const { factors } = scenario.settlement;
  const borne = borneCosts(model, scenario, viewpoint);
  const base = borneCosts(model, reference, viewpoint);
  const net = fall(base.after, borne.after);
  const value = (costs: (borne: BorneCosts) => Float64Array) =>
    netPresentValue(fall(costs(base), costs(borne)), factors);
  const before = value((costs) => costs.before);
  const paid = value((costs) => costs.paid);
  const transfers = Object.fromEntries(
    TRANSFER_KINDS.map((kind) => [kind, value((costs) => costs.transfers[kind])]),
  ) as Record<TransferKind, number>;
  const npv = netPresentValue(net, factors);
  return {
    presentValue: netPresentValue(borne.after, factors),
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
  const of = (party: number, municipality: number | null) =>
    appraiseAfterTransfers(model, scenario, reference, { parties: [party], municipality });
  return {
    parties: model.parties.map((_, party) => of(party, null)),
    municipalities:
      model.localParty < 0
        ? []
        : model.municipalities.map((_, municipality) => of(model.localParty, municipality)),
  };
}
