/** One broken file per mistake: its code, its place, and what the user is told in both languages. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { BusinessCase, OpenResult } from "../../scenarios/index.ts";
import { openCase } from "../../scenarios/index.ts";
import { describeFault, texts } from "../../scenarios/text/index.ts";

const template = readFileSync(new URL("../../scenarios/data/sjabloon.json", import.meta.url), "utf8");

// A mistake is what the type does not allow, so the file is a bag of values here.
// biome-ignore lint/suspicious/noExplicitAny: broken on purpose
type Bag = any;

function broken(change: (file: Bag) => unknown): OpenResult {
  const file: BusinessCase = JSON.parse(template);
  change(file);
  return openCase(JSON.stringify(file));
}

const formula = (text: string) => (file: Bag) => {
  file.parameters[7].value = text;
};
const at7 = "parameters/route_prijs/value";

const MISTAKES: readonly (readonly [
  what: string,
  change: (file: Bag) => unknown,
  code: string,
  path: string,
])[] = [
  ["another format", (f) => (f.format = "x"), "NOT_A_CASE", "format"],
  ["no version", (f) => delete f.version, "VERSION_MISSING", "version"],
  ["a newer version", (f) => (f.version = 99), "TOO_NEW", "version"],
  ["an unknown key", (f) => (f.accounts[0].carryover = 1), "UNKNOWN_KEY", "accounts/spuk/carryover"],
  ["a missing part", (f) => delete f.states, "MISSING_KEY", "states"],
  ["a missing key", (f) => delete f.segments[0].entry, "MISSING_KEY", "segments/deelnemers/entry"],
  ["a wrong type", (f) => (f.time.years = "zes"), "WRONG_TYPE", "time/years"],
  [
    "a wrong type of slot",
    (f) => (f.parameters[0].value = true),
    "WRONG_TYPE",
    "parameters/discontovoet/value",
  ],
  ["a value that is not offered", (f) => (f.meta.status = "af"), "WRONG_VALUE", "meta/status"],
  [
    "an id that is no name",
    (f) => (f.parameters[0].id = "disconto voet"),
    "WRONG_ID",
    "parameters/disconto voet/id",
  ],
  ["a year out of range", (f) => (f.time.startYear = 20), "OUT_OF_RANGE", "time/startYear"],
  ["an id twice", (f) => f.accounts.push({ ...f.accounts[2] }), "DUPLICATE_ID", "accounts/4/id"],
  [
    "a holder that is not there",
    (f) => (f.accounts[2].holder = "gementee"),
    "BROKEN_REFERENCE",
    "accounts/buig/holder",
  ],
  [
    "a funder that is not there",
    (f) => (f.accounts[0].funder = "eu"),
    "BROKEN_REFERENCE",
    "accounts/spuk/funder",
  ],
  [
    "an objective that is not there",
    (f) => (f.scenarios[1].objective = "x"),
    "BROKEN_REFERENCE",
    "scenarios/verkokerd/objective",
  ],
  [
    "a pool with an unknown account",
    (f) => f.scenarios[2].pool.push("x"),
    "BROKEN_REFERENCE",
    "scenarios/ontschot/pool/3",
  ],
  [
    "a state that is not there",
    (f) => (f.segments[0].transitions[0].to = "x"),
    "BROKEN_REFERENCE",
    "segments/deelnemers/transitions/0/to",
  ],
  ["a reference that is not there", (f) => (f.reference = "x"), "BROKEN_REFERENCE", "reference"],
  [
    "an override of nothing",
    (f) => (f.scenarios[1].overrides = { x: 1 }),
    "BROKEN_REFERENCE",
    "scenarios/verkokerd/overrides/x",
  ],
  [
    "an intervention twice in a track",
    (f) => f.tracks[1].interventions.push("extra"),
    "DUPLICATE_REFERENCE",
    "tracks/plus/interventions/2",
  ],
  ["two local parties", (f) => (f.parties[1].local = true), "MORE_LOCAL_PARTIES", "parties"],
  ["inflow beyond the horizon", (f) => (f.time.inflowYears = 9), "INFLOW_BEYOND_HORIZON", "time/inflowYears"],
  [
    "low above high",
    (f) => (f.parameters[9].distribution = { kind: "uniform", low: 2, high: 1 }),
    "DISTRIBUTION_INVALID",
    "parameters/hr_extra/distribution/low",
  ],
  [
    "a value outside its range",
    (f) => (f.parameters[9].distribution = { kind: "pert", low: 2, high: 3 }),
    "VALUE_OUTSIDE_RANGE",
    "parameters/hr_extra/distribution",
  ],
  [
    "the result of a formula outside its range",
    (f) =>
      Object.assign(f.parameters[9], { value: "4 / 1", distribution: { kind: "pert", low: 2, high: 3 } }),
    "VALUE_OUTSIDE_RANGE",
    "parameters/hr_extra/distribution",
  ],
  [
    "another price level without index",
    (f) => (f.parameters[7].priceLevel = 2020),
    "PRICE_LEVEL_WITHOUT_INDEX",
    "parameters/route_prijs/priceLevel",
  ],
  [
    "an index without the year",
    (f) => {
      f.indices = [{ id: "cpi", label: "CPI", levels: { 2026: 100 } }];
      Object.assign(f.parameters[7], { priceLevel: 2020, index: "cpi" });
    },
    "INDEX_LEVEL_MISSING",
    "indices/cpi/levels",
  ],
  [
    "a key by inhabitants without inhabitants",
    (f) => {
      delete f.municipalities[0].inhabitants;
      f.scenarios[2].costs = [{ account: "buig", oneOff: 1 }];
    },
    "INHABITANTS_MISSING",
    "municipalities/gemeente_a",
  ],
  [
    "a cost without an amount",
    (f) => (f.scenarios[2].costs = [{ account: "buig" }]),
    "COST_WITHOUT_AMOUNT",
    "scenarios/ontschot/costs/0",
  ],
  [
    "shares that do not sum to 1",
    (f) => (f.scenarios[1].allocation = { mode: "fixed", shares: { deelnemers: { basis: 0.5, plus: 0.4 } } }),
    "SHARES_SUM",
    "scenarios/verkokerd/allocation/shares/deelnemers",
  ],
  [
    "an entry that does not sum to 1",
    (f) => (f.segments[0].entry = { bijstand: 0.9 }),
    "ENTRY_SUM",
    "segments/deelnemers/entry",
  ],
  [
    "funds outside the earmark",
    (f) => f.accounts[0].funds.push("extra"),
    "FUNDS_OUTSIDE_EARMARK",
    "accounts/spuk/funds",
  ],
  ["repay to nobody", (f) => delete f.accounts[0].funder, "REPAY_WITHOUT_FUNDER", "accounts/spuk/funder"],
  [
    "a later grant that nobody gives",
    (f) => (f.accounts[2].grantFeedback = [{ after: 1, share: 0.3 }]),
    "FEEDBACK_WITHOUT_FUNDER",
    "accounts/buig/grantFeedback",
  ],
  [
    "a purse whose prices stop before the horizon",
    (f) => {
      f.indices = [{ id: "loon", label: "Lonen", levels: { 2026: 100, 2027: 103 } }];
      f.accounts[2].index = "loon";
    },
    "INDEX_LEVEL_MISSING",
    "indices/loon/levels",
  ],
  [
    "a reference track with more than the law",
    (f) => (f.segments[0].referenceTrack = "plus"),
    "REFERENCE_NOT_STATUTORY",
    "segments/deelnemers/referenceTrack",
  ],
  [
    "a transition to itself",
    (f) => (f.segments[0].transitions[0].to = "bijstand"),
    "TRANSITION_TO_SELF",
    "segments/deelnemers/transitions/0",
  ],
  [
    "a transition twice",
    (f) => f.segments[0].transitions.push({ from: "werk", to: "vertrek", rate: 1 }),
    "DUPLICATE_TRANSITION",
    "segments/deelnemers/transitions/4",
  ],
  [
    "two steps in one month",
    (f) =>
      (f.segments[0].transitions[0].rate = [
        { from: 6, value: 1 },
        { from: 6, value: 2 },
      ]),
    "DUPLICATE_STEP",
    "segments/deelnemers/transitions/0/rate",
  ],
  [
    "a track that is not for the segment",
    (f) => {
      f.segments.push({ ...f.segments[0], id: "anderen" });
      f.tracks[1].segments = ["anderen"];
      f.scenarios[1].allocation = { mode: "fixed", shares: { deelnemers: { plus: 1 } } };
    },
    "TRACK_NOT_FOR_SEGMENT",
    "scenarios/verkokerd/allocation/shares/deelnemers/plus",
  ],
  [
    "no objective",
    (f) => delete f.scenarios[1].objective,
    "OBJECTIVE_MISSING",
    "scenarios/verkokerd/objective",
  ],
  [
    "formulas in a circle",
    (f) => {
      f.parameters[7].value = "extra_prijs";
      f.parameters[8].value = "2 * route_prijs";
    },
    "CIRCULAR_FORMULA",
    "parameters/extra_prijs/value",
  ],
  [
    "an unknown unit",
    (f) => (f.parameters[7].unit = "gulden"),
    "UNKNOWN_UNIT",
    "parameters/route_prijs/unit",
  ],
  ["an unknown name", formula("extra_prys"), "UNKNOWN_NAME", at7],
  ["an unknown function", formula("sum(extra_prijs, 1)"), "UNKNOWN_FUNCTION", at7],
  ["a formula that cannot be read", formula("extra_prijs * ("), "FORMULA_SYNTAX", at7],
  ["an assignment", formula("x = 2"), "FORMULA_NOT_ALLOWED", at7],
  ["a formula that is too long", formula(`1${" + 1".repeat(400)}`), "FORMULA_TOO_LONG", at7],
  ["a formula that is too deep", formula(`${"(".repeat(60)}1${")".repeat(60)}`), "FORMULA_TOO_DEEP", at7],
  ["euros plus months", formula("extra_prijs + bijstand_pp"), "DIMENSION_MISMATCH", at7],
  ["a division by zero", formula("extra_prijs / 0"), "NOT_FINITE", at7],
  ["a negative cost", formula("-extra_prijs"), "OUT_OF_RANGE", "interventions/route/costs/0/amount"],
  [
    "chances above 1",
    (f) => {
      f.segments[0].transitionKind = "probability";
      for (const [index, rate] of [0.7, 0.1, 0.7, 0.1].entries())
        f.segments[0].transitions[index].rate = rate;
    },
    "ROW_SUM_ABOVE_ONE",
    "segments/deelnemers/transitions",
  ],
];

describe("a broken file", () => {
  it.each(MISTAKES)("%s", (_, change, code, path) => {
    const opened = broken(change);
    if (opened.ok) throw new Error("it opened");
    const fault = opened.faults.find((item) => item.code === code && item.path === path);
    expect(fault, JSON.stringify(opened.faults)).toBeDefined();
    if (!fault) return;
    const [dutch, english] = [describeFault(fault, "nl"), describeFault(fault, "en")];
    for (const text of [dutch, english]) {
      expect(text.what).not.toBe(code);
      expect(text.what.length).toBeGreaterThan(10);
      expect(text.mend.length).toBeGreaterThan(5);
    }
    expect(dutch.mend).not.toBe(english.mend);
  });

  it("tells all mistakes at once", () => {
    const opened = broken((file) => {
      file.accounts[2].holder = "x";
      file.segments[0].entry = { bijstand: 1, y: 0 };
      file.parameters[7].value = "nergens";
      delete file.scenarios[1].objective;
    });
    if (opened.ok) throw new Error("it opened");
    const codes = opened.faults.map(({ code }) => code).sort();
    expect(codes).toEqual(["BROKEN_REFERENCE", "BROKEN_REFERENCE", "OBJECTIVE_MISSING", "UNKNOWN_NAME"]);
  });

  it("suggests the name that was meant", () => {
    const opened = broken(formula("extra_prys"));
    expect(!opened.ok && opened.faults[0]?.suggestion).toBe("extra_prijs");
  });

  it("says which kind of failure it is", () => {
    const kinds = (change: (file: Bag) => unknown) => {
      const opened = broken(change);
      return opened.ok ? "" : opened.kind;
    };
    expect(kinds((f) => (f.version = 2))).toBe("TOO_NEW");
    expect(kinds((f) => delete f.states)).toBe("INVALID");
    expect(kinds((f) => (f.reference = "x"))).toBe("BROKEN_REFERENCE");
    expect(kinds((f) => (f.format = 1))).toBe("NOT_A_CASE");
  });
});

describe("warnings do not stop a file", () => {
  it.each([
    ["COHORTS_CUT_OFF", (f: Bag): unknown => (f.time.followUp = 6)],
    ["PARAMETER_WITHOUT_SOURCE", (f: Bag): unknown => delete f.parameters[3].kind],
    ["INFLOW_LIST_TOO_LONG", (f: Bag): unknown => (f.segments[0].inflow.gemeente_a = [1, 2, 3])],
  ] as const)("%s", (code, change) => {
    const opened = broken(change);
    if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
    expect(opened.warnings.map((warning) => warning.code)).toEqual([code]);
  });
});

function keys(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, item]) => keys(item, `${path}/${key}`));
}

it("every sentence is there in both languages", () => {
  expect(keys(texts("en")).sort()).toEqual(keys(texts("nl")).sort());
});
