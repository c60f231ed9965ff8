import { useTranslation } from "react-i18next";
import type { BusinessCase } from "../../scenarios/index.ts";
import type { ScenarioView } from "../run/caseView.ts";
import { presentCase, useCase } from "../state/caseStore.ts";
import { useResults } from "../state/resultStore.ts";
import { Shortened } from "../ui/Shortened.tsx";
import { asName, shortName, toneOf, useFormats } from "./format.ts";
import { ProvisionalNote } from "./ProvisionalNote.tsx";
import { movesHeadline, sameText, shiftBetween, shiftLines } from "./shift.ts";
import { type Shown, useShown } from "./shown.ts";

/** The scenarios of a case as it was opened or last saved, as far as they were worked out while it was that case. */
const asOpened = new WeakMap<BusinessCase, Map<string, ScenarioView>>();

/** The scenario before the case was changed, and whether the case has changed since it was opened or saved. */
function useBefore(shown: Shown | null, scenario: string): { view: ScenarioView | null; same: boolean } {
  const file = useCase(presentCase);
  const opened = useCase((state) => state.opened);
  const same = file === opened;
  if (!opened) return { view: null, same };
  const views = asOpened.get(opened) ?? new Map<string, ScenarioView>();
  asOpened.set(opened, views);
  // As long as nothing has been changed, newer figures are better ones.
  if (same && shown?.current) for (const view of shown.view.scenarios) views.set(view.id, view);
  return { view: views.get(scenario) ?? null, same };
}

interface HeadlineProps {
  readonly scenario: string;
  /** Also says what else a change moves, and that it was worked out when the figure stays where it is. */
  readonly withShift?: boolean;
}

/** The net result of a scenario for the perspective shown, and what it was before the case was changed. */
export function Headline({ scenario, withShift = false }: HeadlineProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const shown = useShown();
  const now = shown?.view.scenarios.find(({ id }) => id === scenario) ?? null;
  const before = useBefore(shown, scenario);
  if (!shown) return null;
  const value = now?.perspectives[shown.perspective]?.npv ?? null;
  const was = before.view?.perspectives[shown.perspective]?.npv ?? null;
  const moved = value !== null && was !== null && Math.abs(value - was) > 0.5 ? value - was : null;
  const perspective = asName(shown.view.outline.perspectives[shown.perspective]?.label ?? "");
  const label = now?.label ?? "";
  const of = (name: string) => t("headline.of", { scenario: asName(name), perspective });
  return (
    <div className="app-card app-headline" role="status" aria-busy={!shown.current}>
      <span className="app-soft">
        <Shortened text={of(shortName(label))} full={of(label)} />
      </span>
      <strong className="app-headline__value" data-figure="headline">
        {value === null ? t("headline.waiting") : formats.rounded(value)}
      </strong>
      {moved !== null && was !== null && (
        <span className={toneOf(formats.signedRounded(moved), moved)}>
          {t("headline.moved", { amount: formats.signedRounded(moved) })}{" "}
          <span className="app-soft">({t("headline.was", { value: formats.rounded(was) })})</span>
        </span>
      )}
      <ProvisionalNote />
      {withShift &&
        (!before.same && before.view && now ? (
          <ShiftWords shown={shown} before={before.view} now={now} />
        ) : (
          <p className="app-headline__shift">{t("headline.hint")}</p>
        ))}
    </div>
  );
}

interface ShiftWordsProps {
  readonly shown: Shown;
  readonly before: ScenarioView;
  readonly now: ScenarioView;
}

/** Nothing is said to stay the same before the programme of this case has been solved. */
function ShiftWords({ shown, before, now }: ShiftWordsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const exact = useResults((state) => state.exact);
  const stopped = useResults((state) => state.unsolved?.revision) === useCase((state) => state.revision);
  const { outline } = shown.view;
  const perspective = outline.perspectives[shown.perspective];
  if (!exact || !shown.current || !perspective)
    return <p className="app-headline__shift">{stopped ? "" : t("headline.comparing")}</p>;
  const shift = shiftBetween(before, now, shown.perspective, outline);
  const lines = [
    ...(movesHeadline(shift) ? [] : [sameText(shift, perspective, t)]),
    ...shiftLines(shift, t, formats),
  ];
  return (
    <ul className="app-headline__shift">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
