import { awardBackstop } from "../funding/settlement/backstop.ts";
import { help } from "../funding/settlement/settlement.ts";
import type { TransferKind } from "../funding/settlement/transfers.ts";
import { sidesOf } from "../funding/settlement/transfers.ts";
import { isLocal } from "../funding/walls.ts";
import type { Account, Backstop, Model, Slot } from "../model/model.ts";
import type { ComponentKind } from "../results/cube.ts";
import type { Column, ColumnPlan } from "./columns.ts";
import type { Sheet, Writer } from "./sheet.ts";

/** Blocks of EUR per year, [account, general funds last][municipality], by what they are made of. */
export type TotalBlocks = Readonly<Record<ComponentKind, readonly (readonly number[])[]>>;

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
  readonly backstop: Backstop | null;
}

/** Sides of transfers: [party …, municipality …], blocks of EUR per year of cash. */
export class TransferSums {
  readonly blocks: readonly number[];
  private readonly sides: ReturnType<typeof sidesOf>[][];

  /** @param cash years in which anything is paid */
  constructor(
    private readonly model: Model,
    private readonly writer: Writer,
    cash: number,
  ) {
    const { municipalities, parties } = model;
    this.blocks = [...parties, ...municipalities].map(() => writer.sheet.rows(cash));
    for (const block of this.blocks) writer.clear(block, cash);
    const places = [null, ...municipalities.map((_, index) => index)];
    this.sides = parties.map((_, party) => places.map((place) => sidesOf(model, party, place)));
  }

  /** The sums to which a side belongs. */
  of(party: number, municipality: number | null): number[] {
    const own = [this.blocks[party] as number];
    if (party !== this.model.localParty || municipality === null) return own;
    return [...own, this.blocks[this.model.parties.length + municipality] as number];
  }

  /** Books a payment between two parties of one purse, paid `lag` years later; mirrors Bookkeeper. */
  book(purse: number | null, from: number, to: number, amounts: number, lag: number): void {
    const { sheet } = this.writer;
    if (from === to || amounts === sheet.nothing) return;
    const place = purse === null ? 0 : purse + 1;
    for (const payer of this.sides[from]?.[place] ?? [])
      for (const receiver of this.sides[to]?.[place] ?? []) {
        const part = this.writer.share(this.writer.share(amounts, payer.share), receiver.share);
        for (const sum of this.of(payer.side.party, payer.side.municipality))
          this.writer.add(sheet.row(sum, lag), part);
        for (const sum of this.of(receiver.side.party, receiver.side.municipality))
          this.writer.subtract(sheet.row(sum, lag), part);
      }
  }
}

