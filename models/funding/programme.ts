import type { Strata, Stratum } from "../cohort/strata.ts";
import { tracksOf } from "../cohort/strata.ts";
import { type LinearProgramme, ProgrammeBuilder } from "../core/linearProgramme.ts";
import type { Model, Scenario } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import { bearer, isLocal, isPooled, mayPay, payRanks } from "./walls.ts";
import { type Openness, openness } from "./willingness.ts";

/** Money in the programme is in thousands of euros, so that persons and euros are of one size for the solver. */
const EUR = 1e-3;

/** Everything about one scenario that the programme is built from. */
export interface FundingInputs {
  readonly model: Model;
  readonly scenario: Scenario;
  readonly values: Values;
  readonly strata: Strata;
  /** Discount factor per year of the horizon. */
  readonly factors: Float64Array;
  /** Persons, [municipality][segment][inflow year]. */
  readonly entrants: readonly (readonly Float64Array[])[];
  /** EUR/year, [account][municipality][year]; non-local accounts at municipality 0. */
  readonly envelopes: readonly (readonly Float64Array[])[];
}

/** A track that persons of a segment may follow in a municipality, with their columns per inflow year (-1: no entrants). */
export interface Candidate {
  readonly stratum: Stratum;
  readonly reference: Stratum;
  readonly columns: Int32Array;
  readonly willing: readonly boolean[] | null;
}

/** What a row of the programme stands for. `municipality` null: the region as one. */
export type RowLabel =
  | {
      readonly kind: "entrants";
      readonly municipality: number;
      readonly segment: number;
      readonly year: number;
    }
  | {
      readonly kind: "payment";
      readonly municipality: number;
      readonly intervention: number;
      readonly year: number;
    }
  | {
      readonly kind: "envelope" | "savings";
      readonly account: number;
      readonly municipality: number | null;
      readonly year: number;
    }
  | {
      readonly kind: "holderSavings";
      readonly party: number;
      readonly municipality: number | null;
      readonly year: number;
    }
  | {
      readonly kind: "ownPart";
      readonly account: number;
      readonly municipality: number;
      readonly year: number;
    }
  | { readonly kind: "participation"; readonly account: number }
  | { readonly kind: "statutory"; readonly municipality: number | null }
  | {
      readonly kind: "capacity";
      readonly municipality: number;
      readonly intervention: number;
      readonly year: number;
    };

/** A payment column: account index, or the number of accounts for general funds. */
export interface PaymentColumn {
  readonly municipality: number;
  readonly intervention: number;
  readonly account: number;
  readonly year: number;
  readonly column: number;
}

/** Why a track is closed to a segment in a municipality. */
export interface ClosedTrack {
  readonly municipality: number;
  readonly segment: number;
  readonly track: number;
  readonly openness: Openness & { open: false };
}

export interface FundingProgramme {
  readonly programme: LinearProgramme;
  readonly candidates: readonly Candidate[];
  readonly payments: readonly PaymentColumn[];
  readonly rows: readonly RowLabel[];
  readonly closed: readonly ClosedTrack[];
  /** Objectives over the columns, thousands of discounted euros. */
  readonly shortage: Float64Array;
  readonly borne: Float64Array | null;
  readonly total: Float64Array;
  readonly rank: Float64Array;
  /** What municipalities are paid beyond their own part of a purse that they share; null where they share none. */
  readonly crossing: Float64Array | null;
}

/** What limits general funds in an optimal programme: thousands of euros, per municipality or in one sum. */
export interface StatutoryBound {
  readonly pooled: boolean;
  readonly presentValue: Float64Array;
}

/** Present value per entrant of inflow year `year`, up to the horizon. */
function presentValueFrom(
  lags: Float64Array | null | undefined,
  factors: Float64Array,
  year: number,
): number {
  let sum = 0;
  if (lags)
    for (let lag = 0; year + lag < factors.length; lag += 1)
      sum += (lags[lag] ?? 0) * (factors[year + lag] ?? 0);
  return sum;
}

/** Whether general funds of several municipalities are one sum: an outside account has statutory work in its funds. */
export function statutoryIsShared(model: Model): boolean {
  return model.accounts.some(
    (account) =>
      !isLocal(model, account) &&
      account.funds.some((index) => model.interventions[index]?.statutory === true),
  );
}

