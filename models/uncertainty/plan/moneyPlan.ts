import { followedCycles } from "../../cohort/lags.ts";
import type { Effect, Model, Segment, Track } from "../../model/model.ts";
import { Instruction } from "../kernel/kernel.ts";
import { WINDOW } from "../kernel/money.ts";
import {
  type CostClock,
  type CostSpan,
  type EffectTiming,
  type FactorClock,
  timingColumns,
  timingKey,
} from "./clocks.ts";
import type { Column, ColumnReader } from "./columns.ts";
import { type CourseRoom, credibilityOf, timingOf } from "./coursePlan.ts";
import { kept, perPair } from "./kept.ts";
import { segmentFlows } from "./segmentPlan.ts";
import type { Sheet, Steps, Writer } from "./sheet.ts";

export interface FactorPlan extends EffectTiming {
  readonly factor: Column;
  readonly credibility: number;
}

interface FlowPlan {
  readonly account: number;
  readonly state: number;
  readonly amount: Column;
  readonly segmentFactor: Column | null;
  /** Places in the plan's factor effects. */
  readonly factors: readonly number[];
}

/** Flows on a course, as columns; mirrors courseMoney. */
export interface FlowsPlan {
  readonly key: string;
  readonly flows: readonly FlowPlan[];
  readonly factors: readonly FactorPlan[];
  /** Accounts that have a flow, ascending, and the places of the flows of each. */
  readonly accounts: readonly number[];
  readonly places: readonly (readonly number[])[];
  /** The columns that draws move of amounts and the segment's factors. */
  readonly segmentColumns: readonly Column[];
}

type CostPlan =
  | {
      readonly kind: "once";
      readonly at: Column;
      readonly amount: Column;
      readonly present: readonly number[];
    }
  | {
      readonly kind: "monthly";
      readonly from: Column;
      readonly months: Column;
      readonly perMonth: Column;
      readonly present: readonly number[];
    };

/** Costs of a track's interventions, as columns; `present` are the states of those they are made for. */
export interface CostsPlan {
  readonly key: string;
  readonly wait: Column;
  readonly interventions: readonly { readonly index: number; readonly costs: readonly CostPlan[] }[];
}

/** The effects of a track that are factors on flows, in their order. */
function factorEffects(model: Model, track: Track): (Effect & { kind: "factor" })[] {
  const effects = track.interventions.flatMap((index) => model.interventions[index]?.effects ?? []);
  return effects.filter((effect) => effect.kind === "factor");
}

/** The flows of the states on which any factors of a track act, by place, and those factors. */
const actingFactors = perPair(
  (track: Track, model: Model): readonly { readonly place: number; readonly own: readonly number[] }[] => {
    const effects = factorEffects(model, track);
    return model.states
      .flatMap(({ flows }, state) => flows.map(({ account }) => ({ account, state })))
      .map(({ account, state }, place) => ({
        place,
        own: effects.flatMap(({ accounts, states }, index) =>
          accounts.includes(account) && (states === null || states.includes(state)) ? [index] : [],
        ),
      }))
      .filter(({ own }) => own.length > 0);
  },
);

/** The flows of a segment on a track. */
export function planFlows(model: Model, read: ColumnReader, segment: Segment, track: Track): FlowsPlan {
  const wait = read(track.wait);
  const factors: FactorPlan[] = [];
  for (const index of track.interventions) {
    const intervention = model.interventions[index];
    for (const effect of intervention?.effects ?? [])
      if (effect.kind === "factor")
        factors.push({
          ...timingOf(read, effect, wait),
          factor: read(effect.factor),
          credibility: credibilityOf(model, intervention?.evidence ?? null, effect),
        });
  }
  const { accounts, columns, flows: plain, key: plainKey, places } = segmentFlows(read, segment, model);
  const keys = factors.map((plan) => `(${plan.factor.id},${plan.credibility},${timingKey(plan)})`);
  const keyParts = [plainKey];
  const flows = [...plain];
  for (const { place, own } of actingFactors(track, model)) {
    keyParts.push(`${place}${own.map((index) => keys[index]).join("")}`);
    flows[place] = { ...(plain[place] as FlowPlan), factors: own };
  }
  return {
    key: keyParts.join("/"),
    flows,
    factors,
    accounts,
    places,
    segmentColumns: columns,
  };
}

/** The costs of a track. */
export function planCosts(model: Model, read: ColumnReader, track: Track): CostsPlan {
  const wait = read(track.wait);
  const staying = model.states.flatMap((state, index) => (state.exit ? [] : [index]));
  const interventions = track.interventions.map((index) => ({
    index,
    costs: (model.interventions[index]?.costs ?? []).map((cost): CostPlan => {
      const present = cost.while ?? staying;
      return cost.kind === "once"
        ? { kind: "once", at: read(cost.at), amount: read(cost.amount), present }
        : {
            kind: "monthly",
            from: read(cost.from),
            months: read(cost.months),
            perMonth: read(cost.perMonth),
            present,
          };
    }),
  }));
  const key = [
    wait.id,
    ...interventions.map(
      ({ index, costs }) =>
        `${index}:${costs
          .map((cost) =>
            cost.kind === "once"
              ? `${cost.at.id},${cost.amount.id},${cost.present.join("+")}`
              : `${cost.from.id},${cost.months.id},${cost.perMonth.id},${cost.present.join("+")}`,
          )
          .join(";")}`,
    ),
  ].join("|");
  return { key, wait, interventions };
}

