/**
 * The compiled business case: indices and slots instead of ids and formulas (model.md sections 1 to 5).
 *
 * Every list is sorted by id (code units), so that no place in the file decides a figure;
 * `position` is the place in the file, for display only. An index is a place in the sorted list.
 */
import type { Distribution } from "../core/distributions.ts";
import type { Program } from "../core/program.ts";

/**
 * A number slot: a program over the parameter columns whose result is in the slot's unit
 * (flows EUR/year, one-off EUR, perMonth EUR/month, times in months, rates 1/year, shares and factors 1).
 * `path` is the place in the file, for errors and explanations.
 */
export interface Slot {
  readonly path: string;
  readonly program: Program;
}

export interface Named {
  readonly id: string;
  readonly label: string;
  readonly position: number;
}

export interface Time {
  readonly startYear: number;
  /** Horizon H in years. */
  readonly years: number;
  readonly inflowYears: number;
  /** Years that each cohort is followed, F ≤ H. */
  readonly followUp: number;
  readonly cyclesPerYear: 1 | 2 | 4 | 12;
  readonly arrival: "spread" | "start";
  readonly occupancy: "mid" | "start" | "end";
}

export interface Citation {
  readonly source: number;
  readonly locator: string | null;
}

export interface Source extends Named {
  readonly publisher: string | null;
  readonly year: number | null;
  readonly url: string | null;
  readonly note: string | null;
}

export type { Distribution };

/** Values are programs in the parameter's own unit; the price factor is applied after them. */
export interface Parameter extends Named {
  readonly group: string | null;
  /** The unit as written; "" when dimensionless. */
  readonly unit: string;
  readonly value: Slot;
  /** The formula as written, or null for a plain number. */
  readonly formula: string | null;
  readonly local: readonly ({ readonly value: Slot; readonly reason: string | null } | null)[];
  readonly distribution: Distribution | null;
  readonly citation: Citation | null;
  readonly kind: "observed" | "stated" | "assumed" | "projected" | null;
  readonly evidence: number | null;
  readonly note: string | null;
  /** Price level of the value as written; null when it is the case's. */
  readonly priceLevel: number | null;
  /** index[case] / index[own], or null when no conversion applies. */
  readonly priceFactor: Slot | null;
}

/** Yearly price levels: `levels[i]` belongs to `years[i]`, ascending; `growth` (per year) beyond the last. */
export interface PriceIndex extends Named {
  readonly years: readonly number[];
  readonly levels: readonly number[];
  readonly growth: Slot | null;
}

export interface Municipality extends Named {
  readonly inhabitants: number | null;
}

export interface Party extends Named {
  readonly local: boolean;
}

export interface Perspective extends Named {
  readonly parties: readonly number[];
}

/** EUR for the region, divided over the municipalities by `key`; calendar years inclusive, null = no bound. */
export interface RegionalCost {
  readonly account: number;
  readonly oneOff: Slot | null;
  readonly perYear: Slot | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly key: "inhabitants" | "entrants" | { readonly shares: Float64Array };
  readonly path: string;
}

export interface Executor extends Named {
  readonly costs: readonly RegionalCost[];
}

export interface BackstopTier {
  readonly above: number;
  readonly share: number;
}

export interface Backstop {
  readonly party: number;
  readonly lag: number;
  /** Ascending by `from`; a plain list of tiers has one entry with from = -Infinity. */
  readonly periods: readonly { readonly from: number; readonly tiers: readonly BackstopTier[] }[];
  readonly cumulative: { readonly years: number; readonly above: number } | null;
  readonly extended: {
    readonly years: number;
    readonly atLeast: number;
    readonly share: number;
    readonly lower: number;
  } | null;
}

/** Room for interventions. A list per year: the last entry holds on. */
export type Envelope =
  | { readonly kind: "none" }
  | { readonly kind: "perYear"; readonly amounts: readonly Slot[] }
  | { readonly kind: "perEntrant"; readonly amounts: readonly Slot[]; readonly segments: readonly number[] };

export interface Account extends Named {
  readonly holder: number;
  readonly funder: number | null;
  readonly law: string | null;
  readonly taakveld: string | null;
  readonly payOrder: number;
  readonly envelope: Envelope;
  readonly funds: readonly number[];
  readonly earmark: readonly number[] | null;
  readonly hurdle: Slot | null;
  readonly carryOver: Slot;
  readonly pooling: "free" | "contract" | "excluded";
  /** Per year, the last holds on; null = the default of model.md section 5. */
  readonly grant: readonly Slot[] | null;
  readonly other: readonly Slot[];
  readonly history: readonly Slot[];
  readonly surplus: "keep" | "repay";
  readonly repayLag: number;
  readonly deficit: "holder" | "carry";
  readonly backstop: Backstop | null;
  readonly grantFeedback: readonly { readonly after: number; readonly share: Slot }[];
  readonly index: number | null;
  readonly cashable: Slot;
  readonly cashableFrom: number | null;
}

