import { followedCycles } from "../../cohort/lags.ts";
import { discountFactors } from "../../core/discounting.ts";
import { settlingYears } from "../../funding/settlement/settlement.ts";
import type { Draws } from "../../model/environment.ts";
import type { Model } from "../../model/model.ts";
import type { KeptRun } from "../../results/scenarioRun.ts";
import { addends, type Counts, type Incidence, partsOf } from "../../results/totals.ts";
import { baseValues, drawnParameters } from "../draws.ts";
import type { Kernel } from "../kernel/kernel.ts";
import { LANES } from "../kernel/kernel.ts";
import { carriedPlaces } from "./carriedStates.ts";
import { ClockShelf } from "./clockShelf.ts";
import { type Column, ColumnPlan, type ColumnReader, Watch } from "./columns.ts";
import { courseCode } from "./courseCode.ts";
import {
  type CourseParts,
  type CoursePlan,
  type CourseRoom,
  CourseRunner,
  courseColumns,
  planCourse,
} from "./coursePlan.ts";
import { EnvelopeWriter, entrantColumns } from "./envelopePlan.ts";
import { FundingPlan } from "./fundingPlan.ts";
import { kept } from "./kept.ts";
import { KeptDraws } from "./keptDraws.ts";
import {
  type CourseCosts,
  type CourseFlows,
  CourseMoney,
  MoneyRoom,
  planCosts,
  planFlows,
} from "./moneyPlan.ts";
import { PurseWriter, type TotalBlocks } from "./pursePlan.ts";
import { RegionalWriter } from "./regionalPlan.ts";
import { type Entry, PassingBlocks, Sheet, type Stage, Writer } from "./sheet.ts";
import { type Work, WorkShelf } from "./workShelf.ts";

/** Whose figure: before or after transfers, of a perspective, a party, a municipality, or of a purse. */
export type FigureKind =
  | "perspective"
  | "party"
  | "municipality"
  | "partyAfter"
  | "municipalityAfter"
  | "purse";

/** One figure that every draw gives. Indices are places in the model's sorted lists. */
export interface FigureKey {
  readonly scenario: number;
  readonly kind: FigureKind;
  /** Perspective, party, municipality or account. */
  readonly index: number;
  /** Of a purse: its municipality, null for a purse of the region. */
  readonly municipality: number | null;
  /** Place of its first yearly amount in the row of years; -1 when the years are not kept. */
  readonly years: number;
  /** How many years are kept. */
  readonly length: number;
}

/** The figures of a block of draws: [draw][figure], and the yearly amounts, [draw][place]. */
export interface Evaluated {
  readonly figures: Float64Array;
  readonly years: Float64Array;
  /** 1 for a draw in which a value is not what its slot asks for: its figures are no numbers. */
  readonly invalid: Uint8Array;
}

/** Draws that are worked out together. */
export const BLOCK = 32;

/** One course, and everything that is worked out on it. */
interface CourseNode {
  readonly runner: CourseRunner;
  readonly money: CourseMoney;
  /** Of the columns that it and the money on it follow from. */
  readonly watch: Watch;
}

/** Persons on one track, by year of entry. */
interface PersonsNode {
  /** As allocated. */
  readonly planned: Float64Array;
  readonly inflow: readonly Column[];
  readonly isReference: boolean;
  /** Rows of the persons in the draws. */
  readonly drawn: number;
  /** Whether there are any in no draw. */
  readonly isNobody: boolean;
}

interface Row {
  readonly municipality: number;
  readonly persons: PersonsNode;
  readonly flows: CourseFlows;
  readonly referenceFlows: CourseFlows;
  readonly isReference: boolean;
  readonly costs: CourseCosts;
}

/** A figure or its yearly amounts: where they stand in the sheet. */
interface FigurePlace {
  readonly key: FigureKey;
  /** The row of the figure. */
  readonly figure: number;
  /** The block of its years, as long as the key says. */
  readonly years: number;
}

