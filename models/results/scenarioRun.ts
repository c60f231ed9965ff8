import type { PersonCourse } from "../cohort/course.ts";
import type { PersonMoney } from "../cohort/money.ts";
import { outcomeAfterYears, sustainedAfterYears } from "../cohort/outcomes.ts";
import {
  entrants as entrantsOf,
  type KeptStrata,
  openStrata,
  type Strata,
  type Stratum,
} from "../cohort/strata.ts";
import { discountFactors } from "../core/discounting.ts";
import type { Solver } from "../core/linearProgramme.ts";
import {
  type Allocation,
  type AllocationOptions,
  allocate,
  type EnvelopeDual,
  type FirstSolve,
  type Payment,
} from "../funding/allocation.ts";
import { envelopes as envelopesOf } from "../funding/envelopes.ts";
import type { ClosedTrack } from "../funding/programme.ts";
import { keyShares, regionalAmounts } from "../funding/regionalCosts.ts";
import { type Unlawfulness, unlawfulness } from "../funding/walls.ts";
import type { Draws } from "../model/environment.ts";
import type { Model, RegionalCost } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import { scenarioValues } from "../model/values.ts";
import { type CubeLine, NONE, presentValue } from "./cube.ts";
import { type AccountTotals, addInto, addTotals, openTotals } from "./totals.ts";

/** Something that a reader of the results must know. */
export interface RunWarning {
  readonly code: "SHORTAGE" | "CAPACITY_EXCEEDED" | "JOINT_DELIVERY_MISSING";
  readonly municipality: number;
  readonly segment: number;
  readonly track: number;
  readonly intervention: number;
  /** Inflow years in which it is so; empty where it is not about years. */
  readonly years: readonly number[];
  /** EUR of discounted shortage, persons above the capacity in the fullest year, or persons. */
  readonly amount: number;
}

/** Persons on a track. */
export interface PersonsOnTrack {
  readonly municipality: number;
  readonly segment: number;
  readonly track: number;
  /** Persons per inflow year. */
  readonly persons: Float64Array;
}

/** What people on a track live through and cost, summed over the entrants. */
export interface PersonsInStates extends PersonsOnTrack {
  /** Per entrant. */
  readonly money: PersonMoney;
  /** Person-years, [state][year]. */
  readonly personYears: readonly Float64Array[];
  /** Chance of being in a state at the end of each year since the year of entry, per entrant, [state][lag]. */
  readonly yearEnds: readonly Float64Array[];
  /** Expected outcome of one entrant n years after entry, [outcome][outcome year]. */
  readonly outcomes: readonly Float64Array[];
  /** Share of entrants that has stayed in the outcome's states for the last 18 months, [outcome][outcome year]. */
  readonly sustained: readonly Float64Array[];
}

/**
 * Everything that one scenario gives before transfers. Plain data with typed arrays: it can be sent to a worker.
 * Indices are places in the model's sorted lists.
 */
export interface ScenarioRun {
  readonly scenario: number;
  /** Yearly rate, and the discount factor per year of the horizon. */
  readonly rate: number;
  readonly factors: Float64Array;
  /** Persons, [municipality][segment][inflow year]. */
  readonly entrants: readonly (readonly Float64Array[])[];
  /** EUR/year, [account][municipality][year]; non-local accounts at municipality 0. */
  readonly envelopes: readonly (readonly Float64Array[])[];
  readonly tracks: readonly PersonsInStates[];
  readonly payments: readonly Payment[];
  readonly duals: readonly EnvelopeDual[];
  readonly closed: readonly ClosedTrack[];
  /** The lines of the cube that belong to no persons: the costs of the scheme and of executors. */
  readonly regional: readonly CubeLine[];
  readonly totals: AccountTotals;
  /** What the parties of the objective bear, EUR discounted; null without an objective. */
  readonly objective: number | null;
  readonly shortage: number | null;
  readonly unlawful: readonly Unlawfulness[];
  readonly warnings: readonly RunWarning[];
}

/** What of a run stays as it is in every draw: who is on which track, and who pays. */
export interface KeptRun extends Pick<ScenarioRun, "scenario" | "payments"> {
  readonly tracks: readonly PersonsOnTrack[];
}

