import type { Shown } from "../shown.ts";

/** The NPV of a scenario for the perspective that is shown; null while it is not computed. */
export function headline(shown: Shown, scenario: string): number | null {
  const view = shown.view.scenarios.find(({ id }) => id === scenario);
  return view?.perspectives[shown.perspective]?.npv ?? null;
}
