import { followedCycles } from "../cohort/lags.ts";
import type { Effect, Model, Segment, Track } from "../model/model.ts";
import { type CostClock, type EffectTiming, type FactorClock, timingColumns, timingKey } from "./clocks.ts";
import type { Column, ColumnReader } from "./columns.ts";
import { type CourseRoom, credibilityOf, timingOf } from "./coursePlan.ts";
import { Instruction } from "./kernel.ts";
import { segmentFlows } from "./segmentPlan.ts";
import type { Instructions, Sheet, Steps, Writer } from "./sheet.ts";

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
  /** Accounts that have a flow, ascending. */
  readonly accounts: readonly number[];
  /** The columns that draws move of amounts and the segment's factors. */
  readonly segmentColumns: readonly Column[];
}

type CostPlan =
  | { readonly kind: "once"; readonly at: Column; readonly amount: Column; readonly present: number }
  | {
      readonly kind: "monthly";
      readonly from: Column;
      readonly months: Column;
      readonly perMonth: Column;
      readonly present: number;
    };

/** Costs of a track's interventions, as columns. */
export interface CostsPlan {
  readonly key: string;
  readonly wait: Column;
  readonly interventions: readonly { readonly index: number; readonly costs: readonly CostPlan[] }[];
}

/** The flows of a segment on a track. */
export function planFlows(model: Model, read: ColumnReader, segment: Segment, track: Track): FlowsPlan {
  const wait = read(track.wait);
  const effects: (Effect & { kind: "factor" })[] = [];
  const factors: FactorPlan[] = [];
  for (const index of track.interventions) {
    const intervention = model.interventions[index];
    for (const effect of intervention?.effects ?? [])
      if (effect.kind === "factor") {
        effects.push(effect);
        factors.push({
          ...timingOf(read, effect, wait),
          factor: read(effect.factor),
          credibility: credibilityOf(model, intervention?.evidence ?? null, effect),
        });
      }
  }
  const { accounts, columns, flows: plain, key: plainKey } = segmentFlows(read, segment, model);
  const keys = factors.map((plan) => `(${plan.factor.id},${plan.credibility},${timingKey(plan)})`);
  const acting: string[] = [];
  const flows = plain.map((flow, place): FlowPlan => {
    const own = effects.flatMap(({ accounts, states }, index) =>
      accounts.includes(flow.account) && (states === null || states.includes(flow.state)) ? [index] : [],
    );
    if (own.length === 0) return flow;
    acting.push(`${place}${own.map((index) => keys[index]).join("")}`);
    return { ...flow, factors: own };
  });
  return {
    key: [plainKey, ...acting].join("/"),
    flows,
    factors,
    accounts,
    segmentColumns: columns,
  };
}

/**
 * The costs of a track.
 *
 * @param presentSet gives the number of a set of states whose occupancy is summed
 */
