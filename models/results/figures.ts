import { type EarnedBack, earnedBack, internalRateOfReturn } from "../core/discounting.ts";
import type { Model } from "../model/model.ts";
import { type CubeLine, lineBearer, presentValue } from "./cube.ts";
import type { PersonsInStates, ScenarioRun } from "./scenarioRun.ts";
import { addInto, addTotals, bearingSide } from "./totals.ts";

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
  const { years } = model.time;
  const borneBy = ({ totals }: ScenarioRun) =>
    addTotals(new Float64Array(years), totals, (account, municipality, kind) => {
      const { parties } = viewpoint;
      if (!parties.includes(bearingSide(model, account, municipality, kind).party)) return false;
      return (viewpoint.municipality ?? municipality) === municipality;
    });
  const borne = borneBy(run);
  const before = borneBy(reference);
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

/** What an intervention, a scheme or an executor costs a party in a municipality, over all segments and tracks. */
interface ComponentLine {
  readonly key: string;
  readonly party: number;
  readonly municipality: number;
  readonly amounts: Float64Array;
}

/** Every viewpoint and every rate asks for the same sums of one cube. */
const componentsOfCube = new WeakMap<readonly CubeLine[], readonly ComponentLine[]>();

function componentLines(model: Model, { cube }: ScenarioRun): readonly ComponentLine[] {
  const known = componentsOfCube.get(cube);
  if (known) return known;
  const sums = new Map<string, ComponentLine>();
  for (const line of cube) {
    if (line.component === "state") continue;
    const { municipality } = line;
    const party = lineBearer(model, line);
    const key = `${line.component} ${line.index}`;
    const place = `${key} ${party} ${municipality}`;
    let sum = sums.get(place);
    if (!sum) {
      sum = { key, party, municipality, amounts: new Float64Array(line.amounts.length) };
      sums.set(place, sum);
    }
    addInto(sum.amounts, line.amounts);
  }
  const lines = [...sums.values()];
  componentsOfCube.set(cube, lines);
  return lines;
}

/** PV of rising and of falling costs, per intervention, regime and executor. */
function componentIncrements(
  model: Model,
  run: ScenarioRun,
  reference: ScenarioRun,
  { parties, municipality = null }: Viewpoint,
): [rising: number, falling: number] {
  const increments = new Map<string, { value: number; size: number }>();
  const add = (lines: readonly ComponentLine[], sign: number) => {
    for (const line of lines) {
      if (!parties.includes(line.party)) continue;
      if (municipality !== null && line.municipality !== municipality) continue;
      const value = sign * presentValue(line.amounts, run.factors);
      const known = increments.get(line.key) ?? { value: 0, size: 0 };
      increments.set(line.key, { value: known.value + value, size: known.size + Math.abs(value) });
    }
  };
  add(componentLines(model, run), 1);
  add(componentLines(model, reference), -1);
  let rising = 0;
  let falling = 0;
  for (const { value, size } of increments.values()) {
    if (Math.abs(value) <= ROUNDING * size) continue;
    if (value > 0) rising += value;
    else falling -= value;
  }
  return [rising, falling];
}

/** Years after entry for which outcomes are shown (model.md section 6). */
export const OUTCOME_YEARS: readonly number[] = [1, 2, 3, 5, 8];

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

/** Sums over the tracks of a run, per state and year. */
export function sumStates(model: Model, run: ScenarioRun, kind: "personYears" | "atYearEnd"): Float64Array[] {
  return model.states.map((_, state) => {
    const total = new Float64Array(model.time.years);
    for (const track of run.tracks) addInto(total, track[kind][state] ?? []);
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
  const followed = Math.min(model.time.followUp, model.time.years);
  const after = OUTCOME_YEARS.filter((year) => year <= followed);
  return model.outcomes.map((outcome, index) => {
    const mean = (kind: "outcomes" | "sustained", year: number) =>
      total > 0
        ? tracks.reduce(
            (sum, track, at) => sum + (persons[at] ?? 0) * (track[kind][index]?.[year - 1] ?? 0),
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
      share: after.map((year) => mean("outcomes", year)),
      sustained: after.map((year) => mean("sustained", year)),
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
