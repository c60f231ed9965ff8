import { tiersOfYear } from "../../funding/settlement/backstop.ts";
import type { Side, TransferKind } from "../../funding/settlement/transfers.ts";
import { sidesOf } from "../../funding/settlement/transfers.ts";
import { isLocal } from "../../funding/walls.ts";
import type { Account, Backstop, Model, Slot } from "../../model/model.ts";
import type { ByComponent } from "../../results/totals.ts";
import { Instruction } from "../kernel/kernel.ts";
import { backstopNumbers, PURSE_STATE } from "../kernel/purses.ts";
import type { Column, ColumnPlan } from "./columns.ts";
import { kept } from "./kept.ts";
import type { Entry, Writer } from "./sheet.ts";

/** Blocks of EUR per year, [account, general funds last][municipality], by what they are made of. */
export type TotalBlocks = ByComponent<number>;

/** One purse: blocks of EUR per year. */
export interface PursePlan {
  readonly municipality: number | null;
  /** Before feedback. */
  readonly grant: number;
  readonly feedback: number;
  /** Own result less what is repaid, with the backstop: what the holder keeps. */
  readonly kept: number;
  readonly repaid: number;
  readonly backstop: number;
}

/** What decides a purse's years: blocks, and the rules that differ in the draws. */
interface PurseTerms {
  readonly grant: number;
  readonly grantAfter: number;
  readonly result: number;
  readonly payments: number;
  readonly carryOver: Column;
  readonly history: readonly Column[];
  readonly repays: boolean;
  readonly carriesDeficit: boolean;
  /** Place of the rules of its backstop (see backstopNumbers); null without one. */
  readonly rules: number | null;
}

/** What transfers cost the sides, in the order in which it is booked. */
export class TransferSums {
  /** [party …, municipality …] */
  readonly entries: readonly Entry[][];
  private readonly sides: ReturnType<typeof sidesOf>[][];

  /** @param cash years in which anything is paid */
  constructor(
    private readonly model: Model,
    private readonly writer: Writer,
    private readonly cash: number,
  ) {
    const { municipalities, parties } = model;
    this.entries = [...parties, ...municipalities].map(() => []);
    const places = [null, ...municipalities.map((_, index) => index)];
    this.sides = parties.map((_, party) => places.map((place) => sidesOf(model, party, place)));
  }

  /** The sides that a party stands for, by place. */
  private of(party: number, municipality: number | null): number[] {
    if (party !== this.model.localParty || municipality === null) return [party];
    return [party, this.model.parties.length + municipality];
  }

  /** What is booked so far of the local party (null), or of one municipality, as a block of a row per year of cash. */
  booked(municipality: number | null): number {
    const { cash, model, writer } = this;
    const side = municipality === null ? model.localParty : model.parties.length + municipality;
    const entries = this.entries[side] as Entry[];
    const into = writer.sheet.rows(cash);
    writer.balance(into, entries, cash);
    entries.splice(0, entries.length, { amounts: into, from: 0, until: cash, isTakenOff: false });
    return into;
  }

  private add(side: Side, amounts: number, lag: number, isTakenOff: boolean): void {
    for (const place of this.of(side.party, side.municipality))
      this.entries[place]?.push({ amounts, from: lag, until: lag + this.writer.sheet.years, isTakenOff });
  }

  /** Books a payment between two parties of one purse, paid `lag` years later; mirrors Bookkeeper. */
  book(purse: number | null, from: number, to: number, amounts: number, lag: number): void {
    const { sheet } = this.writer;
    if (from === to || amounts === sheet.nothing) return;
    const place = purse === null ? 0 : purse + 1;
    for (const payer of this.sides[from]?.[place] ?? [])
      for (const receiver of this.sides[to]?.[place] ?? []) {
        const part = this.writer.share(this.writer.share(amounts, payer.share), receiver.share);
        if (part === sheet.nothing) continue;
        this.add(payer.side, part, lag, false);
        this.add(receiver.side, part, lag, true);
      }
  }
}

/** Writes down how the purses of scenarios are settled; equal purses are settled once. Mirrors settlePurses. */
export class PurseWriter {
  private readonly known = new Map<string, PursePlan>();
  /** Places of the rules of backstops. */
  private readonly rules = new Map<Backstop, number>();

  constructor(
    private readonly model: Model,
    private readonly columns: ColumnPlan,
    private readonly writer: Writer,
  ) {}

