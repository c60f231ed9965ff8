/** Random small business cases for the engine's properties: every rule of model.md section 4 can occur in them. */
import fc from "fast-check";
import type { BusinessCase, Intervention, Segment } from "../../scenarios/index.ts";

const money = fc.integer({ min: 100, max: 9_000 });
const rate = fc.integer({ min: 0, max: 60 }).map((value) => value / 100);
const month = fc.integer({ min: 0, max: 30 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const effect = fc.oneof(
  fc.record(
    {
      hazardRatio: fc.integer({ min: 6, max: 22 }).map((value) => value / 10),
      to: fc.constantFrom<string[]>(["werk"], ["deeltijd", "werk"]),
      delay: month,
      duration: fc.integer({ min: 1, max: 40 }),
      halfLife: fc.integer({ min: 1, max: 24 }),
      evidence: fc.integer({ min: 1, max: 4 }),
    },
    { requiredKeys: ["hazardRatio", "to"] },
  ),
  fc.record(
    {
      factor: fc.integer({ min: 6, max: 12 }).map((value) => value / 10),
      accounts: fc.constant<string[]>(["zvw"]),
      delay: month,
      duration: fc.integer({ min: 1, max: 40 }),
    },
    { requiredKeys: ["factor", "accounts"] },
  ),
);

const intervention = (id: string) =>
  fc
    .record({
      at: month,
      amount: money,
      months: fc.integer({ min: 1, max: 24 }),
      perMonth: fc.integer({ min: 10, max: 500 }),
      effects: fc.array(effect, { minLength: 1, maxLength: 3 }),
      evidence: fc.integer({ min: 1, max: 4 }),
      capacity: maybe(fc.integer({ min: 0, max: 40 })),
    })
    .map(
      ({ at, amount, months, perMonth, effects, evidence, capacity }): Intervention => ({
        id,
        label: id,
        evidence,
        ...(capacity === undefined ? {} : { capacity }),
        costs: [
          { at, amount },
          { from: at, months, perMonth },
        ],
        effects,
      }),
    );

const segment = (id: string) =>
  fc
    .record({
      toPart: rate,
      toWork: rate,
      back: rate,
      leave: rate,
      later: rate,
      big: fc.integer({ min: 0, max: 60 }),
      small: fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 2 }),
      factor: fc.integer({ min: 5, max: 15 }).map((value) => value / 10),
    })
    .map(
      ({ toPart, toWork, back, leave, later, big, small, factor }): Segment => ({
        id,
        label: id,
        referenceTrack: "basis",
        entry: { bijstand: 0.9, deeltijd: 0.1 },
        inflow: { groot: big, klein: small },
        flowFactors: { zvw: factor },
        transitions: [
          { from: "bijstand", to: "deeltijd", rate: toPart },
          {
            from: "bijstand",
            to: "werk",
            rate: [
              { from: 0, value: toWork },
              { from: 18, value: later },
            ],
          },
          { from: "deeltijd", to: "werk", rate: toWork },
          { from: "werk", to: "bijstand", rate: back },
          { from: "bijstand", to: "vertrek", rate: leave },
        ],
      }),
    );

