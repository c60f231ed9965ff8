import { entrants as entrantsOf, openStrata, tracksOf } from "../cohort/strata.ts";
import { discountFactors } from "../core/discounting.ts";
import type { AllocatedTrack, Payment } from "../funding/allocation.ts";
import { envelopes as envelopesOf } from "../funding/envelopes.ts";
import type { Model } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import { assembleRun, type RunOptions, type ScenarioRun, trackYears } from "./scenarioRun.ts";
import { addInto } from "./totals.ts";

/**
 * Who got which track and who paid in an earlier run, by id, so that it outlives a change of the case. Plain data.
 */
export interface KeptAllocation {
  /** Share of the entrants of each inflow year, by "municipality segment track". */
  readonly shares: Readonly<Record<string, readonly number[]>>;
  /** Share that each account pays per year of the horizon, by "municipality intervention" and then account id; "" is general funds. */
  readonly payers: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

/** Shares smaller than this are what rounding leaves of nobody. */
const ROUNDING = 1e-12;

/** Keeps the allocation of a run. */
export function keepAllocation(model: Model, run: ScenarioRun): KeptAllocation {
  const shares: Record<string, number[]> = {};
  for (const { municipality, segment, track, persons } of run.tracks) {
    const all = run.entrants[municipality]?.[segment];
    shares[trackKey(model, municipality, segment, track)] = Array.from(persons, (count, year) =>
      all?.[year] ? count / all[year] : 0,
    );
  }
  const totals = new Map<string, Float64Array>();
  for (const payment of run.payments) {
    const key = workKey(model, payment.municipality, payment.intervention);
    const total = totals.get(key) ?? new Float64Array(model.time.years);
    for (const [year, amount] of payment.amounts.entries()) total[year] = (total[year] ?? 0) + amount;
    totals.set(key, total);
  }
  const payers: Record<string, Record<string, number[]>> = {};
  for (const payment of run.payments) {
    const key = workKey(model, payment.municipality, payment.intervention);
    const total = totals.get(key);
    const account = model.accounts[payment.account]?.id ?? "";
    payers[key] = {
      ...payers[key],
      [account]: Array.from(payment.amounts, (amount, year) => (total?.[year] ? amount / total[year] : 0)),
    };
  }
  return { shares, payers };
}

/**
 * Runs a scenario without solving: everyone keeps the track, and every intervention its payers, of an earlier run. Who
 * is new to it follows the reference track; work that nobody paid comes from general funds. For a first answer after a
 * change: envelopes and willingness are not looked at again until the programme is solved.
 *
 * @throws ModelError as runScenario, but for the programme's own
 */
export function runKept(
  model: Model,
  scenario: number,
  values: Values,
  kept: KeptAllocation,
  options: RunOptions = {},
): ScenarioRun {
  const rate = values.region(model.discounting.rate);
  const factors = discountFactors(rate, model.time.years, model.discounting.timing);
  const strata = options.shared?.strataOf(values) ?? openStrata(model, values);
  const entrants = entrantsOf(model, values);
  const tracks: AllocatedTrack[] = [];
  for (const [municipality] of model.municipalities.entries())
    for (const [segment, { referenceTrack }] of model.segments.entries()) {
      const all = entrants[municipality]?.[segment] ?? new Float64Array(model.time.inflowYears);
      const rest = new Float64Array(all.length).fill(1);
      const reference = strata.get(municipality, segment, referenceTrack);
      const add = (track: number, shares: ArrayLike<number>) =>
        tracks.push({
          candidate: {
            stratum: strata.get(municipality, segment, track),
            reference,
            columns: new Int32Array(),
            willing: null,
          },
          persons: all.map((count, year) => count * (shares[year] ?? 0)),
        });
      for (const track of tracksOf(model, segment)) {
        const shares = kept.shares[trackKey(model, municipality, segment, track)];
        if (track === referenceTrack || !shares?.some((share) => share !== 0)) continue;
        add(track, shares);
        for (const [year, share] of shares.entries()) rest[year] = Math.max(0, (rest[year] ?? 0) - share);
      }
      if (rest.some((share) => share > ROUNDING)) add(referenceTrack, rest);
    }
  return assembleRun(model, scenario, values, {
    rate,
    factors,
    entrants,
    envelopes: envelopesOf(model, values, entrants),
    allocation: {
      tracks,
      payments: keptPayments(model, tracks, kept),
      duals: [],
      closed: [],
      shortage: null,
    },
  });
}

function keptPayments(model: Model, tracks: readonly AllocatedTrack[], kept: KeptAllocation): Payment[] {
  const { years } = model.time;
  const costs = new Map<number, Float64Array>();
  const works = model.interventions.length;
  for (const { candidate, persons } of tracks)
    for (const [intervention, amounts] of trackYears(model, candidate.stratum, persons).costs.entries()) {
      if (!amounts) continue;
      const work = candidate.stratum.municipality * works + intervention;
      const sum = costs.get(work);
      if (sum) addInto(sum, amounts);
      else costs.set(work, amounts.slice());
    }
  const accounts = new Map(model.accounts.map(({ id }, index) => [id, index]));
  return [...costs].flatMap(([work, amounts]) => {
    const [municipality, intervention] = [Math.floor(work / works), work % works];
    const left = amounts.slice();
    const payments: Payment[] = [];
    const payers = kept.payers[workKey(model, municipality, intervention)] ?? {};
    for (const [id, shares] of Object.entries(payers)) {
      const account = accounts.get(id);
      if (account === undefined) continue;
      const part = new Float64Array(years);
      for (let year = 0; year < years; year += 1) {
        part[year] = (amounts[year] ?? 0) * (shares[year] ?? 0);
        left[year] = (left[year] ?? 0) - (part[year] ?? 0);
      }
      payments.push({ municipality, intervention, account, amounts: part });
    }
    for (let year = 0; year < years; year += 1)
      if (Math.abs(left[year] ?? 0) <= 1e-9 * Math.abs(amounts[year] ?? 0)) left[year] = 0;
    if (left.some((amount) => amount !== 0))
      payments.push({ municipality, intervention, account: model.accounts.length, amounts: left });
    return payments;
  });
}

function trackKey(model: Model, municipality: number, segment: number, track: number): string {
  return [model.municipalities[municipality], model.segments[segment], model.tracks[track]]
    .map((item) => item?.id)
    .join(" ");
}

function workKey(model: Model, municipality: number, intervention: number): string {
  return `${model.municipalities[municipality]?.id} ${model.interventions[intervention]?.id}`;
}
