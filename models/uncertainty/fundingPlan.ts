import { isLocal, isPooled } from "../funding/walls.ts";
import type { Model, Scenario } from "../model/model.ts";
import type { KeptRun } from "../results/scenarioRun.ts";
import type { Column, ColumnPlan } from "./columns.ts";
import type { PassingBlocks, Steps, Writer } from "./sheet.ts";

/** Work of one intervention in one municipality: what the plan pays for it, and out of which purse. */
interface WorkPlan {
  readonly municipality: number;
  readonly intervention: number;
  /** Cost in the plan, EUR per year; known once the plan has been worked out at the deterministic values. */
  readonly planned: Float64Array;
  /** Place of the same, one number per year. */
  readonly plannedAt: number;
  /** Block of the cost in the draws, and of what it is to that of the plan. */
  readonly cost: number;
  readonly ratio: number;
}

interface PaymentPlan {
  readonly account: number;
  readonly municipality: number;
  readonly work: WorkPlan;
  /** EUR per year as planned. */
  readonly planned: Float64Array;
  /** Place of what is planned, cost in the plan, share of the cost: three numbers per year. */
  readonly plan: number;
  /** Block of what is paid, EUR. */
  readonly drawn: number;
}

/** All payments of one account in one municipality, and the block of their sum. */
interface PayerPlan {
  readonly account: number;
  readonly municipality: number;
  readonly payments: readonly PaymentPlan[];
  readonly paid: number;
}

/** An envelope and whoever pays from it; mirrors the rooms of the programme. */
interface RoomPlan {
  readonly carryOver: Column;
  /** Place of what the accounts of the same holder have drawn from savings together. */
  readonly holder: number;
  /** Blocks: the envelope, what is asked of it, and the part of that which it can pay. */
  readonly envelope: number;
  readonly need: number;
  readonly part: number;
  /** Blocks of the usable savings of the account and of its holder up to each year; null: draws none. */
  readonly usable: { readonly own: number; readonly ofHolder: number } | null;
  /** Leaves what it cannot pay to general funds. */
  readonly leave: Steps;
}

/** What the payments of a scenario follow from: blocks of EUR per year. */
export interface FundingInputs {
  /** Cost of an intervention in a municipality. */
  cost(municipality: number, intervention: number): number;
  envelope(account: number, municipality: number): number;
  /** Usable savings of some accounts in some municipalities up to the end of each year. */
  usable(accounts: readonly number[], served: readonly number[]): number;
}

/** Half a cent, and a millionth: what an envelope may be over before it lacks anything. */
const DUST_EUR = 0.005;
const DUST_SHARE = 1e-6;

/**
 * Payments in the draws: the drawn costs in the planned proportions, and general funds for what an envelope lacks.
 *
 * What is paid out of each work is needed only until the payers' sums are known; the next scenario takes its blocks again.
 *
 * @source model.md section 8; docs/decisions/012-payments-in-a-draw.md
 */
export class FundingPlan {
  /** Blocks of EUR per year, [account, general funds last][municipality]. */
  readonly paid: readonly number[][];
  private readonly works: readonly WorkPlan[];
  private readonly payments: readonly PaymentPlan[];
  private readonly payers: readonly PayerPlan[];
  private readonly rooms: readonly RoomPlan[];
  /** Places of rooms that share savings, and so go through the years together; of others each by itself. */
  private readonly companies: readonly (readonly number[])[];
  private readonly reinvestDelay: number | null;
  private readonly general: number;
  /** [room][draw], and by holder. */
  private readonly carried: Float64Array;
  private readonly taken: Float64Array;
  private readonly takenBy: Float64Array;

