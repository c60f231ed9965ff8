/** What each party is left with when the effects are as poor, as likely, as good or as absent as the sources allow. */
import {
  type CaseRun,
  type ComponentKind,
  cubeOf,
  lineBearer,
  type Model,
  presentValue,
  runCase,
  type Solver,
  settleCase,
  sumLines,
} from "../../models/index.ts";
import type { BusinessCase, Parameter } from "../../scenarios/index.ts";
import { compile, withValues } from "./model.ts";

export const LEVELS = ["zero", "low", "mode", "high"] as const;
export type Level = (typeof LEVELS)[number];

/** The groups of effects in the case: which end of a range is good, and what no effect is. */
const EFFECTS: Readonly<Record<string, { readonly better: "high" | "low"; readonly none: number }>> = {
  "Effect: werk": { better: "high", none: 1 },
  "Effect: terugval": { better: "low", none: 1 },
  "Effect: kosten": { better: "low", none: 1 },
  "Effect: tijd": { better: "high", none: 0 },
};

function effectAt({ group = "", distribution }: Parameter, level: Level): number | null {
  const effect = EFFECTS[group];
  if (!effect || level === "mode") return null;
  if (level === "zero") return effect.none;
  if (distribution?.kind !== "pert") return null;
  return (level === "high") === (effect.better === "high") ? distribution.high : distribution.low;
}

/** The case with every effect at one end of its range, or without any effect. */
export function atEffects(caseFile: BusinessCase, level: Level): BusinessCase {
  const values = caseFile.parameters.flatMap((parameter) => {
    const value = effectAt(parameter, level);
    return value === null ? [] : [[parameter.id, value] as const];
  });
  return withValues(caseFile, Object.fromEntries(values));
}

export interface RunAtEffects {
  readonly model: Model;
  readonly run: CaseRun;
}

export function runAtEffects(caseFile: BusinessCase, level: Level, solver: Solver): RunAtEffects {
  const model = compile(atEffects(caseFile, level));
  return { model, run: runCase(model, solver) };
}

/** NPV per party before transfers against the reference, EUR, [scenario][party] in the order of the model. */
export function npvPerParty({ model, run }: RunAtEffects): number[][] {
  const partial = (scenario: number, party: number) => {
    const own = runOf(run, scenario);
    return presentValue(
      sumLines(cubeOf(own), model.time.years, (line) => lineBearer(model, line) === party),
      own.factors,
    );
  };
  return model.scenarios.map((_, scenario) =>
    model.parties.map((_party, party) => partial(model.reference, party) - partial(scenario, party)),
  );
}

/** NPV after transfers against the reference, EUR: [scenario][party] and, the headline of each, [scenario][municipality]. */
export function npvAfterTransfers({ model, run }: RunAtEffects): {
  parties: number[][];
  municipalities: number[][];
} {
  const settled = settleCase(model, run);
  const per = (of: "parties" | "municipalities") =>
    model.scenarios.map((_, scenario) => {
      const at = run.runs.findIndex((candidate) => candidate.scenario === scenario);
      return (settled[at]?.purses[of] ?? []).map(({ npv }) => npv);
    });
  return { parties: per("parties"), municipalities: per("municipalities") };
}

function runOf({ runs }: CaseRun, scenario: number) {
  const run = runs.find((candidate) => candidate.scenario === scenario);
  if (!run) throw new Error(`no run of scenario ${scenario}`);
  return run;
}

/** A term of the difference between two scenarios: EUR of present value per party, above 0 where `to` costs less. */
export interface DifferenceTerm {
  readonly component: ComponentKind;
  /** The purse that pays; null: general funds. */
  readonly account: string | null;
  readonly perParty: readonly number[];
}

/** `to` minus `from`, term by term: state flows, payments per purse, general funds, the scheme and the executor. */
export function differenceTerms({ model, run }: RunAtEffects, from: string, to: string): DifferenceTerm[] {
  const index = (id: string) => model.scenarios.findIndex((scenario) => scenario.id === id);
  const [before, after] = [runOf(run, index(from)), runOf(run, index(to))];
  const components: ComponentKind[] = ["state", "intervention", "regime", "executor"];
  return components.flatMap((component) =>
    [...model.accounts, null].map((account, at) => ({
      component,
      account: account?.id ?? null,
      perParty: model.parties.map((_, party) => {
        const value = (side: typeof before) =>
          presentValue(
            sumLines(
              cubeOf(side),
              model.time.years,
              (line) =>
                line.component === component && line.account === at && lineBearer(model, line) === party,
            ),
            side.factors,
          );
        return value(before) - value(after);
      }),
    })),
  );
}
