import { useLayoutEffect, useRef } from "react";
import type { Notice } from "../state/screenStore.ts";
import { useHeldText } from "./heldText.ts";

interface EditableTextProps {
  readonly label: string;
  readonly value: string;
  /** Gives why the text is not taken, or null. */
  readonly onCommit: (text: string) => Notice | null;
  /** What has just been made is named first: it takes the focus, with its text selected. */
  readonly isNew?: boolean;
}

/** A text that is edited where it stands: Enter or leaving keeps it; Escape, or a refusal, gives it back. */
export function EditableText({ label, value, onCommit, isNew = false }: EditableTextProps) {
  const { text, type, commit, giveBack } = useHeldText(value, onCommit);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (isNew) {
      field.current?.focus();
      field.current?.select();
    }
  }, [isNew]);
  return (
    <input
      ref={field}
      className="app-inline"
      aria-label={`${label}: ${value}`}
      title={value}
      value={text}
      onChange={(event) => type(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") giveBack();
      }}
    />
  );
}
