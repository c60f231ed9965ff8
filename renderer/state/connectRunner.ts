import type { Runner } from "../run/runner.ts";
import { presentCase, type useCase } from "./caseStore.ts";
import { useSettings } from "./settingsStore.ts";

/** The pair that is looked at, the scenario of the headline first. */
export function headlineFirst(): string[] {
  const [left, right] = useSettings.getState().pair;
  return [right, left];
}

/** Computes every revision of the case; a case just opened without waiting for rest. */
export function connectRunner(runner: Runner, store: typeof useCase): () => void {
  return store.subscribe((state, before) => {
    if (state.revision === before.revision) return;
    const file = presentCase(state);
    if (!file) return runner.forget();
    const opened = state.opened !== before.opened;
    if (opened) runner.forget();
    runner.compute(state.revision, file, opened, headlineFirst());
  });
}