  constructor(
    private readonly model: Model,
    run: KeptRun,
    private readonly columns: ColumnPlan,
    private readonly writer: Writer,
    private readonly inputs: FundingInputs,
    private readonly passing: PassingBlocks,
  ) {
    const { sheet } = writer;
    passing.restart();
    this.general = model.accounts.length;
    this.works = this.openWorks(run);
    this.payments = this.openPayments(run);
    for (const { work, plan, drawn } of this.payments) writer.pay(drawn, work.ratio, work.cost, plan);
    const general = model.municipalities.map(() => sheet.block());
    for (const block of general) writer.clear(block, sheet.years);
    this.payers = this.openPayers(general);
    const scenario = model.scenarios[run.scenario] as Scenario;
    this.reinvestDelay = { none: null, nextYear: 1, sameYear: 0 }[scenario.reinvestSavings];
    this.rooms = this.openRooms(scenario, run.scenario, general);
    const places = [...this.rooms.keys()];
    const sharing = places.filter((place) => this.rooms[place]?.usable);
    const alone = places.filter((place) => !this.rooms[place]?.usable).map((place) => [place]);
    this.companies = [...alone, sharing];
    this.carried = new Float64Array(this.rooms.length * sheet.size);
    this.taken = new Float64Array(this.carried.length);
    this.takenBy = new Float64Array(this.carried.length);
    if (this.rooms.length > 0) writer.call((lanes) => this.limit(lanes));
    const paid = Array.from({ length: this.general }, () => model.municipalities.map(() => sheet.nothing));
    for (const { account, municipality, payments, paid: block } of this.payers)
      if (account < this.general) (paid[account] as number[])[municipality] = block;
      else writer.total(block, [block, ...payments.map(({ drawn }) => drawn)]);
    // Work that nobody pays in the plan: general funds bear what it costs in a draw.
    const planned = new Set(run.payments.map(workKey));
    for (const work of this.works)
      if (!planned.has(workKey(work))) writer.add(general[work.municipality] as number, work.cost);
    this.paid = [...paid, general];
  }

  private openWorks(run: KeptRun): WorkPlan[] {
    const { inputs, model, writer } = this;
    const { sheet } = writer;
    const works = new Map<string, WorkPlan>();
    const open = (municipality: number, intervention: number) => {
      const key = workKey({ municipality, intervention });
      if (works.has(key)) return;
      const work = {
        municipality,
        intervention,
        planned: new Float64Array(sheet.years),
        plannedAt: sheet.take(sheet.years),
        cost: inputs.cost(municipality, intervention),
        ratio: this.passing.block(),
      };
      works.set(key, work);
      writer.ratio(work.ratio, work.cost, work.plannedAt);
    };
    for (const { municipality, intervention } of run.payments) open(municipality, intervention);
    for (const { municipality, track } of run.tracks)
      for (const intervention of model.tracks[track]?.interventions ?? []) open(municipality, intervention);
    return [...works.values()];
  }

  /** By account and municipality. What is paid in no year of the plan is paid in no draw. */
  private openPayments(run: KeptRun): PaymentPlan[] {
    const { sheet } = this.writer;
    const works = new Map(this.works.map((work) => [workKey(work), work]));
    return run.payments
      .filter(({ amounts }) => amounts.some((amount) => amount !== 0))
      .map((payment) => ({
        account: payment.account,
        municipality: payment.municipality,
        work: works.get(workKey(payment)) as WorkPlan,
        planned: payment.amounts,
        plan: sheet.take(3 * sheet.years),
        drawn: this.passing.block(),
      }))
      .sort((a, b) => a.account - b.account || a.municipality - b.municipality);
  }

  private openPayers(general: readonly number[]): PayerPlan[] {
    const { sheet } = this.writer;
    const payers = new Map<string, PaymentPlan[]>();
    for (const payment of this.payments) {
      const key = `${payment.account} ${payment.municipality}`;
      payers.set(key, [...(payers.get(key) ?? []), payment]);
    }
    return [...payers.values()].map((payments) => {
      const { account, municipality } = payments[0] as PaymentPlan;
      const paid = account < this.general ? sheet.block() : (general[municipality] as number);
      return { account, municipality, payments, paid };
    });
  }

  private openRooms(scenario: Scenario, index: number, general: readonly number[]): RoomPlan[] {
    const { columns, inputs, model, passing, writer } = this;
    const all = model.municipalities.map((_, municipality) => municipality);
    const holders = new Map<string, number>();
    return model.accounts.flatMap((account, place) => {
      const pooled = isPooled(scenario, place);
      const apart = isLocal(model, account) && !(pooled && scenario.scope === "regional");
      return (apart ? all.map((municipality) => [municipality]) : [all]).flatMap((served) => {
        const payers = this.payers.filter(
          (payer) => payer.account === place && served.includes(payer.municipality),
        );
        if (payers.length === 0) return [];
        const key = `${account.holder} ${apart ? served[0] : "region"}`;
        const holder = holders.get(key) ?? holders.size;
        holders.set(key, holder);
        const ofHolder = model.accounts.flatMap((other, at) => (other.holder === account.holder ? [at] : []));
        const draws = pooled && this.reinvestDelay !== null;
        const payments = payers.flatMap((payer) => payer.payments);
        const total = (payer: PayerPlan) =>
          writer.total(
            payer.paid,
            payer.payments.map(({ drawn }) => drawn),
          );
        for (const payer of payers) total(payer);
        const [only, ...others] = payers;
        const need = others.length === 0 && only ? only.paid : passing.block();
        if (others.length > 0)
          writer.total(
            need,
            payments.map(({ drawn }) => drawn),
          );
        const part = passing.block();
        return [
          {
            carryOver: columns.slot(account.carryOver, null, index),
            holder,
            envelope: writer.sum(served.map((municipality) => inputs.envelope(place, municipality))),
            need,
            part,
            usable: draws
              ? { own: inputs.usable([place], served), ofHolder: inputs.usable(ofHolder, served) }
              : null,
            leave: writer.aside(() => {
              for (const { drawn, municipality } of payments)
                writer.leave(general[municipality] as number, drawn, part);
              for (const payer of payers) total(payer);
            }),
          },
        ];
      });
    });
  }