/**
 * Builds the programme of one scenario: who gets which track, and who pays.
 *
 * @param bound in an optimal programme what general funds may bear; null in the other modes
 * @source model.md section 4
 */
export function buildProgramme(inputs: FundingInputs, bound: StatutoryBound | null): FundingProgramme {
  return new ProgrammeOfScenario(inputs, bound).build();
}

/** A column of the tie-break between municipalities. */
interface Crossing {
  readonly column: number;
  readonly year: number;
  readonly weight: number;
}

/** What an even spread weighs against a euro that crosses a border: enough to decide, too little to send one across. */
const EVENNESS = 0.01;

/** The municipalities that share one room of an account. */
interface Room {
  readonly account: number;
  readonly municipality: number | null;
  readonly served: readonly number[];
  readonly envelope: Float64Array;
  readonly payments: PaymentColumn[];
  /** Columns of savings drawn per year; empty when the account draws none. */
  drawn: Int32Array;
}

class ProgrammeOfScenario {
  private readonly builder = new ProgrammeBuilder();
  private readonly rows: RowLabel[] = [];
  private readonly candidates: Candidate[] = [];
  private readonly payments: PaymentColumn[] = [];
  private readonly closed: ClosedTrack[] = [];
  private readonly model: Model;
  private readonly scenario: Scenario;
  private readonly optimal: boolean;
  private readonly years: number;
  private readonly general: number;

  constructor(
    private readonly inputs: FundingInputs,
    private readonly bound: StatutoryBound | null,
  ) {
    this.model = inputs.model;
    this.scenario = inputs.scenario;
    this.optimal = inputs.scenario.allocation.mode === "optimal";
    this.years = inputs.model.time.years;
    this.general = inputs.model.accounts.length;
  }

  build(): FundingProgramme {
    this.addPersons();
    const rooms = this.openRooms();
    this.addPayments(rooms);
    this.addEnvelopes(rooms);
    this.addSavings(rooms);
    this.addParticipation();
    if (this.bound) this.addStatutoryBound(this.bound);
    if (this.optimal) this.addCapacities();
    const crossings = this.addCrossings(rooms);
    return {
      programme: this.builder.build(),
      candidates: this.candidates,
      payments: this.payments,
      rows: this.rows,
      closed: this.closed,
      shortage: this.objective(
        () => 0,
        (payment) => (payment.account === this.general ? 1 : 0),
      ),
      borne: this.borneObjective(),
      total: this.objective(
        (candidate, year) =>
          EUR *
          (this.sumOfFlows(candidate, year, () => true) +
            candidate.stratum.money.costs.reduce(
              (sum, lags) => sum + presentValueFrom(lags, this.inputs.factors, year),
              0,
            )),
        () => 0,
      ),
      rank: this.rankObjective(),
      crossing: crossings.length === 0 ? null : this.crossingObjective(crossings),
    };
  }

  private label(label: RowLabel, lower: number, upper: number): void {
    this.builder.row(lower, upper);
    this.rows.push(label);
  }

  /** Columns x per municipality, segment, track and inflow year, and the row that gives everyone a track. */
  private addPersons(): void {
    const { model, inputs } = this;
    for (const [municipality] of model.municipalities.entries()) {
      for (const [segment, data] of model.segments.entries()) {
        const persons = inputs.entrants[municipality]?.[segment] ?? new Float64Array(0);
        const own: Candidate[] = [];
        for (const track of this.tracksFor(municipality, segment)) {
          const columns = new Int32Array(persons.length).fill(-1);
          for (const [year, count] of persons.entries()) {
            if (count <= 0) continue;
            const fixed = track.share === null ? null : track.share * count;
            columns[year] = this.builder.column(fixed ?? 0, fixed ?? Number.POSITIVE_INFINITY);
          }
          own.push({
            stratum: inputs.strata.get(municipality, segment, track.index),
            reference: inputs.strata.get(municipality, segment, data.referenceTrack),
            columns,
            willing: track.willing,
          });
        }
        this.candidates.push(...own);
        for (const [year, count] of persons.entries()) {
          if (count <= 0 || !this.optimal) continue;
          for (const candidate of own) this.builder.entry(candidate.columns[year] ?? 0, 1);
          this.label({ kind: "entrants", municipality, segment, year }, count, count);
        }
      }
    }
  }