/** Writes down how the purses of scenarios are settled; equal purses are settled once. Mirrors settlePurses. */
export class PurseWriter {
  private readonly known = new Map<string, PursePlan>();

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
      writer.difference(referenceFlows, flows),
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
      backstop: account.backstop,
    };
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
    saved: number,
  ): number {
    const { writer } = this;
    const { sheet } = writer;
    if (rules.length === 0 || saved === sheet.nothing) return sheet.nothing;
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
    const { backstop, carriesDeficit, carryOver, repays, result } = terms;
    const { nothing } = sheet;
    const isPlain = carryOver.constant && carryOver.stated === 0 && !carriesDeficit && !repays && !backstop;
    if (isPlain) return { ...plan, kept: result, repaid: nothing, backstop: nothing };
    const key = [
      ...[plan.municipality, plan.grant, plan.feedback, terms.grantAfter, result, carryOver.id],
      ...[repays, carriesDeficit, backstop ? JSON.stringify(backstop) : ""],
      ...terms.history.map(({ id }) => id),
    ].join();
    const found = this.known.get(key);
    if (found) return found;
    const { plan: purse, years } = this.open(plan, terms);
    const received = new Float64Array(sheet.size);
    this.writer.call((lanes) => {
      years.restart();
      for (let year = 0; year < sheet.years; year += 1) years.close(year, lanes, received);
    });
    this.known.set(key, purse);
    return purse;
  }

  private open(
    plan: Pick<PursePlan, "municipality" | "grant" | "feedback">,
    terms: PurseTerms,
  ): { readonly plan: PursePlan; readonly years: PurseYearsPlan } {
    const { sheet } = this.writer;
    const blocks = {
      kept: sheet.block(),
      repaid: terms.repays ? sheet.block() : sheet.nothing,
      backstop: terms.backstop ? sheet.block() : sheet.nothing,
    };
    const years = new PurseYearsPlan(sheet, this.model.time.startYear, terms, blocks);
    return { plan: { ...plan, ...blocks }, years };
  }

  /** Purses that are one pot for the region: their parts help each other, year by year. */
  private pot(
    opened: readonly ReturnType<PurseWriter["terms"]>[],
    transfers: TransferSums,
  ): readonly PursePlan[] {
    const { sheet } = this.writer;
    const purses = opened.map(({ plan, ...terms }) => ({ terms, ...this.open(plan, terms) }));
    const sides = purses.map(({ plan }) => transfers.of(this.model.localParty, plan.municipality));
    const available = purses.map(() => new Float64Array(sheet.size));
    const received = purses.map(() => new Float64Array(sheet.size));
    /** What the parts have and pay in one draw; of no meaning between two. */
    const now = { available: purses.map(() => 0), payments: purses.map(() => 0) };
    /** One year of one draw in which anybody is short. */
    const helpOut = (down: number, lane: number) => {
      const { numbers } = sheet;
      for (let place = 0; place < purses.length; place += 1) {
        const payments = purses[place]?.terms.payments as number;
        now.available[place] = (available[place] as Float64Array)[lane] as number;
        now.payments[place] = numbers[payments + down + lane] as number;
      }
      const given = help(now.available, now.payments);
      for (let place = 0; place < received.length; place += 1)
        (received[place] as Float64Array)[lane] = given[place] as number;
      bookHelp(numbers, sides, down + lane, given);
    };
    this.writer.call((lanes) => {
      for (const { years } of purses) years.restart();
      for (let year = 0; year < sheet.years; year += 1) {
        for (const [place, { years }] of purses.entries())
          years.available(year, lanes, available[place] as Float64Array);
        for (const amounts of received) amounts.fill(0);
        for (let lane = 0; lane < lanes; lane += 1)
          if (isAnyShort(available, lane)) helpOut(year * sheet.size, lane);
        for (const [place, { years }] of purses.entries())
          years.close(year, lanes, received[place] as Float64Array);
      }
    });
    return purses.map(({ plan }) => plan);
  }
}

function isAnyShort(available: readonly Float64Array[], lane: number): boolean {
  for (let place = 0; place < available.length; place += 1)
    if (!(((available[place] as Float64Array)[lane] as number) >= 0)) return true;
  return false;
}

