import {
  byPosition,
  type CaseReport,
  type FigureKey,
  type InformationResult,
  type Model,
  type PartialInformation,
  SHOWN_QUANTILES,
  type SimulationResult,
  type SobolResult,
  type SwitchingValue,
  type Target,
  type TornadoBar,
} from "../../models/index.ts";
import { describeFault, texts } from "../text/index.ts";
import { headLines } from "./head.ts";
import type { PackOptions } from "./pack.ts";
import { type Cell, type CsvFile, euro, number, type Table, whole, writeTable } from "./table.ts";

/** What an analysis of uncertainty gave, to be written as tables. */
export type UncertaintyResult =
  | { readonly kind: "simulation"; readonly result: SimulationResult }
  | { readonly kind: "tornado"; readonly result: readonly TornadoBar[] }
  | { readonly kind: "switching"; readonly result: readonly SwitchingValue[] }
  | { readonly kind: "sobol"; readonly result: SobolResult }
  | { readonly kind: "evppi"; readonly result: InformationResult };

/** The CSV files of an analysis of uncertainty. The same seed gives the same bytes. */
export function uncertaintyPack(
  model: Model,
  report: CaseReport,
  analysis: UncertaintyResult,
  options: PackOptions,
): CsvFile[] {
  const writer = new UncertaintyTables(model, report, options);
  return writer.tables(analysis).map((table) => writeTable(table, options.form));
}

class UncertaintyTables {
  private readonly words;
  private readonly columns;

  constructor(
    private readonly model: Model,
    private readonly report: CaseReport,
    private readonly options: PackOptions,
  ) {
    this.words = texts(options.language).uncertainty;
    this.columns = this.words.csv.columns;
  }

  tables(analysis: UncertaintyResult): Table[] {
    switch (analysis.kind) {
      case "simulation":
        return this.simulation(analysis.result);
      case "tornado":
        return [this.tornado(analysis.result)];
      case "switching":
        return [this.switching(analysis.result)];
      case "sobol":
        return [this.sobol(analysis.result)];
      case "evppi":
        return [this.information(analysis.result)];
    }
  }

  private table(
    name: string,
    title: keyof (typeof this.words)["csv"]["tables"],
    extra: readonly (readonly Cell[])[],
    columns: Table["columns"],
    rows: Table["rows"],
  ): Table {
    const { model, report, options } = this;
    const head = headLines(model, report, options, this.words.csv.tables[title], options.language);
    return { name, head: [...head, ...extra], columns, rows };
  }

  private scenario(index: number): string {
    return this.model.scenarios[index]?.label ?? "";
  }

  private perspective(index: number): string {
    return this.model.perspectives[index]?.label ?? "";
  }

  private parameter(index: number): Cell[] {
    const parameter = this.model.parameters[index];
    return [parameter?.id ?? "", parameter?.label ?? "", parameter?.unit ?? ""];
  }

  private owner({ kind, index, municipality }: FigureKey): Cell[] {
    const { model } = this;
    const list = {
      perspective: model.perspectives,
      party: model.parties,
      partyAfter: model.parties,
      municipality: model.municipalities,
      municipalityAfter: model.municipalities,
      purse: model.accounts,
    }[kind];
    const { figures } = texts(this.options.language);
    const place =
      kind !== "purse"
        ? ""
        : municipality === null
          ? figures.region
          : (model.municipalities[municipality]?.label ?? "");
    return [this.words.csv.kinds[kind], list[index]?.label ?? "", place];
  }

  private simulation({ settings, invalid, invalidDraws, figures, comparisons }: SimulationResult): Table[] {
    const { columns, model, words } = this;
    const { csv } = texts(this.options.language);
    const head: Cell[][] = [
      [words.csv.head.draws, whole(settings.draws)],
      [words.csv.head.seed, whole(settings.seed)],
      [words.csv.head.sampling, words.sampling[settings.sampling]],
      [words.csv.head.invalid, whole(invalid)],
    ];
    const owner = [csv.columns.scenario, csv.columns.ownerKind, csv.columns.owner, csv.columns.municipality];
    const quantiles = SHOWN_QUANTILES.map((p) => columns.quantile(100 * p));
    const tables = [
      this.table(
        "simulatie",
        "simulation",
        head,
        [
          ...owner,
          columns.draws,
          columns.mean,
          columns.se,
          columns.sd,
          ...quantiles,
          columns.chance,
          columns.chanceSe,
        ],
        figures.map(({ key, draws, mean, se, sd, quantiles, positive }): Cell[] => [
          this.scenario(key.scenario),
          ...this.owner(key),
          whole(draws),
          ...[mean, se, sd, ...quantiles].map(euro),
          number(positive.chance, 4),
          number(positive.se, 4),
        ]),
      ),
      this.table(
        "simulatie-per-jaar",
        "fans",
        head,
        [...owner, csv.columns.year, columns.mean, ...quantiles],
        figures.flatMap(({ key, fan }) =>
          fan.map(({ mean, quantiles }, year): Cell[] => [
            this.scenario(key.scenario),
            ...this.owner(key),
            whole(model.time.startYear + year),
            ...[mean, ...quantiles].map(euro),
          ]),
        ),
      ),
      this.table(
        "simulatie-onderling",
        "comparisons",
        head,
        [
          csv.columns.scenario,
          columns.other,
          columns.perspective,
          columns.better,
          columns.betterSe,
          columns.difference,
          columns.differenceSe,
        ],
        comparisons.map(({ scenario, other, perspective, better, mean, se }): Cell[] => [
          this.scenario(scenario),
          this.scenario(other),
          this.perspective(perspective),
          number(better.chance, 4),
          number(better.se, 4),
          euro(mean),
          euro(se),
        ]),
      ),
    ];
    if (invalid === 0) return tables;
    const drawn = Object.keys(invalidDraws[0]?.parameters ?? {});
    return [
      ...tables,
      this.table(
        "simulatie-ongeldig",
        "invalid",
        head,
        [columns.draw, columns.what, columns.where, ...drawn],
        invalidDraws.map(({ draw, fault, parameters }): Cell[] => [
          whole(draw + 1),
          describeFault(fault, this.options.language).what,
          fault.path,
          ...drawn.map((id) => number(parameters[id], null)),
        ]),
      ),
    ];
  }

