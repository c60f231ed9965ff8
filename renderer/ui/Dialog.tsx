import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Heading } from "./Heading.tsx";

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the safest first. */
  readonly actions: ReactNode;
  /** Escape. */
  readonly onCancel: () => void;
  readonly wide?: boolean;
}

const STOPS = "button, input, select, textarea, a[href], [tabindex='0']";

/** After the last stop comes the first: the platform would leave for the window's own buttons, or for nothing. */
function goRound(event: KeyboardEvent<HTMLDialogElement>): void {
  if (event.key !== "Tab") return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) => stop.tabIndex >= 0 && !stop.matches(":disabled"),
  );
  const [edge, other] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  other?.focus();
}

/** A modal dialog of the platform: it keeps the focus inside and gives it back. */
export function Dialog({ title, children, actions, onCancel, wide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before the dialog leaves the page: a dialog that is gone gives nothing back.
  useLayoutEffect(() => {
    const element = dialog.current;
    const before = document.activeElement;
    if (element && !element.open) element.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? "app-dialog app-dialog--wide" : "app-dialog"}
      aria-labelledby={id}
      onKeyDown={goRound}
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
    >
      <Heading level={2} id={id}>
        {title}
      </Heading>
      <div className="app-dialog__body">{children}</div>
      <div className="app-dialog__actions">{actions}</div>
    </dialog>
  );
}
