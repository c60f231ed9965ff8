import { useId } from "react";

interface Option {
  readonly value: string;
  readonly label: string;
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  /** The label is for screen readers only. */
  readonly labelHidden?: boolean;
}

export function Select({ label, value, options, onChange, labelHidden = false }: SelectProps) {
  const id = useId();
  return (
    <span className="app-field">
      <label htmlFor={id} className={labelHidden ? "app-hidden" : "utrecht-form-label app-field__label"}>
        {label}
      </label>
      <select
        id={id}
        className="utrecht-select utrecht-select--html-select app-select"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  );
}
