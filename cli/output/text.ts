import {
  type Appraisal,
  byPosition,
  type CaseRun,
  type CubeLine,
  cubeOf,
  type EarnedBack,
  type Fault,
  type Model,
  NONE,
  outcomeFigures,
  type PurseFigures,
  presentValue,
  type RunWarning,
  type ScenarioRun,
  sumLines,
} from "../../models/index.ts";
import {
  formatEuro,
  formatNumber,
  formatPercent,
  formatPersons,
  formatThousands,
  formatYearRanges,
  type Language,
  texts,
  unlawfulReasons,
} from "../../scenarios/text/index.ts";
import { faultLines } from "../case.ts";
import { type Row, table, wrap } from "../table.ts";

/** Discounted euros below which nothing has changed for a reader. */
const NOTHING = 0.5;

/** The perspective with the most parties: the one an answer speaks of first; undefined without perspectives. */
export function widestPerspective(model: Model): number | undefined {
  return byPosition(model.perspectives).sort(
    (a, b) => (model.perspectives[b]?.parties.length ?? 0) - (model.perspectives[a]?.parties.length ?? 0),
  )[0];
}

/** A run as text: what a controller wants first, scenarios side by side, at most 100 columns wide. */
export function runAsText(
  model: Model,
  result: CaseRun,
  settled: readonly { readonly purses: PurseFigures }[],
  warnings: readonly Fault[],
  language: Language,
): string {
  const purses = settled.map((scenario) => scenario.purses);
  return new RunText(model, result, purses, language).lines(warnings).join("\n");
}

class RunText {
  private readonly words;
  private readonly headings: string[];
  /** Figures of the scenarios other than the reference, which has nothing to compare, and their headings. */
  private readonly compared: CaseRun["figures"];
  private readonly comparedHeadings: string[];
  private readonly comparedPurses: readonly PurseFigures[];

  constructor(
    private readonly model: Model,
    private readonly result: CaseRun,
    purses: readonly PurseFigures[],
    private readonly language: Language,
  ) {
    this.words = texts(language).report;
    this.headings = result.runs.map((run) => {
      const scenario = model.scenarios[run.scenario];
      return `${scenario?.label ?? ""}${run.unlawful.length > 0 ? " (!)" : ""}`;
    });
    this.compared = result.figures.filter((figures) => figures.scenario !== result.reference);
    this.comparedPurses = purses.filter((_, index) => result.runs[index]?.scenario !== result.reference);
    this.comparedHeadings = this.headings.filter(
      (_, index) => result.runs[index]?.scenario !== result.reference,
    );
  }

  lines(warnings: readonly Fault[]): string[] {
    return [
      ...this.head(),
      ...this.answers(),
      ...this.values(),
      ...this.ratios(),
      ...this.persons(),
      ...this.payments(),
      ...this.regional(),
      ...this.outcomes(),
      ...this.walls(),
      ...this.notes(warnings),
    ];
  }

  private head(): string[] {
    const { model, words, language, result } = this;
    const { startYear, years } = model.time;
    const rate = formatPercent(result.referenceRun.rate, language, 2);
    return [
      `${model.title} (${words.status[model.status]})`,
      ...wrap(
        words.basis(
          model.priceLevel,
          rate,
          words.timing[model.discounting.timing],
          startYear,
          startYear + years - 1,
        ),
      ),
      words.against(model.scenarios[result.reference]?.label ?? ""),
      "",
    ];
  }

  /** One sentence per scenario: its widest perspective, and who wins or loses. */
  private answers(): string[] {
    const { model, words, language } = this;
    const widest = widestPerspective(model);
    return this.compared.flatMap((figures) => {
      if (widest === undefined) return [];
      const label = model.scenarios[figures.scenario]?.label ?? "";
      const perspective = model.perspectives[widest]?.label ?? "";
      const npv = figures.perspectives[widest]?.npv ?? 0;
      const amount = formatEuro(Math.abs(npv), language);
      const answer =
        Math.abs(npv) < NOTHING
          ? words.answerSame(label, perspective)
          : npv > 0
            ? words.answerGain(label, perspective, amount)
            : words.answerLoss(label, perspective, amount);
      const named = (chosen: (value: number) => boolean) =>
        byPosition(model.parties)
          .filter((party) => chosen(figures.parties[party]?.npv ?? 0))
          .map((party) => model.parties[party]?.label ?? "")
          .join(", ");
      const winners = named((value) => value > NOTHING);
      const losers = named((value) => value < -NOTHING);
      const parts = [answer, winners && words.winners(winners), losers && words.losers(losers)];
      return wrap(parts.filter((part) => part !== "").join(" "), "  ");
    });
  }