/** What of a run stays as it is in every draw, and no more: a tenth of it, to be sent to a worker. */
export function keptRun({ scenario, payments, tracks }: KeptRun): KeptRun {
  const amounts = inOneBuffer(payments.map((payment) => payment.amounts));
  const persons = inOneBuffer(tracks.map((track) => track.persons));
  return {
    scenario,
    payments: payments.map((payment, place) => ({ ...payment, amounts: amounts[place] as Float64Array })),
    tracks: tracks.map(({ municipality, segment, track }, place) => ({
      municipality,
      segment,
      track,
      persons: persons[place] as Float64Array,
    })),
  };
}

/** Copies of some lists in one buffer: it is the buffers that take long to send. */
function inOneBuffer(lists: readonly Float64Array[]): Float64Array[] {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  return lists.map((list) => {
    const start = next;
    next += list.length;
    all.set(list, start);
    return all.subarray(start, next);
  });
}

/** Courses shared by the scenarios of one run. */
export type SharedCourses = Map<string, PersonCourse>;

/** What the runs of one model share: their courses, and all that follows from the values where no scenario has its own. */
export class SharedRuns {
  readonly firstSolve: FirstSolve = { bound: null };
  private values: Values | null = null;
  private strata: Strata | null = null;

  /**
   * @param draw a single draw; without one the deterministic values
   * @param courses those of an earlier run, of a model with the same time and number of states
   * @param kept strata of earlier cases of the same structure
   */
  constructor(
    private readonly model: Model,
    private readonly draw?: Draws,
    readonly courses: SharedCourses = new Map(),
    private readonly kept?: KeptStrata,
  ) {}

  /** The values of a scenario; one and the same for all scenarios without values of their own. */
  valuesOf(scenario: number): Values {
    if (!this.isPlain(scenario)) return scenarioValues(this.model, scenario, this.draw);
    this.values ??= scenarioValues(this.model, scenario, this.draw);
    return this.values;
  }

  /** The strata of those values. */
  strataOf(values: Values): Strata {
    if (values !== this.values) return openStrata(this.model, values, this.courses);
    this.strata ??= openStrata(this.model, values, this.courses, this.kept);
    return this.strata;
  }

  /** Whether a scenario has no values of its own. */
  isPlain(scenario: number): boolean {
    return this.model.scenarios[scenario]?.overrides.length === 0;
  }
}

export interface RunOptions extends AllocationOptions {
  /** Of this very model. */
  readonly shared?: SharedRuns;
}

/**
 * Runs one scenario of a compiled case at the deterministic values.
 *
 * @param solver the linear-programme solver, handed in by the host
 * @throws ModelError with the path of the slot or the constraint that makes the run impossible
 */
export function runScenario(
  model: Model,
  scenario: number,
  solver: Solver,
  options: RunOptions = {},
): ScenarioRun {
  const values = options.shared?.valuesOf(scenario) ?? scenarioValues(model, scenario);
  return runWithValues(model, scenario, values, solver, options);
}

/** Runs one scenario with values of the caller's choice (a draw, a changed parameter). */
export function runWithValues(
  model: Model,
  scenario: number,
  values: Values,
  solver: Solver,
  options: RunOptions = {},
): ScenarioRun {
  const data = model.scenarios[scenario];
  if (!data) throw new RangeError(`no scenario ${scenario}`);
  const rate = values.region(model.discounting.rate);
  const factors = discountFactors(rate, model.time.years, model.discounting.timing);
  const { shared } = options;
  const strata = shared?.strataOf(values) ?? openStrata(model, values);
  const entrants = entrantsOf(model, values);
  const envelopes = envelopesOf(model, values, entrants);
  const allocation = allocate(
    { model, scenario: data, values, strata, factors, entrants, envelopes },
    solver,
    shared && values === shared.valuesOf(scenario) && shared.isPlain(scenario)
      ? { ...options, firstSolve: shared.firstSolve }
      : options,
  );
  return assembleRun(model, scenario, values, { rate, factors, entrants, envelopes, allocation });
}

/** The pieces from which a run is put together. */
export interface RunParts {
  readonly rate: number;
  readonly factors: Float64Array;
  readonly entrants: readonly (readonly Float64Array[])[];
  readonly envelopes: readonly (readonly Float64Array[])[];
  readonly allocation: Allocation;
}

