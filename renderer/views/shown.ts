import type { CaseView, ScenarioView } from "../run/caseView.ts";
import { useCase } from "../state/caseStore.ts";
import { useResults } from "../state/resultStore.ts";
import { useSettings } from "../state/settingsStore.ts";

export interface Shown {
  readonly view: CaseView;
  readonly left: ScenarioView | null;
  readonly right: ScenarioView | null;
  readonly reference: ScenarioView | null;
  /** Index of the perspective whose figures come first. */
  readonly perspective: number;
  /** Whether the figures are those of the case as it is now. */
  readonly current: boolean;
}

/** What the views show: the pair, the reference and the perspective, or null while nothing is computed. */
export function useShown(): Shown | null {
  const view = useResults((state) => state.figures);
  const figuresRevision = useResults((state) => state.figuresRevision);
  const behind = useResults((state) => state.behind);
  const faults = useResults((state) => state.faults);
  const revision = useCase((state) => state.revision);
  const { pair, perspective } = useSettings();
  if (!view || view.scenarios.length === 0) return null;
  const find = (id: string) => view.scenarios.find((scenario) => scenario.id === id) ?? null;
  const index = view.outline.perspectives.findIndex(({ id }) => id === perspective);
  return {
    view,
    left: find(pair[0]),
    right: find(pair[1]),
    reference: find(view.reference),
    perspective: Math.max(0, index),
    current: figuresRevision === revision && faults === null && !pair.some((id) => behind.includes(id)),
  };
}

/** Whether the figures are those of a solved programme of the case as it is now, or whether these may still come. */
export type Standing = "solved" | "underway" | "stopped";

export function useStanding(): Standing {
  const { exact, figuresRevision, faults, unsolved, progress } = useResults();
  const revision = useCase((state) => state.revision);
  if (faults === null && exact && figuresRevision === revision) return "solved";
  const ended = faults !== null || unsolved?.revision === revision;
  return ended && progress === null ? "stopped" : "underway";
}

/** Identifies what is drawn, so that a chart is drawn anew when it changes. */
export function useVersion(): string {
  const { language, theme, pair, perspective } = useSettings();
  const { figuresRevision, exact } = useResults();
  return [figuresRevision, exact, language, theme, ...pair, perspective].join(" ");
}