/** The columns that decide flows, those that no draw moves not all of them. */
function flowColumns(plan: FlowsPlan): Column[] {
  return [
    ...plan.segmentColumns,
    ...plan.factors.flatMap((effect) => [effect.factor, ...timingColumns(effect)]),
  ];
}

/** The columns that decide costs. */
function costColumns(plan: CostsPlan): Column[] {
  return [
    plan.wait,
    ...plan.interventions.flatMap(({ costs }) =>
      costs.flatMap((cost) =>
        cost.kind === "once" ? [cost.at, cost.amount] : [cost.from, cost.months, cost.perMonth],
      ),
    ),
  ];
}

/** Room for timed amounts: their window, a row per cycle, and so many `more` rows. */
export function timedRows(model: Model, sheet: Sheet, more = 0): number {
  return sheet.take(WINDOW + (followedCycles(model.time) + more) * sheet.size);
}

/** Rows that the money on courses uses, one course after the other. */
export class MoneyRoom {
  private readonly personYears: number;
  private readonly passing: number[] = [];
  private readonly present = new Map<string, number>();

  constructor(
    private readonly model: Model,
    readonly course: CourseRoom,
    private readonly sheet: Sheet,
  ) {
    this.personYears = sheet.rows(3 * course.layout.states * model.time.years);
  }

  /** The place of a state among those that are carried. */
  place(state: number): number {
    return this.course.places[state] as number;
  }

  /** Where the person-years in a state stand, and its cycles in the year and in the next (see Instruction.personYears). */
  state(state: number): number {
    return this.sheet.row(this.personYears, 3 * this.place(state) * this.model.time.years);
  }

  /** Timed rows for the persons present in some states. */
  presence(states: readonly number[]): number {
    const key = states.join();
    const rows = this.present.get(key) ?? timedRows(this.model, this.sheet);
    this.present.set(key, rows);
    return rows;
  }

  /** The block that has a place among those of a course. */
  block(place: number): number {
    const block = this.passing[place] ?? this.sheet.block();
    this.passing[place] = block;
    return block;
  }
}

/** The clocks of what is timed on courses. */
interface MoneyClocks {
  factors(factors: readonly FactorPlan[]): FactorClock;
  cost(wait: Column, from: Column, months: Column | null): CostClock;
  /** The place of how many years since entry there are until none of some costs is made any more. */
  until(clocks: readonly CostClock[]): number;
  span(clocks: Iterable<CostClock>): CostSpan;
}

/** Flows per account on a course: EUR per entrant, [place of the account in plan.accounts], a block each. */
export interface CourseFlows {
  readonly plan: FlowsPlan;
  readonly blocks: number;
}

/**
 * Costs per intervention on a course: EUR per entrant, [place of the intervention in the plan], a block each; and for each
 * the place of how many years since entry there are until nothing more costs anything.
 */
export interface CourseCosts {
  readonly plan: CostsPlan;
  readonly blocks: number;
  readonly untils: readonly number[];
}

/**
 * The money on one course, for a block of draws. Flows and costs are written down as instructions when they are first asked
 * for; what they have in common is worked out once: person-years, weighted with the same factors, and persons present in the
 * months of a cost, whatever its price.
 */
export class CourseMoney {
  private readonly steps: Steps;
  private readonly sheet: Sheet;
  private readonly flowsOf = new Map<string, CourseFlows>();
  private readonly costsOf = new Map<string, CourseCosts>();
  /** Timed rows of persons present, and the clocks of the costs that are made for them. */
  private readonly presences = new Map<number, Set<CostClock>>();
  /** Windows of persons present; known once all is planned. */
  private windows: readonly { readonly timed: number; readonly span: CostSpan }[] = [];
  /** States of which the person-years have been written down. */
  private readonly lived = new Set<number>();
  private readonly known = new Map<string, number>();
  private taken = 0;

  constructor(
    private readonly model: Model,
    private readonly room: MoneyRoom,
    private readonly prices: Writer,
    private readonly clocks: MoneyClocks,
  ) {
    this.sheet = prices.sheet;
    this.steps = this.sheet.steps();
  }

  /** The columns that decide it, besides those of the course itself. */
  columns(): Column[] {
    return [
      ...[...this.flowsOf.values()].flatMap(({ plan }) => flowColumns(plan)),
      ...[...this.costsOf.values()].flatMap(({ plan }) => costColumns(plan)),
    ];
  }

  /** Once all flows and costs are planned. */
  open(): void {
    this.windows = [...this.presences].map(([timed, clocks]) => ({ timed, span: this.clocks.span(clocks) }));
  }

