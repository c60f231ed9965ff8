import { isLocal, isPooled } from "../../funding/walls.ts";
import type { Account, Model, Scenario } from "../../model/model.ts";
import type { KeptRun } from "../../results/scenarioRun.ts";
import { Instruction } from "../kernel/kernel.ts";
import type { Column, ColumnPlan } from "./columns.ts";
import type { PassingBlocks, Writer } from "./sheet.ts";
import type { Work } from "./workShelf.ts";

interface PaymentPlan {
  readonly account: number;
  readonly municipality: number;
  readonly work: Work;
  /** EUR per year as planned. */
  readonly planned: Float64Array;
  /** Place of what is paid per extent of the work, and of what is paid anyway; see Instruction.pay. */
  readonly plan: number;
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
  /** Whoever pays from it. */
  readonly payers: readonly PayerPlan[];
  /** Row of what is carried from one year to the next. */
  readonly carried: number;
  /** Blocks: the envelope, what is asked of it, and the part of that which it can pay. */
  readonly envelope: number;
  readonly need: number;
  readonly part: number;
  readonly savings: SavingsPlan | null;
}

/** Savings that a room may draw. */
interface SavingsPlan {
  /** Blocks of the usable savings of its account and of all accounts of its holder, up to each year. */
  readonly own: number;
  readonly ofHolder: number;
  /** Rows of what the room has drawn, and all rooms of the holder together. */
  readonly taken: number;
  readonly takenBy: number;
}

/** What the payments of a scenario follow from: blocks of EUR per year. */
export interface FundingInputs {
  /** Work of an intervention in a municipality. */
  work(municipality: number, intervention: number): Work;
  envelope(account: number, municipality: number): number;
  /** Usable savings of some accounts in some municipalities up to the end of each year. */
  usable(accounts: readonly number[], served: readonly number[]): number;
}

/**
 * Payments in the draws: the drawn costs in the planned proportions, and general funds for what an envelope lacks.
 *
 * What rooms need and can pay is needed only until the payers' sums are known; the next scenario takes its blocks again.
 *
 * @source model.md section 8; docs/decisions/012-payments-in-a-draw.md
 */
