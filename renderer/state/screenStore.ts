/** What stands in front of the views: questions, notices, a file that would not open. */
import { create } from "zustand";
import type { Fault } from "../../models/index.ts";
import type { DraftSummary, HostFault } from "../host/contract.ts";

export type Question =
  | { readonly kind: "recover"; readonly draft: DraftSummary }
  | { readonly kind: "conflict"; readonly found: string }
  | { readonly kind: "unsaved"; readonly proceed: () => void }
  | { readonly kind: "failed"; readonly fault: HostFault }
  | { readonly kind: "shortcuts" | "about" }
  | { readonly kind: "chart" };

/** A short message: a key of the texts with what it names. */
export interface Notice {
  readonly tone: "ok" | "info" | "warning" | "error";
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** Why the case was not changed: it goes when the case does change. */
  readonly refusal?: boolean;
  /** Work in hand: it stays until the work is done. */
  readonly lasting?: boolean;
  /** What the last edit did: it goes when that edit is undone. */
  readonly ofEdit?: boolean;
  /** What can be done about it: a key of the texts, and the doing. */
  readonly action?: { readonly key: string; readonly run: () => void };
}

export interface BrokenFile {
  readonly name: string;
  readonly faults: readonly Fault[];
}

export interface ScreenState {
  readonly question: Question | null;
  readonly notice: Notice | null;
  readonly broken: BrokenFile | null;
  /** Assumptions that were refused, with their rows. */
  readonly refusedImport: { readonly name: string; readonly faults: readonly Fault[] } | null;
  readonly saving: boolean;
  /** When the draft was last written; null when there is none. */
  readonly draftAt: Date | null;
  /** The last copy could not be kept. */
  readonly draftFailed: boolean;
  set(change: Partial<Omit<ScreenState, "set">>): void;
}

export const useScreen = create<ScreenState>()((set) => ({
  question: null,
  notice: null,
  broken: null,
  refusedImport: null,
  saving: false,
  draftAt: null,
  draftFailed: false,
  set: (change) => set(change),
}));

/** Asks a question; the one that is open comes first. */
export function ask(question: Question): void {
  useScreen.setState({ question });
}

export function notify(notice: Notice): void {
  useScreen.setState({ notice });
}

/** Takes a notice away, if it is still the one that is shown. */
export function withdraw(notice: Notice | null): void {
  if (notice !== null && useScreen.getState().notice === notice) useScreen.setState({ notice: null });
}
