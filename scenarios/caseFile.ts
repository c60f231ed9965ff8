/** The business-case file, version 1, as one type: the names of every key. Meaning and units: docs/method.md. */

/** A number in the slot's unit, or a formula over parameter ids. */
export type Expression = number | string;
export type Id = string;

export interface BusinessCase {
  format: "ontschot/businesscase";
  version: 1;
  meta: {
    title: string;
    description?: string;
    author?: string;
    priceLevel: number;
    status?: "concept" | "ter-bespreking" | "vastgesteld";
    changes?: { at: string; who: string; path: string; from: unknown; to: unknown; why: string }[];
  };
  time: {
    startYear: number;
    years: number;
    inflowYears: number;
    followUp?: number;
    cyclesPerYear?: 1 | 2 | 4 | 12;
    arrival?: "spread" | "start";
    occupancy?: "mid" | "start" | "end";
  };
  discounting: { rate: Expression; timing?: "mid-year" | "start" | "end"; alsoAt?: Expression[] };
  indices?: {
    id: Id;
    label: string;
    levels: Record<number, number>;
    growth?: Expression;
    source?: Citation;
  }[];
  municipalities: { id: Id; label: string; inhabitants?: number }[];
  parties: { id: Id; label: string; local?: boolean }[];
  perspectives: { id: Id; label: string; parties: Id[] }[];
  executors?: { id: Id; label: string; costs?: RegionalCost[] }[];
  sources?: { id: Id; title: string; publisher?: string; year?: number; url?: string; note?: string }[];
  parameters: Parameter[];
  accounts: Account[];
  states: {
    id: Id;
    label: string;
    ladder?: 1 | 2 | 3 | 4 | 5 | 6;
    exit?: boolean;
    flows?: { account: Id; amount: Expression }[];
  }[];
  outcomes?: { id: Id; label: string; weights: Record<Id, number> }[];
  segments: Segment[];
  interventions: Intervention[];
  tracks: {
    id: Id;
    label: string;
    interventions: Id[];
    segments?: Id[];
    synergy?: Expression;
    wait?: Expression;
    clockShift?: Expression;
    requires?: "jointDelivery";
  }[];
  scenarios: Scenario[];
  reference?: Id;
  optimismBias?: { enabled: boolean; correction: Record<string, number> };
}

export type Citation = Id | { id: Id; locator: string };

export interface Parameter {
  id: Id;
  label: string;
  group?: string;
  unit?: string;
  value: Expression;
  distribution?:
    | { kind: "uniform" | "triangular" | "normal" | "lognormal"; low: number; high: number }
    | { kind: "pert"; low: number; mode?: number; high: number }
    | { kind: "beta"; sd: number }
    | { kind: "beta"; successes: number; trials: number }
    | { kind: "gamma"; sd: number };
  local?: Record<Id, Expression | { value: Expression; reason: string }>;
  source?: Citation;
  kind?: "observed" | "stated" | "assumed" | "projected";
  priceLevel?: number;
  index?: Id;
  evidence?: number;
  note?: string;
}

/** EUR for the region, divided over municipalities by key; from and to are calendar years. */
export interface RegionalCost {
  account: Id;
  oneOff?: Expression;
  perYear?: Expression;
  from?: number;
  to?: number;
  key?: "inhabitants" | "entrants" | { shares: Record<Id, number> };
}

export interface Account {
  id: Id;
  label: string;
  holder: Id;
  funder?: Id;
  law?: string;
  taakveld?: string;
  payOrder?: number;
  envelope?: Expression | Expression[] | { perEntrant: Expression[]; segments?: Id[] };
  funds?: Id[];
  earmark?: Id[];
  hurdle?: Expression;
  carryOver?: Expression;
  pooling?: "free" | "contract" | "excluded";
  grant?: Expression | Expression[];
  other?: Expression | Expression[];
  history?: Expression[];
  surplus?: "keep" | "repay";
  repayLag?: number;
  deficit?: "holder" | "carry";
  backstop?: {
    party: Id;
    lag?: number;
    tiers: { above: number; share: number }[] | { from: number; tiers: { above: number; share: number }[] }[];
    cumulative?: { years: number; above: number };
    extended?: { years: number; atLeast: number; share: number; lower: number };
  };
  grantFeedback?: { after: number; share: Expression }[];
  index?: Id;
  cashable?: Expression;
  cashableFrom?: number;
}

export interface Segment {
  id: Id;
  label: string;
  referenceTrack: Id;
  entry: Record<Id, Expression>;
  inflow: Record<Id, Expression | Expression[]>;
  transitionKind?: "rate" | "probability";
  transitions: { from: Id; to: Id; rate: Expression | { from: Expression; value: Expression }[] }[];
  flowFactors?: Record<Id, Expression>;
}

export interface Intervention {
  id: Id;
  label: string;
  statutory?: boolean;
  evidence?: number;
  executor?: Id;
  taakveld?: string;
  capacity?: Expression;
  costs?: (
    | { at?: Expression; amount: Expression; while?: Id[] }
    | { from?: Expression; months: Expression; perMonth: Expression; while?: Id[] }
  )[];
  effects?: (
    | ({ hazardRatio: Expression; from?: Id[]; to?: Id[] } & Timing)
    | ({ factor: Expression; accounts: Id[]; states?: Id[] } & Timing)
  )[];
}
export interface Timing {
  delay?: Expression;
  duration?: Expression;
  halfLife?: Expression;
  evidence?: number;
}

export interface Scenario {
  id: Id;
  label: string;
  description?: string;
  pool?: Id[];
  scope?: "local" | "regional";
  jointDelivery?: boolean;
  liftEarmarks?: Id[];
  reinvestSavings?: "none" | "nextYear" | "sameYear";
  hurdle?: Expression;
  allocation?:
    | { mode: "reference" | "optimal" }
    | { mode: "fixed"; shares: Record<Id, Record<Id, Expression>> };
  /** Required when the allocation is optimal. */
  objective?: Id;
  costs?: RegionalCost[];
  overrides?: Record<Id, Expression>;
}
