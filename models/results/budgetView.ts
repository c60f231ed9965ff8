import type { Side, TransferKind } from "../funding/settlement/transfers.ts";
import type { Model } from "../model/model.ts";
import type { Values } from "../model/reader.ts";
import type { SettledRun } from "./afterTransfers.ts";
import { type ComponentKind, type CubeLine, NONE, presentValue } from "./cube.ts";
import { priceFactors } from "./priceLevels.ts";
import { cubeOf } from "./runCube.ts";
import { linePayer } from "./settlement.ts";

/** What a line of the budget is about. */
export type BudgetKind = ComponentKind | TransferKind;

/**
 * One line of the budget view [begroting] against the reference; positive is favourable [voordeel]. Amounts per year of
 * cash, EUR. `social` + `outside` + `notCashable` + `transfers` + `prices` = `amounts`, to the bit.
 */
export interface BudgetLine {
  readonly municipality: number;
  /** The intervention's for payments, else the account's; null where the case names none. */
  readonly taakveld: string | null;
  /** The number of accounts stands for general funds. */
  readonly account: number;
  readonly kind: BudgetKind;
  /** Intervention or executor; NONE for the others. */
  readonly index: number;
  /** The same line in the social cost-benefit view: constant prices, whoever bears it. */
  readonly social: Float64Array;
  /** Takes out what stands in the books of other parties. */
  readonly outside: Float64Array;
  /** Takes out the part of a saving that frees no money, or not yet. */
  readonly notCashable: Float64Array;
  /** Adds what is transferred between this municipality and other parties, in constant prices. */
  readonly transfers: Float64Array;
  /** Adds the change of prices since the case's price level. */
  readonly prices: Float64Array;
  /** The budget itself: nominal, cashable. */
  readonly amounts: Float64Array;
  /** Not 0 in at most three years [incidenteel]; else structural. */
  readonly incidental: boolean;
}

/** The budget of every municipality against the reference, and its reconciliation with the social view. Plain data. */
export interface BudgetView {
  readonly years: number;
  readonly lines: readonly BudgetLine[];
}

/** Most years in which an amount may stand and still be incidental (notitie commissie BBV, 30 August 2018). */
export const INCIDENTAL_YEARS = 3;

/** Smaller amounts than half a cent are rounding. */
const HALF_CENT = 0.005;

type Draft = {
  -readonly [Key in "municipality" | "taakveld" | "account" | "kind" | "index" | "social"]: BudgetLine[Key];
} & { own: Float64Array; transfers: Float64Array; nominal: Float64Array };

class Budget {
  private readonly drafts = new Map<string, Draft>();

  constructor(
    private readonly model: Model,
    private readonly values: Values,
    private readonly years: number,
    private readonly prices: readonly Float64Array[],
  ) {}

  private draft(municipality: number, account: number, kind: BudgetKind, index: number): Draft {
    const { model } = this;
    const key = `${municipality} ${account} ${kind} ${index}`;
    const known = this.drafts.get(key);
    if (known) return known;
    const column = () => new Float64Array(this.years);
    const work = kind === "intervention" ? model.interventions[index]?.taakveld : undefined;
    const draft: Draft = {
      municipality,
      account,
      kind,
      index,
      taakveld: work ?? model.accounts[account]?.taakveld ?? null,
      social: column(),
      own: column(),
      transfers: column(),
      nominal: column(),
    };
    this.drafts.set(key, draft);
    return draft;
  }

  addLines(cube: readonly CubeLine[], sign: number): void {
    for (const line of cube) {
      const index = line.component === "state" ? NONE : line.index;
      const { social, own } = this.draft(line.municipality, line.account, line.component, index);
      const ours = linePayer(this.model, line).party === this.model.localParty;
      for (const [year, amount] of line.amounts.entries()) {
        social[year] = (social[year] ?? 0) + sign * amount;
        if (ours) own[year] = (own[year] ?? 0) + sign * amount;
      }
    }
  }

  addTransfers({ settlement }: SettledRun, sign: number): void {
    for (const { kind, account, from, to, booked, cash, amount } of settlement.transfers) {
      const add = (side: Side, value: number) => {
        if (side.party !== this.model.localParty || side.municipality === null) return;
        const { transfers, nominal } = this.draft(side.municipality, account, kind, NONE);
        transfers[cash] = (transfers[cash] ?? 0) + value;
        // The amount is fixed in the money of the year to which it belongs.
        nominal[cash] = (nominal[cash] ?? 0) + value * (this.prices[account]?.[booked] ?? 1);
      };
      add(from, -sign * amount);
      add(to, sign * amount);
    }
  }

