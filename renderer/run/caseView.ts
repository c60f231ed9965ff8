/**
 * What the views show of a computed case: small plain data that crosses from a worker to the screen. Indices are
 * places in the model's sorted lists; `Outline` names them.
 */
import {
  type Appraisal,
  appraise,
  byPosition,
  discountFactors,
  isLocal,
  type Model,
  mayPay,
  type OutcomeFigures,
  outcomeFigures,
  type PurseFigures,
  presentValue,
  purseFigures,
  type RunWarning,
  type Scenario,
  type ScenarioFigures,
  type ScenarioRun,
  type SettledScenario,
  scenarioValues,
  settleRun,
  type Unlawfulness,
  type Values,
  type WrongPockets,
  wrongPockets,
} from "../../models/index.ts";

export interface Item {
  readonly id: string;
  readonly label: string;
}

/** The names behind the indices. */
export interface Outline {
  readonly startYear: number;
  readonly years: number;
  readonly inflowYears: number;
  readonly municipalities: readonly Item[];
  readonly parties: readonly Item[];
  readonly localParty: number;
  readonly perspectives: readonly (Item & { readonly parties: readonly number[] })[];
  readonly accounts: readonly (Item & {
    readonly holder: number;
    readonly law: string | null;
    /** Whether it has money for interventions, its own or others. */
    readonly pays: boolean;
  })[];
  readonly interventions: readonly (Item & {
    readonly statutory: boolean;
    readonly evidence: number | null;
  })[];
  readonly segments: readonly Item[];
  readonly tracks: readonly Item[];
  readonly outcomes: readonly Item[];
  /** The order in which a reader expects the lists. */
  readonly order: Readonly<
    Record<
      "municipalities" | "parties" | "perspectives" | "accounts" | "interventions" | "outcomes",
      readonly number[]
    >
  >;
}

/**
 * How an account stands to an intervention. own: meant for it, the silo; open: in the pool and lawful; lifted: in the
 * pool because its earmark is set aside; closed: a wall that may be opened; earmark: a wall that the law keeps, in the
 * pool or not; excluded: the purse may not be pooled; outside: an outside party pays no statutory work of others.
 */
export type WallState = "own" | "open" | "lifted" | "closed" | "earmark" | "excluded" | "outside";

/** Paid by an account, or (index = number of accounts) by general funds, EUR discounted, per intervention. */
export type PaidMatrix = readonly Float64Array[];

export interface ScenarioView {
  readonly id: string;
  readonly label: string;
  readonly pool: readonly number[];
  readonly jointDelivery: boolean;
  readonly mode: "reference" | "optimal" | "fixed";
  readonly objective: number | null;
  readonly unlawful: readonly Unlawfulness[];
  readonly warnings: readonly RunWarning[];
  /** Before transfers. */
  readonly perspectives: readonly Appraisal[];
  readonly parties: readonly Appraisal[];
  /** After transfers. */
  readonly purses: PurseFigures;
  readonly pockets: WrongPockets;
  /** NPV per perspective and party at the case's further rates. */
  readonly atRates: readonly { rate: number; perspectives: readonly number[]; parties: readonly number[] }[];
  readonly outcomes: readonly OutcomeFigures[];
  /** [municipality][outcome]. */
  readonly localOutcomes: readonly (readonly OutcomeFigures[])[];
  /** Entrants over all inflow years, per municipality. */
  readonly entrants: readonly number[];
  /** Persons over all municipalities and inflow years, where anyone is on the track. */
  readonly persons: readonly { segment: number; track: number; persons: number }[];
  readonly paid: PaidMatrix;
  readonly walls: readonly (readonly WallState[])[];
  /** Highest worth over years and municipalities of one more euro behind the wall, per account; null where nothing is known. */
  readonly worth: readonly (number | null)[];
}

/**
 * The values of the parameters without any scenario, by parameter id: for the region, and per municipality. In the unit
 * and at the price level of the parameter, before its price factor: what somebody would type there.
 */
export type ParameterValues = ReadonlyMap<string, { region: number; local: readonly number[] }>;

export interface CaseView {
  readonly outline: Outline;
  readonly rate: number;
  /** Id of the scenario that the others are compared with. */
  readonly reference: string;
  /** In the order of the file. */
  readonly scenarios: readonly ScenarioView[];
}

const item = ({ id, label }: Item): Item => ({ id, label });

/** The names of a model. */
export function outlineOf(model: Model): Outline {
  return {
    startYear: model.time.startYear,
    years: model.time.years,
    inflowYears: model.time.inflowYears,
    municipalities: model.municipalities.map(item),
    parties: model.parties.map(item),
    localParty: model.localParty,
    perspectives: model.perspectives.map((perspective) => ({
      ...item(perspective),
      parties: perspective.parties,
    })),
    accounts: model.accounts.map((account) => ({
      ...item(account),
      holder: account.holder,
      law: account.law,
      pays: account.envelope.kind !== "none",
    })),
    interventions: model.interventions.map((intervention) => ({
      ...item(intervention),
      statutory: intervention.statutory,
      evidence: intervention.evidence,
    })),
    segments: model.segments.map(item),
    tracks: model.tracks.map(item),
    outcomes: model.outcomes.map(item),
    order: {
      municipalities: byPosition(model.municipalities),
      parties: byPosition(model.parties),
      perspectives: byPosition(model.perspectives),
      accounts: byPosition(model.accounts),
      interventions: byPosition(model.interventions),
      outcomes: byPosition(model.outcomes),
    },
  };
}

