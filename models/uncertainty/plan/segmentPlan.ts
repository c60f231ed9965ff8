import type { Effect, Model, Segment, Track } from "../../model/model.ts";
import type { Column, ColumnReader } from "./columns.ts";
import { perPair } from "./kept.ts";

/** What a segment brings into its courses, whatever the track, as columns of one place. */
export interface SegmentCourse {
  /** What tells it from others. */
  readonly key: string;
  readonly entry: readonly (Column | null)[];
  readonly moves: readonly {
    readonly from: number;
    readonly to: number;
    readonly steps: readonly { readonly start: Column; readonly value: Column }[];
  }[];
  /** Those columns that draws move, each once. */
  readonly columns: readonly Column[];
}

/** The flows of a segment before any effect, as columns of one place. */
export interface SegmentFlows {
  readonly key: string;
  readonly flows: readonly {
    readonly account: number;
    readonly state: number;
    readonly amount: Column;
    readonly segmentFactor: Column | null;
    readonly factors: readonly number[];
  }[];
  /** Accounts that have a flow, ascending. */
  readonly accounts: readonly number[];
  readonly columns: readonly Column[];
}

/** Which of some effects act on the moves of a segment. */
export interface ActingEffects {
  readonly key: string;
  /** Combinations that act together, and that of each move. */
  readonly groups: readonly (readonly number[])[];
  readonly groupOf: readonly number[];
}

/** Those of some columns that draws move, each once. */
function movingOf(columns: readonly Column[]): Column[] {
  return [...new Set(columns)].filter(({ constant }) => !constant);
}

export const segmentCourse = perPair((read: ColumnReader, segment: Segment): SegmentCourse => {
  const moves = segment.transitions.map(({ from, to, steps }) => ({
    from,
    to,
    steps: steps.map((step) => ({ start: read(step.from), value: read(step.value, "notNegative") })),
  }));
  const entry = segment.entry.map((slot) => (slot === null ? null : read(slot, "notNegative")));
  const key = [
    segment.transitionKind,
    entry.map((column) => column?.id ?? "-").join(),
    ...moves.map(
      ({ from, to, steps }) => `${from}>${to}:${steps.map(({ start, value }) => `${start.id}=${value.id}`)}`,
    ),
  ].join("|");
  const steps = moves.flatMap((move) => move.steps);
  const columns = movingOf([
    ...entry.filter((column) => column !== null),
    ...steps.flatMap(({ start, value }) => [start, value]),
  ]);
  return { key, entry, moves, columns };
});

/** The flows of the states, whatever the segment. */
const stateFlows = perPair((read: ColumnReader, { states }: Model) =>
  states.flatMap(({ flows }, state) =>
    flows.map(({ account, amount }) => ({ account, state, amount: read(amount), factors: [] })),
  ),
);

export const segmentFlows = perPair((read: ColumnReader, segment: Segment, model: Model): SegmentFlows => {
  const factors = segment.flowFactors.map((slot) => slot && read(slot));
  const flows = stateFlows(read, model).map((flow) => ({
    ...flow,
    segmentFactor: factors[flow.account] ?? null,
  }));
  return {
    key: flows.map(({ amount, segmentFactor }) => `${amount.id}*${segmentFactor?.id ?? "-"}`).join("|"),
    flows,
    accounts: [...new Set(flows.map(({ account }) => account))].sort((a, b) => a - b),
    columns: movingOf(
      flows.flatMap(({ amount, segmentFactor }) => (segmentFactor ? [amount, segmentFactor] : [amount])),
    ),
  };
});

/** Entrants of a segment in the municipality that is read for, by year of entry. */
export const segmentEntrants = perPair(
  (read: ColumnReader, segment: Segment, municipality: number, years: number): readonly Column[] =>
    (segment.inflow[municipality] ?? []).slice(0, years).map((slot) => read(slot, "notNegative")),
);

function matches(model: Model, effect: Effect & { kind: "hazard" }, from: number, to: number): boolean {
  if (effect.from !== null && !effect.from.includes(from)) return false;
  return effect.to === null ? model.states[to]?.exit !== true : effect.to.includes(to);
}

/** Of the effects on moves that the interventions of a track have, in their order. */
export const actingEffects = perPair((segment: Segment, track: Track, model: Model): ActingEffects => {
  const effects = track.interventions
    .flatMap((index) => model.interventions[index]?.effects ?? [])
    .filter((effect) => effect.kind === "hazard");
  const places = new Map<string, number>();
  const groups: number[][] = [];
  const groupOf = segment.transitions.map(({ from, to }) => {
    const members = effects.flatMap((effect, index) => (matches(model, effect, from, to) ? [index] : []));
    const place = places.get(members.join()) ?? groups.push(members) - 1;
    places.set(members.join(), place);
    return place;
  });
  return { key: groupOf.map((group) => groups[group]?.join("+")).join(), groups, groupOf };
});
