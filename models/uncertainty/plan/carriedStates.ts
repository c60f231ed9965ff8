import type { Model } from "../../model/model.ts";

/** States of which the occupancy is asked for: those with flows, and those in which an intervention costs anything. */
function askedStates({ interventions, states }: Model): boolean[] {
  const sets = interventions.flatMap(({ costs }) => costs.map((cost) => cost.while));
  return states.map(
    ({ exit, flows }, state) =>
      flows.length > 0 || sets.some((present) => (present === null ? !exit : present.includes(state))),
  );
}

/**
 * Which states courses carry persons through, by state: their places among those; −1 for a state that is left out, since
 * neither its occupancy is asked for nor that of any state that can be reached from it.
 */
export function carriedPlaces(model: Model): number[] {
  const carried = askedStates(model);
  const moves = model.segments.flatMap(({ transitions }) => transitions);
  for (let found = true; found; ) {
    const leading = moves.filter(({ from, to }) => carried[to] && !carried[from]);
    for (const { from } of leading) carried[from] = true;
    found = leading.length > 0;
  }
  let places = 0;
  return carried.map((isCarried) => (isCarried ? places++ : -1));
}