/**
 * A case made ready to be worked out for many draws: a block of draws at a time, one instruction for all of them. What does
 * not differ between scenarios, municipalities and tracks is worked out once. Gives the bits of the run itself when every
 * parameter has its own value.
 *
 * @source model.md section 8; speed.md section 3
 */
export class CasePlan {
  readonly keys: readonly FigureKey[];
  /** Yearly amounts kept per draw. */
  readonly yearWidth: number;
  /** Where the figures stand after `work`: a row each, and a row per yearly amount. Equal places are equal amounts. */
  readonly figureRows: readonly number[];
  readonly yearRows: readonly number[];
  /** What is kept of them. Room for it that is not used takes no memory. */
  readonly draws: KeptDraws;
  private readonly sheet: Sheet;
  private readonly columns: ColumnPlan;
  private readonly courses: readonly CourseNode[];
  private readonly clocks: ClockShelf;
  private readonly persons: readonly PersonsNode[];
  private readonly prices: readonly Stage[];
  private readonly stages: readonly Stage[];
  private readonly kernel: Kernel;
  /** Per draw of the block that was worked out last: 1 where a value is not what its slot asks for. */
  readonly invalid = new Uint8Array(BLOCK);

  /**
   * @param runs the deterministic runs, the reference's among them: their allocation is kept
   * @param createKernel makes the kernel with so many bytes of memory
   * @param drawn indices of the parameters that the draws give; default all with a distribution
   * @param takeRoom takes room in the sheet for what makes the draws
   */
  constructor(
    model: Model,
    runs: readonly KeptRun[],
    reference: number,
    createKernel: (bytes: number) => Kernel,
    drawn: readonly number[] = drawnParameters(model).map(({ index }) => index),
    takeRoom: (sheet: Sheet) => void = () => {},
  ) {
    const { years } = model.time;
    this.sheet = new Sheet(BLOCK, years, years + settlingYears(model));
    this.columns = new ColumnPlan(model, baseValues(model, drawn), this.sheet);
    const builder = new PlanBuilder(model, this.columns, this.sheet);
    const costs = runs.map((run) => builder.rows(run));
    const settling = builder.writer.cut();
    const scenarios = runs.map((run, place) => builder.scenario(run, costs[place] as readonly Row[]));
    const planned = builder.writer.cut();
    const found = scenarios.find(({ run }) => run.scenario === reference);
    if (!found) throw new RangeError(`no run of scenario ${reference}`);
    const figures = builder.figures(scenarios, found);
    this.stages = [...settling, ...planned, ...builder.writer.cut()];
    this.keys = figures.map(({ key }) => key);
    this.figureRows = figures.map(({ figure }) => figure);
    const yearRows = figures.map(({ key, years }) =>
      Array.from({ length: key.length }, (_, year) => this.sheet.row(years, year)),
    );
    this.yearRows = yearRows.flat();
    this.yearWidth = this.yearRows.length;
    this.columns.write();
    takeRoom(this.sheet);
    this.draws = new KeptDraws(this.sheet, this.figureRows, yearRows);
    this.kernel = this.sheet.open(createKernel);
    this.draws.open(this.kernel);
    this.columns.bind();
    this.courses = [...builder.courses.values()].map((course) =>
      this.openCourse(course, builder.room.course),
    );
    this.clocks = builder.clocks;
    this.persons = [...builder.persons.values()];
    this.prices = builder.prices.stages;
    this.settlePlan(settling, builder.works, scenarios);
  }

  private openCourse({ plan, parts, code, money }: PlannedCourse, room: CourseRoom): CourseNode {
    const { kernel, sheet } = this;
    money.open();
    return {
      runner: new CourseRunner(plan, parts, room, sheet, kernel, code),
      money,
      watch: new Watch([...courseColumns(plan), ...money.columns()], sheet),
    };
  }

  /** The numbers in which the rows stand. */
  get numbers(): Float64Array {
    return this.sheet.numbers;
  }

