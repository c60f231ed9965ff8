import {
  type AfterTransfers,
  type Appraisal,
  byPosition,
  type CaseReport,
  type CubeLine,
  cubeOf,
  type EarnedBack,
  lineBearer,
  linePayer,
  type Model,
  NONE,
  outcomeFigures,
  type PurseYears,
  RECONCILIATION_PARTS,
  reconcile,
  retention,
  type ScenarioReport,
  type Side,
  sumStates,
} from "../../models/index.ts";
import type { BusinessCase } from "../caseFile.ts";
import { type Language, texts } from "../text/index.ts";
import { assumptionTable } from "./assumptions.ts";
import { headLines, lawfulness, type Provenance } from "./head.ts";
import {
  type Cell,
  type CsvFile,
  type CsvForm,
  euro,
  number,
  type Table,
  whole,
  writeTable,
} from "./table.ts";

/** What a pack is written with. */
export interface PackOptions extends Provenance {
  readonly form: CsvForm;
  readonly language: Language;
}

type Columns = ReturnType<typeof texts>["csv"]["columns"];

/**
 * The CSV pack of a case: figures, cash flows, multi-year estimate, transfers, statements, allocation, outcomes, cube,
 * assumptions. The same case gives the same bytes on every run.
 */
export function csvPack(
  file: BusinessCase,
  model: Model,
  report: CaseReport,
  options: PackOptions,
): CsvFile[] {
  const pack = new Pack(model, report, options);
  return [...pack.tables(), assumptionTable(file, model, report, options)].map((table) =>
    writeTable(table, options.form),
  );
}

/** The order of texts that is the same on every machine. */
const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

class Pack {
  private readonly words;
  private readonly columns: Columns;
  private readonly years: number[];

  constructor(
    private readonly model: Model,
    private readonly report: CaseReport,
    private readonly options: PackOptions,
  ) {
    this.words = texts(options.language);
    this.columns = this.words.csv.columns;
    this.years = this.calendar(model.time.years);
  }

  tables(): Table[] {
    return [
      this.figures(),
      this.parties(),
      this.cashFlows(),
      this.estimate(),
      this.reconciliation(),
      this.transfers(),
      this.statement(),
      this.retention(),
      this.allocation(),
      this.outcomes(),
      this.personYears(),
      this.cohorts(),
      this.cube(),
    ];
  }

  private calendar(years: number): number[] {
    return Array.from({ length: years }, (_, year) => this.model.time.startYear + year);
  }

  private table(
    name: string,
    title: keyof ReturnType<typeof texts>["csv"]["tables"],
    columns: Table["columns"],
    rowsOf: (scenario: ScenarioReport, start: Cell[]) => Cell[][],
  ): Table {
    const { model, report, options, columns: heads } = this;
    return {
      name,
      head: headLines(model, report, options, this.words.csv.tables[title], options.language),
      columns: [heads.scenario, heads.lawful, ...columns],
      rows: report.scenarios.flatMap((scenario) => {
        const label = model.scenarios[scenario.run.scenario]?.label ?? "";
        return rowsOf(scenario, [label, lawfulness(model, scenario, options.language)]);
      }),
    };
  }

  private municipality(index: number | null): string {
    return index === null || index < 0
      ? this.words.figures.region
      : (this.model.municipalities[index]?.label ?? "");
  }

  private account(index: number): string {
    return this.model.accounts[index]?.label ?? this.words.figures.general;
  }

  /** A task code on its own, such as 6.3, would be read as a date. */
  private taakveld(code: string | null): string {
    return code !== null && /^[\d.,\-/]+$/.test(code) ? `${this.columns.taakveld} ${code}` : (code ?? "");
  }

  private amounts(list: ArrayLike<number>): Cell[] {
    return Array.from(list, euro);
  }