/** A random case with scenarios `nul`, `verkokerd` and `ontschot` at one objective and with the same open tracks. */
export const randomCase: fc.Arbitrary<BusinessCase> = fc
  .record({
    years: fc.integer({ min: 3, max: 6 }),
    inflowYears: fc.integer({ min: 1, max: 3 }),
    cyclesPerYear: fc.constantFrom(1 as const, 2 as const, 4 as const, 12 as const),
    arrival: fc.constantFrom("spread" as const, "start" as const),
    occupancy: fc.constantFrom("mid" as const, "start" as const, "end" as const),
    timing: fc.constantFrom("mid-year" as const, "start" as const, "end" as const),
    rate: fc.integer({ min: 0, max: 8 }).map((value) => value / 100),
    duaal: intervention("duaal"),
    zorg: intervention("zorg"),
    b1: segment("b1"),
    z: segment("z"),
    wait: fc.integer({ min: 0, max: 8 }),
    spuk: fc.integer({ min: 0, max: 200_000 }),
    carryOver: fc.constantFrom(0, 0.5, 1),
    room: fc.integer({ min: 0, max: 150_000 }),
    care: fc.integer({ min: 0, max: 100_000 }),
    reinvestSavings: fc.constantFrom("none" as const, "nextYear" as const, "sameYear" as const),
    scope: fc.constantFrom("local" as const, "regional" as const),
    objective: fc.constantFrom("gemeente", "alles"),
    benefit: fc.integer({ min: 8_000, max: 20_000 }),
  })
  .map((draw): BusinessCase => {
    const optimal = { mode: "optimal" as const };
    return {
      format: "ontschot/businesscase",
      version: 1,
      meta: { title: "Willekeurig", priceLevel: 2026 },
      time: {
        startYear: 2027,
        years: draw.years,
        inflowYears: Math.min(draw.inflowYears, draw.years),
        cyclesPerYear: draw.cyclesPerYear,
        arrival: draw.arrival,
        occupancy: draw.occupancy,
      },
      discounting: { rate: "disconto", timing: draw.timing },
      municipalities: [
        { id: "groot", label: "Groot", inhabitants: 90_000 },
        { id: "klein", label: "Klein", inhabitants: 30_000 },
      ],
      parties: [
        { id: "gemeente", label: "Gemeente", local: true },
        { id: "rijk", label: "Rijk" },
        { id: "verzekeraar", label: "Verzekeraar" },
      ],
      perspectives: [
        { id: "gemeente", label: "Gemeente", parties: ["gemeente"] },
        { id: "alles", label: "Alles", parties: ["gemeente", "rijk", "verzekeraar"] },
      ],
      parameters: [
        { id: "disconto", label: "Disconto", value: draw.rate, kind: "assumed" },
        { id: "bijstand", label: "Bijstand", unit: "EUR / year", value: draw.benefit, kind: "assumed" },
      ],
      accounts: [
        {
          id: "spuk",
          label: "SPUK",
          holder: "gemeente",
          funder: "rijk",
          envelope: draw.spuk,
          funds: ["taal"],
          earmark: ["taal", "duaal"],
          carryOver: draw.carryOver,
          surplus: "repay",
        },
        { id: "re", label: "Re-integratie", holder: "gemeente", envelope: draw.room, funds: ["duaal"] },
        { id: "buig", label: "BUIG", holder: "gemeente" },
        { id: "zvw", label: "Zvw", holder: "verzekeraar", envelope: draw.care, funds: ["zorg"] },
        { id: "belasting", label: "Belasting", holder: "rijk" },
      ],
      states: [
        {
          id: "bijstand",
          label: "Bijstand",
          flows: [
            { account: "buig", amount: "bijstand" },
            { account: "zvw", amount: 3_000 },
          ],
        },
        {
          id: "deeltijd",
          label: "Deeltijd",
          flows: [
            { account: "buig", amount: "0.4 * bijstand" },
            { account: "zvw", amount: 2_600 },
            { account: "belasting", amount: -2_500 },
          ],
        },
        {
          id: "werk",
          label: "Werk",
          flows: [
            { account: "zvw", amount: 2_200 },
            { account: "belasting", amount: -7_000 },
          ],
        },
        { id: "vertrek", label: "Vertrek", exit: true },
      ],
      outcomes: [{ id: "aanHetWerk", label: "Aan het werk", weights: { deeltijd: 1, werk: 1 } }],
      segments: [draw.b1, draw.z],
      interventions: [
        { id: "taal", label: "Taal", statutory: true, costs: [{ months: 18, perMonth: 350 }] },
        draw.duaal,
        draw.zorg,
      ],
      tracks: [
        { id: "basis", label: "Basis", interventions: ["taal"], wait: draw.wait },
        { id: "duaal", label: "Duaal", interventions: ["taal", "duaal"], wait: draw.wait },
        {
          id: "integraal",
          label: "Integraal",
          interventions: ["taal", "duaal", "zorg"],
          synergy: 0.6,
          wait: Math.max(0, draw.wait - 3),
          clockShift: Math.min(3, draw.wait),
        },
      ],
      scenarios: [
        { id: "nul", label: "Nul", allocation: { mode: "reference" } },
        { id: "verkokerd", label: "Verkokerd", allocation: optimal, objective: draw.objective },
        {
          id: "ontschot",
          label: "Ontschot",
          pool: ["spuk", "re", "buig", "zvw"],
          scope: draw.scope,
          reinvestSavings: draw.reinvestSavings,
          allocation: optimal,
          objective: draw.objective,
        },
      ],
      reference: "nul",
    };
  });