export function planCosts(
  model: Model,
  read: ColumnReader,
  track: Track,
  presentSet: (states: readonly number[]) => number,
): CostsPlan {
  const wait = read(track.wait);
  const staying = model.states.flatMap((state, index) => (state.exit ? [] : [index]));
  const interventions = track.interventions.map((index) => ({
    index,
    costs: (model.interventions[index]?.costs ?? []).map((cost): CostPlan => {
      const present = presentSet(cost.while ?? staying);
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
              ? `${cost.at.id},${cost.amount.id},${cost.present}`
              : `${cost.from.id},${cost.months.id},${cost.perMonth.id},${cost.present}`,
          )
          .join(";")}`,
    ),
  ].join("|");
  return { key, wait, interventions };
}

/** The columns that decide flows, those that no draw moves not all of them. */
export function flowColumns(plan: FlowsPlan): Column[] {
  return [
    ...plan.segmentColumns,
    ...plan.factors.flatMap((effect) => [effect.factor, ...timingColumns(effect)]),
  ];
}

/** The columns that decide costs. */
export function costColumns(plan: CostsPlan): Column[] {
  return [
    plan.wait,
    ...plan.interventions.flatMap(({ costs }) =>
      costs.flatMap((cost) =>
        cost.kind === "once" ? [cost.at, cost.amount] : [cost.from, cost.months, cost.perMonth],
      ),
    ),
  ];
}

/** Rows that the money on courses uses, one course after the other. */
export interface MoneyRoom {
  readonly course: CourseRoom;
  /** Person-years per entrant: a block per state; and a block per state and set of factors. */
  readonly personYears: number;
  readonly weighted: number[];
  /** A block for what factors add. */
  readonly added: number;
  /** A row per cycle of costs; and of persons present, per set of states. */
  readonly perCycle: number;
  readonly presences: { readonly rows: number; readonly list: number; readonly count: number }[];
  /** Place of the number of cycles per year. */
  readonly perYear: number;
}

/** Adds cycles of some rows to years since entry. */
function addLags(
  model: Model,
  steps: Instructions,
  into: number,
  amounts: { readonly at: number; readonly stride: number },
  weights: number,
  first: number,
  end: number,
): void {
  const { arrival, cyclesPerYear, followUp, years } = model.time;
  const time = cyclesPerYear + (arrival === "spread" ? 256 : 0) + 65_536 * Math.min(followUp, years);
  steps.push(Instruction.toLags, into, amounts.at, weights, end - first, first, time, amounts.stride);
}

/** The block of one of the weightings of a course. */
function weightedBlock({ weighted }: MoneyRoom, sheet: Sheet, place: number): number {
  const block = weighted[place] ?? sheet.block();
  weighted[place] = block;
  return block;
}

/** Instructions for the person-years on a course, out of its lags. */
export function personYears(model: Model, steps: Instructions, room: MoneyRoom, sheet: Sheet): void {
  const { followUp, years } = model.time;
  const { layout, places } = room.course;
  for (const [state, place] of places.entries())
    if (place >= 0)
      steps.push(
        Instruction.addPart,
        sheet.row(room.personYears, state * years),
        sheet.row(layout.lags, place),
        sheet.nothing,
        Math.min(followUp, years),
        room.perYear,
        layout.states,
      );
}

/** Works out flows per account on one course, for a block of draws. */
export class FlowsRunner {
  /** Person-years in a state weighted with factors, one after the other in the room. */
  private readonly weighings: readonly { readonly state: number; readonly clock: FactorClock }[];
  private readonly sums: Steps;

  /**
   * @param blocks EUR per entrant, [place of the account in plan.accounts], a block each
   * @param clockOf the clock of some of the plan's factors
   */
  constructor(
    private readonly model: Model,
    readonly plan: FlowsPlan,
    readonly blocks: number,
    private readonly room: MoneyRoom,
    prices: Writer,
    clockOf: (factors: readonly FactorPlan[]) => FactorClock,
  ) {
    const { sheet } = prices;
    const { followUp, years } = model.time;
    const followed = Math.min(followUp, years);
    const weighings = new Map<string, { state: number; clock: FactorClock }>();
    const places = [...plan.flows.keys()].map((index) => {
      const { state, factors } = plan.flows[index] as FlowPlan;
      if (factors.length === 0) return sheet.row(room.personYears, state * years);
      const key = `${state} ${factors.join()}`;
      if (!weighings.has(key)) {
        const clock = clockOf(factors.map((factor) => plan.factors[factor] as FactorPlan));
        weighings.set(key, { state, clock });
      }
      return weightedBlock(room, sheet, [...weighings.keys()].indexOf(key));
    });
    this.weighings = [...weighings.values()];
    this.sums = sheet.steps();
    for (const place of plan.accounts.keys())
      this.sums.push(Instruction.clear, sheet.row(blocks, place * years), 0, 0, followed);
    for (const [index, { account, amount, segmentFactor }] of plan.flows.entries())
      this.sums.push(
        Instruction.addScaled,
        sheet.row(blocks, plan.accounts.indexOf(account) * years),
        places[index] as number,
        segmentFactor ? prices.product(amount.place, segmentFactor.place) : amount.place,
        followed,
      );
  }

  /** For a course that stands in the room. */
  run(sheet: Sheet, lanes: number): void {
    sheet.now(lanes, (steps) => {
      for (let place = 0; place < this.weighings.length; place += 1) this.weigh(steps, sheet, place);
    });
    sheet.run(this.sums, lanes);
  }

  private weigh(steps: Instructions, sheet: Sheet, place: number): void {
    const { model, room } = this;
    const { followUp, years } = model.time;
    const { layout, places } = room.course;
    const { state, clock } = this.weighings[place] as FlowsRunner["weighings"][number];
    clock.update(sheet.numbers);
    const { first, end, rows } = clock;
    if (end > first) {
      const from = sheet.row(layout.occupancy, first * layout.states + (places[state] as number));
      addLags(
        model,
        steps,
        room.added,
        { at: from, stride: layout.states },
        sheet.row(rows, first),
        first,
        end,
      );
    } else steps.push(Instruction.clear, room.added, 0, 0, years);
    steps.push(
      Instruction.addPart,
      weightedBlock(room, sheet, place),
      room.added,
      sheet.row(room.personYears, state * years),
      Math.min(followUp, years),
      room.perYear,
      1,
    );
  }
}

interface CostRun {
  readonly clock: CostClock;
  readonly price: Column;
  readonly present: number;
}

/** Works out costs per intervention on one course, for a block of draws. */
export class CostsRunner {
  private readonly costs: readonly (readonly CostRun[])[];
  private readonly all: readonly CostRun[];

  /**
   * @param blocks EUR per entrant, [place of the intervention in the plan], a block each
   * @param clockOf the clock of one of the plan's costs
   */
  constructor(
    private readonly model: Model,
    readonly plan: CostsPlan,
    readonly blocks: number,
    private readonly room: MoneyRoom,
    clockOf: (wait: Column, from: Column, months: Column | null) => CostClock,
  ) {
    this.costs = plan.interventions.map(({ costs }) =>
      costs.map((cost) =>
        cost.kind === "once"
          ? { clock: clockOf(plan.wait, cost.at, null), price: cost.amount, present: cost.present }
          : {
              clock: clockOf(plan.wait, cost.from, cost.months),
              price: cost.perMonth,
              present: cost.present,
            },
      ),
    );
    this.all = this.costs.flat();
  }

  /** Cycles, from the first, in which the presence of each set of states is asked for: raises `until`. */
  prepare(sheet: Sheet, until: Int32Array): void {
    for (const { clock, present } of this.all) {
      clock.update(sheet.numbers);
      until[present] = Math.max(until[present] as number, clock.end);
    }
  }

  /** Instructions, for a course and presences that stand in the room. */
  write(steps: Instructions, sheet: Sheet): void {
    const { model, room } = this;
    const { years } = model.time;
    for (const [place, costs] of this.costs.entries()) {
      const into = sheet.row(this.blocks, place * years);
      const first = Math.min(...costs.map(({ clock }) => clock.first));
      const end = Math.max(...costs.map(({ clock }) => clock.end));
      if (!(end > first)) {
        steps.push(Instruction.clear, into, 0, 0, years);
        continue;
      }
      steps.push(Instruction.clear, sheet.row(room.perCycle, first), 0, 0, end - first);
      for (const { clock, price, present } of costs)
        if (clock.end > clock.first)
          steps.push(
            Instruction.charge,
            sheet.row(room.perCycle, clock.first),
            sheet.row(clock.rows, clock.first),
            sheet.row(room.presences[present]?.rows ?? 0, clock.first),
            clock.end - clock.first,
            price.place,
          );
      addLags(model, steps, into, { at: sheet.row(room.perCycle, first), stride: 1 }, 0, first, end);
    }
  }
}

/** Instructions for the persons present in each set of states, in the first cycles. */
export function presences(steps: Instructions, room: MoneyRoom, until: Int32Array): void {
  const { layout } = room.course;
  for (const [set, { rows, list, count }] of room.presences.entries())
    if ((until[set] as number) > 0)
      steps.push(
        Instruction.present,
        rows,
        layout.occupancy,
        0,
        until[set] as number,
        list,
        count,
        layout.states,
      );
}

/** Rows that a set of presences or costs per cycle takes. */
export function cycleRows(model: Model, sheet: Sheet): number {
  return sheet.rows(followedCycles(model.time));
}