/** Pairs givers with receivers, in proportion; mirrors bookHelp of the settlement. */
function bookHelp(
  numbers: Float64Array,
  sides: readonly (readonly number[])[],
  at: number,
  received: readonly number[],
): void {
  let total = 0;
  for (const amount of received) total += Math.max(0, amount);
  const add = (place: number, amount: number) => {
    for (const sum of sides[place] as readonly number[])
      numbers[sum + at] = (numbers[sum + at] as number) + amount;
  };
  for (let from = 0; from < received.length; from += 1) {
    const given = received[from] as number;
    if (!(given < 0)) continue;
    for (let to = 0; to < received.length; to += 1) {
      const taken = received[to] as number;
      if (!(taken > 0)) continue;
      const amount = (-given * taken) / total;
      add(from, amount);
      add(to, -amount);
    }
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

/** The years of a purse, one after the other in all draws of a block; mirrors Purse. */
class PurseYearsPlan {
  /** EUR from the year before, per draw. */
  private readonly carried: Float64Array;
  private readonly deficit: Float64Array;
  /** Where there is a backstop: results and grants per draw, by year, those before the start first. */
  private readonly results: readonly Float64Array[];
  private readonly grants: readonly Float64Array[];

  constructor(
    private readonly sheet: Sheet,
    private readonly startYear: number,
    private readonly terms: PurseTerms,
    private readonly into: Pick<PursePlan, "kept" | "repaid" | "backstop">,
  ) {
    this.carried = new Float64Array(sheet.size);
    this.deficit = new Float64Array(sheet.size);
    const lanes = Array.from({ length: terms.backstop ? sheet.size : 0 });
    const width = terms.history.length + sheet.years;
    this.results = lanes.map(() => new Float64Array(width));
    this.grants = lanes.map(() => new Float64Array(width));
  }

  restart(): void {
    const { grants, results, sheet, terms } = this;
    this.carried.fill(0);
    this.deficit.fill(0);
    for (const [year, { values }] of terms.history.entries())
      for (let lane = 0; lane < results.length; lane += 1) {
        (results[lane] as Float64Array)[year] = values[lane] as number;
        // The grants of the years before the start are not in the file: the first one stands for them.
        (grants[lane] as Float64Array)[year] = sheet.numbers[terms.grant + lane] as number;
      }
  }

  /** What is available in a year: own result plus carried surplus less carried deficit, EUR per draw. */
  available(year: number, lanes: number, into: Float64Array): void {
    const { carried, deficit, sheet, terms } = this;
    const { numbers } = sheet;
    const result = terms.result + year * sheet.size;
    for (let lane = 0; lane < lanes; lane += 1)
      into[lane] = (numbers[result + lane] as number) + (carried[lane] as number) - (deficit[lane] as number);
  }

  /** Closes a year, with what sister purses of the region gave it per draw (below 0: took from it). */
  close(year: number, lanes: number, received: Float64Array): void {
    const { carried, deficit, into, sheet, terms } = this;
    const { numbers, size, years } = sheet;
    const { carriesDeficit, repays } = terms;
    const carryOver = terms.carryOver.values;
    const down = year * size;
    const isLast = year === years - 1;
    for (let lane = 0; lane < lanes; lane += 1) {
      const result = numbers[terms.result + down + lane] as number;
      const grant = numbers[terms.grantAfter + down + lane] as number;
      const available =
        result + (carried[lane] as number) - (deficit[lane] as number) + (received[lane] as number);
      let repaid = 0;
      carried[lane] = 0;
      deficit[lane] = 0;
      if (available >= 0) {
        const most = Math.max(0, (carryOver[lane] as number) * grant);
        const kept = isLast ? 0 : Math.min(available, most);
        carried[lane] = kept;
        if (repays) repaid = available - kept;
      } else if (carriesDeficit && !isLast) deficit[lane] = -available;
      if (repays) numbers[into.repaid + down + lane] = repaid;
      numbers[into.kept + down + lane] = result - repaid;
    }
    if (terms.backstop) this.award(terms.backstop, year, lanes);
  }

  /** Adds what the backstop awards in a year to what is kept. */
  private award(backstop: Backstop, year: number, lanes: number): void {
    const { into, sheet, startYear, terms } = this;
    const { numbers, size } = sheet;
    const last = terms.history.length + year;
    for (let lane = 0; lane < lanes; lane += 1) {
      const at = year * size + lane;
      const [results, grants] = [this.results[lane] as Float64Array, this.grants[lane] as Float64Array];
      const result = numbers[terms.result + at] as number;
      const grant = numbers[terms.grantAfter + at] as number;
      results[last] = result;
      grants[last] = grant;
      let awarded = 0;
      // Without a deficit, or a grant to relate it to, nothing opens.
      if (result < 0 && grant > 0)
        awarded = awardBackstop(backstop, startYear + year, results, grants, last).amount;
      numbers[into.backstop + at] = awarded;
      numbers[into.kept + at] = (numbers[into.kept + at] as number) + awarded;
    }
  }
}
