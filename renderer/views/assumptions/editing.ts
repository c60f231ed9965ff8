/** What an open cell holds, and what a row and its open cell can ask of the table. */
import type { FocusEvent, PointerEvent } from "react";
import type { Place } from "./selection.ts";

/** Where the next cell is after a commit. */
export type After = "down" | "up" | "right" | "left";

/** A cell that is open, and what stands in it. */
export interface Editing {
  /** Of the parameter. */
  readonly id: string;
  /** Of the column. */
  readonly key: string;
  /** What the cell was opened with. */
  readonly from: string;
  readonly text: string;
  /** Typing replaced what stood there. */
  readonly replaced: boolean;
  /** Why a text was refused. */
  readonly problem: { readonly text: string; readonly words: string } | null;
}

export interface RowActions {
  readonly press: (event: PointerEvent, place: Place) => void;
  readonly drag: (event: PointerEvent, place: Place) => void;
  readonly edit: () => void;
  readonly type: (text: string) => void;
  readonly commit: (after: After) => void;
  readonly cancel: () => void;
  readonly blur: (event: FocusEvent) => void;
}
