import { EDGE_TOLERANCE, followedCycles } from "../cohort/lags.ts";
import type { Effect, Model, Segment, Track } from "../model/model.ts";
import { type Column, Memory } from "./columns.ts";
import {
  type ColumnReader,
  credibilityOf,
  EffectClock,
  type EffectTiming,
  timingColumns,
  timingKey,
  timingOf,
} from "./coursePlan.ts";
import { LANES } from "./kernel.ts";

interface FactorPlan extends EffectTiming {
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
  const found: { effect: Effect & { kind: "factor" }; plan: FactorPlan }[] = [];
  for (const index of track.interventions) {
    const intervention = model.interventions[index];
    for (const effect of intervention?.effects ?? [])
      if (effect.kind === "factor")
        found.push({
          effect,
          plan: {
            ...timingOf(read, effect, wait),
            factor: read(effect.factor),
            credibility: credibilityOf(model, intervention?.evidence ?? null, effect),
          },
        });
  }
  const flows = model.states.flatMap(({ flows: stated }, state) =>
    stated.map(({ account, amount }): FlowPlan => {
      const segmentFactor = segment.flowFactors[account];
      return {
        account,
        state,
        amount: read(amount),
        segmentFactor: segmentFactor ? read(segmentFactor) : null,
        factors: found.flatMap(({ effect }, index) =>
          effect.accounts.includes(account) && (effect.states === null || effect.states.includes(state))
            ? [index]
            : [],
        ),
      };
    }),
  );
  const factors = found.map(({ plan }) => plan);
  const key = [
    ...flows.map(
      ({ amount, segmentFactor, factors: acting }) =>
        `${amount.id}*${segmentFactor?.id ?? "-"}${acting
          .map((index) => factors[index])
          .map((plan) => (plan ? `(${plan.factor.id},${plan.credibility},${timingKey(plan)})` : ""))
          .join("")}`,
    ),
  ].join("|");
  const accounts = [...new Set(flows.map(({ account }) => account))].sort((a, b) => a - b);
  return { key, flows, factors, accounts };
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

/** Occupancy of a course in one lane of the kernel. */
export interface LaneOccupancy {
  readonly numbers: Float64Array;
  /** Place of the first cycle's first state in the lane. */
  readonly start: number;
  readonly states: number;
}

/** Adds amounts per cycle to years since entry; as toLags, for cycles `from` up to `to` alone. */
function addLags(
  model: Model,
  perCycle: Float64Array,
  from: number,
  to: number,
  into: Float64Array,
  offset: number,
): void {
  const { cyclesPerYear, followUp, years, arrival } = model.time;
  const last = Math.min(followUp, years);
  for (let cycle = from; cycle < to; cycle += 1) {
    const lag = Math.floor(cycle / cyclesPerYear);
    const late = arrival === "spread" ? (cycle - lag * cyclesPerYear) / cyclesPerYear : 0;
    const amount = perCycle[cycle] as number;
    into[offset + lag] = (into[offset + lag] as number) + amount * (1 - late);
    if (late > 0 && lag + 1 < last)
      into[offset + lag + 1] = (into[offset + lag + 1] as number) + amount * late;
  }
}

/** Works out flows per account on one course, for the lanes one after the other. */
export class FlowsRunner {
  /** EUR per entrant, [lane][place of the account in plan.accounts][year since entry]. */
  readonly amounts: Float64Array;
  private readonly clocks: readonly EffectClock[];
  private readonly changes: Float64Array;
  private readonly places: Int32Array;
  private readonly weighted: Float64Array;
  /** Per state and set of factors: person-years weighted with them; and which of these each flow reads. */
  private readonly sums: Float64Array[];
  private readonly weighings: Int32Array;
  private readonly known: Uint8Array;
  private readonly memory: Memory;