  private finish(draft: Draft): BudgetLine {
    const { municipality, account, kind, index, taakveld, social, own, transfers, nominal } = draft;
    const data = this.model.accounts[account];
    const read = this.values.municipality[municipality];
    const share = kind === "state" && data && read ? read(data.cashable) : 1;
    const from = kind === "state" && data?.cashableFrom ? data.cashableFrom - this.model.time.startYear : 0;
    const factors = this.prices[account];
    const line = {
      outside: new Float64Array(this.years),
      notCashable: new Float64Array(this.years),
      prices: new Float64Array(this.years),
      amounts: new Float64Array(this.years),
    };
    for (let year = 0; year < this.years; year += 1) {
      const mine = own[year] ?? 0;
      const cash = mine > 0 ? (year >= from ? mine * share : 0) : mine;
      const moved = transfers[year] ?? 0;
      line.outside[year] = mine - (social[year] ?? 0);
      line.notCashable[year] = cash - mine;
      line.prices[year] = cash * ((factors?.[year] ?? 1) - 1) + ((nominal[year] ?? 0) - moved);
      line.amounts[year] = sumParts(
        social[year],
        line.outside[year],
        line.notCashable[year],
        moved,
        line.prices[year],
      );
    }
    const filled = line.amounts.filter((amount) => Math.abs(amount) > HALF_CENT).length;
    const incidental = filled <= INCIDENTAL_YEARS;
    return { municipality, taakveld, account, kind, index, social, transfers, ...line, incidental };
  }

  lines(): BudgetLine[] {
    const parts = (line: BudgetLine) => [
      line.social,
      line.outside,
      line.notCashable,
      line.transfers,
      line.prices,
    ];
    const empty = (line: BudgetLine) =>
      parts(line).every((part) => part.every((amount) => Math.abs(amount) < 1e-9));
    return [...this.drafts.values()].map((draft) => this.finish(draft)).filter((line) => !empty(line));
  }
}

function sumParts(...parts: readonly (number | undefined)[]): number {
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

/**
 * The budget view of a scenario against its reference.
 *
 * @param values the values of the scenario
 * @throws ModelError INDEX_LEVEL_MISSING where an account's index has no level for a year
 * @source model.md section 5, Two views
 */
export function budgetView(
  model: Model,
  values: Values,
  scenario: SettledRun,
  reference: SettledRun,
): BudgetView {
  const { years } = scenario.settlement;
  const budget = new Budget(model, values, years, priceFactors(model, values.region, model.time.years));
  budget.addLines(cubeOf(reference.run), 1);
  budget.addLines(cubeOf(scenario.run), -1);
  budget.addTransfers(reference, -1);
  budget.addTransfers(scenario, 1);
  return { years, lines: budget.lines() };
}

/** One line of the reconciliation, summed over the years: `npv` + all parts between = `budget`, to the bit. */
export interface ReconciliationLine {
  /** Present value in the social cost-benefit view. */
  readonly npv: number;
  /** Takes out the discounting: undiscounted less discounted. */
  readonly discounting: number;
  readonly outside: number;
  readonly notCashable: number;
  readonly transfers: number;
  readonly prices: number;
  readonly budget: number;
}

/** The parts of a reconciliation in the order in which they lead from the social view to the budget. */
export const RECONCILIATION_PARTS = [
  "npv",
  "discounting",
  "outside",
  "notCashable",
  "transfers",
  "prices",
] as const satisfies readonly (keyof ReconciliationLine)[];

/** Leads a budget line from its present value in the social view to its sum in the budget. */
export function reconcile(line: BudgetLine, factors: Float64Array): ReconciliationLine {
  const total = (amounts: Float64Array) => amounts.reduce((sum, amount) => sum + amount, 0);
  const npv = presentValue(line.social, factors);
  const parts = {
    npv,
    discounting: total(line.social) - npv,
    outside: total(line.outside),
    notCashable: total(line.notCashable),
    transfers: total(line.transfers),
    prices: total(line.prices),
  };
  return { ...parts, budget: sumParts(...RECONCILIATION_PARTS.map((part) => parts[part])) };
}