/** Puts an allocation and its courses together: totals, people in states, and all from which the cube is made. */
export function assembleRun(model: Model, scenario: number, values: Values, parts: RunParts): ScenarioRun {
  const { allocation, factors, entrants } = parts;
  const data = model.scenarios[scenario];
  if (!data) throw new RangeError(`no scenario ${scenario}`);
  const { years } = model.time;
  const lines: CubeLine[] = [];
  const totals = openTotals(model);
  for (const { candidate, persons } of allocation.tracks) {
    const { municipality } = candidate.stratum;
    for (const [account, amounts] of trackYears(model, candidate.stratum, persons).flows.entries())
      if (amounts) addInto(totals.state[account]?.[municipality], amounts);
  }
  for (const { account, municipality, amounts } of allocation.payments)
    addInto(totals.intervention[account]?.[municipality], amounts);
  const regional = (costs: readonly RegionalCost[], component: "regime" | "executor", index: number) => {
    for (const cost of costs)
      for (const line of regionalLines(model, values, entrants, cost, component, index)) {
        lines.push(line);
        addInto(totals[component][line.account]?.[line.municipality], line.amounts);
      }
  };
  regional(data.costs, "regime", NONE);
  for (const [index, executor] of model.executors.entries()) regional(executor.costs, "executor", index);
  const parties = data.objective === null ? null : (model.perspectives[data.objective]?.parties ?? []);
  const borne =
    parties && addTotals(new Float64Array(years), model, totals, ({ bearer }) => parties.includes(bearer));
  return {
    scenario,
    rate: parts.rate,
    factors,
    entrants,
    envelopes: parts.envelopes,
    tracks: allocation.tracks.map(({ candidate, persons }) => inStates(model, candidate.stratum, persons)),
    payments: allocation.payments,
    duals: allocation.duals,
    closed: allocation.closed,
    regional: lines,
    totals,
    objective: borne && presentValue(borne, factors),
    shortage: allocation.shortage,
    unlawful: unlawfulness(model, data),
    warnings: warningsOf(model, scenario, values, allocation, factors),
  };
}

/** What the persons on a track live through and cost, over the years of the horizon. */
export interface TrackYears {
  readonly persons: Float64Array;
  /** Person-years, [state][year]. */
  readonly personYears: readonly Float64Array[];
  /** EUR per year of the state flows, [account]; null where an account has none. */
  readonly flows: readonly (Float64Array | null)[];
  /** EUR per year, [intervention]; null outside the track. */
  readonly costs: readonly (Float64Array | null)[];
}

/** Numbers of persons that are remembered per stratum: one per scenario, and some edits. */
const MOST_COUNTS = 24;

/** A stratum outlives an edit that does not touch it: so does what it comes to for the same persons. */
const yearsOfStratum = new WeakMap<Stratum, TrackYears[]>();

/** Spreads what a stratum says of one entrant over its persons per inflow year. Not to be written to. */
export function trackYears({ states, time }: Model, stratum: Stratum, persons: Float64Array): TrackYears {
  const known = yearsOfStratum.get(stratum) ?? [];
  yearsOfStratum.set(stratum, known);
  const found = known.find((one) => one.persons.every((count, year) => count === persons[year]));
  if (found) return found;
  const { course, money } = stratum;
  const spread = (lags: Float64Array) => overYears(lags, persons, time.years);
  const flowing = new Set(states.flatMap(({ flows }) => flows.map(({ account }) => account)));
  const own = {
    persons,
    personYears: course.personYears.map(spread),
    flows: money.flows.map((lags, account) => (flowing.has(account) ? spread(lags) : null)),
    costs: money.costs.map((lags) => lags && spread(lags)),
  };
  if (known.length === MOST_COUNTS) known.shift();
  known.push(own);
  return own;
}

/** Spreads an amount per entrant per lag over the years of the horizon: Σ_y entrants[y] · lag[t − y]. */
export function overYears(lags: Float64Array, persons: Float64Array, years: number): Float64Array {
  const amounts = new Float64Array(years);
  for (let entry = 0; entry < persons.length; entry += 1) {
    const count = persons[entry] ?? 0;
    if (count === 0) continue;
    for (let year = entry; year < years; year += 1)
      amounts[year] = (amounts[year] ?? 0) + count * (lags[year - entry] ?? 0);
  }
  return amounts;
}

function regionalLines(
  model: Model,
  values: Values,
  entrants: readonly (readonly Float64Array[])[],
  cost: RegionalCost,
  component: "regime" | "executor",
  index: number,
): CubeLine[] {
  const region = regionalAmounts(model, values, cost);
  if (!region.some((amount) => amount !== 0)) return [];
  const { account } = cost;
  return [...keyShares(model, cost, entrants)].flatMap((share, municipality) => {
    if (share === 0) return [];
    const amounts = region.map((amount) => amount * share);
    return [{ municipality, segment: NONE, track: NONE, account, component, index, amounts }];
  });
}