  /** Works it out, for a course that stands in the room; clocks are up to date. */
  run(lanes: number): void {
    const { sheet, steps, windows } = this;
    for (const { timed, span } of windows) {
      sheet.numbers[timed] = span.first;
      sheet.numbers[timed + 1] = span.end;
    }
    sheet.run(steps, lanes);
  }

  /** The flows of a plan. */
  flows(plan: FlowsPlan): CourseFlows {
    return kept(this.flowsOf, plan.key, () => {
      const { flows, places } = plan;
      const amounts = places.map((own) => {
        const pairs: number[] = [];
        for (const place of own) this.flow(plan, flows[place] as FlowPlan, pairs);
        return pairs;
      });
      const until = this.sheet.constant([this.followed]);
      return { plan, blocks: this.totals(amounts, () => until) };
    });
  }

  /** The costs of a plan. */
  costs(plan: CostsPlan): CourseCosts {
    return kept(this.costsOf, plan.key, () => {
      const { interventions, wait } = plan;
      const untils = interventions.map(({ costs }) =>
        this.clocks.until(costs.map((cost) => this.clockOf(wait, cost))),
      );
      const blocks = this.totals(
        interventions.map(({ costs }) => costs.flatMap((cost) => this.cost(cost, this.clockOf(wait, cost)))),
        (place) => untils[place] as number,
      );
      return { plan, blocks, untils };
    });
  }

  /**
   * Blocks of totals, side by side; each a sum of blocks times a row, which are given in pairs.
   *
   * @param until place of how many rows of a total are asked for
   */
  private totals(amounts: readonly (readonly number[])[], until: (place: number) => number): number {
    const { model, sheet, steps } = this;
    const blocks = sheet.rows(amounts.length * model.time.years);
    for (const [place, pairs] of amounts.entries())
      steps.listed(
        Instruction.scaledTotal,
        sheet.row(blocks, place * model.time.years),
        pairs.length / 2,
        until(place),
        0,
        pairs,
      );
    return blocks;
  }

  private get followed(): number {
    const { followUp, years } = this.model.time;
    return Math.min(followUp, years);
  }

  /** Cycles per year and whether arrival is spread, as instructions have them. */
  private get time(): number {
    const { arrival, cyclesPerYear } = this.model.time;
    return cyclesPerYear + (arrival === "spread" ? 256 : 0);
  }

  /** Adds person-years per entrant, and EUR per person-year. */
  private flow(plan: FlowsPlan, { amount, factors, segmentFactor, state }: FlowPlan, pairs: number[]): void {
    const years =
      factors.length === 0
        ? this.personYears(state)
        : this.weighted(
            state,
            factors.map((factor) => plan.factors[factor] as FactorPlan),
          );
    const price = segmentFactor ? this.prices.product(amount.place, segmentFactor.place) : amount.place;
    pairs.push(years, price);
  }

  /** Where the occupancy of a state in the first cycle stands. */
  private occupancy(state: number): number {
    return this.sheet.row(this.room.course.layout.occupancy, this.room.place(state));
  }

  private personYears(state: number): number {
    const { followed, room, steps, time } = this;
    const into = room.state(state);
    if (this.lived.has(state)) return into;
    this.lived.add(state);
    const { states } = room.course.layout;
    steps.push(Instruction.personYears, into, this.occupancy(state), 0, followed, states, time);
    return into;
  }

  private weighted(state: number, factors: readonly FactorPlan[]): number {
    const { followed, room, steps, time } = this;
    const clock = this.clocks.factors(factors);
    return kept(this.known, `weighted ${state} ${clock.timed}`, () => {
      const plain = this.personYears(state);
      const into = this.block();
      const { states } = room.course.layout;
      steps.push(Instruction.weigh, into, this.occupancy(state), plain, followed, states, time, clock.timed);
      return into;
    });
  }

  private clockOf(wait: Column, cost: CostPlan): CostClock {
    return cost.kind === "once"
      ? this.clocks.cost(wait, cost.at, null)
      : this.clocks.cost(wait, cost.from, cost.months);
  }

  /** Months of a cost per entrant present, by year since entry; and its price. */
  private cost(cost: CostPlan, clock: CostClock): [number, number] {
    const { followed, steps, time } = this;
    const present = this.presence(cost.present);
    this.presences.get(present)?.add(clock);
    const months = kept(this.known, `charged ${present} ${clock.timed}`, () => {
      const into = this.block();
      steps.push(Instruction.charge, into, present + WINDOW, clock.timed, followed, 0, time);
      return into;
    });
    return [months, cost.kind === "once" ? cost.amount.place : cost.perMonth.place];
  }

  /** Timed rows of the persons present in some states. */
  private presence(states: readonly number[]): number {
    const { room, steps } = this;
    const timed = room.presence(states);
    if (!this.presences.has(timed)) {
      this.presences.set(timed, new Set());
      const { occupancy, states: carried } = room.course.layout;
      const places = states.map((state) => room.place(state));
      steps.listed(Instruction.presence, timed, occupancy, places.length, carried, places);
    }
    return timed;
  }

  /** A block of the room that nothing else on the course takes. */
  private block(): number {
    this.taken += 1;
    return this.room.block(this.taken - 1);
  }
}