  /**
   * Works out the plan's own costs at the deterministic values: what drawn costs are a proportion of. All draws are equal, so
   * that a pair of them tells; only what no draw moves is worked out for all, once and for good.
   */
  private settlePlan(
    stages: readonly Stage[],
    works: WorkShelf,
    scenarios: readonly { readonly funding: FundingPlan }[],
  ): void {
    this.fillPersons(LANES);
    this.sheet.runAll(this.prices, BLOCK);
    this.clocks.update();
    for (const course of this.courses) {
      const isConstant = course.watch.columns.length === 0;
      this.runCourse(course, isConstant ? BLOCK : LANES);
      if (isConstant) course.watch.hasChanged();
    }
    this.sheet.runAll(stages, LANES);
    works.settlePlan();
    for (const { funding } of scenarios) funding.settlePlan();
  }

  /** Works out a block of at most BLOCK draws: the figures then stand in their rows. */
  work(draws: Draws): void {
    const { invalid, numbers } = this;
    const { count } = draws;
    const lanes = Math.ceil(count / LANES) * LANES;
    invalid.fill(0);
    this.columns.fill(draws, invalid);
    this.fillPersons(lanes);
    this.runCourses(lanes);
    this.sheet.runAll(this.stages, lanes);
    for (const row of this.figureRows)
      for (let draw = 0; draw < count; draw += 1)
        if (!Number.isFinite(numbers[row + draw] as number)) invalid[draw] = 1;
  }

  /** Works out a block of at most BLOCK draws, and gives its figures draw by draw. */
  evaluate(draws: Draws): Evaluated {
    this.work(draws);
    const { count } = draws;
    const invalid = this.invalid.slice(0, count);
    const byDraw = (rows: readonly number[]) => {
      const values = new Float64Array(count * rows.length);
      for (const [place, row] of rows.entries())
        for (let draw = 0; draw < count; draw += 1)
          values[draw * rows.length + place] =
            invalid[draw] === 1 ? Number.NaN : (this.numbers[row + draw] as number);
      return values;
    };
    return { figures: byDraw(this.figureRows), years: byDraw(this.yearRows), invalid };
  }

  /** Works out the courses of which anything has changed, and the money on them. */
  private runCourses(lanes: number): void {
    const { clocks, courses, invalid, sheet } = this;
    sheet.runAll(this.prices, lanes);
    clocks.update();
    for (const course of courses) {
      if (course.watch.hasChanged()) this.runCourse(course, lanes);
      const { broken } = course.runner;
      for (let lane = 0; lane < lanes; lane += 1) if (broken[lane] === 1) invalid[lane] = 1;
    }
  }

  private runCourse({ runner, money }: CourseNode, lanes: number): void {
    runner.run(lanes);
    money.run(lanes);
  }

  /** Persons on every track in the draws. */
  private fillPersons(lanes: number): void {
    const { numbers, size } = this.sheet;
    for (const { planned, inflow, isReference, drawn } of this.persons)
      for (let year = 0; year < planned.length; year += 1) {
        const before = inflow[year]?.stated ?? 0;
        const values = inflow[year]?.values;
        const plan = planned[year] as number;
        const row = drawn + year * size;
        for (let lane = 0; lane < lanes; lane += 1) {
          const now = values ? (values[lane] as number) : 0;
          numbers[row + lane] = before > 0 ? plan * (now / before) : isReference ? now : 0;
        }
      }
  }
}

