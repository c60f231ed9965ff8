import {
  type Model,
  ModelError,
  multipleOf,
  type Reader,
  type Slot,
  scenarioValues,
  type Values,
} from "../models/index.ts";
import type { Report } from "./report.ts";

/** Rounding allowed in what must sum to 1. */
const SUM_TOLERANCE = 1e-9;

/**
 * Checks what can only be seen in numbers: sums, signs, ranges and bands, in every municipality, without overrides and in
 * every scenario that has them.
 */
export function checkValues(model: Model, report: Report): void {
  const scenarios = model.scenarios.flatMap((scenario, index) =>
    scenario.overrides.length > 0 ? [index] : [],
  );
  for (const scenario of [null, ...scenarios]) {
    const values = attempt(report, () => scenarioValues(model, scenario));
    if (!values) continue;
    const checks = new ValueChecks(model, report, values);
    checks.run();
    // Draws start from the value without overrides.
    if (scenario === null) checks.bands();
  }
}

function attempt<T>(report: Report, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { code, path, found, expected, ...details } = error.fault;
    report.fault(code, path, found, expected, details);
    return undefined;
  }
}

class ValueChecks {
  constructor(
    private readonly model: Model,
    private readonly report: Report,
    private readonly values: Values,
  ) {}

  run(): void {
    const { model, values } = this;
    const { region } = values;
    const rate = this.read(region, model.discounting.rate);
    if (rate !== undefined && rate <= -1)
      this.outside(region, model.discounting.rate, rate, "> -1", { share: true });
    for (const slot of model.discounting.alsoAt) this.range(region, slot, -0.99, 10, { share: true });
    for (const account of model.accounts) {
      this.share(region, account.carryOver);
      this.share(region, account.cashable);
      if (account.hurdle) this.range(region, account.hurdle, 0);
      for (const { share } of account.grantFeedback) this.share(region, share);
      const reads = account.holder === model.localParty ? values.municipality : [region];
      if (account.envelope.kind !== "none")
        for (const slot of account.envelope.amounts) for (const read of reads) this.range(read, slot, 0);
      for (const slot of [...(account.grant ?? []), ...account.other, ...account.history])
        for (const read of reads) this.read(read, slot);
    }
    for (const scenario of model.scenarios) {
      if (scenario.hurdle) this.range(region, scenario.hurdle, 0);
      for (const cost of scenario.costs) this.regional(cost);
    }
    for (const executor of model.executors) for (const cost of executor.costs) this.regional(cost);
    for (const read of values.municipality) this.municipality(read);
  }

  /** Values, also those of formulas, inside the band that their own distribution draws from. */
  bands(): void {
    for (const { id, value, distribution } of this.model.parameters) {
      if (!distribution || !("low" in distribution)) continue;
      if (distribution.kind === "normal" || distribution.kind === "lognormal") continue;
      const { low, high } = distribution;
      const stated = distribution.kind === "pert" ? distribution.mode : undefined;
      const mode = stated ?? this.read(this.values.region, value);
      if (mode !== undefined && (mode < low || mode > high))
        this.report.fault("VALUE_OUTSIDE_RANGE", `parameters/${id}/distribution`, mode, `${low} – ${high}`);
    }
  }

  private regional(cost: Model["scenarios"][number]["costs"][number]): void {
    for (const slot of [cost.oneOff, cost.perYear]) if (slot) this.read(this.values.region, slot);
  }

  private municipality(read: Reader): void {
    const { model } = this;
    for (const { flows } of model.states) for (const { amount } of flows) this.read(read, amount);
    for (const segment of model.segments) this.segment(read, segment);
    for (const intervention of model.interventions) this.intervention(read, intervention);
    for (const track of model.tracks) {
      this.range(read, track.wait, 0);
      this.range(read, track.synergy, 0);
      this.read(read, track.clockShift);
    }
    for (const { allocation } of model.scenarios)
      if (allocation.mode === "fixed")
        for (const [segment, shares] of allocation.shares.entries())
          if (shares) this.sum(read, shares, model.segments[segment]?.id ?? "", "SHARES_SUM");
  }

