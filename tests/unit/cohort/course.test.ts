/** Courses and money worked by hand on a case of two states. */
import { describe, expect, it } from "vitest";
import { outcomeAfterYears, sustainedAfterYears } from "../../../models/cohort/outcomes.ts";
import { openStrata } from "../../../models/cohort/strata.ts";
import { ModelError, scenarioValues } from "../../../models/index.ts";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";

function twoStates(changes: (file: BusinessCase) => void = () => {}): BusinessCase {
  const file: BusinessCase = {
    format: "ontschot/businesscase",
    version: 1,
    meta: { title: "Twee treden", priceLevel: 2026 },
    time: {
      startYear: 2027,
      years: 2,
      inflowYears: 1,
      cyclesPerYear: 1,
      arrival: "start",
      occupancy: "start",
    },
    discounting: { rate: 0 },
    municipalities: [{ id: "stad", label: "Stad" }],
    parties: [{ id: "gemeente", label: "Gemeente", local: true }],
    perspectives: [{ id: "gemeente", label: "Gemeente", parties: ["gemeente"] }],
    parameters: [],
    accounts: [{ id: "buig", label: "BUIG", holder: "gemeente" }],
    states: [
      { id: "bijstand", label: "Bijstand", flows: [{ account: "buig", amount: 1_000 }] },
      { id: "weg", label: "Weg", exit: true },
      { id: "werk", label: "Werk" },
    ],
    outcomes: [{ id: "werk", label: "Werk", weights: { werk: 1 } }],
    segments: [
      {
        id: "alle",
        label: "Alle",
        referenceTrack: "basis",
        entry: { bijstand: 1 },
        inflow: { stad: 10 },
        transitionKind: "probability",
        transitions: [
          { from: "bijstand", to: "werk", rate: 0.2 },
          { from: "bijstand", to: "weg", rate: 0.1 },
        ],
      },
    ],
    interventions: [
      { id: "taal", label: "Taal", statutory: true, costs: [{ at: 0, amount: 100 }] },
      {
        id: "coach",
        label: "Coach",
        evidence: 3,
        costs: [{ from: 6, months: 12, perMonth: 10 }],
        effects: [{ hazardRatio: 2, from: ["bijstand"] }],
      },
    ],
    tracks: [
      { id: "basis", label: "Basis", interventions: ["taal"] },
      { id: "coach", label: "Coach", interventions: ["taal", "coach"] },
    ],
    scenarios: [{ id: "nul", label: "Nul", allocation: { mode: "reference" } }],
  };
  changes(file);
  return file;
}

function modelOf(file: BusinessCase) {
  const opened = openCase(JSON.stringify(file));
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return opened.model;
}

function stratumOf(file: BusinessCase, track: string) {
  const model = modelOf(file);
  const index = model.tracks.findIndex(({ id }) => id === track);
  return openStrata(model, scenarioValues(model, null)).get(0, 0, index);
}

/** [bijstand, weg, werk] at the start of a cycle. */
const at = (stratum: ReturnType<typeof stratumOf>, cycle: number) =>
  [...stratum.course.distribution.subarray(cycle * 3, cycle * 3 + 3)].map((share) =>
    Number(share.toFixed(12)),
  );

describe("probabilities per cycle", () => {
  it("moves the given shares", () => {
    const stratum = stratumOf(twoStates(), "basis");
    expect(at(stratum, 1)).toEqual([0.7, 0.1, 0.2]);
    expect(at(stratum, 2)).toEqual([0.49, 0.17, 0.34]);
  });

  it("multiplies by the relative risk, exits only when named", () => {
    expect(at(stratumOf(twoStates(), "coach"), 1)).toEqual([0.5, 0.1, 0.4]);
    const named = twoStates((file) => {
      file.interventions[1]?.effects?.splice(0, 1, { hazardRatio: 2, to: ["weg"] });
    });
    expect(at(stratumOf(named, "coach"), 1)).toEqual([0.6, 0.2, 0.2]);
  });

  it("refuses chances that an effect lifts above 1, with the path", () => {
    const file = twoStates((changed) => {
      changed.interventions[1]?.effects?.splice(0, 1, { hazardRatio: 10 });
    });
    expect(() => stratumOf(file, "coach")).toThrow(ModelError);
    try {
      stratumOf(file, "coach");
    } catch (error) {
      expect(error instanceof ModelError && error.fault.code).toBe("ROW_SUM_ABOVE_ONE");
      expect(error instanceof ModelError && error.fault.path).toMatch(/^segments\/alle\/transitions/);
    }
  });
});

describe("the distribution at entry", () => {
  it("refuses a share below 0 where a course is worked out, with the path", () => {
    const opened = openCase(JSON.stringify(twoStates()));
    if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
    const { model } = opened;
    const values = scenarioValues(model, null);
    const slot = model.segments[0]?.entry.find((share) => share !== null);
    const below = values.municipality.map(
      (read) => (asked: typeof slot & object) => (asked === slot ? -0.1 : read(asked)),
    );
    expect(() => openStrata(model, { ...values, municipality: below }).get(0, 0, 0)).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ code: "OUT_OF_RANGE", path: slot?.path }) }),
    );
  });
});

