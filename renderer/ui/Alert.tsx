import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

interface AlertProps {
  readonly tone: "info" | "warning" | "error" | "ok";
  readonly title?: string;
  /** Read out at once by a screen reader. */
  readonly urgent?: boolean;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Alert({ tone, title, urgent = false, actions, children }: AlertProps) {
  const icon = tone === "ok" ? "check" : tone === "info" ? "info" : "warning";
  return (
    <div className={`utrecht-alert utrecht-alert--${tone} app-alert`} role={urgent ? "alert" : "status"}>
      <Icon name={icon} />
      <div className="app-alert__body">
        {title && <strong className="app-alert__title">{title}</strong>}
        {children}
      </div>
      {actions && <div className="app-alert__actions">{actions}</div>}
    </div>
  );
}
