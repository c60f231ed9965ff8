import type { ReactNode } from "react";

interface BadgeProps {
  readonly tone?: "neutral" | "warning" | "negative" | "positive";
  readonly title?: string;
  readonly children: ReactNode;
}

/** A word about something, such as its status. */
export function Badge({ tone = "neutral", title, children }: BadgeProps) {
  return (
    <span className={`nl-data-badge app-badge app-badge--${tone}`} {...(title ? { title } : {})}>
      {children}
    </span>
  );
}