describe("rates per year", () => {
  it("competing risks: the sum decides who leaves, the parts where to", () => {
    const file = twoStates((changed) => {
      const segment = changed.segments[0];
      if (segment) segment.transitionKind = "rate";
    });
    const stay = Math.exp(-0.3);
    const [bijstand, weg, werk] = at(stratumOf(file, "basis"), 1);
    expect(bijstand).toBeCloseTo(stay, 12);
    expect(werk).toBeCloseTo(((1 - stay) * 2) / 3, 12);
    expect(weg).toBeCloseTo((1 - stay) / 3, 12);
  });

  it("a step holds from its month, and clockShift brings the base course forward, not the effects", () => {
    const stepped = (shift: number) =>
      twoStates((file) => {
        const segment = file.segments[0];
        if (!segment) return;
        segment.transitions = [{ from: "bijstand", to: "werk", rate: [{ from: 12, value: 0.2 }] }];
        file.interventions[1]?.effects?.splice(0, 1, { hazardRatio: 2, delay: 12 });
        file.tracks[1] = { id: "coach", label: "Coach", interventions: ["taal", "coach"], clockShift: shift };
      });
    expect(at(stratumOf(stepped(0), "basis"), 1)[0]).toBe(1);
    expect(at(stratumOf(stepped(0), "coach"), 2)[0]).toBeCloseTo(0.6, 12);
    // The base course starts a year earlier without the effect; the effect doubles the second year only.
    expect(at(stratumOf(stepped(12), "coach"), 1)[0]).toBeCloseTo(0.8, 12);
    expect(at(stratumOf(stepped(12), "coach"), 2)[0]).toBeCloseTo(0.8 * 0.6, 12);
  });
});

describe("optimism and synergy act on the logarithm of the ratio", () => {
  it("2^(0.5 · 0.6) with a correction of one half and a synergy of 0.6", () => {
    const file = twoStates((changed) => {
      changed.optimismBias = { enabled: true, correction: { 3: 0.5 } };
      changed.tracks[1] = { id: "coach", label: "Coach", interventions: ["taal", "coach"], synergy: 0.6 };
    });
    expect(at(stratumOf(file, "coach"), 1)[2]).toBeCloseTo(0.2 * 2 ** 0.3, 12);
  });
});

describe("money", () => {
  it("state flows follow the occupancy", () => {
    const { money } = stratumOf(twoStates(), "basis");
    expect([...(money.flows[0] ?? [])]).toEqual([1_000, 700]);
  });

  it("costs weigh with those who are there, and spread over the cycles they overlap", () => {
    const { money } = stratumOf(twoStates(), "coach");
    // coach: 6 months of year 0 at 10, of everyone; 6 months of year 1, of the 0.9 who have not left.
    const [coach, taal] = money.costs;
    expect([...(coach ?? [])]).toEqual([60, 54]);
    expect([...(taal ?? [])]).toEqual([100, 0]);
  });

  it("a wait shifts costs into the cycle that contains the month", () => {
    const late = twoStates((file) => {
      file.tracks[0] = { id: "basis", label: "Basis", interventions: ["taal"], wait: 12 };
    });
    const taal = stratumOf(late, "basis").money.costs[1];
    expect(taal?.[0]).toBe(0);
    expect(taal?.[1]).toBeCloseTo(90, 12);
  });
});

describe("an outcome that lasts", () => {
  /** Two years by month: half start in work, which ends by 0.1 and comes back by 0.3; the others have a side job. */
  const lasting = (weights: Readonly<Record<string, number>>) => {
    const file = twoStates((changed) => {
      changed.time.cyclesPerYear = 12;
      changed.outcomes = [{ id: "werk", label: "Werk", weights: { ...weights } }];
      const [segment] = changed.segments;
      if (!segment) return;
      segment.entry = { werk: 0.5, bijstand: 0.5 };
      segment.transitions = [
        { from: "werk", to: "bijstand", rate: 0.1 },
        { from: "bijstand", to: "werk", rate: 0.3 },
      ];
    });
    const model = modelOf(file);
    const [outcome] = model.outcomes;
    if (!outcome) throw new Error("no outcome");
    const { course } = stratumOf(file, "basis");
    return {
      share: outcomeAfterYears(model.time, course, outcome)[1] ?? Number.NaN,
      sustained: sustainedAfterYears(model.time, course, outcome)[1] ?? Number.NaN,
    };
  };

  it("is the share in its states 18 months earlier that never left them", () => {
    // By hand: w(n+1) = 0.9 w(n) + 0.3 (1 - w(n)), so w(6) = 0.75 - 0.25 * 0.6^6; then 18 months of staying.
    const after6 = 0.75 - 0.25 * 0.6 ** 6;
    expect(lasting({ werk: 1 }).sustained).toBeCloseTo(after6 * 0.9 ** 18, 12);
  });

  it("counts a state as the outcome does: never more than the share itself", () => {
    const { share, sustained } = lasting({ werk: 1, bijstand: 0.1 });
    expect(share).toBeCloseTo(0.75 + 0.1 * 0.25, 4);
    // Nobody leaves both states, so all who are there have stayed.
    expect(sustained).toBeCloseTo(share, 12);
  });
});
