/** The rules of the allocation, worked by hand on one municipality and one state. */
import loadHighs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  createHighsSolver,
  cubeOf,
  ModelError,
  runScenario,
  type Solver,
  type SolverOutcome,
} from "../../../models/index.ts";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";

let highs: Solver;
beforeAll(async () => {
  highs = createHighsSolver(await loadHighs());
});

/**
 * A year on benefit costs 1,000. The optional track costs 200 more in its first year and 300 less in each later one, so
 * that its usable savings are 0, 100, 400: the loss made first is paid back first. Its price falls in year 2.
 */
function lossFirst(price: number, change: (file: BusinessCase) => void = () => {}): BusinessCase {
  const file: BusinessCase = {
    format: "ontschot/businesscase",
    version: 1,
    meta: { title: "Eerst verlies", priceLevel: 2026 },
    time: {
      startYear: 2027,
      years: 3,
      inflowYears: 1,
      cyclesPerYear: 1,
      arrival: "start",
      occupancy: "start",
    },
    discounting: { rate: 0, timing: "start" },
    municipalities: [{ id: "stad", label: "Stad" }],
    parties: [{ id: "gemeente", label: "Gemeente", local: true }],
    perspectives: [{ id: "gemeente", label: "Gemeente", parties: ["gemeente"] }],
    parameters: [],
    accounts: [{ id: "buig", label: "BUIG", holder: "gemeente" }],
    states: [{ id: "bijstand", label: "Bijstand", flows: [{ account: "buig", amount: 1_000 }] }],
    segments: [
      {
        id: "alle",
        label: "Alle",
        referenceTrack: "basis",
        entry: { bijstand: 1 },
        inflow: { stad: 10 },
        transitions: [],
      },
    ],
    interventions: [
      {
        id: "coach",
        label: "Coach",
        costs: [{ at: 24, amount: price }],
        effects: [
          { factor: 1.2, accounts: ["buig"], duration: 12 },
          { factor: 0.7, accounts: ["buig"], delay: 12 },
        ],
      },
    ],
    tracks: [
      { id: "basis", label: "Basis", interventions: [] },
      { id: "coach", label: "Coach", interventions: ["coach"] },
    ],
    scenarios: [
      {
        id: "ontschot",
        label: "Ontschot",
        pool: ["buig"],
        reinvestSavings: "nextYear",
        allocation: { mode: "optimal" },
        objective: "gemeente",
      },
    ],
  };
  change(file);
  return file;
}

function run(file: BusinessCase, solver = highs) {
  const opened = openCase(JSON.stringify(file));
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  return { model: opened.model, run: runScenario(opened.model, 0, solver) };
}

function coached(file: BusinessCase): number {
  const { model, run: result } = run(file);
  const track = model.tracks.findIndex(({ id }) => id === "coach");
  return result.tracks.find((row) => row.track === track)?.persons[0] ?? 0;
}

describe("a pool of the region", () => {
  /** Work of 1,000 in each of two places; each has 600 in the pool, and general funds pay the rest. */
  const twoPlaces = (parts: Readonly<Record<string, number>>) =>
    lossFirst(100, (file) => {
      file.municipalities = ["haven", "stad"].map((id) => ({ id, label: id }));
      file.parameters = [
        {
          id: "deel",
          label: "Deel",
          value: 0,
          local: Object.fromEntries(
            Object.entries(parts).map(([id, value]) => [id, { value, reason: "Eigen begroting." }]),
          ),
        },
      ];
      file.accounts.push({ id: "pot", label: "Pot", holder: "gemeente", envelope: "deel" });
      file.segments = file.segments.map((segment) => ({ ...segment, inflow: { haven: 10, stad: 10 } }));
      file.scenarios = [
        {
          id: "regio",
          label: "Regio",
          pool: ["pot"],
          scope: "regional",
          allocation: { mode: "fixed", shares: { alle: { coach: 1 } } },
        },
      ];
    });

  const paidFromPool = (parts: Readonly<Record<string, number>>) => {
    const { model, run: result } = run(twoPlaces(parts));
    return model.municipalities.map((_, municipality) =>
      cubeOf(result)
        .filter((line) => line.municipality === municipality && model.accounts[line.account]?.id === "pot")
        .reduce((sum, { amounts }) => sum + amounts.reduce((all, amount) => all + amount, 0), 0),
    );
  };

  it("pays each municipality from its own part first", () => {
    for (const [haven, stad] of [
      [600, 600],
      [200, 900],
    ]) {
      const [first, second] = paidFromPool({ haven: haven ?? 0, stad: stad ?? 0 });
      expect(first).toBeCloseTo(haven ?? 0, 4);
      expect(second).toBeCloseTo(stad ?? 0, 4);
    }
  });

  it("and another with what is then left", () => {
    const [first, second] = paidFromPool({ haven: 200, stad: 1_500 });
    expect(first).toBeCloseTo(700, 4);
    expect(second).toBeCloseTo(1_000, 4);
  });
});