/** Rows that courses use, one after the other. */
function openRoom(model: Model, sheet: Sheet): CourseRoom {
  const { time } = model;
  const places = carriedPlaces(model);
  const states = places.filter((place) => place >= 0).length;
  const cycles = followedCycles(time);
  const moves = Math.max(0, ...model.segments.map(({ transitions }) => transitions.length));
  const effects = Math.max(
    0,
    ...model.tracks.map(({ interventions }) =>
      interventions.reduce((sum, index) => sum + (model.interventions[index]?.effects.length ?? 0), 0),
    ),
  );
  return {
    layout: {
      size: sheet.size,
      states,
      cycles,
      occupancyMode: { mid: 0, start: 1, end: 2 }[time.occupancy],
      state: sheet.rows(states),
      stay: sheet.rows(states + 1),
      chances: sheet.rows(moves),
      occupancy: sheet.rows(states * cycles),
    },
    places,
    bases: sheet.rows(moves),
    strengths: sheet.rows(effects),
    factors: sheet.rows(moves + 1),
    one: sheet.constant(new Float64Array(sheet.size).fill(1)),
    total: sheet.rows(1),
  };
}

interface PlannedCourse {
  readonly plan: CoursePlan;
  readonly parts: CourseParts;
  /** Where it is written down. */
  readonly code: number;
  readonly money: CourseMoney;
}

/** What a scenario's figures are read from. */
interface PlannedScenario {
  readonly run: KeptRun;
  readonly totals: TotalBlocks;
  readonly funding: FundingPlan;
  readonly envelopes: readonly (readonly number[])[];
  readonly rate: Column;
}

/** Finds what scenarios, municipalities and tracks have in common. */
class PlanBuilder {
  readonly courses = new Map<string, PlannedCourse>();
  readonly persons = new Map<string, PersonsNode>();
  readonly room: MoneyRoom;
  readonly writer: Writer;
  /** Instructions before the courses. */
  readonly prices: Writer;
  private readonly money = new Map<ColumnReader, Map<string, ReturnType<PlanBuilder["planMoney"]>>>();
  /** Savings per entrant by accounts, flows and those of the reference track; see `usable`. */
  private readonly gains = new Map<string, Map<CourseFlows, Map<CourseFlows, number>>>();
  /** Work of a scenario, [municipality][intervention]. */
  private readonly worksOf = new Map<readonly Row[], readonly (readonly Work[])[]>();
  readonly works: WorkShelf;
  readonly clocks: ClockShelf;
  private readonly envelopes: EnvelopeWriter;
  private readonly regional: RegionalWriter;
  private readonly passing: PassingBlocks;

  constructor(
    private readonly model: Model,
    private readonly columns: ColumnPlan,
    private readonly sheet: Sheet,
  ) {
    this.room = new MoneyRoom(model, openRoom(model, sheet), sheet);
    this.passing = new PassingBlocks(sheet);
    this.writer = new Writer(sheet);
    this.prices = new Writer(sheet);
    this.works = new WorkShelf(this.writer, model.time.inflowYears);
    this.clocks = new ClockShelf(model, sheet);
    this.envelopes = new EnvelopeWriter(model, columns, this.writer);
    this.regional = new RegionalWriter(model, columns, this.writer);
  }

  private moneyOf(scenario: number, municipality: number, segment: number, track: number) {
    const read = this.columns.reader(municipality, scenario);
    const ofPlace = kept(this.money, read, () => new Map<string, ReturnType<PlanBuilder["planMoney"]>>());
    return kept(ofPlace, `${segment} ${track}`, () => this.planMoney(read, segment, track));
  }

  private planMoney(
    read: ColumnReader,
    segment: number,
    track: number,
  ): { readonly flows: CourseFlows; readonly costs: CourseCosts } {
    const { model } = this;
    const [segmentData, trackData] = [model.segments[segment], model.tracks[track]];
    if (!segmentData || !trackData) throw new RangeError(`no stratum ${segment}/${track}`);
    const { money } = this.course(planCourse(model, read, segmentData, trackData));
    return {
      flows: money.flows(planFlows(model, read, segmentData, trackData)),
      costs: money.costs(planCosts(model, read, trackData)),
    };
  }

  private course(plan: CoursePlan): PlannedCourse {
    const course = this.courses.get(plan.key) ?? this.newCourse(plan);
    this.courses.set(plan.key, course);
    return course;
  }