  private figures(): Table {
    const { columns, model } = this;
    const { measures, owners, units, payback: words, notDefined } = this.words.figures;
    const heads = [
      columns.ownerKind,
      columns.owner,
      columns.figure,
      columns.unit,
      columns.rate,
      columns.value,
    ];
    return this.table("kerncijfers", "figures", heads, (scenario, start) => {
      const rate = scenario.run.rate * 100;
      const rows: Cell[][] = [];
      const row = (owner: [string, string], figure: string, unit: string, value: Cell, at = rate) =>
        rows.push([...start, ...owner, figure, unit, number(at, 4), value]);
      const appraisal = (owner: [string, string], view: Appraisal | undefined) => {
        if (!view) return;
        const isReference = scenario.run.scenario === this.report.reference.run.scenario;
        const years = (answer: EarnedBack): Cell =>
          answer.kind === "after" ? number(answer.years, 2) : words[answer.kind];
        const ratio = (value: number | null): Cell => (value === null ? notDefined : number(value, 4));
        row(owner, measures.npvBefore, units.euro, euro(view.npv));
        row(owner, measures.costs, units.euro, euro(view.costs));
        row(owner, measures.benefits, units.euro, euro(view.benefits));
        if (isReference) return;
        row(owner, measures.ratioGross, units.ratio, ratio(view.ratioGross));
        row(owner, measures.ratioNet, units.ratio, ratio(view.ratioNet));
        row(owner, measures.payback, units.years, years(view.payback));
        row(owner, measures.discountedPayback, units.years, years(view.discountedPayback));
        row(owner, measures.irr, units.perYear, ratio(view.irr));
      };
      const settled = (owner: [string, string], view: AfterTransfers | undefined) => {
        if (!view) return;
        row(owner, measures.npvAfter, units.euro, euro(view.npv));
        row(owner, measures.peakPrefinancing, units.euro, euro(view.peakPrefinancing));
      };
      for (const index of byPosition(model.perspectives)) {
        const owner: [string, string] = [owners.perspective, model.perspectives[index]?.label ?? ""];
        appraisal(owner, scenario.figures.perspectives[index]);
        row(owner, measures.leaving, units.euro, euro(scenario.leaving.perspectives[index]));
        for (const other of scenario.atRates) {
          const value = euro(other.figures.perspectives[index]?.npv);
          row(owner, measures.npvBefore, units.euro, value, other.rate * 100);
        }
      }
      for (const index of byPosition(model.parties)) {
        const owner: [string, string] = [owners.party, model.parties[index]?.label ?? ""];
        appraisal(owner, scenario.figures.parties[index]);
        settled(owner, scenario.purses.parties[index]);
        for (const other of scenario.atRates)
          row(owner, measures.npvAfter, units.euro, euro(other.purses.parties[index]?.npv), other.rate * 100);
      }
      if (model.localParty >= 0)
        for (const index of byPosition(model.municipalities)) {
          const owner: [string, string] = [owners.municipality, model.municipalities[index]?.label ?? ""];
          appraisal(owner, scenario.figures.municipalities[index]);
          settled(owner, scenario.purses.municipalities[index]);
          for (const other of scenario.atRates) {
            const value = euro(other.purses.municipalities[index]?.npv);
            row(owner, measures.npvAfter, units.euro, value, other.rate * 100);
          }
        }
      const { index } = scenario.wrongPockets;
      row(
        [owners.scenario, start[0] as string],
        measures.wrongPockets,
        units.share,
        index === null ? notDefined : number(index, 4),
      );
      return rows;
    });
  }

  private parties(): Table {
    const { columns, model, words } = this;
    const years = this.report.reference.settlement.years;
    const heads = [columns.owner, columns.municipality, columns.moment, ...this.calendar(years).map(whole)];
    return this.table("partijen", "parties", heads, (scenario, start) => {
      const local = model.localParty;
      const sides: Side[] = byPosition(model.parties).flatMap((party): Side[] =>
        party === local
          ? byPosition(model.municipalities).map((municipality) => ({ party, municipality }))
          : [{ party, municipality: null }],
      );
      return sides.flatMap((side): Cell[][] => {
        const party = model.parties[side.party]?.label ?? "";
        const place = side.municipality === null ? "" : this.municipality(side.municipality);
        const mine = (line: CubeLine, bearer: Side) =>
          bearer.party === side.party &&
          (side.municipality === null || line.municipality === side.municipality);
        const before = new Float64Array(years);
        const after = new Float64Array(years);
        const add = (sum: Float64Array, line: CubeLine) => {
          for (const [year, amount] of line.amounts.entries()) sum[year] = (sum[year] ?? 0) + amount;
        };
        for (const line of cubeOf(scenario.run)) {
          if (mine(line, { party: lineBearer(model, line), municipality: null })) add(before, line);
          if (mine(line, linePayer(model, line))) add(after, line);
        }
        const same = (other: Side) => other.party === side.party && other.municipality === side.municipality;
        for (const { from, to, cash, amount } of scenario.settlement.transfers) {
          if (same(from)) after[cash] = (after[cash] ?? 0) + amount;
          if (same(to)) after[cash] = (after[cash] ?? 0) - amount;
        }
        return [
          [...start, party, place, words.csv.columns.before, ...this.amounts(before)],
          [...start, party, place, words.csv.columns.after, ...this.amounts(after)],
        ];
      });
    });
  }

