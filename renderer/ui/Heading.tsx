import type { ReactNode } from "react";

interface HeadingProps {
  readonly level: 1 | 2 | 3;
  readonly id?: string;
  readonly children: ReactNode;
}

export function Heading({ level, id, children }: HeadingProps) {
  const Tag = `h${level}` as const;
  return (
    <Tag className={`nl-heading nl-heading--level-${level}`} {...(id ? { id } : {})}>
      {children}
    </Tag>
  );
}
