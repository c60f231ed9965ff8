import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from "react";

interface TermProps {
  /** What the term means, in a sentence or two. */
  readonly explanation: string;
  readonly children: ReactNode;
}

const WIDTH = 300;
const GAP = 6;

/** A term of the field: pointing at it or giving it the focus explains it, Escape takes the explanation away. */
export function Term({ explanation, children }: TermProps) {
  const [place, setPlace] = useState<{ left: number; top?: number; bottom?: number } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const show = () => {
    const box = button.current?.getBoundingClientRect();
    if (!box) return;
    const left = Math.max(GAP, Math.min(box.left, innerWidth - WIDTH - GAP));
    setPlace(
      box.bottom + 140 < innerHeight
        ? { left, top: box.bottom + GAP }
        : { left, bottom: innerHeight - box.top + GAP },
    );
  };
  const hide = () => setPlace(null);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !place) return;
    event.stopPropagation();
    hide();
  };
  return (
    <span className="app-term" onPointerEnter={show} onPointerLeave={hide}>
      <button
        ref={button}
        type="button"
        className="app-term__word"
        aria-describedby={id}
        onFocus={show}
        onBlur={hide}
        onKeyDown={onKey}
      >
        {children}
      </button>
      <span
        id={id}
        role="tooltip"
        className={place ? "app-term__words" : "app-hidden"}
        style={place ? { ...place, maxInlineSize: WIDTH } : undefined}
      >
        {explanation}
      </span>
    </span>
  );
}
