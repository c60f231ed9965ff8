import { isLocal, isPooled } from "../funding/walls.ts";
import type { Model, Scenario } from "../model/model.ts";
import type { ScenarioRun } from "../results/scenarioRun.ts";
import type { Column, ColumnPlan } from "./columns.ts";

/** Work of one intervention in one municipality: what the plan pays for it, and out of which purse. */
interface WorkPlan {
  readonly municipality: number;
  readonly intervention: number;
  /** Cost in the plan, EUR per year; known once the plan has been worked out at the deterministic values. */
  readonly planned: Float64Array;
  /** Cost in the draw. */
  readonly drawn: Float64Array;
}

interface PaymentPlan {
  readonly account: number;
  readonly municipality: number;
  readonly work: WorkPlan;
  /** EUR per year as planned. */
  readonly planned: Float64Array;
}

/** Payments of one account in one municipality: from place `first` up to `end`, paid into the account's amounts. */
interface PayerPlan {
  readonly account: number;
  readonly municipality: number;
  readonly first: number;
  readonly end: number;
  readonly into: Float64Array;
}

/** An envelope and whoever pays from it; mirrors the rooms of the programme. */
interface RoomPlan {
  readonly account: number;
  /** Accounts of the same holder, and the place of what they have drawn from savings together. */
  readonly holder: number;
  readonly ofHolder: readonly number[];
  readonly own: readonly number[];
  readonly served: readonly number[];
  readonly draws: boolean;
  readonly carryOver: Column;
  /** Its payments: from place `first` up to `end`. */
  readonly first: number;
  readonly end: number;
}

/** Usable savings of some accounts in some municipalities up to the end of a year, EUR. */
export type UsableSavings = (accounts: readonly number[], served: readonly number[], until: number) => number;

/** Half a cent, and a millionth: what an envelope may be over before it lacks anything. */
const DUST_EUR = 0.005;
const DUST_SHARE = 1e-6;

/**
 * Payments in a draw: the drawn costs in the planned proportions, and general funds for what an envelope lacks.
 *
 * @source model.md section 8; docs/decisions/012-payments-in-a-draw.md
 */
export class FundingPlan {
  /** EUR per year, [account, general funds last][municipality]. */
  readonly paid: readonly (readonly Float64Array[])[];
  private readonly works: readonly WorkPlan[];
  /** Work that nobody pays in the plan: general funds bear what it costs in a draw. */
  private readonly unpaid: readonly WorkPlan[];
  /** By account and municipality. */
  private readonly payments: readonly PaymentPlan[];
  private readonly payers: readonly PayerPlan[];
  /** Per payment: the place of its work. */
  private readonly workOf: Int32Array;
  /** EUR as planned and as drawn, [year][payment]. */
  private readonly planned: Float64Array;
  private readonly drawn: Float64Array;
  /** Share of the cost in years in which the plan has none: that of the nearest year that has; [year][payment]. */
  private readonly shares: Float64Array;
  /** Drawn cost, and what it is to that of the plan, [year][work]. */
  private readonly costs: Float64Array;
  private readonly ratios: Float64Array;
  private readonly rooms: readonly RoomPlan[];
  private readonly reinvestDelay: number | null;
  private readonly general: number;
  private readonly carried: Float64Array;
  private readonly taken: Float64Array;
  private readonly takenBy: Float64Array;

  constructor(
    private readonly model: Model,
    run: ScenarioRun,
    columns: ColumnPlan,
  ) {
    const { years } = model.time;
    this.general = model.accounts.length;
    const works = new Map<string, WorkPlan>();
    const work = (municipality: number, intervention: number): WorkPlan => {
      const key = `${municipality} ${intervention}`;
      const known = works.get(key) ?? {
        municipality,
        intervention,
        planned: new Float64Array(years),
        drawn: new Float64Array(years),
      };
      works.set(key, known);
      return known;
    };
    const planned = run.payments.map(({ account, municipality, intervention, amounts }) => ({
      account,
      municipality,
      work: work(municipality, intervention),
      planned: amounts,
    }));
    for (const { municipality, track } of run.tracks)
      for (const intervention of model.tracks[track]?.interventions ?? []) work(municipality, intervention);
    this.works = [...works.values()];
    this.unpaid = this.works.filter((item) => !planned.some((payment) => payment.work === item));
    // What is paid in no year of the plan is paid in no draw.
    this.payments = planned
      .filter((payment) => payment.planned.some((amount) => amount !== 0))
      .sort((a, b) => a.account - b.account || a.municipality - b.municipality);
    this.paid = Array.from({ length: this.general + 1 }, () =>
      model.municipalities.map(() => new Float64Array(years)),
    );
    const { payments } = this;
    this.workOf = Int32Array.from(payments, (payment) => this.works.indexOf(payment.work));
    this.planned = new Float64Array(years * payments.length);
    for (const [place, { planned: amounts }] of payments.entries())
      for (const [year, amount] of amounts.entries()) this.planned[year * payments.length + place] = amount;
    this.drawn = new Float64Array(this.planned.length);
    this.shares = new Float64Array(this.planned.length);
    this.costs = new Float64Array(years * this.works.length);
    this.ratios = new Float64Array(this.costs.length);
    this.payers = this.openPayers();
    const scenario = model.scenarios[run.scenario] as Scenario;
    this.reinvestDelay = { none: null, nextYear: 1, sameYear: 0 }[scenario.reinvestSavings];
    this.rooms = this.openRooms(scenario, run.scenario, columns);
    this.carried = new Float64Array(this.rooms.length);
    this.taken = new Float64Array(this.rooms.length);
    this.takenBy = new Float64Array(this.rooms.length);
  }