  /** The tracks of a segment in this mode; `share` is fixed outside `optimal`. */
  private tracksFor(
    municipality: number,
    segment: number,
  ): { index: number; share: number | null; willing: readonly boolean[] | null }[] {
    const { model, scenario, inputs } = this;
    const reference = model.segments[segment]?.referenceTrack ?? 0;
    const allocation = scenario.allocation;
    if (allocation.mode === "reference") return [{ index: reference, share: 1, willing: null }];
    if (allocation.mode === "fixed") {
      const shares = allocation.shares[segment];
      if (!shares) return [{ index: reference, share: 1, willing: null }];
      const read = inputs.values.municipality[municipality];
      return shares.flatMap((slot, index) =>
        slot === null || !read ? [] : [{ index, share: read(slot), willing: null }],
      );
    }
    const open: { index: number; share: null; willing: readonly boolean[] | null }[] = [];
    for (const track of tracksOf(model, segment)) {
      if (track === reference) {
        open.push({ index: track, share: null, willing: null });
        continue;
      }
      const result = openness(
        model,
        scenario,
        inputs.values,
        inputs.strata.get(municipality, segment, track),
        inputs.strata.get(municipality, segment, reference),
        inputs.factors,
      );
      if (result.open) open.push({ index: track, share: null, willing: result.willing });
      else this.closed.push({ municipality, segment, track, openness: result });
    }
    return open;
  }

  /** The rooms of accounts that can pay at all: an envelope, or savings to draw. */
  private openRooms(): Room[] {
    const { model, scenario, inputs } = this;
    const rooms: Room[] = [];
    const all = model.municipalities.map((_, index) => index);
    for (const [account, data] of model.accounts.entries()) {
      const pooled = isPooled(scenario, account);
      const draws = pooled && scenario.reinvestSavings !== "none";
      const local = isLocal(model, data);
      const apart = local && !(pooled && scenario.scope === "regional");
      for (const served of apart ? all.map((index) => [index]) : [all]) {
        const envelope = new Float64Array(this.years);
        for (const municipality of served)
          for (let year = 0; year < this.years; year += 1)
            envelope[year] = (envelope[year] ?? 0) + (inputs.envelopes[account]?.[municipality]?.[year] ?? 0);
        if (!draws && !envelope.some((amount) => amount > 0)) continue;
        rooms.push({
          account,
          municipality: apart ? (served[0] ?? 0) : null,
          served,
          envelope,
          payments: [],
          drawn: new Int32Array(0),
        });
      }
    }
    return rooms;
  }

  /** Whether the account may and will pay for the intervention in this municipality. */
  private pays(account: number, municipality: number, intervention: number): boolean {
    const { model, scenario } = this;
    if (!mayPay(model, scenario, account, intervention)) return false;
    if (!this.optimal || model.interventions[intervention]?.statutory) return true;
    return this.candidates.some(
      ({ stratum, willing }) =>
        stratum.municipality === municipality &&
        willing?.[account] === true &&
        model.tracks[stratum.track]?.interventions.includes(intervention) === true,
    );
  }

  /** Columns f and u, and the row per municipality, intervention and year that pays its cost. */
  private addPayments(rooms: readonly Room[]): void {
    const { model, builder } = this;
    for (const [municipality] of model.municipalities.entries()) {
      const here = this.candidates.filter(({ stratum }) => stratum.municipality === municipality);
      for (const [intervention, data] of model.interventions.entries()) {
        const costing = here.filter(({ stratum }) => stratum.money.costs[intervention]);
        if (costing.length === 0) continue;
        const payers = rooms.filter(
          (room) => room.served.includes(municipality) && this.pays(room.account, municipality, intervention),
        );
        for (let year = 0; year < this.years; year += 1) {
          const terms: [number, number][] = [];
          for (const { stratum, columns } of costing) {
            const lags = stratum.money.costs[intervention];
            for (let entry = 0; entry < columns.length && entry <= year; entry += 1) {
              const column = columns[entry] ?? -1;
              const cost = lags?.[year - entry] ?? 0;
              if (column >= 0 && cost !== 0) terms.push([column, -cost * EUR]);
            }
          }
          if (terms.length === 0) continue;
          for (const room of payers) {
            const payment = {
              municipality,
              intervention,
              account: room.account,
              year,
              column: builder.column(),
            };
            builder.entry(payment.column, 1);
            room.payments.push(payment);
            this.payments.push(payment);
          }
          if (!this.optimal || data.statutory) {
            const column = builder.column();
            builder.entry(column, 1);
            this.payments.push({ municipality, intervention, account: this.general, year, column });
          }
          for (const [column, value] of terms) builder.entry(column, value);
          this.label({ kind: "payment", municipality, intervention, year }, 0, 0);
        }
      }
    }
  }

