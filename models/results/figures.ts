import { outcomeYears } from "../cohort/outcomes.ts";
import { type EarnedBack, earnedBack, internalRateOfReturn } from "../core/discounting.ts";
import type { Model } from "../model/model.ts";
import { type CubeLine, lineBearer, presentValue } from "./cube.ts";
import { overYears, type PersonsInStates, type ScenarioRun } from "./scenarioRun.ts";
import { addInto, addTotals } from "./totals.ts";

/** What a scenario costs and returns for a set of parties against a reference. EUR; null = not defined. */
export interface Appraisal {
  /** Present value borne in the scenario itself, before transfers. */
  readonly presentValue: number;
  /** Net present value [NCW] against the reference: Σ factor · (−incremental cost). */
  readonly npv: number;
  /** Incremental net benefit per year of the horizon, undiscounted. */
  readonly net: Float64Array;
  /** PV of the incremental costs of interventions, regime and executors that rise. */
  readonly costs: number;
  /** PV of the incremental costs of interventions, regime and executors that fall, above 0. */
  readonly avoided: number;
  /** `avoided`, plus the net fall of state flows: npv = benefits − costs. */
  readonly benefits: number;
  /** benefits / costs; null where nothing costs more. */
  readonly ratioGross: number | null;
  /** Fall of state flows / (costs less avoided costs); null where net costs are not above 0. */
  readonly ratioNet: number | null;
  /** Years from the start of the horizon. */
  readonly payback: EarnedBack;
  readonly discountedPayback: EarnedBack;
  /** Yearly; null unless the net flow changes sign once. */
  readonly irr: number | null;
}

/** Which lines count: those borne by the parties, in one municipality or (null) all. */
export interface Viewpoint {
  readonly parties: readonly number[];
  readonly municipality?: number | null;
}

/** Amounts smaller than this part of what they are differences of are rounding. */
const ROUNDING = 1e-11;

/**
 * Appraises a scenario against a reference for some parties, before transfers.
 *
 * @source model.md section 6; per intervention, regime and executor an increment above 0 is a cost, below 0 a benefit
 */
export function appraise(
  model: Model,
  run: ScenarioRun,
  reference: ScenarioRun,
  viewpoint: Viewpoint,
): Appraisal {
  const borne = borneBy(model, run, viewpoint);
  const before = borneBy(model, reference, viewpoint);
  const net = borne.map((cost, year) => {
    const difference = (before[year] ?? 0) - cost;
    return Math.abs(difference) <= ROUNDING * Math.max(Math.abs(cost), Math.abs(before[year] ?? 0))
      ? 0
      : difference;
  });
  const { factors } = run;
  const [costs, avoided] = componentIncrements(model, run, reference, viewpoint);
  const npv = presentValue(net, factors);
  const flowBenefit = npv + costs - avoided;
  const netCosts = costs - avoided;
  return {
    presentValue: presentValue(borne, factors),
    npv,
    net,
    costs,
    avoided,
    benefits: flowBenefit + avoided,
    ratioGross: costs > 0 ? (flowBenefit + avoided) / costs : null,
    ratioNet: netCosts > 0 ? flowBenefit / netCosts : null,
    payback: earnedBack(net),
    discountedPayback: earnedBack(net, factors),
    irr: internalRateOfReturn(net),
  };
}

/** A reference is asked for the same sums by every scenario. */
const borneOfRun = new WeakMap<ScenarioRun, Map<string, Float64Array>>();

/** What the parties of a viewpoint bear, EUR per year. */
function borneBy(model: Model, run: ScenarioRun, { parties, municipality = null }: Viewpoint): Float64Array {
  const known = borneOfRun.get(run) ?? new Map<string, Float64Array>();
  borneOfRun.set(run, known);
  const key = `${parties.join(" ")}|${municipality}`;
  const borne =
    known.get(key) ??
    addTotals(
      new Float64Array(model.time.years),
      model,
      run.totals,
      ({ bearer }, place) => (municipality ?? place) === place && parties.includes(bearer),
    );
  known.set(key, borne);
  return borne;
}

/** PV of what an intervention, a scheme or an executor costs a party in a municipality, over all segments and tracks. */
interface ComponentValue {
  /** Of the intervention, scheme or executor. */
  readonly key: string;
  readonly party: number;
  readonly municipality: number;
  readonly value: number;
}

/** Every viewpoint asks for the same sums of one run, at the factors of the scenario that is appraised. */
const componentsOfRun = new WeakMap<ScenarioRun, Map<Float64Array, readonly ComponentValue[]>>();

function componentValues(model: Model, run: ScenarioRun, factors: Float64Array): readonly ComponentValue[] {
  const known = componentsOfRun.get(run) ?? new Map<Float64Array, readonly ComponentValue[]>();
  componentsOfRun.set(run, known);
  const values = known.get(factors) ?? presentComponents(model, run, factors);
  known.set(factors, values);
  return values;
}