  private cashFlows(): Table {
    const { columns, model } = this;
    const { purse: names } = this.words.figures;
    const heads = [
      columns.municipality,
      columns.account,
      columns.holder,
      columns.entry,
      ...this.years.map(whole),
    ];
    const amountNames = ["other", "flows", "payments", "regime", "executor"] as const;
    const yearNames = [
      "result",
      "carriedIn",
      "deficitIn",
      "received",
      "carriedOut",
      "deficitOut",
      "repaid",
      "kept",
      "borne",
      "backstop",
    ] as const;
    return this.table("kasstromen", "cashFlows", heads, (scenario, start) => {
      const rows: Cell[][] = [];
      for (const purse of this.pursesInOrder(scenario)) {
        const account = model.accounts[purse.account];
        const place = [
          this.municipality(purse.municipality),
          this.account(purse.account),
          model.parties[account?.holder ?? NONE]?.label ?? "",
        ];
        const row = (entry: string, list: Float64Array) =>
          rows.push([...start, ...place, entry, ...this.amounts(list)]);
        row(names.grant, purse.years.grant);
        for (const name of amountNames) row(names[name], purse.amounts[name]);
        for (const name of yearNames) row(names[name], purse.years[name as keyof PurseYears] as Float64Array);
      }
      const general = model.accounts.length;
      for (const municipality of byPosition(model.municipalities)) {
        const sum = new Float64Array(model.time.years);
        for (const line of cubeOf(scenario.run))
          if (line.account === general && line.municipality === municipality)
            for (const [year, amount] of line.amounts.entries()) sum[year] = (sum[year] ?? 0) + amount;
        const holder = model.parties[model.localParty]?.label ?? "";
        const place = [this.municipality(municipality), this.account(general), holder, names.payments];
        rows.push([...start, ...place, ...this.amounts(sum)]);
      }
      return rows;
    });
  }

  /** Purses by municipality and account, both in the order of the file. */
  private pursesInOrder(scenario: ScenarioReport) {
    const place = (list: readonly { readonly position: number }[], index: number | null) =>
      index === null ? list.length : (list[index]?.position ?? 0);
    const { municipalities, accounts } = this.model;
    return [...scenario.settlement.purses].sort(
      (a, b) =>
        place(municipalities, a.municipality) - place(municipalities, b.municipality) ||
        place(accounts, a.account) - place(accounts, b.account),
    );
  }

  private estimate(): Table {
    const { columns } = this;
    const { incidental, structural } = this.words.figures;
    const years = this.calendar(this.report.reference.settlement.years).map(whole);
    const heads = [
      columns.municipality,
      columns.taakveld,
      columns.account,
      columns.entry,
      columns.part,
      columns.duration,
    ];
    return this.table("meerjarenraming", "estimate", [...heads, ...years, columns.total], (scenario, start) =>
      this.budgetLines(scenario)
        .filter((line) => line.amounts.some((amount) => Math.abs(amount) >= 0.005))
        .map((line) => [
          ...start,
          ...this.budgetPlace(line),
          line.incidental ? incidental : structural,
          ...this.amounts(line.amounts),
          euro(line.amounts.reduce((sum, amount) => sum + amount, 0)),
        ]),
    );
  }

  private budgetLines(scenario: ScenarioReport) {
    const { model } = this;
    const place = (index: number) => model.municipalities[index]?.position ?? 0;
    return [...scenario.budget.lines].sort(
      (a, b) =>
        place(a.municipality) - place(b.municipality) ||
        byCodeUnits(a.taakveld ?? "", b.taakveld ?? "") ||
        a.account - b.account ||
        byCodeUnits(a.kind, b.kind) ||
        a.index - b.index,
    );
  }