  /** Accounts that pay anything; general funds can always be asked. */
  get accounts(): number[] {
    return this.payers.map(({ account }) => account);
  }

  /** Takes the costs of the first draw for those of the plan. */
  settlePlan(): void {
    const { numbers, size } = this.writer.sheet;
    for (const { planned, plannedAt, cost } of this.works)
      for (let year = 0; year < planned.length; year += 1) {
        planned[year] = numbers[cost + year * size] as number;
        numbers[plannedAt + year] = planned[year] as number;
      }
    for (const { work, planned, plan } of this.payments)
      for (let year = 0; year < planned.length; year += 1) {
        const near = this.nearest(work, year);
        const share = near < 0 ? 0 : (planned[near] as number) / (work.planned[near] as number);
        numbers.set([planned[year] as number, work.planned[year] as number, share], plan + 3 * year);
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

  /** Keeps every room within what it has: envelope, what is carried in, and realised savings where it may draw them. */
  private limit(lanes: number): void {
    const { carried, companies, rooms, taken, takenBy, writer } = this;
    const { sheet } = writer;
    carried.fill(0);
    taken.fill(0);
    takenBy.fill(0);
    const lacking = new Set<RoomPlan>();
    for (const places of companies)
      for (let year = 0; year < sheet.years; year += 1)
        for (const place of places) {
          const room = rooms[place] as RoomPlan;
          if (this.limitYear(room, place * sheet.size, year, lanes)) lacking.add(room);
        }
    for (const room of rooms) if (lacking.has(room)) sheet.run(room.leave, lanes);
  }

  /** One room in one year; gives whether it lacks anything in any draw. */
  private limitYear(room: RoomPlan, first: number, year: number, lanes: number): boolean {
    const { carried } = this;
    const { numbers, size } = this.writer.sheet;
    const { usable } = room;
    const carryOver = room.carryOver.values;
    const down = year * size;
    const [envelope, asked, part] = [room.envelope + down, room.need + down, room.part + down];
    let lacks = false;
    for (let lane = 0; lane < lanes; lane += 1) {
      const held = numbers[envelope + lane] as number;
      const need = numbers[asked + lane] as number;
      let available = held + (carried[first + lane] as number);
      let paid = 1;
      let spent = need;
      if (need > available) {
        if (usable) available += this.draw(room, first, year, lane, need - available);
        if (need > available + Math.max(DUST_EUR, DUST_SHARE * need)) {
          paid = Math.max(0, available) / need;
          spent = available;
          lacks = true;
        }
      }
      numbers[part + lane] = paid;
      const left = Math.min((carryOver[lane] as number) * held, available - spent);
      carried[first + lane] = left > 0 ? left : 0;
    }
    return lacks;
  }

  /** Draws what is lacking from savings, as far as they reach. */
  private draw(room: RoomPlan, first: number, year: number, lane: number, lacking: number): number {
    const { taken, takenBy } = this;
    const { numbers, size } = this.writer.sheet;
    const until = year - (this.reinvestDelay ?? 0);
    const saved = (block: number | undefined) =>
      block === undefined || until < 0 ? 0 : (numbers[block + until * size + lane] as number);
    const holder = room.holder * size + lane;
    const left = Math.min(
      saved(room.usable?.own) - (taken[first + lane] as number),
      saved(room.usable?.ofHolder) - (takenBy[holder] as number),
    );
    const savings = Math.max(0, Math.min(lacking, left));
    taken[first + lane] = (taken[first + lane] as number) + savings;
    takenBy[holder] = (takenBy[holder] as number) + savings;
    return savings;
  }
}

function workKey({ municipality, intervention }: { municipality: number; intervention: number }): string {
  return `${municipality} ${intervention}`;
}
