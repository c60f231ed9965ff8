import { z } from "zod";

// Without this zod probes `new Function`, which a strict content security policy reports.
z.config({ jitless: true });

/** Longest list in a file, and longest text: more is no business case but an attack or an accident. */
const LONGEST_LIST = 5_000;
const LONGEST_TEXT = 20_000;

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty"]);
const text = z.string().max(LONGEST_TEXT);
const id = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/)
  .refine((value) => !FORBIDDEN.has(value));
const symbol = id.regex(/^[A-Za-z_][A-Za-z0-9_]*$/);
const number = z.number();
const expression = z.union([number, z.string().max(LONGEST_TEXT)]);
const year = z.int().min(1900).max(2200);
const list = <T extends z.ZodType>(item: T) => z.array(item).max(LONGEST_LIST);
const record = <T extends z.ZodType>(value: T) => z.record(id, value);
const oneOrMany = z.union([expression, list(expression).min(1)]);
const citation = z.union([id, z.strictObject({ id, locator: text })]);

const timing = {
  delay: expression.exactOptional(),
  duration: expression.exactOptional(),
  halfLife: expression.exactOptional(),
  evidence: number.exactOptional(),
};

const meta = z.strictObject({
  title: text.min(1),
  description: text.exactOptional(),
  author: text.exactOptional(),
  priceLevel: year,
  status: z.enum(["concept", "ter-bespreking", "vastgesteld"]).exactOptional(),
  changes: list(
    z.strictObject({
      at: text,
      who: text,
      path: text,
      from: z.unknown(),
      to: z.unknown(),
      why: text,
    }),
  ).exactOptional(),
});

const time = z.strictObject({
  startYear: year,
  years: z.int().min(1).max(60),
  inflowYears: z.int().min(1).max(60),
  followUp: z.int().min(1).max(60).exactOptional(),
  cyclesPerYear: z.union([z.literal(1), z.literal(2), z.literal(4), z.literal(12)]).exactOptional(),
  arrival: z.enum(["spread", "start"]).exactOptional(),
  occupancy: z.enum(["mid", "start", "end"]).exactOptional(),
});

const range = { low: number, high: number };
const distribution = z.union([
  z.strictObject({ kind: z.enum(["uniform", "triangular", "normal", "lognormal"]), ...range }),
  z.strictObject({ kind: z.literal("pert"), mode: number.exactOptional(), ...range }),
  z.strictObject({ kind: z.literal("beta"), sd: number.positive() }),
  z.strictObject({ kind: z.literal("beta"), successes: number.positive(), trials: number.positive() }),
  z.strictObject({ kind: z.literal("gamma"), sd: number.positive() }),
]);

const parameter = z.strictObject({
  id: symbol,
  label: text,
  group: text.exactOptional(),
  unit: text.exactOptional(),
  value: expression,
  distribution: distribution.exactOptional(),
  local: record(z.union([expression, z.strictObject({ value: expression, reason: text })])).exactOptional(),
  source: citation.exactOptional(),
  kind: z.enum(["observed", "stated", "assumed", "projected"]).exactOptional(),
  priceLevel: year.exactOptional(),
  index: id.exactOptional(),
  evidence: number.exactOptional(),
  note: text.exactOptional(),
});

const regionalCost = z.strictObject({
  account: id,
  oneOff: expression.exactOptional(),
  perYear: expression.exactOptional(),
  from: year.exactOptional(),
  to: year.exactOptional(),
  key: z
    .union([z.enum(["inhabitants", "entrants"]), z.strictObject({ shares: record(number) })])
    .exactOptional(),
});

const tiers = list(z.strictObject({ above: number, share: number })).min(1);

const account = z.strictObject({
  id,
  label: text,
  holder: id,
  funder: id.exactOptional(),
  law: text.exactOptional(),
  taakveld: text.exactOptional(),
  payOrder: number.exactOptional(),
  envelope: z
    .union([
      expression,
      list(expression).min(1),
      z.strictObject({ perEntrant: list(expression).min(1), segments: list(id).exactOptional() }),
    ])
    .exactOptional(),
  funds: list(id).exactOptional(),
  earmark: list(id).exactOptional(),
  hurdle: expression.exactOptional(),
  carryOver: expression.exactOptional(),
  pooling: z.enum(["free", "contract", "excluded"]).exactOptional(),
  grant: oneOrMany.exactOptional(),
  other: oneOrMany.exactOptional(),
  history: list(expression).exactOptional(),
  surplus: z.enum(["keep", "repay"]).exactOptional(),
  repayLag: z.int().min(0).max(20).exactOptional(),
  deficit: z.enum(["holder", "carry"]).exactOptional(),
  backstop: z
    .strictObject({
      party: id,
      lag: z.int().min(0).max(20).exactOptional(),
      tiers: z.union([tiers, list(z.strictObject({ from: number, tiers })).min(1)]),
      cumulative: z.strictObject({ years: z.int().min(1).max(20), above: number }).exactOptional(),
      extended: z
        .strictObject({
          years: z.int().min(1).max(20),
          atLeast: z.int().min(1),
          share: number,
          lower: number,
        })
        .exactOptional(),
    })
    .exactOptional(),
  grantFeedback: list(z.strictObject({ after: z.int().min(0).max(60), share: expression })).exactOptional(),
  index: id.exactOptional(),
  cashable: expression.exactOptional(),
  cashableFrom: year.exactOptional(),
});