  private budgetPlace(line: ScenarioReport["budget"]["lines"][number]): string[] {
    const { model, words } = this;
    const part =
      line.kind === "intervention"
        ? model.interventions[line.index]?.label
        : line.kind === "executor"
          ? model.executors[line.index]?.label
          : "";
    return [
      this.municipality(line.municipality),
      this.taakveld(line.taakveld),
      this.account(line.account),
      words.figures.kinds[line.kind],
      part ?? "",
    ];
  }

  private reconciliation(): Table {
    const { columns, words } = this;
    const parts = [...RECONCILIATION_PARTS, "budget"] as const;
    const heads = [columns.municipality, columns.taakveld, columns.account, columns.entry, columns.part];
    const names = parts.map((part) => words.figures.reconciliation[part]);
    return this.table("aansluiting", "reconciliation", [...heads, ...names], (scenario, start) => {
      const lines = this.budgetLines(scenario).map((line) => ({
        line,
        row: reconcile(line, scenario.settlement.factors),
      }));
      const total = parts.map((part) => euro(lines.reduce((sum, { row }) => sum + row[part], 0)));
      return [
        ...lines.map(({ line, row }): Cell[] => [
          ...start,
          ...this.budgetPlace(line),
          ...parts.map((part) => euro(row[part])),
        ]),
        [...start, words.csv.columns.total, "", "", "", "", ...total],
      ];
    });
  }

  private transfers(): Table {
    const { columns, model, words } = this;
    const heads = [
      columns.kind,
      columns.account,
      columns.from,
      columns.fromMunicipality,
      columns.to,
      columns.toMunicipality,
      columns.booked,
      columns.cash,
      columns.amount,
    ];
    const side = ({ party, municipality }: Side): string[] => [
      model.parties[party]?.label ?? "",
      municipality === null ? "" : this.municipality(municipality),
    ];
    return this.table("verrekeningen", "transfers", heads, (scenario, start) =>
      scenario.settlement.transfers.map((transfer) => [
        ...start,
        words.figures.kinds[transfer.kind],
        this.account(transfer.account),
        ...side(transfer.from),
        ...side(transfer.to),
        whole(model.time.startYear + transfer.booked),
        whole(model.time.startYear + transfer.cash),
        euro(transfer.amount),
      ]),
    );
  }

  private statement(): Table {
    const { columns, words, years } = this;
    const { purse: names } = words.figures;
    const entries = [
      "grant",
      "carriedIn",
      "deficitIn",
      "spent",
      "carriedOut",
      "deficitOut",
      "repaid",
      "borne",
    ] as const;
    const heads = [
      columns.municipality,
      columns.account,
      columns.year,
      ...entries.map((entry) => names[entry]),
    ];
    return this.table("verantwoording", "statement", heads, (scenario, start) =>
      this.pursesInOrder(scenario)
        .filter(({ rules }) => rules.repays)
        .flatMap((purse) =>
          years.map((year, at): Cell[] => {
            const { amounts, years: settled } = purse;
            const spent =
              (amounts.other[at] ?? 0) +
              (amounts.flows[at] ?? 0) +
              (amounts.payments[at] ?? 0) +
              (amounts.regime[at] ?? 0) +
              (amounts.executor[at] ?? 0);
            const cell = (entry: (typeof entries)[number]) =>
              euro(entry === "spent" ? spent : settled[entry][at]);
            return [
              ...start,
              this.municipality(purse.municipality),
              this.account(purse.account),
              whole(year),
              ...entries.map(cell),
            ];
          }),
        ),
    );
  }

  private retention(): Table {
    const { columns, words, years } = this;
    const heads = [
      columns.municipality,
      columns.account,
      columns.year,
      columns.deficitShare,
      columns.entryKind,
      columns.kept,
      columns.jump,
    ];
    return this.table("behoud", "retention", heads, (scenario, start) =>
      this.pursesInOrder(scenario)
        .filter(({ amounts, rules }) => amounts.flows.some((flow) => flow !== 0) || rules.backstop !== null)
        .flatMap((purse) => {
          const kept = retention(purse.rules, purse.amounts);
          return years.map((year, at): Cell[] => [
            ...start,
            this.municipality(purse.municipality),
            this.account(purse.account),
            whole(year),
            number(purse.years.deficitShare[at], 4),
            words.csv.entries[purse.years.entry[at] ?? "closed"],
            number(kept[at]?.kept, 4),
            kept[at]?.jump ? words.csv.yes : words.csv.no,
          ]);
        }),
    );
  }

