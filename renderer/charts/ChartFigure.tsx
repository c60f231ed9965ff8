import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Icon } from "../ui/Icon.tsx";
import { ChartCanvas } from "./ChartCanvas.tsx";
import type { Drawing } from "./drawing.ts";
import { toPng } from "./png.ts";

export interface ChartWords {
  readonly asTable: string;
  readonly asChart: string;
  readonly png: string;
  readonly keys: string;
}

interface ChartFigureProps {
  /** The finding, in one line. */
  readonly title: string;
  readonly subtitle?: string;
  readonly words: ChartWords;
  /** Null when there is nothing to draw. */
  readonly chart: Drawing | null;
  /** The same figures as a table. */
  readonly table: ReactNode;
  readonly controls?: ReactNode;
  readonly note?: ReactNode;
  /** What stands below the image: where it is from. */
  readonly source: string;
  /** Name of the image file, without its ending. */
  readonly fileName: string;
  readonly onPng: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
}

/** A chart with the finding as its title, its table one key away, and its image. */
export function ChartFigure({
  title,
  subtitle,
  words,
  chart,
  table,
  controls,
  note,
  source,
  fileName,
  onPng,
}: ChartFigureProps) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  // Only with the focus inside: a letter alone may do nothing elsewhere on a page (WCAG 2.1.4).
  const onKey = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, select, textarea");
    if (event.key.toLowerCase() !== "t" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    event.preventDefault();
    setAsTable(!asTable);
  };
  const save = async () => {
    if (chart) onPng(fileName, await toPng(chart, { title, subtitle: subtitle ?? "", source }));
  };
  return (
    <figure className="app-card app-chart" aria-labelledby={id} onKeyDown={onKey}>
      <header className="app-card__header">
        <div>
          <h2 id={id} className="nl-heading nl-heading--level-2">
            {title}
          </h2>
          {subtitle && <p className="app-chart__subtitle">{subtitle}</p>}
        </div>
        <div className="app-card__actions">
          <button
            type="button"
            className="app-iconbutton"
            aria-pressed={asTable}
            title={`${asTable ? words.asChart : words.asTable}. ${words.keys}`}
            onClick={() => setAsTable(!asTable)}
          >
            <Icon name={asTable ? "chart" : "table"} />
            <span className="app-hidden">{words.asTable}</span>
          </button>
          {chart && (
            <button
              type="button"
              className="app-iconbutton"
              data-export-chart
              title={words.png}
              onClick={() => void save()}
            >
              <Icon name="export" />
              <span className="app-hidden">{words.png}</span>
            </button>
          )}
        </div>
      </header>
      {controls && <div className="app-chart__controls">{controls}</div>}
      {asTable ? (
        <div className="app-scroll">{table}</div>
      ) : chart ? (
        <ChartCanvas drawing={chart} />
      ) : (
        <p className="app-empty">{title}</p>
      )}
      {note && <figcaption className="app-chart__note">{note}</figcaption>}
    </figure>
  );
}
