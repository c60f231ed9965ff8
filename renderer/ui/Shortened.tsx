interface ShortenedProps {
  readonly text: string;
  /** The same in full: what is heard, and what is read on hover. */
  readonly full: string;
}

/** A text with long names cut short, for the eye only. */
export function Shortened({ text, full }: ShortenedProps) {
  if (text === full) return text;
  return (
    <>
      <span aria-hidden="true" title={full}>
        {text}
      </span>
      <span className="app-hidden">{full}</span>
    </>
  );
}