  private newCourse(plan: CoursePlan): PlannedCourse {
    const { model, room, sheet } = this;
    const parts = this.clocks.course(plan);
    return {
      plan,
      parts,
      code: sheet.wordsOf(courseCode(model, plan, parts, room.course, sheet)),
      money: new CourseMoney(model, room, this.prices, this.clocks),
    };
  }

  private personsNode(planned: Float64Array, inflow: readonly Column[], isReference: boolean): PersonsNode {
    const key = `${isReference} ${inflow.map(({ id }) => id).join(",")} ${planned.join(",")}`;
    const known = this.persons.get(key) ?? {
      planned,
      inflow,
      isReference,
      drawn: this.sheet.rows(planned.length),
      isNobody: planned.every(
        (count, year) => count === 0 && !(isReference && !((inflow[year]?.stated ?? 0) > 0)),
      ),
    };
    this.persons.set(key, known);
    return known;
  }

  /** So many blocks of what persons bring about per year, side by side: the first. */
  private spread(persons: PersonsNode, blocks: number, width: number): number {
    const { sheet, writer } = this;
    const { followUp, years } = this.model.time;
    return writer.once(`spread ${blocks} ${persons.drawn}`, () => {
      const into = sheet.rows(width * years);
      const { length } = persons.planned;
      writer.spread(into, blocks, persons.drawn, width, length, Math.min(followUp, years));
      return into;
    });
  }

  /** The strata of a scenario, and the costs of their work. */
  rows(run: KeptRun): readonly Row[] {
    const { model, columns } = this;
    const { scenario } = run;
    // The reference track also takes whoever comes in a year in which nobody was expected.
    const used = run.tracks.filter(
      ({ segment, track, persons }) =>
        persons.some((count) => count !== 0) || track === model.segments[segment]?.referenceTrack,
    );
    const rows = used.map(({ municipality, segment, track, persons }): Row => {
      const reference = model.segments[segment]?.referenceTrack ?? -1;
      const isReference = track === reference;
      const inflow = entrantColumns(model, columns, scenario, municipality, segment);
      const { flows, costs } = this.moneyOf(scenario, municipality, segment, track);
      return {
        municipality,
        persons: this.personsNode(persons, inflow, isReference),
        flows,
        isReference,
        referenceFlows: isReference ? flows : this.moneyOf(scenario, municipality, segment, reference).flows,
        costs,
      };
    });
    this.worksOf.set(rows, this.workOn(rows));
    return rows;
  }

  /** The work on the strata of a scenario, [municipality][intervention]. */
  private workOn(rows: readonly Row[]): readonly (readonly Work[])[] {
    const { model, sheet, works } = this;
    const { years } = model.time;
    const parts = model.municipalities.map(() => model.interventions.map((): number[] => []));
    for (const { municipality, persons, costs } of rows) {
      if (persons.isNobody) continue;
      const { interventions } = costs.plan;
      for (let place = 0; place < interventions.length; place += 1) {
        const index = interventions[place]?.index as number;
        const block = sheet.row(costs.blocks, place * years);
        parts[municipality]?.[index]?.push(block, persons.drawn, costs.untils[place] as number);
      }
    }
    return parts.map((ofMunicipality) => ofMunicipality.map((own) => works.work(own)));
  }

  /** Totals of the flows, [account, general funds last][municipality]. */
  private stateTotals(rows: readonly Row[]): readonly (readonly number[])[] {
    const { model, sheet, writer } = this;
    const { years } = model.time;
    const addends = [...model.accounts, null].map(() => model.municipalities.map((): number[] => []));
    for (const { municipality, persons, flows } of rows) {
      if (persons.isNobody) continue;
      const { accounts } = flows.plan;
      const first = this.spread(persons, flows.blocks, accounts.length);
      for (let place = 0; place < accounts.length; place += 1)
        addends[accounts[place] as number]?.[municipality]?.push(sheet.row(first, place * years));
    }
    return addends.map((account) => account.map((blocks) => writer.sum(blocks)));
  }