/** What one person's course comes to, whoever follows it. */
interface CourseOutcomes {
  readonly yearEnds: readonly Float64Array[];
  readonly outcomes: readonly Float64Array[];
  readonly sustained: readonly Float64Array[];
}

/** Courses are shared by municipalities and scenarios: what they come to is worked out once, by the outcomes' weights. */
const outcomesOfCourse = new WeakMap<PersonCourse, Map<string, CourseOutcomes>>();

function courseOutcomes(model: Model, course: PersonCourse): CourseOutcomes {
  const ofCourse = outcomesOfCourse.get(course) ?? new Map<string, CourseOutcomes>();
  outcomesOfCourse.set(course, ofCourse);
  const key = model.outcomes.map(({ weights }) => weights.join(" ")).join("|");
  const known = ofCourse.get(key) ?? {
    yearEnds: model.states.map((_, state) => yearEndLags(model, course, state)),
    outcomes: model.outcomes.map((outcome) => outcomeAfterYears(model.time, course, outcome)),
    sustained: model.outcomes.map((outcome) => sustainedAfterYears(model.time, course, outcome)),
  };
  ofCourse.set(key, known);
  return known;
}

function inStates(model: Model, stratum: Stratum, persons: Float64Array): PersonsInStates {
  const { municipality, segment, track, course, money } = stratum;
  const { yearEnds, outcomes, sustained } = courseOutcomes(model, course);
  return {
    municipality,
    segment,
    track,
    persons,
    money,
    personYears: trackYears(model, stratum, persons).personYears,
    yearEnds,
    outcomes,
    sustained,
  };
}

/** Chance of being in a state at the end of each year since the year of entry; 0 beyond the follow-up. */
function yearEndLags(model: Model, course: PersonCourse, state: number): Float64Array {
  const { years, followUp, cyclesPerYear, arrival } = model.time;
  const lags = new Float64Array(years);
  const arrivals = arrival === "spread" ? cyclesPerYear : 1;
  for (let lag = 0; lag < Math.min(followUp, years); lag += 1) {
    let sum = 0;
    for (let cycle = 0; cycle < arrivals; cycle += 1)
      sum += course.distribution[((lag + 1) * cyclesPerYear - cycle) * course.states + state] ?? 0;
    lags[lag] = sum / arrivals;
  }
  return lags;
}

function warningsOf(
  model: Model,
  scenario: number,
  values: Values,
  allocation: Allocation,
  factors: Float64Array,
): RunWarning[] {
  const data = model.scenarios[scenario];
  if (!data || data.allocation.mode === "optimal") return [];
  const none = { municipality: NONE, segment: NONE, track: NONE, intervention: NONE, years: [] };
  const warnings: RunWarning[] = [];
  for (const [municipality] of model.municipalities.entries()) {
    const paid = allocation.payments
      .filter((payment) => payment.account === model.accounts.length && payment.municipality === municipality)
      .reduce((sum, payment) => sum + presentValue(payment.amounts, factors), 0);
    if (paid > 0.005) warnings.push({ ...none, code: "SHORTAGE", municipality, amount: paid });
    const read = values.municipality[municipality];
    for (const [intervention, { capacity, statutory }] of model.interventions.entries()) {
      if (capacity === null || statutory || !read) continue;
      const room = read(capacity);
      const full: { year: number; over: number }[] = [];
      for (let year = 0; year < model.time.inflowYears; year += 1) {
        const persons = allocation.tracks
          .filter(
            ({ candidate: { stratum } }) =>
              stratum.municipality === municipality &&
              model.tracks[stratum.track]?.interventions.includes(intervention) === true,
          )
          .reduce((sum, track) => sum + (track.persons[year] ?? 0), 0);
        if (persons > room + 1e-9) full.push({ year, over: persons - room });
      }
      if (full.length > 0)
        warnings.push({
          ...none,
          code: "CAPACITY_EXCEEDED",
          municipality,
          intervention,
          years: full.map(({ year }) => year),
          amount: Math.max(...full.map(({ over }) => over)),
        });
    }
  }
  for (const { candidate, persons } of allocation.tracks) {
    const { municipality, segment, track } = candidate.stratum;
    if (!model.tracks[track]?.requiresJointDelivery || data.jointDelivery) continue;
    const amount = persons.reduce((sum, count) => sum + count, 0);
    if (amount > 0)
      warnings.push({ ...none, code: "JOINT_DELIVERY_MISSING", municipality, segment, track, amount });
  }
  return warnings;
}
