/** The case in hand: its history, where it is kept, and what of it is saved. */
import { create } from "zustand";
import type { BusinessCase } from "../../scenarios/index.ts";
import { recordChange } from "./edits.ts";
import { addStep, type History, openHistory, redoStep, type StepName, undoStep } from "./history.ts";

/** Where a case came from and goes to. */
export interface Origin {
  readonly name: string;
  /** Stands for the place of the file; null: nowhere yet. */
  readonly token: string | null;
  /** Hash of the file that the case builds on; null: of none. */
  readonly hash: string | null;
  /** Format version of the file on disk when it is an older one. */
  readonly keepVersion: number | null;
  /** Of the draft that this document is written to. */
  readonly draftId: string;
}

/** One line for the list of changes of a case that was adopted once. */
export interface ChangeRecord {
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

export interface CaseState {
  readonly history: History | null;
  readonly origin: Origin | null;
  /** The case as it is on disk; null when it never was. */
  readonly saved: BusinessCase | null;
  /** The case as it was opened: what "changed" is measured from. */
  readonly opened: BusinessCase | null;
  /** Counts every change, undone ones too: answers to older revisions are stale. */
  readonly revision: number;
  /** An edit was refused because the case is adopted. */
  readonly refused: boolean;
  open(file: BusinessCase, origin: Origin, saved: boolean): void;
  close(): void;
  edit(name: StepName, change: (file: BusinessCase) => BusinessCase, record?: ChangeRecord): void;
  undo(): void;
  redo(): void;
  markSaved(file: BusinessCase, origin: Origin): void;
  dismissRefusal(): void;
}

export const useCase = create<CaseState>()((set, get) => {
  const move = (step: (history: History) => History) => {
    const { history, revision } = get();
    if (!history) return;
    const next = step(history);
    if (next !== history) set({ history: next, revision: revision + 1 });
  };
  return {
    history: null,
    origin: null,
    saved: null,
    opened: null,
    revision: 0,
    refused: false,
    open: (file, origin, saved) =>
      set({
        history: openHistory(file),
        origin,
        saved: saved ? file : null,
        opened: file,
        revision: get().revision + 1,
        refused: false,
      }),
    close: () =>
      set({ history: null, origin: null, saved: null, opened: null, revision: get().revision + 1 }),
    edit: (name, change, record) => {
      const present = get().history?.present;
      if (!present) return;
      const changed = change(present);
      if (changed === present) return;
      if (present.meta.status === "vastgesteld" && changed.meta.status === "vastgesteld")
        return set({ refused: true });
      const after = record
        ? recordChange(changed, {
            at: new Date().toISOString(),
            who: present.meta.author ?? "",
            why: "",
            ...record,
          })
        : changed;
      move((history) => addStep(history, name, after));
    },
    undo: () => move(undoStep),
    redo: () => move(redoStep),
    markSaved: (file, origin) => set({ saved: file, origin }),
    dismissRefusal: () => set({ refused: false }),
  };
});

/** The case as it is now. */
export function presentCase(state: CaseState): BusinessCase | null {
  return state.history?.present ?? null;
}

/** Whether something would be lost by closing. */
export function isDirty(state: CaseState): boolean {
  return state.history !== null && state.history.present !== state.saved;
}
