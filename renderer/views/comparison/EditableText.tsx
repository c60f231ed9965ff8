import { useEffect, useState } from "react";

interface EditableTextProps {
  readonly label: string;
  readonly value: string;
  /** Says whether the text is taken. */
  readonly onCommit: (text: string) => boolean;
}

/** A text that is edited where it stands: Enter or leaving keeps it; Escape, or a refusal, gives it back. */
export function EditableText({ label, value, onCommit }: EditableTextProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const commit = () => {
    const next = text.trim();
    if (next === "" || next === value || !onCommit(next)) setText(value);
  };
  return (
    <input
      className="app-inline"
      aria-label={`${label}: ${value}`}
      title={value}
      value={text}
      size={Math.max(12, Math.min(34, text.length + 1))}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setText(value);
      }}
    />
  );
}