function presentComponents(model: Model, run: ScenarioRun, factors: Float64Array): ComponentValue[] {
  const amountsOf = new Map<string, Map<number, Float64Array>>();
  const places = model.municipalities.length;
  const add = (line: Pick<CubeLine, "municipality" | "account" | "component" | "index" | "amounts">) => {
    const key = `${line.component} ${line.index}`;
    const sums = amountsOf.get(key) ?? new Map<number, Float64Array>();
    amountsOf.set(key, sums);
    const place = (lineBearer(model, line) + 1) * places + line.municipality;
    const sum = sums.get(place);
    if (sum) addInto(sum, line.amounts);
    else sums.set(place, line.amounts.slice());
  };
  for (const { municipality, account, intervention, amounts } of run.payments)
    add({ municipality, account, component: "intervention", index: intervention, amounts });
  for (const line of run.regional) add(line);
  return [...amountsOf].flatMap(([key, sums]) =>
    [...sums].map(([place, amounts]) => ({
      key,
      party: Math.floor(place / places) - 1,
      municipality: place % places,
      value: presentValue(amounts, factors),
    })),
  );
}

/** PV of rising and of falling costs, per intervention, regime and executor. */
function componentIncrements(
  model: Model,
  run: ScenarioRun,
  reference: ScenarioRun,
  { parties, municipality = null }: Viewpoint,
): [rising: number, falling: number] {
  const increments = new Map<string, { value: number; size: number }>();
  const add = (values: readonly ComponentValue[], sign: number) => {
    for (const line of values) {
      if (!parties.includes(line.party)) continue;
      if (municipality !== null && line.municipality !== municipality) continue;
      const value = sign * line.value;
      const known = increments.get(line.key) ?? { value: 0, size: 0 };
      increments.set(line.key, { value: known.value + value, size: known.size + Math.abs(value) });
    }
  };
  add(componentValues(model, run, run.factors), 1);
  add(componentValues(model, reference, run.factors), -1);
  let rising = 0;
  let falling = 0;
  for (const { value, size } of increments.values()) {
    if (Math.abs(value) <= ROUNDING * size) continue;
    if (value > 0) rising += value;
    else falling -= value;
  }
  return [rising, falling];
}

/** An outcome of a scenario. Shares are of all entrants of all inflow years. */
export interface OutcomeFigures {
  /** Years after entry, as far as they are followed. */
  readonly after: readonly number[];
  readonly share: readonly number[];
  /** Share that has stayed in the outcome's states for the last 18 months. */
  readonly sustained: readonly number[];
  /** Weighted person-years per year of the horizon. */
  readonly personYears: Float64Array;
}

/** The figures of one scenario against its reference, before transfers. Plain data. */
export interface ScenarioFigures {
  readonly scenario: number;
  readonly reference: number;
  /** In the model's order of perspectives, parties and municipalities (the local party's part in each). */
  readonly perspectives: readonly Appraisal[];
  readonly parties: readonly Appraisal[];
  readonly municipalities: readonly Appraisal[];
  /** [state][year]. */
  readonly personYears: readonly Float64Array[];
  readonly personsAtYearEnd: readonly Float64Array[];
  readonly outcomes: readonly OutcomeFigures[];
}

/** Sums over the tracks of a run: person-years in a year, or persons at its end, [state][year]. */
export function sumStates(model: Model, run: ScenarioRun, kind: "personYears" | "atYearEnd"): Float64Array[] {
  const { years } = model.time;
  return model.states.map((_, state) => {
    const total = new Float64Array(years);
    for (const { personYears, yearEnds, persons } of run.tracks)
      addInto(
        total,
        (kind === "personYears"
          ? personYears[state]
          : yearEnds[state] && overYears(yearEnds[state], persons, years)) ?? [],
      );
    return total;
  });
}

/** The outcomes of a run, over all entrants or those of one municipality. */
export function outcomeFigures(
  model: Model,
  run: ScenarioRun,
  municipality: number | null = null,
): OutcomeFigures[] {
  const personsOn = (track: PersonsInStates) => track.persons.reduce((sum, count) => sum + count, 0);
  const tracks = run.tracks.filter(
    (track) => (municipality === null || track.municipality === municipality) && personsOn(track) > 0,
  );
  const persons = tracks.map(personsOn);
  const total = persons.reduce((sum, count) => sum + count, 0);
  const after = outcomeYears(model.time);
  return model.outcomes.map((outcome, index) => {
    const mean = (kind: "outcomes" | "sustained", place: number) =>
      total > 0
        ? tracks.reduce(
            (sum, track, at) => sum + (persons[at] ?? 0) * (track[kind][index]?.[place] ?? 0),
            0,
          ) / total
        : 0;
    const personYears = new Float64Array(model.time.years);
    for (const track of tracks)
      for (const [state, years] of track.personYears.entries()) {
        const weight = outcome.weights[state] ?? 0;
        if (weight === 0) continue;
        for (let year = 0; year < years.length; year += 1)
          personYears[year] = (personYears[year] ?? 0) + weight * (years[year] ?? 0);
      }
    return {
      after,
      share: after.map((_, place) => mean("outcomes", place)),
      sustained: after.map((_, place) => mean("sustained", place)),
      personYears,
    };
  });
}

/** All figures of a scenario against a reference, before transfers. */
export function scenarioFigures(model: Model, run: ScenarioRun, reference: ScenarioRun): ScenarioFigures {
  return {
    scenario: run.scenario,
    reference: reference.scenario,
    perspectives: model.perspectives.map(({ parties }) => appraise(model, run, reference, { parties })),
    parties: model.parties.map((_, party) => appraise(model, run, reference, { parties: [party] })),
    municipalities: model.municipalities.map((_, municipality) =>
      appraise(model, run, reference, { parties: [model.localParty], municipality }),
    ),
    personYears: sumStates(model, run, "personYears"),
    personsAtYearEnd: sumStates(model, run, "atYearEnd"),
    outcomes: outcomeFigures(model, run),
  };
}
