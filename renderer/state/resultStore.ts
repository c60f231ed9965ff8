/** The figures on the screen, by revision: the programme's where they are there, else the first ones on the kept allocation. */
import { create } from "zustand";
import type { Fault } from "../../models/index.ts";
import type { CaseView, Outline, ParameterValues } from "../run/caseView.ts";
import type { Progress, RunListener } from "../run/runner.ts";

export interface ResultState {
  /** Figures of `figuresRevision`; older figures are kept on the screen until the next ones are there, and marked. */
  readonly figures: CaseView | null;
  readonly figuresRevision: number;
  /** Whether the figures come from the programme; else from the allocation before the last edits. */
  readonly exact: boolean;
  readonly outline: Outline | null;
  readonly values: ParameterValues | null;
  readonly warnings: readonly Fault[];
  /** Faults of the newest revision: it has no figures. */
  readonly faults: readonly Fault[] | null;
  /** The programme failed or was cancelled at this revision. */
  readonly unsolved: { readonly revision: number; readonly faults: readonly Fault[] | null } | null;
  readonly progress: Progress | null;
  readonly milliseconds: { readonly live: number; readonly job: number };
  clear(): void;
}

const EMPTY = {
  figures: null,
  figuresRevision: -1,
  exact: false,
  outline: null,
  values: null,
  warnings: [],
  faults: null,
  unsolved: null,
  progress: null,
  milliseconds: { live: 0, job: 0 },
} as const;

export const useResults = create<ResultState>()((set) => ({ ...EMPTY, clear: () => set(EMPTY) }));

/** Figures in which those of some scenarios are newer. */
function withPart(figures: CaseView, part: CaseView): CaseView {
  const newer = new Map(part.scenarios.map((scenario) => [scenario.id, scenario]));
  return { ...figures, scenarios: figures.scenarios.map((scenario) => newer.get(scenario.id) ?? scenario) };
}

/** Takes what the runner lets through. */
export const resultListener: RunListener = {
  computed: ({ revision, outline, values, warnings, view, milliseconds }) =>
    useResults.setState((state) => {
      const behind = state.exact && state.figuresRevision === revision;
      return {
        outline,
        values,
        warnings,
        faults: null,
        milliseconds: { ...state.milliseconds, live: milliseconds },
        ...(view && !behind ? { figures: view, figuresRevision: revision, exact: false } : {}),
      };
    }),
  faults: (_, faults) => useResults.setState({ faults, progress: null }),
  progress: (progress) => useResults.setState({ progress }),
  part: ({ revision, view }) =>
    useResults.setState(({ figures, figuresRevision }) => ({
      figures: figures && figuresRevision === revision ? withPart(figures, view) : view,
      outline: view.outline,
      figuresRevision: revision,
    })),
  solved: ({ revision, view, milliseconds }) =>
    useResults.setState((state) => ({
      figures: view,
      outline: view.outline,
      figuresRevision: revision,
      exact: true,
      unsolved: null,
      milliseconds: { ...state.milliseconds, job: milliseconds },
    })),
  unsolved: (revision, faults) => useResults.setState({ unsolved: { revision, faults } }),
};