/** How an account stands to an intervention in a scenario. */
export function wallState(
  model: Model,
  scenario: Scenario,
  accountIndex: number,
  intervention: number,
): WallState {
  const account = model.accounts[accountIndex];
  if (!account || account.funds.includes(intervention)) return "own";
  if (!isLocal(model, account) && model.interventions[intervention]?.statutory) return "outside";
  const earmarked = account.earmark !== null && !account.earmark.includes(intervention);
  if (mayPay(model, scenario, accountIndex, intervention)) return earmarked ? "lifted" : "open";
  if (earmarked) return "earmark";
  return account.pooling === "excluded" && !scenario.pool.includes(accountIndex) ? "excluded" : "closed";
}

function paidMatrix(model: Model, run: ScenarioRun): PaidMatrix {
  const paid = Array.from(
    { length: model.accounts.length + 1 },
    () => new Float64Array(model.interventions.length),
  );
  for (const { account, intervention, amounts } of run.payments) {
    const row = paid[account];
    if (row) row[intervention] = (row[intervention] ?? 0) + presentValue(amounts, run.factors);
  }
  return paid;
}

function worthOf(model: Model, run: ScenarioRun): (number | null)[] {
  const worth: (number | null)[] = model.accounts.map(() => null);
  for (const dual of run.duals) worth[dual.account] = Math.max(worth[dual.account] ?? 0, dual.worth);
  return worth;
}

function personsOnTracks(run: ScenarioRun): ScenarioView["persons"] {
  const sums = new Map<string, { segment: number; track: number; persons: number }>();
  for (const { segment, track, persons } of run.tracks) {
    const key = `${segment} ${track}`;
    const sum = sums.get(key) ?? { segment, track, persons: 0 };
    sum.persons += persons.reduce((total, count) => total + count, 0);
    sums.set(key, sum);
  }
  return [...sums.values()].filter(({ persons }) => persons > 0.05);
}

/** NPV at the case's further rates. */
function atRates(
  model: Model,
  values: Values,
  figures: Pick<ScenarioFigures, "perspectives" | "parties">,
): ScenarioView["atRates"] {
  return model.discounting.alsoAt.map((slot) => {
    const rate = values.region(slot);
    const factors = discountFactors(rate, model.time.years, model.discounting.timing);
    const npv = ({ net }: Appraisal) => presentValue(net, factors);
    return { rate, perspectives: figures.perspectives.map(npv), parties: figures.parties.map(npv) };
  });
}

/** Tells what the views show of the runs of one case, a few scenarios at a time. */
export class CaseViewer {
  private readonly outline: Outline;
  private readonly reference: SettledScenario;

  constructor(
    private readonly model: Model,
    referenceRun: ScenarioRun,
  ) {
    this.outline = outlineOf(model);
    this.reference = settleRun(model, referenceRun, referenceRun);
  }

  /** The scenarios of these runs against the reference, in the order of the file. */
  view(runs: ReadonlyMap<number, ScenarioRun>): CaseView {
    const { model, outline, reference } = this;
    return {
      outline,
      rate: reference.run.rate,
      reference: model.scenarios[reference.run.scenario]?.id ?? "",
      scenarios: byPosition(model.scenarios).flatMap((index) => {
        const run = runs.get(index);
        return run ? [this.scenario(run)] : [];
      }),
    };
  }

  private scenario(run: ScenarioRun): ScenarioView {
    const { model, reference } = this;
    const scenario = model.scenarios[run.scenario];
    if (!scenario) throw new RangeError(`no scenario ${run.scenario}`);
    const settled = run === reference.run ? reference : settleRun(model, run, reference.run);
    const of = (parties: readonly number[]) => appraise(model, run, reference.run, { parties });
    const perspectives = model.perspectives.map(({ parties }) => of(parties));
    const parties = model.parties.map((_, party) => of([party]));
    return {
      ...item(scenario),
      pool: scenario.pool,
      jointDelivery: scenario.jointDelivery,
      mode: scenario.allocation.mode,
      objective: scenario.objective,
      unlawful: run.unlawful,
      warnings: run.warnings,
      perspectives,
      parties,
      purses: purseFigures(model, settled, reference),
      pockets: wrongPockets(parties),
      atRates: atRates(model, settled.values, { perspectives, parties }),
      outcomes: outcomeFigures(model, run),
      localOutcomes: model.municipalities.map((_, municipality) => outcomeFigures(model, run, municipality)),
      entrants: run.entrants.map((segments) =>
        segments.reduce((sum, persons) => sum + persons.reduce((total, count) => total + count, 0), 0),
      ),
      persons: personsOnTracks(run),
      paid: paidMatrix(model, run),
      walls: model.accounts.map((_, account) =>
        model.interventions.map((__, intervention) => wallState(model, scenario, account, intervention)),
      ),
      worth: worthOf(model, run),
    };
  }
}

/**
 * All scenarios in the order in which they are worked out: the reference, those looked at, the others as in the file.
 *
 * @returns the first, of which so many with the reference are looked at
 */
export function inOrder(model: Model, first: readonly string[]): { order: number[]; lookedAt: number } {
  const wanted = [
    model.reference,
    ...first.map((id) => model.scenarios.findIndex((scenario) => scenario.id === id)),
  ].filter((index) => index >= 0);
  const order = [...new Set([...wanted, ...byPosition(model.scenarios)])];
  return { order, lookedAt: new Set(wanted).size };
}

/** The values of all parameters without any scenario. */
export function parameterValues(model: Model): ParameterValues {
  const { region, municipality } = scenarioValues(model, null);
  return new Map(
    model.parameters.map(({ id, value, local }) => [
      id,
      {
        region: region(value),
        local: municipality.map((read, index) => read(local[index]?.value ?? value)),
      },
    ]),
  );
}
