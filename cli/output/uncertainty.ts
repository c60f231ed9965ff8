import {
  barWidth,
  byPosition,
  type CaseRun,
  drawnParameters,
  type FigureSummary,
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
import type { UncertaintyResult } from "../../scenarios/index.ts";
import {
  describeFault,
  formatEuro,
  formatFound,
  formatNumber,
  formatPercent,
  formatThousands,
  type Language,
  texts,
} from "../../scenarios/text/index.ts";
import { type Row, table, wrap } from "../table.ts";
import { widestPerspective } from "./text.ts";

/** Rows of a ranking that a terminal shows; the rest is in the files. */
const SHOWN = 15;

/** Places in SHOWN_QUANTILES for which a terminal has room. */
const TERMINAL_QUANTILES: readonly number[] = [0, 2, 4];

/** What a ranking leaves out as nothing: half a thousand euros, and half a percent of the variance. */
const [LEAST_WIDTH, LEAST_SHARE] = [500, 0.005];

/** An analysis of uncertainty as text: the answer in a sentence first, then the tables. */
export function uncertaintyAsText(
  model: Model,
  run: CaseRun,
  analysis: UncertaintyResult,
  language: Language,
): string {
  return new UncertaintyText(model, run, language).lines(analysis).join("\n");
}

class UncertaintyText {
  private readonly words;

  constructor(
    private readonly model: Model,
    private readonly run: CaseRun,
    private readonly language: Language,
  ) {
    this.words = texts(language).uncertainty;
  }

  lines(analysis: UncertaintyResult): string[] {
    const { model, run, words, language } = this;
    const { status, against } = texts(language).report;
    const drawn = drawnParameters(model).length;
    const head = [
      `${model.title} (${status[model.status]})`,
      against(model.scenarios[run.reference]?.label ?? ""),
      ...(drawn === 0 ? [words.nothingVaries] : [words.varied(drawn)]),
    ];
    switch (analysis.kind) {
      case "simulation":
        return [...head, ...this.simulation(analysis.result)];
      case "tornado":
        return [...head, ...this.tornado(analysis.result)];
      case "switching":
        return [...head, ...this.switching(analysis.result)];
      case "sobol":
        return [...head, ...this.sobol(analysis.result)];
      case "evppi":
        return [...head, ...this.information(analysis.result)];
    }
  }

  private scenario(index: number): string {
    return this.model.scenarios[index]?.label ?? "";
  }

  private perspective(index: number): string {
    return this.model.perspectives[index]?.label ?? "";
  }

  private parameter(index: number): string {
    return this.model.parameters[index]?.label ?? "";
  }

  private value(value: number, parameter: number): string {
    const unit = this.model.parameters[parameter]?.unit ?? "";
    const digits = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(4));
    return `${formatFound(digits, this.language)}${unit === "percent" || unit === "%" ? "%" : ""}`;
  }

  /** Scenarios that were asked for and can differ from the reference. */
  private compared(): number[] {
    return this.run.runs
      .map(({ scenario }) => scenario)
      .filter((scenario) => scenario !== this.run.reference);
  }

  private chance({ chance, se }: FigureSummary["positive"]): string {
    const { language } = this;
    return `${formatPercent(chance, language, 0)} ± ${formatNumber(100 * se, language, 1)}`;
  }

  private simulation(result: SimulationResult): string[] {
    const { model, words, language } = this;
    const { settings, invalid, figures } = result;
    const draws = formatNumber(settings.draws, language);
    const widest = widestPerspective(model);
    const lines = [
      words.draws(draws, settings.seed, words.sampling[settings.sampling]),
      ...wrap(words.margin),
    ];
    if (invalid > 0) lines.push(...this.invalid(result));
    lines.push("");
    for (const scenario of this.compared()) {
      const found = figures.find(
        ({ key }) => key.scenario === scenario && key.kind === "perspective" && key.index === widest,
      );
      if (!found) continue;
      const [low, high] = [found.quantiles[0] ?? Number.NaN, found.quantiles.at(-1) ?? Number.NaN];
      const sentence = found.mean >= 0 ? words.answer : words.answerLoss;
      lines.push(
        ...wrap(
          sentence(
            this.scenario(scenario),
            this.perspective(found.key.index),
            formatEuro(Math.abs(found.mean), language),
            formatEuro(low, language),
            formatEuro(high, language),
            formatPercent(found.positive.chance, language),
          ),
          "  ",
        ),
      );
    }
    for (const scenario of this.compared()) {
      const label = this.scenario(scenario);
      const of = (kind: FigureSummary["key"]["kind"]) =>
        figures.filter(({ key }) => key.scenario === scenario && key.kind === kind);
      lines.push(
        ...this.distributions(words.tables.perspectives(label), model.perspectives, of("perspective")),
        ...this.distributions(words.tables.parties(label), model.parties, of("partyAfter")),
        ...this.distributions(
          words.tables.municipalities(label),
          model.municipalities,
          of("municipalityAfter"),
        ),
      );
    }
    if (widest !== undefined) lines.push(...this.comparisons(result, widest));
    return lines;
  }

  private invalid({ settings, invalid, invalidDraws }: SimulationResult): string[] {
    const { words, language } = this;
    const [first] = invalidDraws;
    const fault = first && describeFault(first.fault, language);
    return [
      ...wrap(words.invalid(invalid, formatNumber(settings.draws, language))),
      ...(first && fault
        ? wrap(`  ${words.invalidDraw(first.draw)}: ${fault.where}: ${fault.what}`, "    ")
        : []),
    ];
  }

  private distributions(
    title: string,
    list: Model["perspectives"] | Model["parties"] | Model["municipalities"],
    figures: readonly FigureSummary[],
  ): string[] {
    const { words, language } = this;
    if (figures.length === 0) return [];
    const headings = [
      words.columns.mean,
      ...TERMINAL_QUANTILES.map((at) => `${Math.round(100 * (SHOWN_QUANTILES[at] ?? 0))}%`),
      words.columns.chance,
    ];
    const rows = byPosition(list).flatMap((index): Row[] => {
      const found = figures.find(({ key }) => key.index === index);
      if (!found) return [];
      return [
        {
          label: list[index]?.label ?? "",
          cells: [
            `${formatThousands(found.mean, language)} ± ${formatThousands(found.se, language)}`,
            ...TERMINAL_QUANTILES.map((at) => formatThousands(found.quantiles[at] ?? Number.NaN, language)),
            this.chance(found.positive),
          ],
        },
      ];
    });
    return table(title, headings, rows);
  }

  private comparisons({ comparisons }: SimulationResult, perspective: number): string[] {
    const { words } = this;
    const shown = [this.run.reference, ...this.compared()];
    const rows = shown.map(
      (scenario): Row => ({
        label: this.scenario(scenario),
        cells: shown.map((other) => {
          const pair = comparisons.find(
            (found) =>
              found.scenario === scenario && found.other === other && found.perspective === perspective,
          );
          return pair ? this.chance(pair.better) : "-";
        }),
      }),
    );
    return table(
      words.tables.comparisons(this.perspective(perspective)),
      shown.map((scenario) => this.scenario(scenario)),
      rows,
    );
  }

  /** One table per scenario, for the widest perspective, with the first rows of a ranking. */
  private rankings<Item extends { readonly target: Target }>(
    items: readonly Item[],
    title: (label: string, perspective: string) => string,
    headings: readonly string[],
    counts: (item: Item) => boolean,
    row: (item: Item) => Row,
  ): string[] {
    const { words } = this;
    const widest = widestPerspective(this.model);
    return this.compared().flatMap((scenario) => {
      const found = items.filter(
        ({ target }) => target.scenario === scenario && target.perspective === widest,
      );
      if (found.length === 0) return [];
      const shown = found.filter(counts).slice(0, SHOWN);
      return [
        ...table(title(this.scenario(scenario), this.perspective(widest ?? -1)), headings, shown.map(row)),
        ...(found.length > shown.length ? [words.hiddenRows(found.length - shown.length)] : []),
      ];
    });
  }

  private tornado(bars: readonly TornadoBar[]): string[] {
    const { words, language } = this;
    const { columns } = words;
    return this.rankings(
      bars,
      words.tables.tornado,
      [columns.low, columns.high, columns.atLow, columns.atHigh, columns.width],
      (bar) => barWidth(bar) >= LEAST_WIDTH,
      (bar) => ({
        label: `${bar.nonMonotone ? "↕ " : ""}${this.parameter(bar.parameter)}`,
        cells: [
          this.value(bar.low, bar.parameter),
          this.value(bar.high, bar.parameter),
          ...[bar.atLow, bar.atHigh, barWidth(bar)].map((value) => formatThousands(value, language)),
        ],
      }),
    ).concat(bars.some(({ nonMonotone }) => nonMonotone) ? [words.turns] : []);
  }

  private switching(found: readonly SwitchingValue[]): string[] {
    const { words } = this;
    const { columns } = words;
    const order = (row: SwitchingValue) =>
      row.value === null
        ? Number.POSITIVE_INFINITY
        : Math.abs(row.value - row.stated) / Math.abs(row.to - row.from);
    const nearest = [...found].sort((a, b) => order(a) - order(b) || a.parameter - b.parameter);
    const headings = [columns.stated, columns.switching, columns.plausible];
    return [
      ...this.rankings(
        nearest,
        words.tables.switching,
        headings,
        ({ value }) => value !== null,
        (row) => ({
          label: this.parameter(row.parameter),
          cells: [
            this.value(row.stated, row.parameter),
            row.value === null ? words.none : this.value(row.value, row.parameter),
            row.kind === "jump" ? words.jump : words.plausible[`${row.plausible}`],
          ],
        }),
      ),
      "",
      ...wrap(words.switchingNote),
    ];
  }

  private sobol({ settings, evaluations, invalidRows, indices }: SobolResult): string[] {
    const { words, language } = this;
    const share = ({ value, low, high }: SobolResult["indices"][number]["first"]) => {
      const [shown, from, to] = [value, low, high].map((part) => formatNumber(part, language, 2));
      return `${shown} (${from}-${to})`;
    };
    return [
      ...wrap(words.sobolNote(formatNumber(settings.rows, language), formatNumber(evaluations, language))),
      ...(invalidRows > 0 ? [words.invalidRows(invalidRows)] : []),
      ...this.rankings(
        indices,
        words.tables.sobol,
        [words.columns.first, words.columns.total],
        ({ total }) => total.value >= LEAST_SHARE,
        ({ parameter, first, total }) => ({
          label: this.parameter(parameter),
          cells: [share(first), share(total)],
        }),
      ),
    ];
  }

  private information({ settings, invalid, options, perspectives }: InformationResult): string[] {
    const { words, language, model } = this;
    const draws = formatNumber(settings.draws, language);
    const row =
      (label: (item: PartialInformation) => string) =>
      (item: PartialInformation): Row => ({
        label: label(item),
        cells: [item.value, item.se].map((value) => formatNumber(value, language)),
      });
    const headings = [words.columns.value, words.columns.se];
    const lines = [
      words.draws(draws, settings.seed, words.sampling[settings.sampling]),
      ...wrap(words.informationNote(options.map((scenario) => this.scenario(scenario)).join(", "))),
      ...(invalid > 0 ? wrap(words.invalid(invalid, draws)) : []),
      "",
    ];
    const widest = widestPerspective(model);
    const shown = byPosition(model.perspectives).flatMap(
      (index) => perspectives.find(({ perspective }) => perspective === index) ?? [],
    );
    for (const { perspective, best, perfect } of shown)
      lines.push(
        ...wrap(
          words.perfect(
            this.perspective(perspective),
            this.scenario(best),
            `${formatEuro(perfect.value, language)} (± ${formatNumber(perfect.se, language)})`,
          ),
          "  ",
        ),
      );
    const main = shown.find(({ perspective }) => perspective === widest);
    if (!main) return lines;
    const worth = main.parameters.filter(({ value }) => value > 0).slice(0, SHOWN);
    return [
      ...lines,
      ...table(
        `${words.tables.parameters(this.perspective(main.perspective))}: ${words.groups}`,
        headings,
        main.groups.map(row(({ group }) => group ?? "")),
      ),
      ...table(
        `${words.tables.parameters(this.perspective(main.perspective))}: ${words.singles}`,
        headings,
        worth.map(row(({ parameter }) => this.parameter(parameter ?? -1))),
      ),
      ...(main.parameters.length > worth.length
        ? [words.hiddenRows(main.parameters.length - worth.length)]
        : []),
    ];
  }
}