  private values(): string[] {
    const { model, words } = this;
    if (this.compared.length === 0) return [];
    const headings = this.comparedHeadings;
    const rows = (
      list: readonly { readonly label: string; readonly position: number }[],
      pick: (figures: CaseRun["figures"][number], index: number) => Appraisal | undefined,
    ): Row[] =>
      byPosition(list).map((index) => ({
        label: list[index]?.label ?? "",
        cells: this.compared.map((figures) => this.thousands(pick(figures, index)?.npv ?? 0)),
      }));
    return [
      ...table(
        words.npvPerPerspective,
        headings,
        rows(model.perspectives, (f, i) => f.perspectives[i]),
      ),
      ...table(
        words.npvPerParty,
        headings,
        rows(model.parties, (f, i) => f.parties[i]),
      ),
      ...(model.localParty >= 0
        ? table(
            words.npvPerMunicipality,
            headings,
            byPosition(model.municipalities).map((municipality) => ({
              label: model.municipalities[municipality]?.label ?? "",
              cells: this.comparedPurses.map((purses) =>
                this.thousands(purses.municipalities[municipality]?.npv ?? 0),
              ),
            })),
          )
        : []),
    ];
  }

  private ratios(): string[] {
    const { model, words, language } = this;
    if (this.compared.length === 0) return [];
    const defined = (
      value: number | null | undefined,
      format: (value: number) => string,
      otherwise: string,
    ) => (value === null || value === undefined ? otherwise : format(value));
    return byPosition(model.perspectives).flatMap((index) => {
      const cells = (pick: (figures: Appraisal) => string) =>
        this.compared.map((figures) => {
          const appraisal = figures.perspectives[index];
          return appraisal ? pick(appraisal) : words.notDefined;
        });
      const years = (answer: EarnedBack) =>
        answer.kind === "after" ? formatNumber(answer.years, language, 1) : words.paybackWords[answer.kind];
      const ratio = (value: number | null) =>
        defined(value, (figure) => formatNumber(figure, language, 2), words.notDefined);
      return table(words.figures(model.perspectives[index]?.label ?? ""), this.comparedHeadings, [
        { label: words.ratioGross, cells: cells((figures) => ratio(figures.ratioGross)) },
        { label: words.ratioNet, cells: cells((figures) => ratio(figures.ratioNet)) },
        { label: words.payback, cells: cells((figures) => years(figures.payback)) },
        { label: words.discountedPayback, cells: cells((figures) => years(figures.discountedPayback)) },
        {
          label: words.irr,
          cells: cells((figures) =>
            defined(figures.irr, (rate) => formatPercent(rate, language), words.notDefined),
          ),
        },
      ]);
    });
  }

  private persons(): string[] {
    const { model, words, result, language } = this;
    const rows: Row[] = [];
    for (const segment of byPosition(model.segments))
      for (const track of byPosition(model.tracks)) {
        const counts = result.runs.map((run) =>
          run.tracks
            .filter((row) => row.segment === segment && row.track === track)
            .reduce((sum, row) => sum + row.persons.reduce((total, count) => total + count, 0), 0),
        );
        if (counts.some((count) => count > 0.05))
          rows.push({
            label: `${model.segments[segment]?.label}: ${model.tracks[track]?.label}`,
            cells: counts.map((count) => formatPersons(count, language)),
          });
      }
    return table(words.persons, this.headings, rows);
  }