export interface State extends Named {
  readonly ladder: number | null;
  readonly exit: boolean;
  readonly flows: readonly { readonly account: number; readonly amount: Slot }[];
}

export interface Outcome extends Named {
  /** One weight per state. */
  readonly weights: Float64Array;
}

/** Piecewise constant: the step with the largest `from` ≤ μ applies, 0 before the first. */
export interface Transition {
  readonly from: number;
  readonly to: number;
  readonly steps: readonly { readonly from: Slot; readonly value: Slot }[];
  readonly path: string;
}

export interface Segment extends Named {
  /** Per state; null = 0. */
  readonly entry: readonly (Slot | null)[];
  /** [municipality][inflow year]; a missing year means none. */
  readonly inflow: readonly (readonly Slot[])[];
  readonly transitionKind: "rate" | "probability";
  readonly transitions: readonly Transition[];
  /** Per account; null = 1. */
  readonly flowFactors: readonly (Slot | null)[];
  readonly referenceTrack: number;
}

export interface Timing {
  readonly delay: Slot;
  readonly duration: Slot | null;
  readonly halfLife: Slot | null;
  readonly evidence: number | null;
}

export type InterventionCost =
  | {
      readonly kind: "once";
      readonly at: Slot;
      readonly amount: Slot;
      readonly while: readonly number[] | null;
      readonly path: string;
    }
  | {
      readonly kind: "monthly";
      readonly from: Slot;
      readonly months: Slot;
      readonly perMonth: Slot;
      readonly while: readonly number[] | null;
      readonly path: string;
    };

export type Effect =
  | ({
      readonly kind: "hazard";
      readonly hazardRatio: Slot;
      readonly from: readonly number[] | null;
      readonly to: readonly number[] | null;
      readonly path: string;
    } & Timing)
  | ({
      readonly kind: "factor";
      readonly factor: Slot;
      readonly accounts: readonly number[];
      readonly states: readonly number[] | null;
      readonly path: string;
    } & Timing);

export interface Intervention extends Named {
  readonly statutory: boolean;
  readonly evidence: number | null;
  readonly executor: number | null;
  readonly taakveld: string | null;
  readonly capacity: Slot | null;
  readonly costs: readonly InterventionCost[];
  readonly effects: readonly Effect[];
}

export interface Track extends Named {
  readonly interventions: readonly number[];
  /** Segments for which the track is meant; all when the file leaves them out. */
  readonly segments: readonly number[];
  readonly synergy: Slot;
  readonly wait: Slot;
  readonly clockShift: Slot;
  readonly requiresJointDelivery: boolean;
}

export type AllocationMode =
  | { readonly mode: "reference" }
  | { readonly mode: "optimal" }
  /** shares[segment][track]; null = segment on its reference track. */
  | { readonly mode: "fixed"; readonly shares: readonly (readonly (Slot | null)[] | null)[] };

export interface Scenario extends Named {
  readonly description: string | null;
  readonly pool: readonly number[];
  readonly scope: "local" | "regional";
  readonly jointDelivery: boolean;
  readonly liftEarmarks: readonly number[];
  readonly reinvestSavings: "none" | "nextYear" | "sameYear";
  readonly hurdle: Slot | null;
  readonly allocation: AllocationMode;
  /** Perspective to minimise; null only where the mode needs none. */
  readonly objective: number | null;
  readonly costs: readonly RegionalCost[];
  readonly overrides: readonly { readonly parameter: number; readonly value: Slot }[];
}

export interface Model {
  readonly title: string;
  readonly status: "concept" | "ter-bespreking" | "vastgesteld";
  readonly priceLevel: number;
  readonly time: Time;
  readonly discounting: {
    readonly rate: Slot;
    readonly timing: "mid-year" | "start" | "end";
    readonly alsoAt: readonly Slot[];
  };
  readonly indices: readonly PriceIndex[];
  readonly municipalities: readonly Municipality[];
  readonly parties: readonly Party[];
  /** The one party that each municipality is, or -1 when the case has none. */
  readonly localParty: number;
  readonly perspectives: readonly Perspective[];
  readonly executors: readonly Executor[];
  readonly sources: readonly Source[];
  /** Sorted by id, like every list; `parameterOrder` is the order in which their columns can be filled. */
  readonly parameters: readonly Parameter[];
  /** Indices into `parameters`: every parameter after those that any of its formulas (value, local, override) uses. */
  readonly parameterOrder: readonly number[];
  readonly accounts: readonly Account[];
  readonly states: readonly State[];
  readonly outcomes: readonly Outcome[];
  readonly segments: readonly Segment[];
  readonly interventions: readonly Intervention[];
  readonly tracks: readonly Track[];
  readonly scenarios: readonly Scenario[];
  /** The default reference scenario. */
  readonly reference: number;
  /** correction[grade] when the correction is on, else null. */
  readonly optimismBias: Readonly<Record<string, number>> | null;
}
