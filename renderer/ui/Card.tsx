import type { ReactNode } from "react";
import { useId } from "react";
import { Heading } from "./Heading.tsx";

interface CardProps {
  readonly title?: string;
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A group of things that belong together; with a title it is a region. */
export function Card({ title, actions, className = "", children }: CardProps) {
  const id = useId();
  return (
    <section className={`app-card ${className}`} {...(title ? { "aria-labelledby": id } : {})}>
      {title && (
        <header className="app-card__header">
          <Heading level={2} id={id}>
            {title}
          </Heading>
          {actions && <div className="app-card__actions">{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}