  /**
   * The purses of one scenario, [account], and what transfers cost the sides.
   *
   * @param envelopes blocks by [account][municipality]
   * @param reference totals of the reference scenario
   */
  settle(
    scenario: number,
    totals: TotalBlocks,
    envelopes: readonly (readonly number[])[],
    reference: TotalBlocks,
    cash: number,
  ): { readonly purses: readonly (readonly PursePlan[])[]; readonly transfers: TransferSums } {
    const { model, writer } = this;
    const data = model.scenarios[scenario];
    const pots = new Set(data?.scope === "regional" ? data.pool : []);
    const transfers = new TransferSums(model, writer, cash);
    const purses = model.accounts.map((account, index) => {
      const places = isLocal(model, account) ? model.municipalities.map((_, place) => place) : [null];
      const terms = places.map((municipality) => {
        const at = (part: readonly (readonly number[])[]) =>
          municipality === null ? writer.sum(part[index] ?? []) : (part[index]?.[municipality] as number);
        return this.terms(scenario, account, municipality, {
          envelope: envelopes[index]?.[municipality ?? 0] as number,
          flows: at(totals.state),
          payments: at(totals.intervention),
          regime: at(totals.regime),
          executor: at(totals.executor),
          referenceFlows: at(reference.state),
        });
      });
      const plans =
        pots.has(index) && places.length > 1
          ? this.pot(terms, transfers)
          : terms.map((purse) => this.single(purse));
      for (const plan of plans) bookPurse(account, plan, transfers);
      return plans;
    });
    return { purses, transfers };
  }

  private terms(
    scenario: number,
    account: Account,
    municipality: number | null,
    blocks: Readonly<
      Record<"envelope" | "flows" | "payments" | "regime" | "executor" | "referenceFlows", number>
    >,
  ): PurseTerms & { readonly plan: Pick<PursePlan, "municipality" | "grant" | "feedback"> } {
    const { columns, writer } = this;
    const { flows, payments, regime, executor, referenceFlows } = blocks;
    const read = (slot: Slot) => columns.slot(slot, municipality, scenario);
    const grant = account.grant
      ? this.perYear(account.grant.map(read))
      : writer.sum([blocks.envelope, referenceFlows]);
    const feedback = this.feedback(
      account.grantFeedback.map(({ after, share }) => ({ after, share: read(share) })),
      referenceFlows,
      flows,
    );
    const grantAfter = writer.difference(grant, feedback);
    const borne = writer.sum([this.perYear(account.other.map(read)), flows, payments, regime, executor]);
    const funded = account.funder !== null && account.funder !== account.holder;
    return {
      plan: { municipality, grant, feedback },
      grant,
      grantAfter,
      result: writer.difference(grantAfter, borne),
      payments,
      carryOver: columns.slot(account.carryOver, null, scenario),
      history: account.history.map(read),
      repays: account.surplus === "repay" && funded,
      carriesDeficit: account.deficit === "carry",
      rules: account.backstop && this.rulesOf(account.backstop),
    };
  }

  private rulesOf(backstop: Backstop): number {
    const { startYear, years } = this.model.time;
    return kept(this.rules, backstop, () => {
      const tiers = Array.from({ length: years }, (_, year) => tiersOfYear(backstop, startYear + year) ?? []);
      return this.writer.sheet.constant(backstopNumbers(backstop, tiers));
    });
  }

  /** A list per year: the last holds on. */
  private perYear(columns: readonly Column[]): number {
    const { sheet } = this.writer;
    const last = columns.at(-1);
    if (!last || columns.every(({ constant, stated }) => constant && stated === 0)) return sheet.nothing;
    return this.writer.gather(
      Array.from({ length: sheet.years }, (_, year) => (columns[year] ?? last).place),
    );
  }

  /** What the grant loses: a share of each year's saving, some years later. */
  private feedback(
    rules: readonly { readonly after: number; readonly share: Column }[],
    referenceFlows: number,
    flows: number,
  ): number {
    const { writer } = this;
    const { sheet } = writer;
    if (rules.length === 0) return sheet.nothing;
    const saved = writer.difference(referenceFlows, flows);
    if (saved === sheet.nothing) return sheet.nothing;
    const key = rules.map(({ after, share }) => `${after}:${share.id}`).join();
    return writer.once(`feedback ${saved} ${key}`, () => {
      const into = sheet.block();
      writer.clear(into, sheet.years);
      for (const { after, share } of rules)
        if (after < sheet.years)
          writer.addScaled(sheet.row(into, after), saved, share.place, sheet.years - after);
      return into;
    });
  }

  /** A purse of its own. */
  private single({ plan, ...terms }: ReturnType<PurseWriter["terms"]>): PursePlan {
    const { sheet } = this.writer;
    const { carriesDeficit, carryOver, repays, result, rules } = terms;
    const { nothing } = sheet;
    const isPlain =
      carryOver.constant && carryOver.stated === 0 && !carriesDeficit && !repays && rules === null;
    if (isPlain) return { ...plan, kept: result, repaid: nothing, backstop: nothing };
    const key = [
      ...[plan.municipality, plan.grant, plan.feedback, terms.grantAfter, result, carryOver.id],
      ...[repays, carriesDeficit, rules],
      ...terms.history.map(({ id }) => id),
    ].join();
    const found = this.known.get(key);
    if (found) return found;
    const { plan: purse, years } = this.open(plan, terms);
    years.begin();
    years.close(0, sheet.years);
    years.award();
    this.known.set(key, purse);
    return purse;
  }