  private openPayers(): PayerPlan[] {
    const payers: PayerPlan[] = [];
    for (let first = 0, end = 0; first < this.payments.length; first = end) {
      const { account, municipality } = this.payments[first] as PaymentPlan;
      const isOther = (payment: PaymentPlan, place: number) =>
        place > first && (payment.account !== account || payment.municipality !== municipality);
      const other = this.payments.findIndex(isOther);
      end = other < 0 ? this.payments.length : other;
      payers.push({
        account,
        municipality,
        first,
        end,
        into: this.paid[account]?.[municipality] as Float64Array,
      });
    }
    return payers;
  }

  private openRooms(scenario: Scenario, index: number, columns: ColumnPlan): RoomPlan[] {
    const { model } = this;
    const all = model.municipalities.map((_, municipality) => municipality);
    const holders = new Map<string, { readonly place: number; readonly accounts: readonly number[] }>();
    return model.accounts.flatMap((account, place) => {
      const pooled = isPooled(scenario, place);
      const apart = isLocal(model, account) && !(pooled && scenario.scope === "regional");
      return (apart ? all.map((municipality) => [municipality]) : [all]).flatMap((served) => {
        const payers = this.payers.filter(
          (payer) => payer.account === place && served.includes(payer.municipality),
        );
        const [first, last] = [payers[0], payers.at(-1)];
        if (!first || !last) return [];
        const key = `${account.holder} ${apart ? served[0] : "region"}`;
        const holder = holders.get(key) ?? {
          place: holders.size,
          accounts: model.accounts.flatMap((other, at) => (other.holder === account.holder ? [at] : [])),
        };
        holders.set(key, holder);
        return [
          {
            account: place,
            holder: holder.place,
            ofHolder: holder.accounts,
            own: [place],
            served,
            draws: pooled && this.reinvestDelay !== null,
            carryOver: columns.slot(account.carryOver, null, index),
            first: first.first,
            end: last.end,
          },
        ];
      });
    });
  }

  /** Accounts that pay anything; general funds can always be asked. */
  get accounts(): number[] {
    return this.payers.map(({ account }) => account);
  }

  /** Whether an account can come to pay anything in a municipality. */
  canPay(account: number, municipality: number): boolean {
    return (
      account === this.general ||
      this.payers.some((payer) => payer.account === account && payer.municipality === municipality)
    );
  }

  /** Whether savings are asked for at all. */
  get reinvests(): boolean {
    return this.rooms.some(({ draws }) => draws);
  }

  /** Clears the costs; then add those of every track, and pay. */
  restart(): void {
    for (const { drawn } of this.works) drawn.fill(0);
  }

  /** The costs of one intervention in one municipality in the draw, EUR per year, to be added to. */
  cost(municipality: number, intervention: number): Float64Array {
    const found = this.works.find(
      (work) => work.municipality === municipality && work.intervention === intervention,
    );
    if (!found) throw new RangeError(`no work ${municipality}/${intervention}`);
    return found.drawn;
  }

  /** Takes the costs that stand now for those of the plan. */
  settlePlan(): void {
    for (const work of this.works) work.planned.set(work.drawn);
    for (const [place, { work, planned }] of this.payments.entries())
      for (let year = 0; year < planned.length; year += 1) {
        const near = this.nearest(work, year);
        this.shares[year * this.payments.length + place] =
          near < 0 ? 0 : (planned[near] as number) / (work.planned[near] as number);
      }
  }

  /** The nearest year in which the plan has costs, the earlier of two; -1 when it has none. */
  private nearest({ planned }: WorkPlan, year: number): number {
    for (let distance = 0; distance < planned.length; distance += 1) {
      if ((planned[year - distance] ?? 0) > 0) return year - distance;
      if ((planned[year + distance] ?? 0) > 0) return year + distance;
    }
    return -1;
  }