  /** Per room and year: payments within the envelope, what is carried in, and what is drawn from savings. */
  private addEnvelopes(rooms: readonly Room[]): void {
    const { model, scenario, builder, inputs } = this;
    for (const room of rooms) {
      if (room.payments.length === 0) continue;
      const account = model.accounts[room.account];
      const kappa = account ? inputs.values.region(account.carryOver) : 0;
      if (isPooled(scenario, room.account) && scenario.reinvestSavings !== "none")
        room.drawn = Int32Array.from({ length: this.years }, () => builder.column());
      let carriedIn = -1;
      for (let year = 0; year < this.years; year += 1) {
        const envelope = (room.envelope[year] ?? 0) * EUR;
        for (const payment of room.payments) if (payment.year === year) builder.entry(payment.column, 1);
        if (carriedIn >= 0) builder.entry(carriedIn, -1);
        if (room.drawn.length > 0) builder.entry(room.drawn[year] ?? 0, -1);
        carriedIn = -1;
        if (kappa * envelope > 0 && year + 1 < this.years) {
          carriedIn = builder.column(0, kappa * envelope);
          builder.entry(carriedIn, 1);
        }
        const { account: index, municipality } = room;
        this.label(
          { kind: "envelope", account: index, municipality, year },
          Number.NEGATIVE_INFINITY,
          envelope,
        );
      }
    }
  }

  /**
   * Adds to the row being built minus the usable savings, up to each year, of the entrants of `served`:
   * Σ_{n ≤ N} w_n = max(0, what the reference track cost more, cumulated), so a loss made first is paid back first.
   */
  private addUsableSavings(served: readonly number[], until: number, accounts: readonly number[]): void {
    for (const candidate of this.candidates) {
      const { stratum, reference, columns } = candidate;
      if (stratum === reference || !served.includes(stratum.municipality)) continue;
      let saved = 0;
      const cumulative: number[] = [];
      for (let lag = 0; lag <= until; lag += 1) {
        for (const account of accounts)
          saved += (reference.money.flows[account]?.[lag] ?? 0) - (stratum.money.flows[account]?.[lag] ?? 0);
        cumulative.push(Math.max(0, saved));
      }
      for (let entry = 0; entry < columns.length && entry <= until; entry += 1) {
        const column = columns[entry] ?? -1;
        if (column >= 0) this.builder.entry(column, -EUR * (cumulative[until - entry] ?? 0));
      }
    }
  }

  /** Savings drawn so far within what has been realised, per account and per holder. */
  private addSavings(rooms: readonly Room[]): void {
    const { model, scenario, builder } = this;
    const drawing = rooms.filter((room) => room.drawn.length > 0);
    const delay = scenario.reinvestSavings === "nextYear" ? 1 : 0;
    const holders = new Map<string, Room[]>();
    for (const room of drawing) {
      for (let year = 0; year < this.years; year += 1) {
        for (let past = 0; past <= year; past += 1) builder.entry(room.drawn[past] ?? 0, 1);
        this.addUsableSavings(room.served, year - delay, [room.account]);
        const { account, municipality } = room;
        this.label({ kind: "savings", account, municipality, year }, Number.NEGATIVE_INFINITY, 0);
      }
      const key = `${model.accounts[room.account]?.holder} ${room.municipality}`;
      holders.set(key, [...(holders.get(key) ?? []), room]);
    }
    for (const together of holders.values()) {
      const first = together[0];
      const party = model.accounts[first?.account ?? 0]?.holder ?? 0;
      const accounts = model.accounts.flatMap((account, index) => (account.holder === party ? [index] : []));
      if (!first || accounts.length < 2) continue;
      for (let year = 0; year < this.years; year += 1) {
        for (const room of together)
          for (let past = 0; past <= year; past += 1) builder.entry(room.drawn[past] ?? 0, 1);
        this.addUsableSavings(first.served, year - delay, accounts);
        const { municipality } = first;
        this.label({ kind: "holderSavings", party, municipality, year }, Number.NEGATIVE_INFINITY, 0);
      }
    }
  }