  private open(
    plan: Pick<PursePlan, "municipality" | "grant" | "feedback">,
    terms: PurseTerms,
  ): { readonly plan: PursePlan; readonly years: PurseYearsWriter } {
    const { sheet } = this.writer;
    const blocks = {
      kept: sheet.block(),
      repaid: terms.repays ? sheet.block() : sheet.nothing,
      backstop: terms.rules === null ? sheet.nothing : sheet.block(),
    };
    const years = new PurseYearsWriter(this.writer, terms, blocks);
    return { plan: { ...plan, ...blocks }, years };
  }

  /** Purses that are one pot for the region: their parts help each other, year by year. */
  private pot(
    opened: readonly ReturnType<PurseWriter["terms"]>[],
    transfers: TransferSums,
  ): readonly PursePlan[] {
    const { sheet } = this.writer;
    const purses = opened.map(({ plan, ...terms }) => ({ terms, ...this.open(plan, terms) }));
    const party = transfers.booked(null);
    const booked = purses.map(({ plan }) => transfers.booked(plan.municipality));
    for (const { years } of purses) years.begin();
    for (let year = 0; year < sheet.years; year += 1) {
      for (const { years } of purses) years.open(year);
      this.writer.write((steps) => {
        const row = (block: number) => sheet.row(block, year);
        steps.push(Instruction.help, row(party), purses.length, 0, 1);
        steps.places(
          purses.flatMap(({ terms, years }, place) => [
            ...[years.available, row(terms.payments), years.received],
            row(booked[place] as number),
          ]),
        );
      });
      for (const { years } of purses) years.close(year, 1);
    }
    for (const { years } of purses) years.award();
    return purses.map(({ plan }) => plan);
  }
}

function bookPurse(account: Account, purse: PursePlan, transfers: TransferSums): void {
  const { backstop, funder, holder, repayLag } = account;
  const payments: { kind: TransferKind; from: number; to: number; amounts: number; lag: number }[] = [];
  if (funder !== null)
    payments.push(
      { kind: "grant", from: funder, to: holder, amounts: purse.grant, lag: 0 },
      { kind: "feedback", from: holder, to: funder, amounts: purse.feedback, lag: 0 },
      { kind: "repay", from: holder, to: funder, amounts: purse.repaid, lag: repayLag },
    );
  if (backstop)
    payments.push({
      kind: "backstop",
      from: backstop.party,
      to: holder,
      amounts: purse.backstop,
      lag: backstop.lag,
    });
  // What is paid in a year is booked by the year to which it belongs: what lags most comes first.
  payments.sort((a, b) => b.lag - a.lag);
  for (const { from, to, amounts, lag } of payments)
    transfers.book(purse.municipality, from, to, amounts, lag);
}

/** Writes down the years of a purse, one after the other; mirrors Purse. */
class PurseYearsWriter {
  /** Row of what is available in the year that was opened last: own result plus carried surplus less carried deficit. */
  readonly available: number;
  private readonly state: number;

  constructor(
    private readonly writer: Writer,
    private readonly terms: PurseTerms,
    private readonly into: Pick<PursePlan, "kept" | "repaid" | "backstop">,
  ) {
    this.available = writer.sheet.rows(1);
    this.state = writer.sheet.rows(PURSE_STATE);
  }

  /** Row of what sister purses of the region gave it in a year (below 0: took from it). */
  get received(): number {
    return this.writer.sheet.row(this.state, PURSE_STATE - 1);
  }

  begin(): void {
    this.writer.clear(this.state, PURSE_STATE);
  }

  /** Opens a year: says what is available. */
  open(year: number): void {
    const { available, state, terms, writer } = this;
    const result = writer.sheet.row(terms.result, year);
    writer.write((steps) => steps.push(Instruction.available, available, result, state, 1));
  }

  /** Closes so many years from one on. In the last of all nothing is carried on. */
  close(year: number, years: number): void {
    const { sheet } = this.writer;
    const carrying = Math.min(years, sheet.years - 1 - year);
    if (carrying > 0) this.closeYears(year, carrying, this.terms.carryOver.place);
    if (carrying < years) this.closeYears(sheet.years - 1, 1, sheet.nothing);
  }

  private closeYears(year: number, years: number, carryOver: number): void {
    const { into, state, terms, writer } = this;
    const row = (block: number) => writer.sheet.row(block, year);
    const op = terms.carriesDeficit ? Instruction.closeCarrying : Instruction.close;
    const repaid = terms.repays ? row(into.repaid) : writer.sheet.nothing;
    writer.write((steps) =>
      steps.push(
        op,
        row(into.kept),
        row(terms.result),
        row(terms.grantAfter),
        years,
        repaid,
        carryOver,
        state,
      ),
    );
  }

  /** Adds what the backstop awards, if there is one, to what is kept. */
  award(): void {
    const { into, writer } = this;
    const { grant, grantAfter, history, result, rules } = this.terms;
    const { sheet } = writer;
    if (rules === null) return;
    writer.write((steps) => {
      const { backstop: awarded, kept } = into;
      steps.push(Instruction.award, kept, result, grantAfter, sheet.years, rules, awarded, history.length);
      steps.places([grant, ...history.map(({ place }) => place)]);
    });
  }
}
