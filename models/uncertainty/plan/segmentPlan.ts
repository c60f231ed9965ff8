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
  /** What the steps of moves start at, each list once, and which of these each move has. */
  readonly starts: readonly (readonly Column[])[];
  readonly startsOf: readonly number[];
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
  /** Places of the flows of each of these accounts. */
  readonly places: readonly (readonly number[])[];
  readonly columns: readonly Column[];
}

/** Which of some effects act on the moves of a segment. */
export interface ActingEffects {
  readonly key: string;
  /** Those that act on any. */
  readonly acting: ReadonlySet<number>;
  /** Combinations that act together, and that of each move. */
  readonly groups: readonly (readonly number[])[];
  readonly groupOf: readonly number[];
}

/** Those of some columns that draws move, each once. */
function movingOf(columns: readonly Column[]): Column[] {
  return [...new Set(columns)].filter(({ constant }) => !constant);
}

/** What the steps of moves start at, each list once. */
function startsOf(moves: SegmentCourse["moves"]): Pick<SegmentCourse, "starts" | "startsOf"> {
  const places = new Map<string, number>();
  const starts: Column[][] = [];
  const placeOf = moves.map(({ steps }) => {
    const key = steps.map(({ start }) => start.id).join();
    const place = places.get(key) ?? starts.push(steps.map(({ start }) => start)) - 1;
    places.set(key, place);
    return place;
  });
  return { starts, startsOf: placeOf };
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
  return { key, entry, moves, ...startsOf(moves), columns };
});

/** The flows of the states, whatever the segment; the accounts that have one, and the places of the flows of each. */
const stateFlows = perPair((read: ColumnReader, { accounts, states }: Model) => {
  const flows = states.flatMap((own, state) =>
    own.flows.map(({ account, amount }) => ({ account, state, amount: read(amount), factors: [] })),
  );
  const places = accounts.map((): number[] => []);
  for (const [place, { account }] of flows.entries()) places[account]?.push(place);
  const used = [...places.keys()].filter((account) => places[account]?.length !== 0);
  return { flows, accounts: used, places: used.map((account) => places[account] as number[]) };
});

export const segmentFlows = perPair((read: ColumnReader, segment: Segment, model: Model): SegmentFlows => {
  const factors = segment.flowFactors.map((slot) => slot && read(slot));
  const { accounts, flows: plain, places } = stateFlows(read, model);
  const flows = plain.map((flow) => ({ ...flow, segmentFactor: factors[flow.account] ?? null }));
  return {
    key: flows.map(({ amount, segmentFactor }) => `${amount.id}*${segmentFactor?.id ?? "-"}`).join("|"),
    flows,
    accounts,
    places,
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
    const name = members.join();
    const place = places.get(name) ?? groups.push(members) - 1;
    places.set(name, place);
    return place;
  });
  const names = groups.map((group) => group.join("+"));
  const acting = new Set(groups.flat());
  return { key: groupOf.map((group) => names[group]).join(), acting, groups, groupOf };
});
