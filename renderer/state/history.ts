import type { BusinessCase } from "../../scenarios/index.ts";

/** What an edit was, in words of the text files: shown at undo and redo. */
export interface StepName {
  /** Key under `steps` in the texts. */
  readonly key: string;
  /** What the edit was about, such as the label of a parameter. */
  readonly subject: string;
  /** How many things it was about, where the words depend on it. */
  readonly count?: number;
}

interface Step {
  readonly name: StepName;
  readonly before: BusinessCase;
  readonly after: BusinessCase;
}

/** A case with the steps that led to it; cases share what did not change. */
export interface History {
  readonly present: BusinessCase;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
}

/** More steps are forgotten, oldest first. */
const LONGEST = 500;

export function openHistory(present: BusinessCase): History {
  return { present, past: [], future: [] };
}

/** Adds a step; what was undone can no longer be redone. An edit that changes nothing is no step. */
export function addStep(history: History, name: StepName, after: BusinessCase): History {
  if (after === history.present) return history;
  const step = { name, before: history.present, after };
  return { present: after, past: [...history.past, step].slice(-LONGEST), future: [] };
}

export function undoStep(history: History): History {
  const step = history.past[history.past.length - 1];
  if (!step) return history;
  return { present: step.before, past: history.past.slice(0, -1), future: [step, ...history.future] };
}

export function redoStep(history: History): History {
  const step = history.future[0];
  if (!step) return history;
  return { present: step.after, past: [...history.past, step], future: history.future.slice(1) };
}