describe("savings pay", () => {
  it("only as far as they are realised, after the loss made first", () => {
    expect(coached(lossFirst(99))).toBeCloseTo(10, 6);
    expect(coached(lossFirst(101))).toBeCloseTo(0, 6);
  });

  it("also those of the same year where the scenario says so, which is not lawful", () => {
    const sameYear = lossFirst(380, (file) => {
      Object.assign(file.scenarios[0] ?? {}, { reinvestSavings: "sameYear" });
    });
    expect(coached(sameYear)).toBeCloseTo(10, 5);
    expect(run(sameYear).run.unlawful).toEqual([{ reason: "REINVESTS_SAME_YEAR", account: null }]);
  });

  it("but earmarked money that is repaid per municipality stays out of a pool of the region", () => {
    const shared = (scope: "local" | "regional", earmark: string[] | undefined) =>
      run(
        lossFirst(99, (file) => {
          file.parties.push({ id: "rijk", label: "Rijk" });
          file.accounts.push({
            id: "spuk",
            label: "SPUK",
            holder: "gemeente",
            funder: "rijk",
            envelope: 1_000,
            surplus: "repay",
            ...(earmark && { earmark }),
          });
          Object.assign(file.scenarios[0] ?? {}, { pool: ["buig", "spuk"], scope });
        }),
      );
    const { model, run: regional } = shared("regional", ["coach"]);
    const spuk = model.accounts.findIndex(({ id }) => id === "spuk");
    expect(regional.unlawful).toEqual([{ reason: "CROSSES_BORDERS", account: spuk }]);
    expect(shared("local", ["coach"]).run.unlawful).toEqual([]);
    expect(shared("regional", undefined).run.unlawful).toEqual([]);
  });

  it("not while a sister purse of the same holder loses", () => {
    const sister = lossFirst(99, (file) => {
      file.accounts.push({ id: "wmo", label: "Wmo", holder: "gemeente" });
      file.states[0]?.flows?.push({ account: "wmo", amount: 100 });
      file.interventions[0]?.effects?.push({ factor: 1.5, accounts: ["wmo"] });
    });
    // The holder's savings after two years are 100 − 2 · 50 = 0.
    expect(coached(sister)).toBeCloseTo(0, 6);
  });

  it("nothing outside the pool", () => {
    const siloed = lossFirst(10, (file) => {
      Object.assign(file.accounts[0] ?? {}, { funds: ["coach"] });
      Object.assign(file.scenarios[0] ?? {}, { pool: [] });
    });
    expect(coached(siloed)).toBeCloseTo(0, 6);
  });
});