const state = z.strictObject({
  id,
  label: text,
  ladder: z
    .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)])
    .exactOptional(),
  exit: z.boolean().exactOptional(),
  flows: list(z.strictObject({ account: id, amount: expression })).exactOptional(),
});

const segment = z.strictObject({
  id,
  label: text,
  referenceTrack: id,
  entry: record(expression),
  inflow: record(z.union([expression, list(expression)])),
  transitionKind: z.enum(["rate", "probability"]).exactOptional(),
  transitions: list(
    z.strictObject({
      from: id,
      to: id,
      rate: z.union([expression, list(z.strictObject({ from: expression, value: expression })).min(1)]),
    }),
  ),
  flowFactors: record(expression).exactOptional(),
});

const intervention = z.strictObject({
  id,
  label: text,
  statutory: z.boolean().exactOptional(),
  evidence: number.exactOptional(),
  executor: id.exactOptional(),
  taakveld: text.exactOptional(),
  capacity: expression.exactOptional(),
  costs: list(
    z.union([
      z.strictObject({ at: expression.exactOptional(), amount: expression, while: list(id).exactOptional() }),
      z.strictObject({
        from: expression.exactOptional(),
        months: expression,
        perMonth: expression,
        while: list(id).exactOptional(),
      }),
    ]),
  ).exactOptional(),
  effects: list(
    z.union([
      z.strictObject({
        hazardRatio: expression,
        from: list(id).exactOptional(),
        to: list(id).exactOptional(),
        ...timing,
      }),
      z.strictObject({
        factor: expression,
        accounts: list(id).min(1),
        states: list(id).exactOptional(),
        ...timing,
      }),
    ]),
  ).exactOptional(),
});

const track = z.strictObject({
  id,
  label: text,
  interventions: list(id),
  segments: list(id).exactOptional(),
  synergy: expression.exactOptional(),
  wait: expression.exactOptional(),
  clockShift: expression.exactOptional(),
  requires: z.literal("jointDelivery").exactOptional(),
});

const scenario = z.strictObject({
  id,
  label: text,
  description: text.exactOptional(),
  pool: list(id).exactOptional(),
  scope: z.enum(["local", "regional"]).exactOptional(),
  jointDelivery: z.boolean().exactOptional(),
  liftEarmarks: list(id).exactOptional(),
  reinvestSavings: z.enum(["none", "nextYear", "sameYear"]).exactOptional(),
  hurdle: expression.exactOptional(),
  allocation: z
    .union([
      z.strictObject({ mode: z.enum(["reference", "optimal"]) }),
      z.strictObject({ mode: z.literal("fixed"), shares: record(record(expression)) }),
    ])
    .exactOptional(),
  objective: id.exactOptional(),
  costs: list(regionalCost).exactOptional(),
  overrides: record(expression).exactOptional(),
});

/** The file as one strict schema: a key that is not known is an error. The inferred type is that of caseFile.ts. */
export const businessCaseSchema = z.strictObject({
  format: z.literal("ontschot/businesscase"),
  version: z.literal(1),
  meta,
  time,
  discounting: z.strictObject({
    rate: expression,
    timing: z.enum(["mid-year", "start", "end"]).exactOptional(),
    alsoAt: list(expression).exactOptional(),
  }),
  indices: list(
    z.strictObject({
      id,
      label: text,
      levels: z.record(z.string().regex(/^(19|20|21)\d\d$/), number.positive()),
      growth: expression.exactOptional(),
      source: citation.exactOptional(),
    }),
  ).exactOptional(),
  municipalities: list(
    z.strictObject({ id, label: text, inhabitants: number.nonnegative().exactOptional() }),
  ).min(1),
  parties: list(z.strictObject({ id, label: text, local: z.boolean().exactOptional() })).min(1),
  perspectives: list(z.strictObject({ id, label: text, parties: list(id).min(1) })).min(1),
  executors: list(
    z.strictObject({ id, label: text, costs: list(regionalCost).exactOptional() }),
  ).exactOptional(),
  sources: list(
    z.strictObject({
      id,
      title: text,
      publisher: text.exactOptional(),
      year: number.exactOptional(),
      url: text.exactOptional(),
      note: text.exactOptional(),
    }),
  ).exactOptional(),
  parameters: list(parameter),
  accounts: list(account).min(1),
  states: list(state).min(1),
  outcomes: list(z.strictObject({ id, label: text, weights: record(number) })).exactOptional(),
  segments: list(segment).min(1),
  interventions: list(intervention),
  tracks: list(track).min(1),
  scenarios: list(scenario).min(1),
  reference: id.exactOptional(),
  optimismBias: z
    .strictObject({ enabled: z.boolean(), correction: z.record(z.string().max(10), number) })
    .exactOptional(),
});

export type ParsedCase = z.infer<typeof businessCaseSchema>;
