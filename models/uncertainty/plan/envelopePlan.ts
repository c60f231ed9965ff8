import { isLocal } from "../../funding/walls.ts";
import type { Account, Model } from "../../model/model.ts";
import type { Column, ColumnPlan, ColumnReader } from "./columns.ts";
import { kept } from "./kept.ts";
import { segmentEntrants } from "./segmentPlan.ts";
import type { Writer } from "./sheet.ts";

/** Writes down envelopes in the draws; mirrors envelopes. */
export class EnvelopeWriter {
  private readonly known = new Map<ColumnReader, readonly (readonly number[])[]>();

  constructor(
    private readonly model: Model,
    private readonly columns: ColumnPlan,
    private readonly writer: Writer,
  ) {}

  /** Blocks of EUR per year, [account][municipality]; accounts of the region at municipality 0. */
  blocks(scenario: number): readonly (readonly number[])[] {
    // Scenarios without values of their own have the same reader.
    return kept(this.known, this.columns.reader(null, scenario), () => this.write(scenario));
  }

  private write(scenario: number): readonly (readonly number[])[] {
    const { columns, model, writer } = this;
    return model.accounts.map((account) => {
      const local = isLocal(model, account);
      return model.municipalities.map((_, municipality) => {
        const { envelope } = account;
        if (envelope.kind === "none" || (!local && municipality > 0)) return writer.sheet.nothing;
        const amounts = envelope.amounts.map((slot) =>
          columns.slot(slot, local ? municipality : null, scenario),
        );
        return envelope.kind === "perYear"
          ? this.perYear(amounts)
          : this.perEntrant(scenario, account, local ? [municipality] : null, amounts);
      });
    });
  }

  private perYear(amounts: readonly Column[]): number {
    const { sheet } = this.writer;
    const last = amounts.at(-1);
    if (!last) return sheet.nothing;
    return this.writer.gather(
      Array.from({ length: sheet.years }, (_, year) => (amounts[year] ?? last).place),
    );
  }

  /** An amount per entrant in the years since entry. */
  private perEntrant(
    scenario: number,
    { envelope }: Account,
    served: readonly number[] | null,
    amounts: readonly Column[],
  ): number {
    const { model, writer } = this;
    const { sheet } = writer;
    if (envelope.kind !== "perEntrant" || amounts.length === 0) return sheet.nothing;
    const entrants = (served ?? [...model.municipalities.keys()]).flatMap((from) =>
      envelope.segments.map((segment) => entrantColumns(model, this.columns, scenario, from, segment)),
    );
    const lags = writer.gather(amounts.slice(0, sheet.years).map(({ place }) => place));
    const key = `per entrant ${lags} ${entrants.map((years) => years.map(({ id }) => id).join()).join(";")}`;
    return writer.once(key, () => {
      const into = sheet.block();
      writer.clear(into, sheet.years);
      for (const years of entrants)
        for (const [year, persons] of years.entries())
          writer.addScaled(
            sheet.row(into, year),
            lags,
            persons.place,
            Math.min(amounts.length, sheet.years - year),
          );
      return into;
    });
  }
}

/** Entrants of a segment in a municipality, by year of entry. */
export function entrantColumns(
  model: Model,
  columns: ColumnPlan,
  scenario: number,
  municipality: number,
  segment: number,
): readonly Column[] {
  const data = model.segments[segment];
  const read = columns.reader(municipality, scenario);
  return data ? segmentEntrants(read, data, municipality, model.time.inflowYears) : [];
}
