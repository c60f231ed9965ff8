import type { Model, RegionalCost } from "../model/model.ts";
import type { Column, ColumnPlan } from "./columns.ts";
import { entrantColumns } from "./envelopePlan.ts";
import type { TotalBlocks } from "./pursePlan.ts";
import type { Writer } from "./sheet.ts";

/** One cost of the region in the draws. */
interface RegionalPlan {
  readonly cost: RegionalCost;
  readonly oneOff: Column | null;
  readonly perYear: Column | null;
  /** Entrants per municipality, where they are the key. */
  readonly entrants: readonly (readonly (readonly Column[])[])[] | null;
}

/** Writes down costs of regimes and executors in the draws; mirrors regionalAmounts and keyShares. */
export class RegionalWriter {
  constructor(
    private readonly model: Model,
    private readonly columns: ColumnPlan,
    private readonly writer: Writer,
  ) {}

  /** Totals, [account, general funds last][municipality]. */
  totals(scenario: number): Pick<TotalBlocks, "regime" | "executor"> {
    const { model } = this;
    return {
      regime: this.total(scenario, model.scenarios[scenario]?.costs ?? []),
      executor: this.total(
        scenario,
        model.executors.flatMap(({ costs }) => costs),
      ),
    };
  }

  private total(scenario: number, costs: readonly RegionalCost[]): number[][] {
    const { model, writer } = this;
    const addends = [...model.accounts, null].map(() => model.municipalities.map((): number[] => []));
    for (const cost of costs) {
      const first = this.blocks(scenario, cost);
      for (const [municipality] of model.municipalities.entries())
        addends[cost.account]?.[municipality]?.push(
          writer.sheet.row(first, municipality * writer.sheet.years),
        );
    }
    return addends.map((account) => account.map((blocks) => writer.sum(blocks)));
  }

  /** A block per municipality of its part of a cost. */
  private blocks(scenario: number, cost: RegionalCost): number {
    const { columns, model, writer } = this;
    const read = (slot: RegionalCost["oneOff"]) => slot && columns.slot(slot, null, scenario);
    const plan: RegionalPlan = {
      cost,
      oneOff: read(cost.oneOff),
      perYear: read(cost.perYear),
      entrants:
        cost.key === "entrants"
          ? model.municipalities.map((_, municipality) =>
              model.segments.map((_, segment) =>
                entrantColumns(model, columns, scenario, municipality, segment),
              ),
            )
          : null,
    };
    const entrants = plan.entrants?.map((segments) => segments.map((years) => years.map(({ id }) => id)));
    const key = `regional ${cost.path} ${plan.oneOff?.id} ${plan.perYear?.id} ${entrants?.join("|")}`;
    return writer.once(key, () => {
      const into = writer.sheet.rows(model.municipalities.length * model.time.years);
      writer.call((lanes) => {
        for (let lane = 0; lane < lanes; lane += 1) this.fill(into, plan, lane);
      });
      return into;
    });
  }

  private fill(into: number, { cost, oneOff, perYear, entrants }: RegionalPlan, lane: number): void {
    const { startYear, years } = this.model.time;
    const { numbers, size } = this.writer.sheet;
    const weights = this.model.municipalities.map(({ inhabitants }, municipality) => {
      if (cost.key === "inhabitants") return inhabitants ?? 0;
      if (cost.key !== "entrants") return cost.key.shares[municipality] ?? 0;
      return (entrants?.[municipality] ?? []).reduce(
        (sum, persons) => sum + persons.reduce((total, { values }) => total + (values[lane] as number), 0),
        0,
      );
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const first = (cost.from ?? startYear) - startYear;
    const last = (cost.to ?? startYear + years - 1) - startYear;
    const once = oneOff?.values[lane] ?? 0;
    const each = perYear?.values[lane] ?? 0;
    for (const [municipality, weight] of weights.entries()) {
      const share = weight / total;
      const row = into + municipality * years * size + lane;
      for (let year = 0; year < years; year += 1) {
        let amount = 0;
        if (year === first) amount += once;
        if (year >= first && year <= last) amount += each;
        numbers[row + year * size] = share === 0 ? 0 : amount * share;
      }
    }
  }
}
