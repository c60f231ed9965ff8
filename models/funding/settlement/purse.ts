import type { Backstop } from "../../model/model.ts";
import { awardBackstop, type BackstopEntry, deficitShare } from "./backstop.ts";

/** The rules of one purse, resolved to numbers. */
export interface PurseRules {
  readonly startYear: number;
  /** κ in [0, 1]: the part of a year's grant that may be carried on. */
  readonly carryOver: number;
  /** What is left goes back to the funder. */
  readonly repays: boolean;
  /** A deficit moves to the next year instead of to the holder. */
  readonly carriesDeficit: boolean;
  readonly backstop: Backstop | null;
  /** The grant of t falls by share × the saving of t − after against the reference. */
  readonly feedback: readonly { readonly after: number; readonly share: number }[];
}

/** What comes in and goes out of one purse, EUR per year of the horizon; costs positive. */
export interface PurseAmounts {
  /** Before feedback. */
  readonly grant: Float64Array;
  readonly other: Float64Array;
  readonly flows: Float64Array;
  readonly payments: Float64Array;
  readonly regime: Float64Array;
  readonly executor: Float64Array;
  /** The same account's flows in the reference scenario. */
  readonly referenceFlows: Float64Array;
  /** Results of the years before the start, oldest first; the last is the year before the start. */
  readonly history: readonly number[];
}

/** The settled years of one purse, EUR per year of the horizon. Plain data. */
export interface PurseYears {
  /** After feedback. */
  readonly grant: Float64Array;
  /** What the grant lost to feedback; below 0 where it rose. */
  readonly feedback: Float64Array;
  /** Own result R: grant less everything that the purse bears in the year. */
  readonly result: Float64Array;
  readonly carriedIn: Float64Array;
  readonly deficitIn: Float64Array;
  /** Received from (below 0: given to) the same pooled purse of other municipalities. */
  readonly received: Float64Array;
  readonly carriedOut: Float64Array;
  readonly deficitOut: Float64Array;
  /** Left and owed to the funder. */
  readonly repaid: Float64Array;
  /** Left and kept by the holder. */
  readonly kept: Float64Array;
  /** Short and borne by the holder. */
  readonly borne: Float64Array;
  /** Deficit δ as a share of the grant. */
  readonly deficitShare: Float64Array;
  readonly backstop: Float64Array;
  readonly entry: readonly BackstopEntry[];
}

type Writable = { -readonly [Key in keyof PurseYears]: PurseYears[Key] } & { entry: BackstopEntry[] };

/** A purse that is settled year by year: first what is available, then what becomes of it. */
export class Purse {
  readonly years: PurseYears;
  private readonly written: Writable;
  private readonly results: number[] = [];
  private readonly grants: number[] = [];
  private carried = 0;
  private deficit = 0;

  constructor(
    private rules: PurseRules,
    private amounts: PurseAmounts,
  ) {
    const column = () => new Float64Array(amounts.grant.length);
    this.written = {
      grant: column(),
      feedback: column(),
      result: column(),
      carriedIn: column(),
      deficitIn: column(),
      received: column(),
      carriedOut: column(),
      deficitOut: column(),
      repaid: column(),
      kept: column(),
      borne: column(),
      deficitShare: column(),
      backstop: column(),
      entry: [],
    };
    this.years = this.written;
    this.restart(rules, amounts);
  }

  /** Begins anew with other rules and amounts, of as many years. */
  restart(rules: PurseRules, amounts: PurseAmounts): void {
    this.rules = rules;
    this.amounts = amounts;
    this.carried = 0;
    this.deficit = 0;
    if (!rules.backstop) return;
    this.results.length = 0;
    this.grants.length = 0;
    for (const result of amounts.history) {
      this.results.push(result);
      // The grants of the years before the start are not in the file: the first one stands for them.
      this.grants.push(amounts.grant[0] ?? 0);
    }
  }

