import type { BusinessCase } from "../../scenarios/index.ts";

export interface Size {
  readonly municipalities: number;
  readonly segments: number;
  readonly tracks: number;
  readonly inflowYears: number;
  readonly years: number;
  /** States of work beside the other four; default 1. */
  readonly working?: number;
  /** Pooled scenarios with ever fewer purses beside the first; default 0. */
  readonly more?: number;
}

/** Places in a series that never repeats, between 0 and 1, the same in every run. */
const spread = (index: number) => (index * 0.6180339887498949) % 1;

const list = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

/** A case of a chosen size, with walls that bind. */
export function sizedCase(size: Size): BusinessCase {
  const optional = size.tracks;
  const work = list(size.working ?? 1, (i) => (i === 0 ? "werk" : `werk${i}`));
  const states = ["bijstand", "deeltijd", ...work, "overig"];
  const pool = ["spuk", "re", "buig", "wmo", "zvw"];
  return {
    format: "ontschot/businesscase",
    version: 1,
    meta: { title: "Meting", priceLevel: 2026 },
    time: { startYear: 2027, years: size.years, inflowYears: size.inflowYears },
    discounting: { rate: 0.0225 },
    municipalities: list(size.municipalities, (i) => ({
      id: `m${i}`,
      label: `m${i}`,
      inhabitants: 20_000 + i,
    })),
    parties: [
      { id: "gemeente", label: "Gemeente", local: true },
      { id: "rijk", label: "Rijk" },
      { id: "verzekeraar", label: "Verzekeraar" },
    ],
    perspectives: [{ id: "alles", label: "Alles", parties: ["gemeente", "rijk", "verzekeraar"] }],
    parameters: [
      {
        id: "bijstand_maand",
        label: "Bijstand",
        unit: "EUR / month",
        value: 1_200,
        local: Object.fromEntries(list(size.municipalities, (i) => [`m${i}`, 1_150 + 100 * spread(i)])),
        kind: "assumed",
        distribution: { kind: "normal", low: 1_120, high: 1_280 },
      },
      ...list(optional, (i) => ({
        id: `prijs${i}`,
        label: `Prijs ${i}`,
        unit: "EUR",
        value: 500 + 3_000 * spread(i),
        kind: "assumed" as const,
        distribution: { kind: "gamma" as const, sd: 100 + 600 * spread(i) },
      })),
      ...list(optional, (i) => ({
        id: `effect${i}`,
        label: `Effect ${i}`,
        value: 1.1 + 0.5 * spread(i + 2),
        kind: "assumed" as const,
        distribution: {
          kind: "lognormal" as const,
          low: 0.9 + 0.5 * spread(i + 2),
          high: 1.4 + 0.5 * spread(i + 2),
        },
      })),
    ],
    accounts: [
      {
        id: "spuk",
        label: "SPUK",
        holder: "gemeente",
        funder: "rijk",
        envelope: { perEntrant: [6_087, 4_719, 1_180] },
        funds: ["taal"],
        earmark: ["taal", "i0"],
        carryOver: 1,
        surplus: "repay",
      },
      {
        id: "re",
        label: "Re-integratie",
        holder: "gemeente",
        envelope: 60_000,
        funds: list(optional, (i) => `i${i}`),
      },
      { id: "buig", label: "BUIG", holder: "gemeente" },
      { id: "wmo", label: "Wmo", holder: "gemeente", envelope: 20_000 },
      {
        id: "zvw",
        label: "Zvw",
        holder: "verzekeraar",
        envelope: 50_000,
        funds: [`i${optional - 1}`],
        pooling: "contract",
      },
      { id: "belasting", label: "Belasting", holder: "rijk" },
    ],
    states: [
      {
        id: "bijstand",
        label: "Bijstand",
        flows: [
          { account: "buig", amount: "bijstand_maand" },
          { account: "zvw", amount: 3_000 },
        ],
      },
      {
        id: "deeltijd",
        label: "Deeltijd",
        flows: [
          { account: "buig", amount: "0.45 * bijstand_maand" },
          { account: "belasting", amount: -2_500 },
        ],
      },
      ...work.map((id) => ({ id, label: id, flows: [{ account: "belasting", amount: -7_500 }] })),
      { id: "overig", label: "Overig", flows: [{ account: "wmo", amount: 500 }] },
      { id: "vertrek", label: "Vertrek", exit: true },
    ],
    segments: list(size.segments, (i) => ({
      id: `s${i}`,
      label: `s${i}`,
      referenceTrack: "basis",
      entry: { bijstand: 1 },
      inflow: Object.fromEntries(list(size.municipalities, (m) => [`m${m}`, 5 + 20 * spread(i + 7 * m)])),
      transitions: [
        ...states.flatMap((from, a) =>
          states.flatMap((to, b) =>
            a === b ? [] : [{ from, to, rate: 0.02 + 0.15 * spread(i + 3 * a + 5 * b) }],
          ),
        ),
        { from: "bijstand", to: "vertrek", rate: 0.05 },
      ],
    })),
    interventions: [
      { id: "taal", label: "Taal", statutory: true, costs: [{ months: 18, perMonth: 450 }] },
      ...list(optional, (i) => ({
        id: `i${i}`,
        label: `i${i}`,
        costs: [{ at: i, amount: `prijs${i}` }],
        effects: [
          {
            hazardRatio: `effect${i}`,
            from: ["bijstand"],
            to: ["deeltijd", ...work],
            delay: 3,
            duration: 36,
            halfLife: 12,
          },
        ],
      })),
    ],
    tracks: [
      { id: "basis", label: "Basis", interventions: ["taal"], wait: 4 },
      ...list(size.tracks - 1, (i) => ({
        id: `t${i}`,
        label: `t${i}`,
        interventions: ["taal", `i${i}`, ...(i % 2 === 0 ? [`i${(i + 1) % optional}`] : [])],
        wait: 4,
      })),
    ],
    scenarios: [
      { id: "nul", label: "Nul", allocation: { mode: "reference" } },
      { id: "verkokerd", label: "Verkokerd", allocation: { mode: "optimal" }, objective: "alles" },
      {
        id: "ontschot",
        label: "Ontschot",
        pool,
        reinvestSavings: "nextYear",
        allocation: { mode: "optimal" },
        objective: "alles",
      },
      ...list(size.more ?? 0, (i) => ({
        id: `ontschot${i}`,
        label: `Ontschot ${i}`,
        pool: pool.slice(0, Math.max(1, pool.length - i)),
        reinvestSavings: i % 2 === 0 ? ("none" as const) : ("nextYear" as const),
        allocation: { mode: "optimal" as const },
        objective: "alles",
      })),
    ],
  };
}
