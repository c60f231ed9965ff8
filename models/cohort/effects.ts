import { log, power } from "../core/elementaryFunctions.ts";
import type { Effect, Intervention, Model, Timing, Track } from "../model/model.ts";
import type { Reader } from "../model/reader.ts";
import { EDGE_TOLERANCE } from "./lags.ts";

/** When an effect works, in months since entry. */
export interface Course {
  readonly onset: number;
  readonly duration: number;
  /** 0 = the effect stops at once when its duration is over. */
  readonly halfLife: number;
}

/** A hazard effect, resolved: the logarithm of its full strength (correction and synergy included) and its course. */
export interface HazardEffect extends Course {
  readonly logStrength: number;
  readonly effect: Effect & { kind: "hazard" };
}

/** A factor on flows, resolved: `change` = (factor − 1) · q. */
export interface FactorEffect extends Course {
  readonly change: number;
  readonly effect: Effect & { kind: "factor" };
}

/** The part g(μ) of an effect that works in a cycle that starts `month` months after entry, 0 to 1 (model.md section 3). */
export function strengthAt(course: Course, month: number, cycleMonths: number): number {
  const edge = EDGE_TOLERANCE * cycleMonths;
  const since = month - course.onset;
  if (since < -edge) return 0;
  const over = since - course.duration;
  if (over < -edge) return 1;
  return course.halfLife > 0 ? power(2, -Math.max(0, over) / course.halfLife) : 0;
}

/** q = 1 − the optimism correction of the evidence grade: the effect's, else the intervention's. */
function credibility(model: Model, intervention: Intervention, timing: Timing): number {
  const grade = timing.evidence ?? intervention.evidence;
  if (model.optimismBias === null || grade === null) return 1;
  return 1 - (model.optimismBias[String(grade)] ?? 0);
}

function courseOf(read: Reader, timing: Timing, wait: number): Course {
  return {
    onset: wait + read(timing.delay),
    duration: timing.duration === null ? Number.POSITIVE_INFINITY : read(timing.duration),
    halfLife: timing.halfLife === null ? 0 : read(timing.halfLife),
  };
}

/**
 * The effects of all interventions of a track, in the order of interventions and of their lists.
 *
 * @param wait months from entry until the track starts
 */
export function trackEffects(
  model: Model,
  read: Reader,
  track: Track,
  wait: number,
): { hazard: HazardEffect[]; factor: FactorEffect[] } {
  const synergy = read(track.synergy);
  const hazard: HazardEffect[] = [];
  const factor: FactorEffect[] = [];
  for (const index of track.interventions) {
    const intervention = model.interventions[index];
    if (intervention === undefined) continue;
    for (const effect of intervention.effects) {
      const q = credibility(model, intervention, effect);
      const course = courseOf(read, effect, wait);
      if (effect.kind === "hazard")
        hazard.push({ ...course, effect, logStrength: log(read(effect.hazardRatio)) * q * synergy });
      else factor.push({ ...course, effect, change: (read(effect.factor) - 1) * q });
    }
  }
  return { hazard, factor };
}