  /** PV per account of the lines chosen; general funds last. */
  private perAccount(chosen: (line: CubeLine) => boolean): Row[] {
    const { model, words, result } = this;
    const { years } = model.time;
    const value = (run: ScenarioRun, account: number) =>
      presentValue(
        sumLines(cubeOf(run), years, (line) => line.account === account && chosen(line)),
        run.factors,
      );
    const rows = [...byPosition(model.accounts), model.accounts.length].flatMap((account) => {
      const amounts = result.runs.map((run) => value(run, account));
      if (!amounts.some((amount) => Math.abs(amount) > NOTHING)) return [];
      return [{ label: model.accounts[account]?.label ?? words.general, amounts }];
    });
    if (rows.length === 0) return [];
    const totals = result.runs.map((_, index) =>
      rows.reduce((sum, row) => sum + (row.amounts[index] ?? 0), 0),
    );
    return [
      ...rows.map(({ label, amounts }) => ({
        label,
        cells: amounts.map((amount) => this.thousands(amount)),
      })),
      { label: words.total, cells: totals.map((amount) => this.thousands(amount)), ruled: true },
    ];
  }

  private payments(): string[] {
    const rows = this.perAccount((line) => line.component === "intervention");
    return rows.length > 0 ? table(this.words.paid, this.headings, rows) : [];
  }

  private regional(): string[] {
    const rows = this.perAccount((line) => line.component === "regime" || line.component === "executor");
    return rows.length > 0 ? table(this.words.regional, this.headings, rows) : [];
  }

  private outcomes(): string[] {
    const { model, words, result, language } = this;
    const figures = result.runs.map((run) => outcomeFigures(model, run));
    const after = figures[0]?.[0]?.after ?? [];
    const year = after.includes(5) ? 5 : after[after.length - 1];
    if (year === undefined) return [];
    const at = after.indexOf(year);
    return table(
      words.outcomes(year),
      this.headings,
      byPosition(model.outcomes).map((index) => ({
        label: model.outcomes[index]?.label ?? "",
        cells: figures.map((all) => {
          const { share, sustained } = all[index] ?? { share: [], sustained: [] };
          return `${formatPercent(share[at] ?? 0, language)} (${formatPercent(sustained[at] ?? 0, language)})`;
        }),
      })),
    );
  }

  /** The highest dual of each account's envelopes. */
  private walls(): string[] {
    const { model, words, result, language } = this;
    const rows = byPosition(model.accounts).flatMap((account) => {
      const highest = result.runs.map((run) =>
        run.duals
          .filter((dual) => dual.account === account)
          .reduce((most, dual) => Math.max(most, dual.worth), 0),
      );
      if (!highest.some((worth) => worth > 0.005)) return [];
      return [
        {
          label: model.accounts[account]?.label ?? "",
          cells: highest.map((worth) => `€ ${formatNumber(worth, language, 2)}`),
        },
      ];
    });
    return rows.length > 0 ? table(words.worth, this.headings, rows) : [];
  }

  private notes(warnings: readonly Fault[]): string[] {
    const { model, words, result } = this;
    const lines: string[] = [];
    for (const run of result.runs) {
      const label = model.scenarios[run.scenario]?.label ?? "";
      for (const why of unlawfulReasons(run.unlawful, model.accounts, this.language))
        lines.push(...wrap(`- ${label} (!): ${words.unlawful}: ${why}.`, "  "));
      for (const warning of run.warnings) lines.push(...wrap(`- ${label}: ${this.warning(warning)}`, "  "));
    }
    lines.push(...faultLines(warnings, this.language));
    return lines.length > 0 ? ["", words.warnings, ...lines] : [];
  }

  private warning(warning: RunWarning): string {
    const { model, words, language } = this;
    const place = [
      warning.municipality === NONE ? "" : model.municipalities[warning.municipality]?.label,
      warning.segment === NONE ? "" : model.segments[warning.segment]?.label,
      warning.intervention === NONE ? "" : model.interventions[warning.intervention]?.label,
      warning.track === NONE ? "" : model.tracks[warning.track]?.label,
    ].filter((part) => part);
    const amount =
      warning.code === "SHORTAGE"
        ? formatEuro(warning.amount, language)
        : formatPersons(warning.amount, language);
    const years = formatYearRanges(warning.years.map((year) => model.time.startYear + year));
    return words.warning[warning.code](place.join(", "), amount, years);
  }

  private thousands(amount: number): string {
    return formatThousands(amount, this.language);
  }
}
