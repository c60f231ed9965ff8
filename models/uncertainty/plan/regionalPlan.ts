import { keyShares } from "../../funding/regionalCosts.ts";
import type { Model, RegionalCost } from "../../model/model.ts";
import { Instruction } from "../kernel/kernel.ts";
import type { ColumnPlan, ColumnReader } from "./columns.ts";
import { entrantColumns } from "./envelopePlan.ts";
import { kept } from "./kept.ts";
import type { TotalBlocks } from "./pursePlan.ts";
import type { Writer } from "./sheet.ts";

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
    for (const cost of costs)
      for (const [municipality, part] of this.parts(scenario, cost).entries())
        addends[cost.account]?.[municipality]?.push(part);
    return addends.map((account) => account.map((blocks) => writer.sum(blocks)));
  }

  /** What each municipality bears of a cost: a block per municipality. */
  private parts(scenario: number, cost: RegionalCost): readonly number[] {
    const { model, writer } = this;
    const { sheet } = writer;
    const amounts = this.amounts(scenario, cost);
    if (cost.key !== "entrants")
      return [...keyShares(model, cost, [])].map((share) =>
        share === 0 ? sheet.nothing : writer.share(amounts, share),
      );
    const persons = model.municipalities.map((_, municipality) => this.persons(scenario, municipality));
    const all = this.sum(persons);
    return persons.map((own) =>
      writer.once(`allot ${amounts} ${own} ${all}`, () => {
        const into = sheet.block();
        writer.write((steps) => steps.push(Instruction.allot, into, amounts, own, sheet.years, all));
        return into;
      }),
    );
  }

  /** The block of what a cost takes of the region. */
  private amounts(scenario: number, cost: RegionalCost): number {
    const { columns, writer } = this;
    const { startYear, years } = this.model.time;
    const first = (cost.from ?? startYear) - startYear;
    const last = (cost.to ?? startYear + years - 1) - startYear;
    const read = (slot: RegionalCost["oneOff"]) => slot && columns.slot(slot, null, scenario);
    const [oneOff, perYear] = [read(cost.oneOff), read(cost.perYear)];
    return writer.once(`regional ${first} ${last} ${oneOff?.id} ${perYear?.id}`, () => {
      const into = writer.sheet.block();
      writer.clear(into, years);
      for (let year = 0; year < years; year += 1) {
        const row = writer.sheet.row(into, year);
        if (oneOff && year === first) writer.add(row, oneOff.place, 1);
        if (perYear && year >= first && year <= last) writer.add(row, perYear.place, 1);
      }
      return into;
    });
  }

  /** The row of the entrants of a municipality. */
  private persons(scenario: number, municipality: number): number {
    const { columns, model } = this;
    return this.sum(
      model.segments.map((_, segment) =>
        this.sum(entrantColumns(model, columns, scenario, municipality, segment).map(({ place }) => place)),
      ),
    );
  }

  /** The row that is the sum of some rows. */
  private sum(rows: readonly number[]): number {
    const { writer } = this;
    return writer.once(`row ${rows.join()}`, () => {
      const into = writer.sheet.rows(1);
      writer.total(into, rows, 1);
      return into;
    });
  }
}