  /** Savings against the reference track up to the end of each year; a loss made first is paid back first. */
  private usable(rows: readonly Row[], accounts: readonly number[], served: readonly number[]): number {
    const { model, sheet, writer } = this;
    const { years } = model.time;
    const gains = kept(this.gains, accounts.join(), () => new Map());
    const saved: number[] = [];
    for (const { isReference, municipality, persons, flows, referenceFlows } of rows) {
      if (isReference || persons.isNobody || !served.includes(municipality)) continue;
      const ofFlows = kept(gains, flows, () => new Map<CourseFlows, number>());
      const gained = kept(ofFlows, referenceFlows, () => this.gained(accounts, flows, referenceFlows));
      saved.push(
        writer.once(`saved ${gained} ${persons.drawn}`, () => {
          const into = sheet.block();
          writer.spread(into, gained, persons.drawn, 1, persons.planned.length, years);
          return into;
        }),
      );
    }
    return writer.sum(saved);
  }

  /** Savings per entrant against the reference track on some accounts, up to the end of each year. */
  private gained(accounts: readonly number[], flows: CourseFlows, referenceFlows: CourseFlows): number {
    const { sheet, writer } = this;
    const { years } = this.model.time;
    const total = ({ plan, blocks }: CourseFlows) => {
      const places = accounts.map((account) => plan.accounts.indexOf(account));
      return writer.sum(
        places.filter((place) => place >= 0).map((place) => sheet.row(blocks, place * years)),
      );
    };
    return writer.gained(writer.difference(total(referenceFlows), total(flows)));
  }

  /** Everything of a scenario before its purses are settled. */
  scenario(run: KeptRun, rows: readonly Row[]): PlannedScenario {
    const { columns, model, writer } = this;
    const { scenario } = run;
    const envelopes = this.envelopes.blocks(scenario);
    // Rooms of one holder ask for the same savings.
    const usable = new Map<string, number>();
    const inputs = {
      work: (municipality: number, intervention: number) =>
        this.worksOf.get(rows)?.[municipality]?.[intervention] as Work,
      envelope: (account: number, municipality: number) => envelopes[account]?.[municipality] as number,
      usable: (accounts: readonly number[], served: readonly number[]) =>
        kept(usable, `${accounts}/${served}`, () => this.usable(rows, accounts, served)),
    };
    const funding = new FundingPlan(model, run, columns, writer, inputs, this.passing);
    const totals = {
      state: this.stateTotals(rows),
      intervention: funding.paid,
      ...this.regional.totals(scenario),
    };
    return {
      run,
      totals,
      funding,
      envelopes,
      rate: columns.slot(model.discounting.rate, null, scenario),
    };
  }

  /** Every figure of every scenario, with its purses. */
  figures(scenarios: readonly PlannedScenario[], reference: PlannedScenario): FigurePlace[] {
    const { columns, model, writer } = this;
    const { years } = model.time;
    const cash = years + settlingYears(model);
    const purseWriter = new PurseWriter(model, columns, writer);
    const settled = scenarios.map(({ run, totals, envelopes }) =>
      purseWriter.settle(run.scenario, totals, envelopes, reference.totals, cash),
    );
    const borne = scenarios.map((scenario, place) =>
      this.viewpoints(scenario, settled[place]?.transfers.entries ?? [], cash),
    );
    const references = borne[scenarios.indexOf(reference)] ?? [];
    let yearWidth = 0;
    const open = (key: Omit<FigureKey, "years">) => {
      const full = { ...key, years: key.length > 0 ? yearWidth : -1 };
      yearWidth += key.length;
      return full;
    };
    return scenarios.flatMap((scenario, place): FigurePlace[] => {
      const factors = this.factors(scenario.rate, cash);
      const value = (amounts: number, rows: number) =>
        writer.once(`value ${amounts} ${factors} ${rows}`, () => {
          const into = this.sheet.rows(1);
          writer.value(into, amounts, factors, rows);
          return into;
        });
      return [
        ...(borne[place] ?? []).map(({ key, costs, rows }, index): FigurePlace => {
          const net = this.fall(references[index]?.costs as number, costs, rows);
          return {
            key: open({ ...key, scenario: scenario.run.scenario }),
            figure: value(net, rows),
            years: net,
          };
        }),
        ...(settled[place]?.purses ?? []).flatMap((purses, index) =>
          purses.map(({ municipality, kept }): FigurePlace => {
            const key = {
              scenario: scenario.run.scenario,
              kind: "purse" as const,
              index,
              municipality,
              length: years,
            };
            return { key: open(key), figure: value(kept, years), years: kept };
          }),
        ),
      ];
    });
  }