export class FundingPlan {
  /** Blocks of EUR per year, [account, general funds last][municipality]. */
  readonly paid: readonly number[][];
  private readonly payments: readonly PaymentPlan[];
  private readonly payers: readonly PayerPlan[];
  private readonly reinvestDelay: number | null;
  private readonly general: number;

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
    this.payments = this.openPayments(run);
    const general = model.municipalities.map(() => sheet.block());
    for (const block of general) writer.clear(block, sheet.years);
    this.payers = this.openPayers(general);
    for (const payer of this.payers) if (payer.account < this.general) this.pay(payer);
    const scenario = model.scenarios[run.scenario] as Scenario;
    this.reinvestDelay = { none: null, nextYear: 1, sameYear: 0 }[scenario.reinvestSavings];
    const rooms = this.openRooms(scenario, run.scenario);
    this.limit(rooms);
    for (const room of rooms) this.leave(room, general);
    const paid = Array.from({ length: this.general }, () => model.municipalities.map(() => sheet.nothing));
    for (const payer of this.payers)
      if (payer.account < this.general) (paid[payer.account] as number[])[payer.municipality] = payer.paid;
      else this.pay(payer);
    this.payUnplanned(run, general);
    this.paid = [...paid, general];
  }

  /** Adds up what a payer pays. */
  private pay({ paid, payments }: PayerPlan): void {
    const { writer } = this;
    for (const { plan, work } of payments) writer.pay(paid, work.extent, plan, work.until);
  }

  /** Work that nobody pays in the plan: general funds bear what it costs in a draw. */
  private payUnplanned(run: KeptRun, general: readonly number[]): void {
    const { inputs, model, writer } = this;
    const workKey = (municipality: number, intervention: number) =>
      municipality * model.interventions.length + intervention;
    const known = new Set<number>();
    for (const { municipality, intervention } of run.payments) known.add(workKey(municipality, intervention));
    for (const { municipality, track } of run.tracks)
      for (const intervention of model.tracks[track]?.interventions ?? []) {
        const key = workKey(municipality, intervention);
        if (known.has(key)) continue;
        known.add(key);
        writer.add(general[municipality] as number, inputs.work(municipality, intervention).cost);
      }
  }

  /** By account and municipality. What is paid in no year of the plan is paid in no draw. */
  private openPayments(run: KeptRun): PaymentPlan[] {
    const { sheet } = this.writer;
    return run.payments
      .filter(({ amounts }) => amounts.some((amount) => amount !== 0))
      .map((payment) => ({
        account: payment.account,
        municipality: payment.municipality,
        work: this.inputs.work(payment.municipality, payment.intervention),
        planned: payment.amounts,
        plan: sheet.take(1 + 2 * sheet.years),
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
      if (account === this.general)
        return { account, municipality, payments, paid: general[municipality] as number };
      const paid = sheet.block();
      this.writer.clear(paid, sheet.years);
      return { account, municipality, payments, paid };
    });
  }

  private openRooms(scenario: Scenario, index: number): RoomPlan[] {
    const { columns, inputs, model, passing, writer } = this;
    const { sheet } = writer;
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
        const [only, ...others] = payers;
        const need = others.length === 0 && only ? only.paid : passing.block();
        if (others.length > 0)
          writer.total(
            need,
            payers.map(({ paid }) => paid),
          );
        const part = passing.block();
        const key = `${account.holder} ${apart ? served[0] : "region"}`;
        const takenBy = holders.get(key) ?? sheet.rows(1);
        holders.set(key, takenBy);
        return [
          {
            carryOver: columns.slot(account.carryOver, null, index),
            payers,
            carried: sheet.rows(1),
            envelope: writer.sum(served.map((municipality) => inputs.envelope(place, municipality))),
            need,
            part,
            savings: pooled && this.reinvestDelay !== null ? this.openSavings(place, served, takenBy) : null,
          },
        ];
      });
    });
  }

  private openSavings(account: number, served: readonly number[], takenBy: number): SavingsPlan {
    const { inputs, model, writer } = this;
    const { holder } = model.accounts[account] as Account;
    const ofHolder = model.accounts.flatMap((other, place) => (other.holder === holder ? [place] : []));
    return {
      own: inputs.usable([account], served),
      ofHolder: inputs.usable(ofHolder, served),
      taken: writer.sheet.rows(1),
      takenBy,
    };
  }

  /**
   * Keeps every room within what it has: envelope, what is carried in, and realised savings where it may draw them. Rooms
   * that share savings go through the years together.
   */
  private limit(rooms: readonly RoomPlan[]): void {
    const { writer } = this;
    const { years } = writer.sheet;
    for (const { carried, savings } of rooms)
      for (const row of savings ? [carried, savings.taken, savings.takenBy] : [carried]) writer.clear(row, 1);
    for (const room of rooms) if (!room.savings) this.limitYears(room, 0, years);
    const sharing = rooms.filter(({ savings }) => savings);
    for (let year = 0; year < years; year += 1) for (const room of sharing) this.limitYears(room, year, 1);
  }

  /** A room in so many years from one on. */
  private limitYears(room: RoomPlan, year: number, years: number): void {
    const { sheet } = this.writer;
    const { carried, carryOver, envelope, need, part, savings } = room;
    const at = (block: number) => sheet.row(block, year);
    const saved = (block: number) => {
      const until = year - (this.reinvestDelay ?? 0);
      return until < 0 ? sheet.nothing : sheet.row(block, until);
    };
    const op = savings ? Instruction.limitSaving : Instruction.limit;
    this.writer.write((steps) => {
      steps.push(op, at(part), at(envelope), at(need), years, carryOver.place, carried);
      if (savings)
        steps.places([saved(savings.own), saved(savings.ofHolder), savings.taken, savings.takenBy]);
    });
  }

  /** Leaves what a room cannot pay to general funds. */
  private leave({ payers, part }: RoomPlan, general: readonly number[]): void {
    const { writer } = this;
    const { years } = writer.sheet;
    for (const { municipality, paid } of payers)
      writer.write((steps) =>
        steps.push(Instruction.leave, general[municipality] as number, paid, part, years),
      );
  }

  /** Accounts that pay anything; general funds can always be asked. */
  get accounts(): number[] {
    return this.payers.map(({ account }) => account);
  }

  /** Takes what the work costs by now for the costs of the plan. */
  settlePlan(): void {
    const { numbers } = this.writer.sheet;
    for (const { work, planned, plan } of this.payments) {
      let until = 0;
      for (let year = 0; year < planned.length; year += 1) {
        const amount = planned[year] as number;
        const hasCost = (work.planned[year] as number) > 0;
        const near = this.nearest(work, year);
        const share = near < 0 ? 0 : (planned[near] as number) / (work.planned[near] as number);
        numbers[plan + 1 + 2 * year] = hasCost ? amount : share;
        numbers[plan + 2 + 2 * year] = hasCost ? 0 : amount;
        if (!hasCost && amount !== 0) until = year + 1;
      }
      numbers[plan] = until;
    }
  }

  /** The nearest year in which the plan has costs, the earlier of two; -1 when it has none. */
  private nearest({ planned }: Work, year: number): number {
    for (let distance = 0; distance < planned.length; distance += 1) {
      if ((planned[year - distance] ?? 0) > 0) return year - distance;
      if ((planned[year + distance] ?? 0) > 0) return year + distance;
    }
    return -1;
  }
}
