import type { Effect, Model, Slot } from "../model/model.ts";

/** Adds a parameter and every parameter that its value in this place is made of. */
function addParameter(
  model: Model,
  scenario: number,
  municipality: number | null,
  index: number,
  found: Set<number>,
): void {
  if (found.has(index)) return;
  found.add(index);
  const parameter = model.parameters[index];
  const override = model.scenarios[scenario]?.overrides.find((item) => item.parameter === index);
  const local = municipality === null ? null : parameter?.local[municipality];
  const slots = [override?.value ?? local?.value ?? parameter?.value, parameter?.priceFactor];
  for (const slot of slots)
    for (const used of slot?.program.uses ?? []) addParameter(model, scenario, municipality, used, found);
}

/**
 * The parameters behind some slots, and those that these are made of, ascending.
 *
 * @param municipality null: the region, which uses no local values
 */
export function parametersOfSlots(
  model: Model,
  scenario: number,
  municipality: number | null,
  slots: readonly (Slot | null | undefined)[],
): number[] {
  const found = new Set<number>();
  for (const slot of slots)
    for (const index of slot?.program.uses ?? []) addParameter(model, scenario, municipality, index, found);
  return [...found].sort((a, b) => a - b);
}

function slotsOfEffect(effect: Effect): (Slot | null)[] {
  const strength = effect.kind === "hazard" ? effect.hazardRatio : effect.factor;
  return [strength, effect.delay, effect.duration, effect.halfLife];
}

/** The parameters that decide how many people follow a track in a municipality and how they fare on it. */
export function parametersOfCourse(
  model: Model,
  scenario: number,
  municipality: number,
  segment: number,
  track: number,
): number[] {
  const [segmentData, trackData] = [model.segments[segment], model.tracks[track]];
  if (!segmentData || !trackData) return [];
  return parametersOfSlots(model, scenario, municipality, [
    ...segmentData.entry,
    ...(segmentData.inflow[municipality] ?? []),
    ...segmentData.transitions.flatMap(({ steps }) => steps.flatMap(({ from, value }) => [from, value])),
    trackData.synergy,
    trackData.wait,
    trackData.clockShift,
    ...trackData.interventions.flatMap((index) =>
      (model.interventions[index]?.effects ?? []).flatMap(slotsOfEffect),
    ),
  ]);
}
