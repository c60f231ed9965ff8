interface ScenarioNameProps {
  readonly side: "left" | "right";
  readonly label: string;
}

/** The name of a scenario with the mark of its side; the two do not part at the end of a line. */
export function ScenarioName({ side, label }: ScenarioNameProps) {
  return (
    <span className="app-side" title={label}>
      <span className={`app-swatch app-swatch--${side}`} />
      {label}
    </span>
  );
}
