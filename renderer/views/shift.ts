/** What a change of the case moves between parties, purses, interventions and tracks, and how that is said. */
import type { TFunction } from "i18next";
import type { Outline, ScenarioView } from "../run/caseView.ts";
import { asName, type Formats } from "./format.ts";

/** Less than this many euros is no difference. */
const NOTHING_EUR = 0.5;
/** Less than this many persons is no difference. */
const NOTHING_PERSONS = 0.05;
/** So many are named, the largest first; names of purses are long. */
const NAMED = { parties: 3, others: 2 } as const;

interface Moved {
  readonly label: string;
  readonly by: number;
}

export interface Shift {
  /** EUR, of the perspective that is shown. */
  readonly total: number;
  /** EUR net benefit, before transfers. */
  readonly parties: readonly Moved[];
  /** EUR paid, discounted; general funds are the purse of an empty name. */
  readonly purses: readonly Moved[];
  /** EUR spent on, discounted. */
  readonly interventions: readonly Moved[];
  readonly tracks: readonly Moved[];
}

/** What is more than nothing, the largest first. */
function moved(labels: readonly string[], by: (index: number) => number, nothing: number): Moved[] {
  return (
    labels
      .map((label, index) => ({ label, by: by(index) }))
      .filter((item) => Math.abs(item.by) > nothing)
      // Whole units: rounding errors do not decide which of two equal ones comes first.
      .sort((a, b) => Math.round(Math.abs(b.by)) - Math.round(Math.abs(a.by)))
  );
}

const sum = (values: ArrayLike<number> | undefined) =>
  Array.from(values ?? []).reduce((total, value) => total + value, 0);

const spentOn = ({ paid }: ScenarioView, intervention: number) =>
  paid.reduce((total, row) => total + (row[intervention] ?? 0), 0);

const personsOn = ({ persons }: ScenarioView, track: number) =>
  persons.reduce((total, row) => total + (row.track === track ? row.persons : 0), 0);

/** The difference between a scenario and itself before a change. */
export function shiftBetween(
  before: ScenarioView,
  after: ScenarioView,
  perspective: number,
  outline: Outline,
): Shift {
  const npv = (list: readonly { readonly npv: number }[], index: number) => list[index]?.npv ?? 0;
  const labels = (items: readonly { readonly label: string }[]) => items.map(({ label }) => label);
  return {
    total: npv(after.perspectives, perspective) - npv(before.perspectives, perspective),
    parties: moved(
      labels(outline.parties),
      (party) => npv(after.parties, party) - npv(before.parties, party),
      NOTHING_EUR,
    ),
    purses: moved(
      [...labels(outline.accounts), ""],
      (account) => sum(after.paid[account]) - sum(before.paid[account]),
      NOTHING_EUR,
    ),
    interventions: moved(
      labels(outline.interventions),
      (intervention) => spentOn(after, intervention) - spentOn(before, intervention),
      NOTHING_EUR,
    ),
    tracks: moved(
      labels(outline.tracks),
      (track) => personsOn(after, track) - personsOn(before, track),
      NOTHING_PERSONS,
    ),
  };
}

/** Whether the figure in the headline is another one. */
export function movesHeadline({ total }: Shift): boolean {
  return Math.abs(total) > NOTHING_EUR;
}

/** Says that the headline stays where it is, and for whom. */
export function sameText(
  { parties }: Shift,
  { label, parties: members }: Outline["perspectives"][number],
  t: TFunction,
): string {
  if (parties.length === 0) return t("headline.nobody");
  const perspective = asName(label);
  return t(members.length > 1 ? "headline.sameTogether" : "headline.same", { perspective });
}

/** One line for each thing that moves, or that stays as it is though one might think otherwise. */
export function shiftLines(shift: Shift, t: TFunction, formats: Formats): string[] {
  const named = (items: readonly Moved[], amount: (by: number) => string, most: number = NAMED.others) => {
    const names = items.slice(0, most).map(({ label, by }) => `${label || t("walls.general")} ${amount(by)}`);
    const others = items.length - names.length;
    return [...names, ...(others > 0 ? [t("headline.others", { count: others })] : [])].join(", ");
  };
  const euros = formats.signedRounded;
  const persons = (by: number) => formats.signed(by, 1);
  const { parties, purses, interventions, tracks } = shift;
  return [
    ...(parties.length > 0 ? [t("headline.parties", { names: named(parties, euros, NAMED.parties) })] : []),
    purses.length > 0 ? t("headline.purses", { names: named(purses, euros) }) : t("headline.samePurses"),
    ...(interventions.length > 0
      ? [t("headline.interventions", { names: named(interventions, euros) })]
      : []),
    tracks.length > 0 ? t("headline.tracks", { names: named(tracks, persons) }) : t("headline.sameTracks"),
  ];
}
