/** The tables that the documents print about the Drechtsteden case, in Markdown. */
import type { Solver } from "../../models/index.ts";
import type { BusinessCase } from "../../scenarios/index.ts";
import {
  differenceTerms,
  LEVELS,
  type Level,
  npvAfterTransfers,
  npvPerParty,
  type RunAtEffects,
  runAtEffects,
} from "./honesty.ts";
import { asylumSegments, compile, outcomeShares, relapse, withValues } from "./model.ts";
import {
  COHORT_2014,
  MONTHS,
  MONTHS_BEFORE_ENTRY,
  PART_TIME,
  RECENT,
  RELAPSE,
  STOCK,
  STOCK_YEARS,
  type Target,
  Z_BELOW_B1,
} from "./targets.ts";

const one = (value: number) => value.toFixed(1).replace(/^-0\.0$/, "0.0");

/** One target row against the model: the shares in percent and how many points lie within their tolerance. */
export interface Comparison {
  readonly target: Target;
  readonly model: readonly number[];
  readonly within: number;
}

export function compareCohort(
  caseFile: BusinessCase,
  targets: readonly Target[],
  slow: boolean,
): Comparison[] {
  const model = compile(caseFile);
  const values = { tempo_2014: slow ? 1 : 0 };
  return targets.map((target) => {
    const shares = outcomeShares(model, target.outcome, asylumSegments(model), { values });
    const within = shares.filter(
      (share, at) => Math.abs(share - (target.values[at] ?? 0)) <= (target.tolerances[at] ?? 0),
    ).length;
    return { target, model: shares, within };
  });
}

/** How the case compares on relapse: percent, and whether within the observed range and its tolerance. */
export function compareRelapse(caseFile: BusinessCase): { model: number; within: boolean }[] {
  const shares = relapse(caseFile)();
  return RELAPSE.map(({ values: [low, high], tolerance }, at) => {
    const model = shares[at] ?? Number.NaN;
    return { model, within: model >= low - tolerance && model <= high + tolerance };
  });
}

/**
 * All who came in the past years, at one moment, in percent: arrivals even over the years, at the default pace,
 * counted from housing on (before it no one is in the municipality's figures).
 */
export function compareStock(caseFile: BusinessCase): { model: number; within: boolean }[] {
  const model = compile(caseFile);
  const months = Array.from({ length: 12 * STOCK_YEARS - MONTHS_BEFORE_ENTRY }, (_, month) => month);
  return STOCK.map(({ outcome, value, tolerance }) => {
    const shares = outcomeShares(model, outcome, asylumSegments(model), {
      months: months.map((month) => month + MONTHS_BEFORE_ENTRY),
    });
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    return { model: mean, within: Math.abs(mean - value) <= tolerance };
  });
}

/** Work at month 36 since the permit per route, in percent. */
export function workPerRoute(caseFile: BusinessCase): Record<"b1" | "o" | "z", number> {
  const model = compile(caseFile);
  const at36 = (route: string) =>
    outcomeShares(model, "aan_het_werk", [`${route}_redzaam`, `${route}_kwetsbaar`], { months: [36] })[0] ??
    0;
  return { b1: at36("b1"), o: at36("o"), z: at36("z") };
}

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map((_, at) => (at === 0 ? "---" : "---:"))), ...rows.map(row)].join("\n");

/** Target, model and difference, for docs/calibration.md. */
export function calibrationTables(caseFile: BusinessCase): string {
  const cohorts = [
    ["Recent permits (the default)", compareCohort(caseFile, RECENT, false)],
    ["Cohort 2014 (`tempo_2014` = 1)", compareCohort(caseFile, COHORT_2014, true)],
    ["Recent permits, not fitted", compareCohort(caseFile, PART_TIME, false)],
  ] as const;
  const parts = cohorts.flatMap(([title, comparisons]) =>
    comparisons.map(({ target, model, within }) =>
      [
        `### ${title}: ${target.label}, percent`,
        "",
        `Source: ${target.source}. Within tolerance: ${within} of ${MONTHS.length}.`,
        "",
        table(
          ["month since permit", ...MONTHS.map(String)],
          [
            ["observed", ...target.values.map(one)],
            ["tolerance", ...target.tolerances.map((points) => `±${points}`)],
            ["model", ...model.map(one)],
            ["difference", ...model.map((share, at) => one(share - (target.values[at] ?? 0)))],
          ],
        ),
      ].join("\n"),
    ),
  );
  const back = compareRelapse(caseFile);
  const stock = compareStock(caseFile);
  const routes = workPerRoute(caseFile);
  parts.push(
    [
      "### Those who leave benefit for work, percent",
      "",
      table(
        ["", "observed", "tolerance", "model", "within"],
        RELAPSE.map(({ label, values: [low, high], tolerance, source }, at) => [
          `${label} (${source})`,
          low === high ? String(low) : `${low}-${high}`,
          `±${tolerance}`,
          one(back[at]?.model ?? Number.NaN),
          back[at]?.within ? "yes" : "no",
        ]),
      ),
    ].join("\n"),
    [
      `### All arrivals of the past ${STOCK_YEARS} years at one moment, percent`,
      "",
      table(
        ["", "observed", "tolerance", "model", "within"],
        STOCK.map(({ label, value, tolerance, source }, at) => [
          `${label} (${source})`,
          String(value),
          `±${tolerance}`,
          one(stock[at]?.model ?? Number.NaN),
          stock[at]?.within ? "yes" : "no",
        ]),
      ),
    ].join("\n"),
    [
      "### In work three years after the permit, per route, percent",
      "",
      `Z is to lie at least ${Z_BELOW_B1} points below B1.`,
      "",
      table(
        ["B1", "onderwijs", "Z", "B1 − Z"],
        [[routes.b1, routes.o, routes.z, routes.b1 - routes.z].map(one)],
      ),
    ].join("\n"),
  );
  return parts.join("\n\n");
}