  constructor(
    private readonly model: Model,
    readonly plan: FlowsPlan,
  ) {
    this.memory = new Memory(
      [
        ...plan.flows.flatMap(({ amount, segmentFactor }) =>
          segmentFactor ? [amount, segmentFactor] : [amount],
        ),
        ...plan.factors.flatMap((effect) => [effect.factor, ...timingColumns(effect)]),
      ],
      LANES,
    );
    const { years, cyclesPerYear } = model.time;
    const cycles = followedCycles(model.time);
    this.amounts = new Float64Array(LANES * plan.accounts.length * years);
    this.clocks = plan.factors.map(() => new EffectClock(cycles, cyclesPerYear));
    this.changes = new Float64Array(plan.factors.length);
    this.places = Int32Array.from(plan.flows, ({ account }) => plan.accounts.indexOf(account));
    this.weighted = new Float64Array(cycles);
    const weighings = new Map<string, number>();
    this.weighings = Int32Array.from(plan.flows, ({ state, factors }) => {
      const key = `${state} ${factors.join()}`;
      const place = weighings.get(key) ?? weighings.size;
      weighings.set(key, place);
      return place;
    });
    this.sums = Array.from({ length: weighings.size }, () => new Float64Array(years));
    this.known = new Uint8Array(weighings.size);
  }

  /** @param renewed whether the course is another one than at the last run of this lane */
  run(
    draw: number,
    lane: number,
    renewed: boolean,
    personYears: Float64Array,
    occupancy: LaneOccupancy,
  ): void {
    if (!this.memory.changed(lane, draw) && !renewed) return;
    const { model, plan } = this;
    const { years } = model.time;
    const base = lane * plan.accounts.length * years;
    this.amounts.fill(0, base, base + plan.accounts.length * years);
    for (const [index, effect] of plan.factors.entries()) {
      (this.clocks[index] as EffectClock).set(effect, draw);
      this.changes[index] = ((effect.factor.values[draw] ?? 0) - 1) * effect.credibility;
    }
    const states = model.states.length;
    this.known.fill(0);
    for (let index = 0; index < plan.flows.length; index += 1) {
      const flow = plan.flows[index] as FlowPlan;
      const amount =
        (flow.amount.values[draw] as number) *
        (flow.segmentFactor ? (flow.segmentFactor.values[draw] as number) : 1);
      const into = base + (this.places[index] as number) * years;
      let from = personYears;
      let at = (lane * states + flow.state) * years;
      if (flow.factors.some((effect) => this.changes[effect] !== 0)) {
        const weighing = this.weighings[index] as number;
        from = this.sums[weighing] as Float64Array;
        at = 0;
        if (this.known[weighing] === 0) this.weigh(flow, from, occupancy);
        this.known[weighing] = 1;
      }
      for (let lag = 0; lag < years; lag += 1)
        this.amounts[into + lag] = (this.amounts[into + lag] as number) + amount * (from[at + lag] as number);
    }
  }

  /** Person-years in the flow's state, weighted with the factors that work in each cycle. */
  private weigh(flow: FlowPlan, sums: Float64Array, { numbers, start, states }: LaneOccupancy): void {
    const { weighted, clocks, changes } = this;
    const perYear = this.model.time.cyclesPerYear;
    let cell = start + flow.state * LANES;
    let until = 0;
    let factor = 1;
    for (let cycle = 0; cycle < weighted.length; cycle += 1) {
      if (cycle >= until) {
        factor = 1;
        until = weighted.length;
        for (const index of flow.factors) {
          const change = changes[index] as number;
          if (change === 0) continue;
          const clock = clocks[index] as EffectClock;
          factor *= 1 + change * clock.strength(cycle);
          until = Math.min(until, clock.next(cycle));
        }
      }
      weighted[cycle] = ((numbers[cell] as number) * factor) / perYear;
      cell += states * LANES;
    }
    sums.fill(0);
    addLags(this.model, weighted, 0, weighted.length, sums, 0);
  }
}

/** The number of people present in a set of states, per cycle, worked out as far as it is asked for. */
export class Presence {
  private readonly perCycle: Float64Array;
  private known = 0;

  constructor(
    private readonly states: readonly number[],
    cycles: number,
  ) {
    this.perCycle = new Float64Array(cycles);
  }

