/** The figures on the screen, by revision: the programme's where they are there, else the first ones on the kept allocation. */
import { create } from "zustand";
import type { Fault } from "../../models/index.ts";
import type { CaseView, Outline, ParameterValues } from "../run/caseView.ts";
import type { Progress, RunListener } from "../run/runner.ts";

export interface ResultState {
  /** Figures of `figuresRevision`; older figures are kept on the screen until the next ones are there, and marked. */
  readonly figures: CaseView | null;
  readonly figuresRevision: number;
  /** Ids of scenarios whose figures are still those of an earlier revision. */
  readonly behind: readonly string[];
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
  behind: [],
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

type Figures = Pick<ResultState, "figures" | "figuresRevision" | "behind">;

/** Takes figures of some scenarios; what is shown of the others stays, and is behind when it is of another revision. */
function withPart(state: Figures, revision: number, part: CaseView): Figures {
  const newer = new Map(part.scenarios.map((scenario) => [scenario.id, scenario]));
  const shown = state.figures?.scenarios ?? [];
  const others = shown.map(({ id }) => id).filter((id) => !newer.has(id));
  const places = new Set(shown.map(({ id }) => id));
  return {
    figures: {
      ...part,
      scenarios: [
        ...shown.map((scenario) => newer.get(scenario.id) ?? scenario),
        ...part.scenarios.filter(({ id }) => !places.has(id)),
      ],
    },
    figuresRevision: revision,
    behind: state.figuresRevision === revision ? state.behind.filter((id) => !newer.has(id)) : others,
  };
}

/** Takes what the runner lets through. */
export const resultListener: RunListener = {
  computed: ({ revision, outline, values, warnings, view, milliseconds }) =>
    useResults.setState((state) => {
      const solved = state.exact && state.figuresRevision === revision;
      return {
        outline,
        values,
        warnings,
        faults: null,
        milliseconds: { ...state.milliseconds, live: milliseconds },
        ...(view && !solved ? { ...withPart(state, revision, view), exact: false } : {}),
      };
    }),
  others: ({ revision, view }) =>
    useResults.setState((state) =>
      state.exact || state.figuresRevision !== revision ? {} : withPart(state, revision, view),
    ),
  faults: (_, faults) => useResults.setState({ faults, progress: null }),
  progress: (progress) => useResults.setState({ progress }),
  part: ({ revision, view }) =>
    useResults.setState((state) => ({
      ...withPart(state, revision, view),
      outline: view.outline,
      exact: false,
    })),
  solved: ({ revision, view, milliseconds }) =>
    useResults.setState((state) => ({
      figures: view,
      outline: view.outline,
      figuresRevision: revision,
      behind: [],
      exact: true,
      unsolved: null,
      milliseconds: { ...state.milliseconds, job: milliseconds },
    })),
  unsolved: (revision, faults) => useResults.setState({ unsolved: { revision, faults } }),
};