  private target({ scenario, perspective }: Target): Cell[] {
    return [this.scenario(scenario), this.perspective(perspective)];
  }

  private head(...more: string[]): string[] {
    const { columns } = this;
    const { csv } = texts(this.options.language);
    return [csv.columns.scenario, columns.perspective, columns.id, columns.parameter, columns.unit, ...more];
  }

  private tornado(bars: readonly TornadoBar[]): Table {
    const { columns } = this;
    const { csv } = texts(this.options.language);
    return this.table(
      "tornado",
      "tornado",
      [],
      this.head(columns.low, columns.high, columns.atLow, columns.base, columns.atHigh, columns.monotone),
      bars.map((bar): Cell[] => [
        ...this.target(bar.target),
        ...this.parameter(bar.parameter),
        number(bar.low, 6),
        number(bar.high, 6),
        euro(bar.atLow),
        euro(bar.base),
        euro(bar.atHigh),
        bar.nonMonotone ? csv.no : csv.yes,
      ]),
    );
  }

  private switching(found: readonly SwitchingValue[]): Table {
    const { columns, words } = this;
    const { csv } = texts(this.options.language);
    return this.table(
      "omslagpunten",
      "switching",
      [],
      this.head(
        columns.value,
        columns.kind,
        columns.switching,
        columns.plausible,
        columns.base,
        columns.npvThere,
        columns.from,
        columns.to,
      ),
      found.map((row): Cell[] => [
        ...this.target(row.target),
        ...this.parameter(row.parameter),
        number(row.stated, 6),
        words.csv.switchingKinds[row.kind],
        row.value === null ? null : number(row.value, 6),
        row.plausible === null ? null : row.plausible ? csv.yes : csv.no,
        euro(row.npv),
        row.npvThere === null ? null : euro(row.npvThere),
        number(row.from, 6),
        number(row.to, 6),
      ]),
    );
  }

  private sobol({ settings, indices }: SobolResult): Table {
    const { columns, words } = this;
    return this.table(
      "sobol",
      "sobol",
      [
        [words.csv.head.rows, whole(settings.rows)],
        [words.csv.head.seed, whole(settings.seed)],
      ],
      this.head(
        columns.first,
        columns.firstLow,
        columns.firstHigh,
        columns.total,
        columns.totalLow,
        columns.totalHigh,
      ),
      indices.map(({ parameter, target, first, total }): Cell[] => [
        ...this.target(target),
        ...this.parameter(parameter),
        ...[first.value, first.low, first.high, total.value, total.low, total.high].map((value) =>
          number(value, 4),
        ),
      ]),
    );
  }

  private information({ settings, options, perspectives }: InformationResult): Table {
    const { columns, model, words } = this;
    const kinds = words.csv.information;
    const rows = byPosition(model.perspectives).flatMap((index): Cell[][] => {
      const found = perspectives.find(({ perspective }) => perspective === index);
      if (!found) return [];
      const start: Cell[] = [this.perspective(index), this.scenario(found.best)];
      const partial = ({ parameter, group, size, value, se }: PartialInformation): Cell[] => [
        ...start,
        parameter === null ? kinds.group : kinds.parameter,
        ...(parameter === null ? ["", group ?? "", ""] : this.parameter(parameter)),
        whole(size),
        euro(value),
        euro(se),
      ];
      return [
        [...start, kinds.perfect, "", "", "", null, euro(found.perfect.value), euro(found.perfect.se)],
        ...found.groups.map(partial),
        ...found.parameters.map(partial),
      ];
    });
    return this.table(
      "waarde-van-informatie",
      "information",
      [
        [words.csv.head.draws, whole(settings.draws)],
        [words.csv.head.seed, whole(settings.seed)],
        ...options.map((scenario): Cell[] => [
          texts(this.options.language).csv.columns.scenario,
          this.scenario(scenario),
        ]),
      ],
      [
        columns.perspective,
        columns.best,
        columns.kind,
        columns.id,
        columns.parameter,
        columns.unit,
        columns.size,
        columns.value,
        columns.se,
      ],
      rows,
    );
  }
}
