import type { ButtonHTMLAttributes, Ref } from "react";
import { Icon, type IconName } from "./Icon.tsx";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: "primary" | "secondary" | "subtle" | "negative";
  readonly icon?: IconName;
  /** Shows the icon alone; the label stays for screen readers and as the tooltip. */
  readonly iconOnly?: boolean;
  readonly pressed?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

const KINDS = {
  primary: "nl-button--primary",
  secondary: "nl-button--secondary",
  subtle: "nl-button--subtle",
  negative: "nl-button--secondary nl-button--negative",
} as const;

/** A button of the design system; unavailable ones stay focusable, so that their reason can be read. */
export function Button({ kind = "secondary", icon, iconOnly, pressed, children, ...rest }: ButtonProps) {
  const unavailable = rest["aria-disabled"] === true;
  const classes = [
    "nl-button",
    KINDS[kind],
    iconOnly && "nl-button--icon-only",
    pressed && "nl-button--pressed",
    unavailable && "nl-button--disabled",
    rest.className,
  ];
  return (
    <button
      type="button"
      {...rest}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      onClick={unavailable ? undefined : rest.onClick}
      className={classes.filter(Boolean).join(" ")}
    >
      {icon && (
        <span className="nl-button__icon-start">
          <Icon name={icon} />
        </span>
      )}
      <span className="nl-button__label">{children}</span>
    </button>
  );
}