  /** A pooled outside party pays its share up to what it gains, no more. */
  private addParticipation(): void {
    const { model, scenario, builder, inputs } = this;
    for (const index of scenario.pool) {
      const account = model.accounts[index];
      if (!account || isLocal(model, account)) continue;
      const hurdle = account.hurdle === null ? 0 : inputs.values.region(account.hurdle);
      let pays = false;
      for (const payment of this.payments) {
        if (payment.account !== index || model.interventions[payment.intervention]?.statutory) continue;
        const weight = account.funds.includes(payment.intervention) ? hurdle : Math.max(1, hurdle);
        builder.entry(payment.column, weight * (inputs.factors[payment.year] ?? 0));
        pays = true;
      }
      if (!pays) continue;
      for (const { stratum, reference, columns } of this.candidates) {
        if (stratum === reference) continue;
        for (const [year, column] of columns.entries()) {
          if (column < 0) continue;
          const gain =
            presentValueFrom(reference.money.flows[index], inputs.factors, year) -
            presentValueFrom(stratum.money.flows[index], inputs.factors, year);
          builder.entry(column, -EUR * Math.max(0, gain));
        }
      }
      this.label({ kind: "participation", account: index }, Number.NEGATIVE_INFINITY, 0);
    }
  }

  /** Optional tracks never push statutory work onto general funds. */
  private addStatutoryBound(bound: StatutoryBound): void {
    const { model, builder, inputs } = this;
    const statutory = model.interventions.flatMap((data, index) => (data.statutory ? [index] : []));
    const all = model.municipalities.map((_, index) => index);
    for (const served of bound.pooled ? [all] : all.map((index) => [index])) {
      for (const payment of this.payments)
        if (payment.account === this.general && served.includes(payment.municipality))
          builder.entry(payment.column, inputs.factors[payment.year] ?? 0);
      for (const { stratum, reference, columns } of this.candidates) {
        if (stratum === reference || !served.includes(stratum.municipality)) continue;
        for (const [year, column] of columns.entries()) {
          if (column < 0) continue;
          let extra = 0;
          for (const index of statutory)
            extra +=
              presentValueFrom(stratum.money.costs[index], inputs.factors, year) -
              presentValueFrom(reference.money.costs[index], inputs.factors, year);
          builder.entry(column, -EUR * Math.max(0, extra));
        }
      }
      const room = served.reduce((sum, index) => sum + (bound.presentValue[index] ?? 0), 0);
      const municipality = bound.pooled ? null : (served[0] ?? 0);
      this.label({ kind: "statutory", municipality }, Number.NEGATIVE_INFINITY, room);
    }
  }

  private addCapacities(): void {
    const { model, builder, inputs } = this;
    for (const [municipality] of model.municipalities.entries()) {
      const read = inputs.values.municipality[municipality];
      for (const [intervention, data] of model.interventions.entries()) {
        if (data.capacity === null || data.statutory || !read) continue;
        const capacity = read(data.capacity);
        const using = this.candidates.filter(
          ({ stratum }) =>
            stratum.municipality === municipality &&
            model.tracks[stratum.track]?.interventions.includes(intervention) === true,
        );
        for (let year = 0; year < model.time.inflowYears; year += 1) {
          const columns = using.map(({ columns }) => columns[year] ?? -1).filter((column) => column >= 0);
          if (columns.length === 0) continue;
          for (const column of columns) builder.entry(column, 1);
          this.label(
            { kind: "capacity", municipality, intervention, year },
            Number.NEGATIVE_INFINITY,
            capacity,
          );
        }
      }
    }
  }

