import type { Model, RegionalCost } from "../model/model.ts";
import { kept } from "./clockShelf.ts";
import type { Column, ColumnPlan, ColumnReader } from "./columns.ts";
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
  private readonly executors = new Map<ColumnReader, readonly (readonly number[])[]>();

  constructor(
    private readonly model: Model,
    private readonly columns: ColumnPlan,
    private readonly writer: Writer,
  ) {}

  /** Totals, [account, general funds last][municipality]. */
  totals(scenario: number): Pick<TotalBlocks, "regime" | "executor"> {
    const { columns, model } = this;
    const costs = model.executors.flatMap((executor) => executor.costs);
    return {
      regime: this.total(scenario, model.scenarios[scenario]?.costs ?? []),
      // Scenarios without values of their own have the same reader.
      executor: kept(this.executors, columns.reader(null, scenario), () => this.total(scenario, costs)),
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
      writer.call((lanes) => this.fill(into, plan, lanes));
      return into;
    });
  }

  private fill(into: number, plan: RegionalPlan, lanes: number): void {
    const { municipalities, time } = this.model;
    const { numbers, size } = this.writer.sheet;
    const { cost, oneOff, perYear } = plan;
    const first = (cost.from ?? time.startYear) - time.startYear;
    const last = (cost.to ?? time.startYear + time.years - 1) - time.startYear;
    const weights = municipalities.map((_, municipality) => this.weights(plan, municipality, lanes));
    const totals = new Float64Array(size);
    for (const values of weights)
      for (let lane = 0; lane < lanes; lane += 1)
        totals[lane] = (totals[lane] as number) + (values[lane] as number);
    for (const [municipality, values] of weights.entries()) {
      const rows = into + municipality * time.years * size;
      for (let year = 0; year < time.years; year += 1)
        for (let lane = 0; lane < lanes; lane += 1) {
          const share = (values[lane] as number) / (totals[lane] as number);
          let amount = 0;
          if (year === first) amount += oneOff ? (oneOff.values[lane] as number) : 0;
          if (year >= first && year <= last) amount += perYear ? (perYear.values[lane] as number) : 0;
          numbers[rows + year * size + lane] = share === 0 ? 0 : amount * share;
        }
    }
  }

  /** What a municipality counts for in the key, per draw. */
  private weights({ cost, entrants }: RegionalPlan, municipality: number, lanes: number): Float64Array {
    const { key } = cost;
    const weights = new Float64Array(this.writer.sheet.size);
    if (key === "inhabitants") return weights.fill(this.model.municipalities[municipality]?.inhabitants ?? 0);
    if (key !== "entrants") return weights.fill(key.shares[municipality] ?? 0);
    for (const years of entrants?.[municipality] ?? [])
      for (let lane = 0; lane < lanes; lane += 1) {
        let persons = 0;
        for (const { values } of years) persons += values[lane] as number;
        weights[lane] = (weights[lane] as number) + persons;
      }
    return weights;
  }
}