const LEVEL_TITLES: Readonly<Record<Level, string>> = {
  zero: "No effect at all",
  low: "Every effect at its poor end",
  mode: "Every effect as likely (the case as it ships)",
  high: "Every effect at its good end",
};

const thousands = (value: number) => {
  const rounded = Math.round(value / 1000);
  return rounded === 0 ? "0" : rounded.toLocaleString("en-GB");
};

/** Scenarios in the order of the file, the reference left out. */
function shown({ model }: RunAtEffects): number[] {
  return model.scenarios
    .map((_, index) => index)
    .filter((index) => index !== model.reference)
    .sort((a, b) => (model.scenarios[a]?.position ?? 0) - (model.scenarios[b]?.position ?? 0));
}

/** The case as its tables show it. */
export interface HonestyRuns {
  readonly levels: ReadonlyMap<Level, RunAtEffects>;
  /** Effects at their good end, while no purse asks for its own benefit. */
  readonly generous: RunAtEffects;
}

export function honestyRuns(caseFile: BusinessCase, solver: Solver): HonestyRuns {
  return {
    levels: new Map(LEVELS.map((level) => [level, runAtEffects(caseFile, level, solver)])),
    generous: runAtEffects(withValues(caseFile, { eigen_baat: 0 }), "high", solver),
  };
}

/** NPV per party at four levels of effect, and pooled minus siloed without effects, term by term; for docs/method.md. */
export function honestyTables({ levels, generous }: HonestyRuns): string {
  const shownRuns = [
    ...[...levels].map(([level, at]) => [LEVEL_TITLES[level], at] as const),
    [
      "Every effect at its good end, and no purse asks for its own benefit (`eigen_baat` = 0)",
      generous,
    ] as const,
  ];
  const parts = shownRuns.map(([title, at]) => {
    const { model } = at;
    const scenarios = shown(at);
    const rows = (labels: readonly { readonly label: string }[], npv: readonly (readonly number[])[]) =>
      labels.map(({ label }, index) => [
        label,
        ...scenarios.map((scenario) => thousands(npv[scenario]?.[index] ?? 0)),
      ]);
    const head = scenarios.map((index) => `\`${model.scenarios[index]?.id}\``);
    const after = npvAfterTransfers(at);
    return [
      `**${title}** (NPV, x EUR 1,000)`,
      "",
      table(["before transfers", ...head], rows(model.parties, npvPerParty(at))),
      "",
      table(
        ["after transfers", ...head],
        [...rows(model.parties, after.parties), ...rows(model.municipalities, after.municipalities)],
      ),
    ].join("\n");
  });
  const zero = levels.get("zero");
  if (zero) {
    const terms = differenceTerms(zero, "verkokerd", "ontschot");
    const parties = zero.model.parties.map(({ label }) => label);
    const total = parties.map((_, party) =>
      terms.reduce((sum, term) => sum + (term.perParty[party] ?? 0), 0),
    );
    const kept = terms.filter(({ perParty }) => perParty.some((value) => Math.abs(value) >= 0.5));
    const name = (account: string | null) =>
      zero.model.accounts.find(({ id }) => id === account)?.label ?? "general funds";
    parts.push(
      [
        "**Pooled within the law minus siloed, without any effect, term by term** (x EUR 1,000; above 0 is a gain)",
        "",
        table(
          ["term", ...parties],
          [
            ...kept.map(({ component, account, perParty }) => [
              `${component === "regime" ? "cost of the scheme" : component}: ${name(account)}`,
              ...perParty.map(thousands),
            ]),
            ["**total**", ...total.map(thousands)],
          ],
        ),
      ].join("\n"),
    );
  }
  return parts.join("\n\n");
}

/** Puts a text between two markers of a document; the markers stay. */
export function between(document: string, marker: string, text: string): string {
  const [start, end] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`];
  const [from, to] = [document.indexOf(start), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`no markers ${start} … ${end}`);
  return `${document.slice(0, from + start.length)}\n\n${text}\n\n${document.slice(to)}`;
}