  /**
   * Per purse that several municipalities share, municipality and year: what is paid for it beyond its own part; and per
   * year the most that is paid for one of them in proportion to the parts. Nothing is bounded by it; it decides where
   * all stages leave that open.
   */
  private addCrossings(rooms: readonly Room[]): Crossing[] {
    const { builder } = this;
    const crossings: Crossing[] = [];
    for (const room of rooms) {
      if (room.municipality !== null || room.served.length < 2) continue;
      for (let year = 0; year < this.years; year += 1) {
        const paid = room.served.map((municipality) =>
          room.payments.filter((payment) => payment.municipality === municipality && payment.year === year),
        );
        if (!paid.some((payments) => payments.length > 0)) continue;
        const parts = this.partsOf(room, year);
        const whole = parts.reduce((sum, part) => sum + part, 0);
        const most = builder.column();
        crossings.push({ column: most, year, weight: EVENNESS });
        for (const [at, municipality] of room.served.entries()) {
          const payments = paid[at] ?? [];
          if (payments.length === 0) continue;
          const beyond = builder.column();
          crossings.push({ column: beyond, year, weight: 1 });
          for (const { column } of payments) builder.entry(column, 1);
          builder.entry(beyond, -1);
          const label = { kind: "ownPart", account: room.account, municipality, year } as const;
          this.label(label, Number.NEGATIVE_INFINITY, (parts[at] ?? 0) * EUR);
          for (const { column } of payments) builder.entry(column, 1);
          builder.entry(most, -(whole > 0 ? (parts[at] ?? 0) / whole : 1 / parts.length));
          this.label(label, Number.NEGATIVE_INFINITY, 0);
        }
      }
    }
    return crossings;
  }

  /** EUR of a year of a shared purse that is each municipality's own; by inhabitants where an outside party holds it. */
  private partsOf({ account, served, envelope }: Room, year: number): number[] {
    const { model, inputs } = this;
    const data = model.accounts[account];
    if (data && isLocal(model, data))
      return served.map((municipality) => inputs.envelopes[account]?.[municipality]?.[year] ?? 0);
    const inhabitants = served.map((municipality) => model.municipalities[municipality]?.inhabitants ?? 1);
    const all = inhabitants.reduce((sum, count) => sum + count, 0);
    return inhabitants.map((count) => ((envelope[year] ?? 0) * count) / all);
  }

  private crossingObjective(crossings: readonly Crossing[]): Float64Array {
    const costs = new Float64Array(this.builder.columns);
    for (const { column, year, weight } of crossings)
      costs[column] = weight * (this.inputs.factors[year] ?? 0);
    return costs;
  }

  /** PV per entrant of the flows on the accounts chosen. */
  private sumOfFlows(candidate: Candidate, year: number, chosen: (account: number) => boolean): number {
    let sum = 0;
    for (const [account, lags] of candidate.stratum.money.flows.entries())
      if (chosen(account)) sum += presentValueFrom(lags, this.inputs.factors, year);
    return sum;
  }

  /** An objective: `person` per entrant of a candidate, `payment` per discounted (thousand) euro paid. */
  private objective(
    person: (candidate: Candidate, year: number) => number,
    payment: (payment: PaymentColumn) => number,
  ): Float64Array {
    const costs = new Float64Array(this.builder.columns);
    for (const candidate of this.candidates)
      for (const [year, column] of candidate.columns.entries())
        if (column >= 0) costs[column] = person(candidate, year);
    for (const data of this.payments)
      costs[data.column] = payment(data) * (this.inputs.factors[data.year] ?? 0);
    return costs;
  }

  private borneObjective(): Float64Array | null {
    const { model, scenario } = this;
    if (scenario.objective === null) return null;
    const parties = model.perspectives[scenario.objective]?.parties ?? [];
    const counts = model.accounts.map((account) => parties.includes(account.holder));
    const bears = model.accounts.map((account) => (parties.includes(bearer(account)) ? 1 : 0));
    bears[this.general] = parties.includes(model.localParty) ? 1 : 0;
    return this.objective(
      (candidate, year) => EUR * this.sumOfFlows(candidate, year, (account) => counts[account] === true),
      (payment) => bears[payment.account] ?? 0,
    );
  }

  private rankObjective(): Float64Array {
    const ranks = this.model.interventions.map((_, index) => payRanks(this.model, index));
    return this.objective(
      () => 0,
      (payment) =>
        payment.account === this.general
          ? 1 + this.model.accounts.length
          : (ranks[payment.intervention]?.[payment.account] ?? 0),
    );
  }
}

/** Turns amounts of the programme back into euros. */
export function toEuros(amount: number): number {
  return amount / EUR;
}
