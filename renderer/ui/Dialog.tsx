import { type ReactNode, useEffect, useId, useRef } from "react";
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

/** A modal dialog of the platform: it keeps the focus inside and gives it back. */
export function Dialog({ title, children, actions, onCancel, wide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? "app-dialog app-dialog--wide" : "app-dialog"}
      aria-labelledby={id}
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