  /** Opens a year and gives what is available: own result plus carried surplus less carried deficit, EUR. */
  open(year: number): number {
    const { amounts, rules, written } = this;
    let feedback = 0;
    for (const { after, share } of rules.feedback) {
      const saved = year - after;
      if (saved >= 0)
        feedback += share * ((amounts.referenceFlows[saved] ?? 0) - (amounts.flows[saved] ?? 0));
    }
    const grant = (amounts.grant[year] ?? 0) - feedback;
    const borne =
      (amounts.other[year] ?? 0) +
      (amounts.flows[year] ?? 0) +
      (amounts.payments[year] ?? 0) +
      (amounts.regime[year] ?? 0) +
      (amounts.executor[year] ?? 0);
    const result = grant - borne;
    written.grant[year] = grant;
    written.feedback[year] = feedback;
    written.result[year] = result;
    written.carriedIn[year] = this.carried;
    written.deficitIn[year] = this.deficit;
    if (rules.backstop) {
      this.results.push(result);
      this.grants.push(grant);
    }
    return result + this.carried - this.deficit;
  }

  /** Closes the year that was opened last, with what sister purses of the region gave it (below 0: took from it). */
  close(year: number, received = 0): void {
    const { rules, written } = this;
    const last = year === this.amounts.grant.length - 1;
    const grant = written.grant[year] ?? 0;
    const available =
      (written.result[year] ?? 0) +
      (written.carriedIn[year] ?? 0) -
      (written.deficitIn[year] ?? 0) +
      received;
    written.received[year] = received;
    written.repaid[year] = 0;
    written.kept[year] = 0;
    written.borne[year] = 0;
    this.carried = 0;
    this.deficit = 0;
    if (available >= 0) {
      this.carried = last ? 0 : Math.min(available, Math.max(0, rules.carryOver * grant));
      const left = available - this.carried;
      if (rules.repays) written.repaid[year] = left;
      else written.kept[year] = left;
    } else if (rules.carriesDeficit && !last) this.deficit = -available;
    else written.borne[year] = -available;
    written.carriedOut[year] = this.carried;
    written.deficitOut[year] = this.deficit;
    written.deficitShare[year] = deficitShare(written.result[year] ?? 0, grant);
    const award = rules.backstop
      ? awardBackstop(rules.backstop, rules.startYear + year, this.results, this.grants)
      : null;
    written.backstop[year] = award?.amount ?? 0;
    written.entry[year] = award?.entry ?? "closed";
  }
}

/**
 * Settles one purse over all years of the horizon.
 *
 * @source model.md section 5
 */
export function settlePurse(rules: PurseRules, amounts: PurseAmounts): PurseYears {
  const purse = new Purse(rules, amounts);
  for (let year = 0; year < amounts.grant.length; year += 1) {
    purse.open(year);
    purse.close(year);
  }
  return purse.years;
}

/** What the next euro saved on a purse's flows in a year is worth to its holder. */
export interface Retention {
  /** EUR kept over all years, after repayment, backstop and feedback. */
  readonly kept: number;
  /** Whether that euro opens or closes a backstop: `kept` is then a jump, not a rate. */
  readonly jump: boolean;
}

/** What the holder has left over all years, undiscounted: what comes in, less what is repaid. */
function holderPosition(years: PurseYears): number {
  let sum = 0;
  for (let year = 0; year < years.grant.length; year += 1)
    sum += (years.result[year] ?? 0) - (years.repaid[year] ?? 0) + (years.backstop[year] ?? 0);
  return sum;
}

/**
 * What stays with the holder of the next euro saved on the flows of each year [wat er van de volgende bespaarde euro
 * blijft]: the purse is settled again with one euro less, so that the tests of the backstop jump where they jump.
 *
 * @source model.md section 5, retention
 */
export function retention(rules: PurseRules, amounts: PurseAmounts): Retention[] {
  const before = settlePurse(rules, amounts);
  const position = holderPosition(before);
  return Array.from(amounts.flows, (_, year) => {
    const flows = amounts.flows.slice();
    flows[year] = (flows[year] ?? 0) - 1;
    const after = settlePurse(rules, { ...amounts, flows });
    return {
      kept: holderPosition(after) - position,
      jump: after.entry.some((entry, index) => entry !== before.entry[index]),
    };
  });
}