  private fall(before: number, now: number, rows: number): number {
    const { sheet, writer } = this;
    if (before === now) return sheet.nothing;
    return writer.once(`fall ${before} ${now}`, () => {
      const into = sheet.rows(rows);
      writer.fall(into, before, now, rows);
      return into;
    });
  }

  /** Rows of discount factors. */
  private factors(rate: Column, cash: number): number {
    const { model, sheet, writer } = this;
    return writer.once(`factors ${rate.id}`, () => {
      const into = sheet.rows(cash);
      const known = new Float64Array(sheet.size).fill(Number.NaN);
      writer.call((lanes) => {
        for (let lane = 0; lane < lanes; lane += 1) {
          const now = rate.values[lane] as number;
          if (now === known[lane]) continue;
          known[lane] = now;
          const factors = discountFactors(now, cash, model.discounting.timing);
          for (const [year, factor] of factors.entries())
            sheet.numbers[into + year * sheet.size + lane] = factor;
        }
      });
      return into;
    });
  }

  /** What every viewpoint bears: blocks of EUR per year, after transfers of cash. */
  private viewpoints(
    { totals }: PlannedScenario,
    transferred: readonly (readonly Entry[])[],
    cash: number,
  ): {
    readonly key: Omit<FigureKey, "years" | "scenario">;
    readonly costs: number;
    readonly rows: number;
  }[] {
    const { model, sheet, writer } = this;
    const { years } = model.time;
    const sum = (blocks: readonly number[]) => writer.sum(blocks);
    // Viewpoints have most of it in common.
    const known = new Map<Incidence, number[]>();
    const subtotal = (incidence: Incidence, municipality: number) => {
      const own = kept(known, incidence, () => []);
      own[municipality] ??= sum(partsOf(totals, incidence, municipality));
      return own[municipality];
    };
    const counted = (counts: Counts) => addends(model, counts, subtotal, sum);
    const before = (kind: FigureKind, index: number, length: number, counts: Counts) => ({
      key: { kind, index, municipality: null, length },
      costs: writer.sum(counted(counts)),
      rows: years,
    });
    const after = (kind: FigureKind, index: number, place: number, counts: Counts) => {
      const costs = sheet.rows(cash);
      const borne = counted(counts).filter((amounts) => amounts !== sheet.nothing);
      writer.balance(
        costs,
        [
          ...(transferred[place] ?? []),
          ...borne.map((amounts) => ({ amounts, from: 0, until: years, isTakenOff: false })),
        ],
        cash,
      );
      return { key: { kind, index, municipality: null, length: cash }, costs, rows: cash };
    };
    const { localParty } = model;
    return [
      ...model.perspectives.map(({ parties }, index) =>
        before("perspective", index, years, ({ bearer }) => parties.includes(bearer)),
      ),
      ...model.parties.map((_, index) => before("party", index, 0, ({ bearer }) => bearer === index)),
      ...model.parties.map((_, index) => after("partyAfter", index, index, ({ payer }) => payer === index)),
      ...(localParty < 0 ? [] : model.municipalities).flatMap((_, index) => [
        before("municipality", index, 0, ({ bearer }, at) => bearer === localParty && at === index),
        after(
          "municipalityAfter",
          index,
          model.parties.length + index,
          ({ payer }, at) => payer === localParty && at === index,
        ),
      ]),
    ];
  }
}