  /**
   * Pays the costs of the draw.
   *
   * @param envelopes EUR/year in the draw, [account][municipality]; accounts of the region at municipality 0
   */
  pay(draw: number, envelopes: readonly (readonly Float64Array[])[], usable: UsableSavings): void {
    const { years } = this.model.time;
    for (const account of this.paid) for (const amounts of account) amounts.fill(0);
    this.draw();
    this.limit(draw, envelopes, usable);
    const { drawn: amounts, payments } = this;
    for (let index = 0; index < this.payers.length; index += 1) {
      const { first, end, into } = this.payers[index] as PayerPlan;
      for (let year = 0; year < years; year += 1) {
        const row = year * payments.length;
        let sum = into[year] as number;
        for (let place = row + first; place < row + end; place += 1) sum += amounts[place] as number;
        into[year] = sum;
      }
    }
    for (const { municipality, drawn } of this.unpaid) {
      const into = this.paid[this.general]?.[municipality] as Float64Array;
      for (let year = 0; year < years; year += 1)
        into[year] = (into[year] as number) + (drawn[year] as number);
    }
  }

  /** The payments of the draw before any envelope is looked at. */
  private draw(): void {
    const { years } = this.model.time;
    const { costs, drawn, planned, ratios, shares, workOf, works } = this;
    // What costs as much as planned is paid as planned: times 1. Below 0: not planned.
    for (let work = 0; work < works.length; work += 1) {
      const { drawn: now, planned: then } = works[work] as WorkPlan;
      for (let year = 0; year < years; year += 1) {
        const cost = now[year] as number;
        const before = then[year] as number;
        const place = year * works.length + work;
        costs[place] = cost;
        ratios[place] = cost === before ? 1 : before > 0 ? cost / before : Number.NEGATIVE_INFINITY;
      }
    }
    let place = 0;
    for (let year = 0; year < years; year += 1) {
      const row = year * works.length;
      for (let payment = 0; payment < workOf.length; payment += 1) {
        const work = row + (workOf[payment] as number);
        const times = ratios[work] as number;
        drawn[place] =
          times === Number.NEGATIVE_INFINITY
            ? (costs[work] as number) * (shares[place] as number)
            : (planned[place] as number) * times;
        place += 1;
      }
    }
  }

  /** Keeps every room within what it has: envelope, what is carried in, and realised savings where it may draw them. */
  private limit(draw: number, envelopes: readonly (readonly Float64Array[])[], usable: UsableSavings): void {
    const { years } = this.model.time;
    const { carried, drawn, payments, rooms, taken, takenBy } = this;
    carried.fill(0);
    taken.fill(0);
    takenBy.fill(0);
    for (let year = 0; year < years; year += 1)
      for (let index = 0; index < rooms.length; index += 1) {
        const room = rooms[index] as RoomPlan;
        const { served } = room;
        const row = year * payments.length;
        const amounts = envelopes[room.account] as readonly Float64Array[];
        let envelope = 0;
        for (let at = 0; at < served.length; at += 1)
          envelope += (amounts[served[at] as number] as Float64Array)[year] as number;
        let need = 0;
        for (let place = row + room.first; place < row + room.end; place += 1) need += drawn[place] as number;
        const own = envelope + (carried[index] ?? 0);
        let savings = 0;
        if (need > own && room.draws) {
          const until = year - (this.reinvestDelay ?? 0);
          const ofHolder = takenBy[room.holder] as number;
          const left = Math.min(
            usable(room.own, served, until) - (taken[index] as number),
            usable(room.ofHolder, served, until) - ofHolder,
          );
          savings = Math.max(0, Math.min(need - own, left));
          taken[index] = (taken[index] ?? 0) + savings;
          takenBy[room.holder] = ofHolder + savings;
        }
        const available = own + savings;
        if (need > available + Math.max(DUST_EUR, DUST_SHARE * need)) {
          this.move(room, year, Math.max(0, available) / need);
          need = available;
        }
        carried[index] = Math.max(
          0,
          Math.min((room.carryOver.values[draw] as number) * envelope, available - need),
        );
      }
  }

  /** Leaves a part of a room's payments in a year, and gives the rest to general funds. */
  private move(room: RoomPlan, year: number, part: number): void {
    const { drawn, payments } = this;
    for (let place = room.first; place < room.end; place += 1) {
      const { municipality } = payments[place] as PaymentPlan;
      const at = year * payments.length + place;
      const amount = drawn[at] as number;
      drawn[at] = amount * part;
      const general = this.paid[this.general]?.[municipality] as Float64Array;
      general[year] = (general[year] as number) + amount * (1 - part);
    }
  }
}
