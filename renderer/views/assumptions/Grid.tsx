import {
  type ClipboardEvent,
  Fragment,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { Fault } from "../../../models/index.ts";
import type { BusinessCase, Parameter } from "../../../scenarios/index.ts";
import { describeFault } from "../../../scenarios/text/index.ts";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { notify } from "../../state/screenStore.ts";
import { Term } from "../../ui/Term.tsx";
import { useSession } from "../session.ts";
import type { After } from "./CellEditor.tsx";
import { type CellContext, copyText, editText, type GridColumn, parseCell, stepKey } from "./cells.ts";
import { formatBlock, parseBlock } from "./clipboard.ts";
import { type Editing, GridRow, type RowActions } from "./GridRow.tsx";
import { isChanged } from "./rows.ts";
import { blockOf, type Place, walk } from "./selection.ts";

/** Height of a row, and how many rows are drawn without a window. */
const ROW = 30;
const ALL = 100;
const MARGIN = 12;

/** Formulas survive between two cells of this program; other programs get their results. */
const OWN_TYPE = "application/x-ontschot-cells";

const MOVES: Readonly<Record<After, readonly [row: number, column: number]>> = {
  stay: [0, 0],
  down: [1, 0],
  up: [-1, 0],
  right: [0, 1],
  left: [0, -1],
};

interface GridProps {
  readonly rows: readonly Parameter[];
  readonly columns: readonly GridColumn[];
  readonly titles: readonly string[];
  /** What a column means, where its title alone does not say so. */
  readonly helps: readonly (string | null)[];
  readonly context: CellContext;
  readonly opened: BusinessCase | null;
  readonly active: Place;
  readonly onActive: (place: Place) => void;
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/** The part of a long list that is on the screen, in visual rows. */
function useWindow(count: number): [Window, (element: HTMLElement) => void] {
  const [window, setWindow] = useState<Window>({ from: 0, to: 60 });
  const look = useCallback((element: HTMLElement) => {
    const from = Math.max(0, Math.floor(element.scrollTop / ROW) - MARGIN);
    const to = Math.ceil((element.scrollTop + element.clientHeight) / ROW) + MARGIN;
    setWindow((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, []);
  return [count > ALL ? window : { from: 0, to: count }, look];
}

/** Functions that stay the same ones while what they do is the newest: rows that did not change are not drawn again. */
function useSteady<T extends Readonly<Record<keyof T, (...values: never[]) => unknown>>>(newest: T): T {
  const latest = useRef(newest);
  latest.current = newest;
  return useMemo(() => {
    const keys = Object.keys(latest.current) as (keyof T)[];
    const call =
      (key: keyof T) =>
      (...values: never[]) =>
        latest.current[key](...values);
    return Object.fromEntries(keys.map((key) => [key, call(key)])) as unknown as T;
  }, []);
}

/** Whether the only objection is that a value lies outside its own band. */
function isOutsideBand(faults: readonly Fault[]): boolean {
  return faults.length > 0 && faults.every(({ code }) => code === "VALUE_OUTSIDE_RANGE");
}

/** A native table that is walked and edited like a spreadsheet. */
export function Grid({ rows, columns, titles, helps, context, opened, active, onActive }: GridProps) {
  const { t } = useTranslation();
  const { documents } = useSession();
  const [anchor, setAnchor] = useState<Place>(active);
  const [editing, setEditing] = useState<Editing | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  const block = blockOf(active, anchor);

  const visual = useMemo(() => {
    const list: ({ kind: "group"; label: string } | { kind: "row"; row: number })[] = [];
    let group: string | null = null;
    for (const [row, parameter] of rows.entries()) {
      const own = parameter.group ?? "";
      if (own !== group) list.push({ kind: "group", label: own });
      group = own;
      list.push({ kind: "row", row });
    }
    return list;
  }, [rows]);
  const [window, look] = useWindow(visual.length);

  const focusActive = useCallback(() => {
    const cell = table.current?.querySelector<HTMLElement>("[data-active=true]");
    if (cell) {
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
      wantsFocus.current = false;
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows what is drawn
  useEffect(() => {
    if (wantsFocus.current && !editing) focusActive();
  }, [active, editing, window, focusActive]);

  const show = (row: number) => {
    const element = scroller.current;
    const at = visual.findIndex((item) => item.kind === "row" && item.row === row);
    if (!element || at < 0 || visual.length <= ALL) return;
    const top = at * ROW;
    if (top < element.scrollTop + 2 * ROW) element.scrollTop = Math.max(0, top - 2 * ROW);
    else if (top > element.scrollTop + element.clientHeight - 2 * ROW)
      element.scrollTop = top - element.clientHeight + 3 * ROW;
    look(element);
  };
  const moveTo = (place: Place, extend = false) => {
    wantsFocus.current = true;
    show(place.row);
    onActive(place);
    if (!extend) setAnchor(place);
  };

  const cellAt = (place: Place) => {
    const [parameter, column] = [rows[place.row], columns[place.column]];
    return parameter && column ? { parameter, column } : null;
  };
  const here = cellAt(active);

  const startEditing = (text?: string) => {
    if (!here) return;
    if (!here.column.editable) return notify({ tone: "info", key: "assumptions.readOnly" });
    setAnchor(active);
    setEditing(
      text === undefined
        ? { text: editText(here.parameter, here.column, context), replaced: false }
        : { text, replaced: true },
    );
  };

  const words = (faults: readonly Fault[]) => {
    const [fault] = faults;
    if (!fault) return "";
    const { what, mend } = describeFault(fault, context.language);
    return isOutsideBand(faults)
      ? `${what} ${t("assumptions.widen")}`
      : t("assumptions.refused", { what, mend });
  };

  const commit = (text: string, after: After, again: boolean): string | null => {
    if (!here) return null;
    const { parameter, column } = here;
    const leave = () => {
      setEditing(null);
      const [down, right] = MOVES[after];
      if (after !== "stay")
        moveTo({
          row: Math.max(0, Math.min(rows.length - 1, active.row + down)),
          column: Math.max(0, Math.min(columns.length - 1, active.column + right)),
        });
      return null;
    };
    if (text === editText(parameter, column, context)) return leave();
    const parsed = parseCell(parameter, column, text, context);
    if (!parsed.ok) return t(parsed.message);
    const step = { key: stepKey(column), subject: parameter.label };
    const change = again && parsed.widened ? parsed.widened : parsed.change;
    const faults = documents.edit(step, change, parsed.record);
    return faults.length > 0 ? words(faults) : leave();
  };

  /** Many cells as one step: all of them, or none and why. */
  const applyMany = (
    key: "paste" | "fill" | "clear",
    cells: readonly { place: Place; text: string }[],
  ): boolean => {
    const file = presentCase(useCase.getState());
    if (!file) return false;
    let next = file;
    let count = 0;
    for (const { place, text } of cells) {
      const cell = cellAt(place);
      if (!cell?.column.editable) continue;
      const parameter = next.parameters.find(({ id }) => id === cell.parameter.id) ?? cell.parameter;
      const parsed = parseCell(parameter, cell.column, text, { ...context, file: next });
      const where = `${parameter.label}, ${titles[place.column] ?? ""}`;
      if (!parsed.ok) {
        notify({
          tone: "error",
          key: "assumptions.refusedPaste",
          values: { where, what: t(parsed.message) },
        });
        return false;
      }
      next = parsed.change(next);
      count += 1;
    }
    const faults = documents.edit({ key, subject: String(count) }, () => next);
    const [fault] = faults;
    if (fault) {
      const { what, where } = describeFault(fault, context.language);
      notify({ tone: "error", key: "assumptions.refusedPaste", values: { where, what } });
      return false;
    }
    return true;
  };

  const texts = (textOf: typeof copyText) =>
    Array.from({ length: block.bottom - block.top + 1 }, (_, down) =>
      Array.from({ length: block.right - block.left + 1 }, (__, right) => {
        const cell = cellAt({ row: block.top + down, column: block.left + right });
        return cell ? textOf(cell.parameter, cell.column, context) : "";
      }),
    );
  const onCopy = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", formatBlock(texts(copyText)));
    event.clipboardData.setData(OWN_TYPE, formatBlock(texts(editText)));
    const count = (block.bottom - block.top + 1) * (block.right - block.left + 1);
    notify({ tone: "ok", key: "assumptions.copied", values: { count } });
  };
  const onPaste = (event: ClipboardEvent) => {
    if (editing) return;
    event.preventDefault();
    const data = event.clipboardData;
    const pasted = parseBlock(data.getData(OWN_TYPE) || data.getData("text/plain"));
    const single = pasted.length === 1 && pasted[0]?.length === 1 ? (pasted[0][0] ?? "") : null;
    const cells =
      single === null
        ? pasted.flatMap((line, down) =>
            line.map((text, right) => ({
              place: { row: block.top + down, column: block.left + right },
              text,
            })),
          )
        : placesOf(block).map((place) => ({ place, text: single }));
    if (cells.length > 0 && applyMany("paste", cells)) {
      notify({ tone: "ok", key: "assumptions.pasted", values: { count: cells.length } });
      if (single === null)
        setAnchor({
          row: Math.min(rows.length - 1, block.top + pasted.length - 1),
          column: Math.min(
            columns.length - 1,
            block.left + Math.max(...pasted.map((line) => line.length)) - 1,
          ),
        });
    }
  };
  const placesOf = (area: typeof block): Place[] =>
    Array.from({ length: area.bottom - area.top + 1 }, (_, down) =>
      Array.from({ length: area.right - area.left + 1 }, (__, right) => ({
        row: area.top + down,
        column: area.left + right,
      })),
    ).flat();
  const fillDown = () => {
    const area = block.top === block.bottom && block.top > 0 ? { ...block, top: block.top - 1 } : block;
    const cells = placesOf(area)
      .filter(({ row }) => row > area.top)
      .map((place) => {
        const from = cellAt({ row: area.top, column: place.column });
        return { place, text: from ? editText(from.parameter, from.column, context) : "" };
      });
    if (applyMany("fill", cells))
      notify({ tone: "ok", key: "assumptions.filled", values: { count: cells.length } });
  };
  const clear = () => {
    const cells = placesOf(block)
      .filter(({ column }) => columns[column]?.kind !== "value")
      .map((place) => ({ place, text: "" }));
    if (cells.length > 0) applyMany("clear", cells);
  };

  const onKey = (event: KeyboardEvent) => {
    const inHead = event.target instanceof Element && event.target.closest("thead") !== null;
    if (editing || inHead || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const to = walk(active, event.key, control, rows.length, columns.length);
    if (to) {
      event.preventDefault();
      moveTo(to, event.shiftKey);
    } else if (control && event.key.toLowerCase() === "d") {
      event.preventDefault();
      fillDown();
    } else if (control && event.key.toLowerCase() === "a") {
      event.preventDefault();
      setAnchor({ row: 0, column: 0 });
      onActive({ row: rows.length - 1, column: columns.length - 1 });
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      wantsFocus.current = true;
      startEditing();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      clear();
    } else if (event.key.length === 1 && !control) {
      event.preventDefault();
      wantsFocus.current = true;
      startEditing(event.key);
    }
  };
  const actions = useSteady<RowActions>({
    press: (event, place) => {
      if (editing || event.button !== 0) return;
      onActive(place);
      if (!event.shiftKey) setAnchor(place);
    },
    drag: (event, place) => {
      if (editing || event.buttons !== 1) return;
      onActive(place);
    },
    edit: () => startEditing(),
    commit,
    cancel: () => {
      wantsFocus.current = true;
      setEditing(null);
    },
  });
  const before = useMemo(() => new Map(opened?.parameters.map((item) => [item.id, item])), [opened]);

  const above = window.from;
  const after = Math.max(0, visual.length - window.to);
  return (
    <div
      ref={scroller}
      className="app-grid"
      onScroll={(event) => {
        if (visual.length > ALL) look(event.currentTarget);
      }}
    >
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a native table keeps its headings and is edited as a grid
        role="grid"
        className="app-grid__table"
        aria-label={t("assumptions.grid")}
        aria-rowcount={visual.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        onKeyDown={onKey}
        onCopy={onCopy}
        onPaste={onPaste}
      >
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column, index) => (
              // Its own name, for a reader says it with every cell.
              <th
                key={column.key}
                scope="col"
                aria-label={titles[index]}
                className={column.numeric ? "app-number" : ""}
              >
                {helps[index] ? <Term explanation={helps[index]}>{titles[index]}</Term> : titles[index]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && (
            <tr style={{ height: above * ROW }}>
              <td colSpan={columns.length} />
            </tr>
          )}
          {visual.slice(window.from, window.to).map((item, offset) => {
            const index = window.from + offset;
            if (item.kind === "group")
              return (
                <tr key={`group ${item.label}`} className="app-grid__group" aria-rowindex={index + 2}>
                  <th scope="rowgroup" colSpan={columns.length}>
                    <span>{item.label || t("assumptions.noGroup")}</span>
                  </th>
                </tr>
              );
            const parameter = rows[item.row];
            if (!parameter) return <Fragment key={index} />;
            const isActive = active.row === item.row;
            const selected = item.row >= block.top && item.row <= block.bottom;
            return (
              <GridRow
                key={parameter.id}
                parameter={parameter}
                row={item.row}
                position={index + 2}
                columns={columns}
                titles={titles}
                context={context}
                changed={isChanged(parameter, before)}
                active={isActive ? active.column : null}
                from={selected ? block.left : null}
                to={selected ? block.right : null}
                editing={isActive ? editing : null}
                actions={actions}
              />
            );
          })}
          {after > 0 && (
            <tr style={{ height: after * ROW }}>
              <td colSpan={columns.length} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