  restart(): void {
    this.known = 0;
  }

  /** Filled for cycles before `end`. */
  until(end: number, { numbers, start, states }: LaneOccupancy): Float64Array {
    for (; this.known < end; this.known += 1) {
      const row = start + this.known * states * LANES;
      let sum = 0;
      for (let index = 0; index < this.states.length; index += 1)
        sum += numbers[row + (this.states[index] as number) * LANES] as number;
      this.perCycle[this.known] = sum;
    }
    return this.perCycle;
  }
}

/** Works out costs per intervention on one course, for the lanes one after the other. */
export class CostsRunner {
  /** EUR per entrant, [lane][place of the intervention in the plan][year since entry]. */
  readonly amounts: Float64Array;
  private readonly perCycle: Float64Array;
  private readonly memory: Memory;

  constructor(
    private readonly model: Model,
    readonly plan: CostsPlan,
  ) {
    this.memory = new Memory(
      [
        plan.wait,
        ...plan.interventions.flatMap(({ costs }) =>
          costs.flatMap((cost) =>
            cost.kind === "once" ? [cost.at, cost.amount] : [cost.from, cost.months, cost.perMonth],
          ),
        ),
      ],
      LANES,
    );
    this.amounts = new Float64Array(LANES * plan.interventions.length * model.time.years);
    this.perCycle = new Float64Array(followedCycles(model.time));
  }

  /** @param renewed whether the course is another one than at the last run of this lane */
  run(
    draw: number,
    lane: number,
    renewed: boolean,
    presences: readonly Presence[],
    occupancy: LaneOccupancy,
  ): void {
    if (!this.memory.changed(lane, draw) && !renewed) return;
    const { model, plan, perCycle } = this;
    const { years, cyclesPerYear } = model.time;
    const cycleMonths = 12 / cyclesPerYear;
    const base = lane * plan.interventions.length * years;
    this.amounts.fill(0, base, base + plan.interventions.length * years);
    const wait = plan.wait.values[draw] as number;
    for (let place = 0; place < plan.interventions.length; place += 1) {
      const { costs } = plan.interventions[place] as CostsPlan["interventions"][number];
      let least = perCycle.length;
      let most = 0;
      const open = (from: number, to: number) => {
        // Cycles between two stretches count too: they are summed in one go.
        if (least >= most) perCycle.fill(0, from, to);
        else {
          if (from < least) perCycle.fill(0, from, least);
          if (to > most) perCycle.fill(0, most, to);
        }
        least = Math.min(least, from);
        most = Math.max(most, to);
      };
      for (const cost of costs) {
        const presence = presences[cost.present] as Presence;
        if (cost.kind === "once") {
          const cycle = Math.floor((wait + (cost.at.values[draw] as number)) / cycleMonths + EDGE_TOLERANCE);
          if (!(cycle >= 0 && cycle < perCycle.length)) continue;
          open(cycle, cycle + 1);
          const present = presence.until(cycle + 1, occupancy)[cycle] as number;
          perCycle[cycle] = (perCycle[cycle] as number) + (cost.amount.values[draw] as number) * present;
          continue;
        }
        const from = wait + (cost.from.values[draw] as number);
        const to = from + (cost.months.values[draw] as number);
        const perMonth = cost.perMonth.values[draw] as number;
        const first = Math.max(0, Math.floor(from / cycleMonths));
        const end = Math.min(perCycle.length, Math.ceil(to / cycleMonths));
        if (!(end > first)) continue;
        open(first, end);
        const present = presence.until(end, occupancy);
        for (let cycle = first; cycle < end; cycle += 1) {
          const months = Math.max(
            0,
            Math.min(to, (cycle + 1) * cycleMonths) - Math.max(from, cycle * cycleMonths),
          );
          perCycle[cycle] = (perCycle[cycle] as number) + perMonth * months * (present[cycle] as number);
        }
      }
      if (most > least) addLags(model, perCycle, least, most, this.amounts, base + place * years);
    }
  }
}
