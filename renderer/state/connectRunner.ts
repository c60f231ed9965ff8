import type { Runner } from "../run/runner.ts";
import { presentCase, type useCase } from "./caseStore.ts";
import { useSettings } from "./settingsStore.ts";

/** Computes every revision of the case; a case just opened without waiting for rest. */
export function connectRunner(runner: Runner, store: typeof useCase): () => void {
  return store.subscribe((state, before) => {
    if (state.revision === before.revision) return;
    const file = presentCase(state);
    if (!file) return runner.forget();
    const opened = state.opened !== before.opened;
    if (opened) runner.forget();
    runner.compute(state.revision, file, opened, useSettings.getState().pair);
  });
}