describe("who is willing", () => {
  const funded = (hurdle: number) =>
    lossFirst(200, (file) => {
      Object.assign(file.accounts[0] ?? {}, { envelope: 5_000, funds: ["coach"], hurdle });
      Object.assign(file.scenarios[0] ?? {}, { pool: [] });
    });

  it("an account whose benefit is at least hurdle × cost: 400 against 200", () => {
    expect(coached(funded(2))).toBeCloseTo(10, 6);
    expect(coached(funded(2.001))).toBeCloseTo(0, 6);
  });

  it("a closed track says why", () => {
    expect(run(funded(3)).run.closed[0]?.openness).toEqual({
      open: false,
      reason: "NO_WILLING_ACCOUNT",
      intervention: 0,
    });
  });

  it("joint delivery opens a track that needs it", () => {
    const joint = (jointDelivery: boolean) =>
      lossFirst(99, (file) => {
        file.tracks[1] = { id: "coach", label: "Coach", interventions: ["coach"], requires: "jointDelivery" };
        Object.assign(file.scenarios[0] ?? {}, { jointDelivery });
      });
    expect(coached(joint(false))).toBe(0);
    expect(coached(joint(true))).toBeCloseTo(10, 6);
  });

  it("no more than the capacity", () => {
    const scarce = lossFirst(99, (file) => Object.assign(file.interventions[0] ?? {}, { capacity: 3 }));
    expect(coached(scarce)).toBeCloseTo(3, 6);
  });
});

describe("work that is paid alike", () => {
  // 300 of subsidy for two duties that cost 200 and 400 per year in all: half of each, the rest from general funds.
  const duties = lossFirst(0, (file) => {
    file.time.years = 1;
    file.parties.push({ id: "rijk", label: "Rijk" });
    file.accounts.push({
      id: "spuk",
      label: "SPUK",
      holder: "gemeente",
      funder: "rijk",
      envelope: 300,
      funds: ["regie", "taal"],
      surplus: "repay",
    });
    file.interventions.push(
      { id: "regie", label: "Regie", statutory: true, costs: [{ amount: 20 }] },
      { id: "taal", label: "Taal", statutory: true, costs: [{ amount: 40 }] },
    );
    file.tracks[0] = { id: "basis", label: "Basis", interventions: ["regie", "taal"] };
    file.tracks.splice(1);
    file.interventions.splice(0, 1);
    file.scenarios[0] = { id: "nul", label: "Nul", allocation: { mode: "reference" } };
  });

  it("is paid in proportion to its cost", () => {
    const { model, run: result } = run(duties);
    const paid = new Map(
      result.payments.map(({ account, intervention, amounts }) => [
        `${model.accounts[account]?.id ?? "general"} ${model.interventions[intervention]?.id}`,
        amounts[0] ?? 0,
      ]),
    );
    expect(paid.get("spuk regie")).toBeCloseTo(100, 6);
    expect(paid.get("spuk taal")).toBeCloseTo(200, 6);
    expect(paid.get("general regie")).toBeCloseTo(100, 6);
    expect(paid.get("general taal")).toBeCloseTo(200, 6);
    expect(result.warnings).toMatchObject([{ code: "SHORTAGE", amount: expect.closeTo(300, 6) }]);
  });
});

describe("what cannot be computed is an error, never a number", () => {
  const answering = (outcome: SolverOutcome): Solver => ({ minimise: () => outcome });
  const faultOf = (solver: Solver) => {
    try {
      run(lossFirst(99), solver);
    } catch (error) {
      if (error instanceof ModelError) return error.fault;
    }
    throw new Error("no fault");
  };

  it("an infeasible programme names the constraints", () => {
    expect(faultOf(answering({ status: "infeasible", rows: [0] }))).toMatchObject({
      code: "PROGRAMME_INFEASIBLE",
      path: "scenarios/ontschot",
    });
    // The first programme of an optimal scenario has no row 0 of its own when nothing is statutory; the second has.
    let calls = 0;
    const second: Solver = {
      minimise: (programme, objectives, limits) =>
        calls++ === 0 ? highs.minimise(programme, objectives, limits) : { status: "infeasible", rows: [0] },
    };
    expect(faultOf(second).found).toContain("entrants stad alle 2027");
  });

  it("a time limit and a failure say so", () => {
    expect(faultOf(answering({ status: "timeLimit", detail: "stage 2" })).code).toBe("PROGRAMME_TIME_LIMIT");
    expect(faultOf(answering({ status: "failed", detail: "x" })).code).toBe("PROGRAMME_FAILED");
    expect(faultOf(answering({ status: "unbounded", detail: "x" })).code).toBe("PROGRAMME_FAILED");
  });
});