  private allocation(): Table {
    const { columns, model } = this;
    const heads = [columns.municipality, columns.segment, columns.track, columns.inflowYear, columns.persons];
    const { startYear } = model.time;
    const position = (list: readonly { readonly position: number }[], index: number) =>
      list[index]?.position ?? 0;
    return this.table("verdeling", "allocation", heads, (scenario, start) =>
      [...scenario.run.tracks]
        .sort(
          (a, b) =>
            position(model.municipalities, a.municipality) - position(model.municipalities, b.municipality) ||
            position(model.segments, a.segment) - position(model.segments, b.segment) ||
            position(model.tracks, a.track) - position(model.tracks, b.track),
        )
        .flatMap((row) =>
          Array.from(row.persons, (persons, year): Cell[] => [
            ...start,
            this.municipality(row.municipality),
            model.segments[row.segment]?.label ?? "",
            model.tracks[row.track]?.label ?? "",
            whole(startYear + year),
            number(persons, 4),
          ]),
        ),
    );
  }

  private outcomes(): Table {
    const { columns, model, words } = this;
    const heads = [
      columns.municipality,
      columns.outcome,
      columns.yearsAfter,
      columns.share,
      columns.sustained,
    ];
    return this.table("uitkomsten", "outcomes", heads, (scenario, start) =>
      [null, ...byPosition(model.municipalities)].flatMap((municipality) => {
        const figures = outcomeFigures(model, scenario.run, municipality);
        return byPosition(model.outcomes).flatMap((index) =>
          (figures[index]?.after ?? []).map((years, at): Cell[] => [
            ...start,
            municipality === null ? words.csv.all : this.municipality(municipality),
            model.outcomes[index]?.label ?? "",
            whole(years),
            number(figures[index]?.share[at], 6),
            number(figures[index]?.sustained[at], 6),
          ]),
        );
      }),
    );
  }

  private personYears(): Table {
    const { columns, model } = this;
    return this.table(
      "persoonsjaren",
      "personYears",
      [columns.state, ...this.years.map(whole)],
      (scenario, start) => {
        const states = sumStates(model, scenario.run, "personYears");
        return byPosition(model.states).map((state): Cell[] => [
          ...start,
          model.states[state]?.label ?? "",
          ...Array.from(states[state] ?? [], (years) => number(years, 4)),
        ]);
      },
    );
  }

  private cohorts(): Table {
    const { columns, model, words } = this;
    const heads = [
      columns.inflowYear,
      columns.persons,
      columns.followed,
      ...byPosition(model.perspectives).map((index) => model.perspectives[index]?.label ?? ""),
    ];
    return this.table("cohorten", "cohorts", heads, (scenario, start) =>
      scenario.cohorts.map((cohort): Cell[] => [
        ...start,
        cohort.year === null ? words.figures.region : whole(cohort.year),
        number(cohort.persons, 4),
        whole(cohort.followed),
        ...byPosition(model.perspectives).map((index) => euro(cohort.perspectives[index])),
      ]),
    );
  }

  private cube(): Table {
    const { columns, model, words } = this;
    const heads = [
      columns.municipality,
      columns.segment,
      columns.track,
      columns.account,
      columns.entry,
      columns.part,
      columns.bearer,
      columns.payer,
      columns.year,
      columns.amount,
    ];
    const part = (line: CubeLine): string => {
      if (line.component === "state") return model.states[line.index]?.label ?? "";
      if (line.component === "intervention") return model.interventions[line.index]?.label ?? "";
      return model.executors[line.index]?.label ?? "";
    };
    return this.table("kubus", "cube", heads, (scenario, start) =>
      cubeOf(scenario.run).flatMap((line) => {
        const place: Cell[] = [
          this.municipality(line.municipality),
          model.segments[line.segment]?.label ?? "",
          model.tracks[line.track]?.label ?? "",
          this.account(line.account),
          words.figures.kinds[line.component],
          part(line),
          model.parties[lineBearer(model, line)]?.label ?? "",
          model.parties[linePayer(model, line).party]?.label ?? "",
        ];
        return this.years.flatMap((year, at): Cell[][] => {
          const amount = line.amounts[at] ?? 0;
          return amount === 0 ? [] : [[...start, ...place, whole(year), euro(amount)]];
        });
      }),
    );
  }
}