  private segment(read: Reader, segment: Model["segments"][number]): void {
    this.sum(read, segment.entry, `segments/${segment.id}/entry`, "ENTRY_SUM");
    for (const slots of segment.inflow) for (const slot of slots) this.range(read, slot, 0);
    for (const factor of segment.flowFactors) if (factor) this.range(read, factor, 0);
    const most = segment.transitionKind === "probability" ? 1 : Number.POSITIVE_INFINITY;
    for (const { steps, path } of segment.transitions) {
      const starts = steps.map((step) => this.read(read, step.from));
      for (const step of steps) this.range(read, step.value, 0, most);
      if (new Set(starts).size < starts.length)
        this.report.fault("DUPLICATE_STEP", `${path}/rate`, starts.join(", "), "");
    }
    if (segment.transitionKind === "probability") this.rowSums(read, segment);
  }

  /** Base chances out of a state at most 1, at every moment that a step begins. */
  private rowSums(read: Reader, segment: Model["segments"][number]): void {
    const moments = new Set(
      segment.transitions.flatMap(({ steps }) => steps.map(({ from }) => this.read(read, from) ?? 0)),
    );
    for (const month of moments)
      for (const [state, { id }] of this.model.states.entries()) {
        let sum = 0;
        for (const { from, steps } of segment.transitions) {
          if (from !== state) continue;
          const started = steps.filter((step) => (this.read(read, step.from) ?? 0) <= month);
          const last = started[started.length - 1];
          if (last) sum += this.read(read, last.value) ?? 0;
        }
        if (sum > 1 + SUM_TOLERANCE)
          this.report.fault("ROW_SUM_ABOVE_ONE", `segments/${segment.id}/transitions`, sum, "≤ 1", {
            state: id,
            share: true,
          });
      }
  }

  private intervention(read: Reader, intervention: Model["interventions"][number]): void {
    if (intervention.capacity) this.range(read, intervention.capacity, 0);
    for (const cost of intervention.costs) {
      if (cost.kind === "once") {
        this.range(read, cost.at, 0);
        this.range(read, cost.amount, 0);
      } else {
        this.range(read, cost.from, 0);
        this.range(read, cost.months, 0);
        this.range(read, cost.perMonth, 0);
      }
    }
    for (const effect of intervention.effects) {
      const strength = effect.kind === "hazard" ? effect.hazardRatio : effect.factor;
      const value = this.read(read, strength);
      if (effect.kind === "hazard" && value !== undefined && value <= 0)
        this.outside(read, strength, value, "> 0");
      if (effect.kind === "factor") this.range(read, strength, 0);
      this.range(read, effect.delay, 0);
      if (effect.duration) this.range(read, effect.duration, 0);
      if (effect.halfLife) this.range(read, effect.halfLife, 0);
    }
  }

  private sum(read: Reader, slots: readonly (Slot | null)[], path: string, code: string): void {
    let sum = 0;
    for (const slot of slots) {
      if (!slot) continue;
      this.share(read, slot);
      sum += this.read(read, slot) ?? 0;
    }
    const first = slots.find((slot) => slot !== null);
    const at = code === "ENTRY_SUM" ? path : (first?.path.split("/").slice(0, -1).join("/") ?? path);
    if (Math.abs(sum - 1) > SUM_TOLERANCE) this.report.fault(code, at, sum, 1, { share: true });
  }

  private share(read: Reader, slot: Slot): void {
    this.range(read, slot, 0, 1, { share: true });
  }

  private range(
    read: Reader,
    slot: Slot,
    low: number,
    high = Number.POSITIVE_INFINITY,
    details: object = {},
  ): void {
    const value = this.read(read, slot);
    if (value === undefined || (value >= low && value <= high)) return;
    this.outside(read, slot, value, Number.isFinite(high) ? `${low} – ${high}` : `≥ ${low}`, details);
  }

  /** A value that cannot be; where it is one parameter's, with that and the size of its unit in the numbers of the fault. */
  private outside(read: Reader, slot: Slot, value: number, expected: string, details: object = {}): void {
    const multiple = multipleOf(slot.program);
    const parameter = multiple && this.model.parameters[multiple.index];
    const priced = parameter?.priceFactor ? this.read(read, parameter.priceFactor) : 1;
    const of =
      multiple && parameter && priced ? { parameter: parameter.id, size: multiple.times * priced } : {};
    this.report.fault("OUT_OF_RANGE", slot.path, value, expected, { ...details, ...of });
  }

  private read(read: Reader, slot: Slot): number | undefined {
    return attempt(this.report, () => read(slot));
  }
}
