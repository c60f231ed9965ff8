import type { Model } from "../../model/model.ts";
import {
  CostClock,
  CostSpan,
  EffectClock,
  type EffectTiming,
  FactorClock,
  factorRoom,
  StepClock,
  timingKey,
} from "./clocks.ts";
import type { Column } from "./columns.ts";
import { type CourseParts, type CoursePlan, LogRow } from "./coursePlan.ts";
import { kept } from "./kept.ts";
import { type FactorPlan, timedRows } from "./moneyPlan.ts";
import type { Sheet } from "./sheet.ts";

/** What courses have in common: clocks of the same columns are one, and worked out once per block. */
export class ClockShelf {
  private readonly effects = new Map<string, EffectClock>();
  private readonly steps = new Map<string, StepClock>();
  private readonly logs = new Map<string, LogRow>();
  private readonly costs = new Map<string, CostClock>();
  /** By the clocks of their costs. */
  private readonly spans = new Map<string, CostSpan>();
  private readonly bounds = new Map<CostSpan, number>();
  private readonly factorSets = new Map<string, FactorClock>();
  /** Room by number of effects: clocks use it one after the other. */
  private readonly rooms = new Map<number, number>();
  /** Row of the duration of effects that do not end. */
  private readonly endless: number;

  constructor(
    private readonly model: Model,
    private readonly sheet: Sheet,
  ) {
    this.endless = sheet.constant(new Float64Array(sheet.size).fill(Number.POSITIVE_INFINITY));
  }

  /** Works out costs and factors on flows anew where they have changed, for all courses. */
  update(): void {
    for (const clock of this.costs.values()) clock.update();
    for (const span of this.spans.values()) span.update();
    for (const [span, until] of this.bounds) this.sheet.numbers[until] = this.yearsOf(span);
    for (const clock of this.factorSets.values()) clock.update();
  }

  /** Years since entry until nothing more is timed. Whoever arrives late reaches a cycle of a year one year later. */
  private yearsOf({ end }: CostSpan): number {
    const { cyclesPerYear, followUp, years } = this.model.time;
    return end === 0 ? 0 : Math.min(Math.ceil(end / cyclesPerYear) + 1, followUp, years);
  }

  private effect(timing: EffectTiming): EffectClock {
    const { endless, model, sheet } = this;
    return kept(this.effects, timingKey(timing), () => new EffectClock(timing, model.time, endless, sheet));
  }

  course(plan: CoursePlan): CourseParts {
    const { model, sheet } = this;
    return {
      clocks: plan.effects.map((effect, index) => (plan.acting.has(index) ? this.effect(effect) : null)),
      logs: plan.effects.map((effect, index) => {
        if (!plan.acting.has(index)) return null;
        const key = [effect.hazardRatio.id, effect.credibility, effect.synergy.id].join();
        return kept(this.logs, key, () => new LogRow(effect, sheet.rows(1), sheet));
      }),
      steps: plan.starts.map((starts) => {
        const key = [plan.clockShift, ...starts].map(({ id }) => id).join();
        return kept(this.steps, key, () => new StepClock(starts, plan.clockShift, model.time, sheet));
      }),
    };
  }

  cost(wait: Column, from: Column, months: Column | null): CostClock {
    const { model, sheet } = this;
    const key = [wait.id, from.id, months?.id].join();
    return kept(this.costs, key, () => {
      return new CostClock(wait, from, months, model.time, timedRows(model, sheet), sheet);
    });
  }

  /** When any of some costs is made. */
  span(clocks: Iterable<CostClock>): CostSpan {
    const own = [...clocks].sort((a, b) => a.timed - b.timed);
    return kept(this.spans, own.map(({ timed }) => timed).join(), () => new CostSpan(own));
  }

  /** The place of how many years since entry there are until none of some costs is made any more. */
  until(clocks: readonly CostClock[]): number {
    return kept(this.bounds, this.span(clocks), () => this.sheet.take(1));
  }

  factors(factors: readonly FactorPlan[]): FactorClock {
    const { model, sheet } = this;
    const key = factors.map((plan) => `${plan.factor.id},${plan.credibility},${timingKey(plan)}`).join(";");
    return kept(this.factorSets, key, () => {
      const count = factors.length;
      const room = kept(this.rooms, count, () => factorRoom(count, model.time, sheet));
      const effects = factors.map((plan) => ({
        factor: plan.factor,
        credibility: plan.credibility,
        clock: this.effect(plan),
        timing: plan,
      }));
      return new FactorClock(effects, model.time, timedRows(model, sheet, model.time.years), room, sheet);
    });
  }
}
