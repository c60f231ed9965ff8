import {
  type ClipboardEvent,
  type FocusEvent,
  Fragment,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { BusinessCase, Parameter } from "../../../scenarios/index.ts";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { outsideBands, widenBands } from "../../state/edits.ts";
import { type Notice, notify } from "../../state/screenStore.ts";
import { Term } from "../../ui/Term.tsx";
import { formatsOf } from "../format.ts";
import { useSession } from "../session.ts";
import {
  type BandEffect,
  bandEffect,
  type CellContext,
  copyText,
  type Entered,
  editText,
  type GridColumn,
  parseCell,
  stepKey,
} from "./cells.ts";
import { formatBlock, parseBlock } from "./clipboard.ts";
import type { After, Editing } from "./editing.ts";
import { faultWords, outsideWords } from "./faultWords.ts";
import { GridRow } from "./GridRow.tsx";
import { isChanged } from "./rows.ts";
import { blockOf, type Place, placeOf, type Spot, spotAt, tabFrom, walk } from "./selection.ts";

/** Height of a row, and how many rows are drawn without a window. */
const ROW = 30;
const ALL = 100;
const MARGIN = 12;

/** Formulas survive between two cells of this program; other programs get their results. */
const OWN_TYPE = "application/x-ontschot-cells";

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

type Change = (file: BusinessCase) => BusinessCase;

/** One of a block of cells that are entered together. */
interface Entry {
  readonly place: Place;
  readonly text: string;
}

/** A native table that is walked and edited like a spreadsheet. */
export function Grid({ rows, columns, titles, helps, context, opened, active, onActive }: GridProps) {
  const { t } = useTranslation();
  const { documents } = useSession();
  const [anchorSpot, setAnchorSpot] = useState<Spot>(() => spotAt(rows, columns, active));
  const anchor = placeOf(rows, columns, anchorSpot);
  const setAnchor = (place: Place) => setAnchorSpot(spotAt(rows, columns, place));
  const [editing, setEditing] = useState<Editing | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wantsFocus = useRef(false);
  /** The block that was refused for its bands alone, and the case that it was refused in. */
  const asked = useRef<{ readonly entered: string; readonly file: BusinessCase } | null>(null);
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
  useLayoutEffect(() => {
    if (wantsFocus.current && !editing) focusActive();
  }, [active, editing, window, focusActive]);

  // A frame that becomes lower, for a notice takes room, does not push the row that is worked in out of sight.
  useEffect(() => {
    const element = scroller.current;
    if (!element || typeof ResizeObserver === "undefined") return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const cell = table.current?.querySelector("[data-active=true]")?.getBoundingClientRect();
      const bottom = cell ? cell.bottom - element.getBoundingClientRect().top - element.clientTop : 0;
      const hidden = bottom - element.clientHeight;
      // A pixel may be lost in rounding.
      if (hidden > 0 && bottom <= height + 1) element.scrollTop += hidden;
      height = element.clientHeight;
      look(element);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [look]);

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

  const nameOf = (parameter: Parameter, column: GridColumn) =>
    `${parameter.label}, ${titles[columns.indexOf(column)] ?? ""}`;

  const startEditing = (typed?: string) => {
    if (!here || editing) return;
    const { parameter, column } = here;
    if (!column.editable) return notify({ tone: "info", key: "assumptions.readOnly" });
    setAnchor(active);
    const from = editText(parameter, column, context);
    setEditing({
      id: parameter.id,
      key: column.key,
      from,
      text: typed ?? from,
      replaced: typed !== undefined,
      problem: null,
    });
  };

  /** Tells what became of the other end of a band. */
  const effectWords = (parameter: Parameter, { key, end, other }: BandEffect): string =>
    t(key, {
      label: parameter.label,
      end: t(`assumptions.columns.${end}`),
      other: t(`assumptions.columns.${end === "low" ? "high" : "low"}`),
      value: other === null ? "" : formatsOf(context.language).cell(other, parameter.unit),
    });

  /** The open cell, also where a filter has taken its row away; null when no cell is open. */
  const openCell = () => {
    const parameter = context.file.parameters.find(({ id }) => id === editing?.id);
    const column = columns.find(({ key }) => key === editing?.key);
    return editing && parameter && column ? { parameter, column, text: editing.text } : null;
  };

  /** Puts the open cell in the case. Gives the words of a refusal, or null when nothing stands in the way of closing it. */
  const enter = (again: boolean): string | null => {
    const cell = openCell();
    if (!cell) return null;
    const { parameter, column, text } = cell;
    if (text === editText(parameter, column, context)) return null;
    const parsed = parseCell(parameter, column, text, context);
    if (!parsed.ok) return t(parsed.message, { ...parsed.values });
    const step = { key: stepKey(column), subject: parameter.label };
    const end = column.kind === "low" || column.kind === "high" ? column.kind : null;
    const faults = documents.edit(step, parsed.change, parsed.record);
    const outside = end === null ? outsideBands(faults) : null;
    const wide = (file: BusinessCase) => widenBands(parsed.change(file), faults);
    const left = again && outside ? documents.edit(step, wide, parsed.record) : faults;
    const [fault] = left;
    if (fault && outside && left === faults)
      return `${outsideWords(faults, context.file, context.language, t)} ${t("assumptions.widen")}`;
    if (fault)
      return t("assumptions.refused", {
        why: faultWords(fault, context.file, parameter, context.language, t),
      });
    const after = presentCase(useCase.getState())?.parameters.find(({ id }) => id === parameter.id);
    const effect = after && end ? bandEffect(parameter, after, end) : null;
    if (effect)
      notify({
        tone: "info",
        key: "assumptions.told",
        values: { words: effectWords(parameter, effect) },
        ofEdit: true,
      });
    return null;
  };

  /** Closes the open cell if what stands in it is taken, else leaves it open with why. Gives that, or null. */
  const settle = (again = false): string | null => {
    if (!editing) return null;
    const refusal = enter(again);
    setEditing(refusal === null ? null : { ...editing, problem: { text: editing.text, words: refusal } });
    return refusal;
  };
  const field = () => table.current?.querySelector<HTMLElement>(".app-celleditor__field") ?? null;

  /** What a refused entry is called in a notice. */
  const refusedEntry = (key: string, refusal: string): Notice | null => {
    const cell = openCell();
    if (!cell) return null;
    const where = nameOf(cell.parameter, cell.column);
    return { tone: "error", key, values: { where, text: cell.text, what: refusal } };
  };

  const commit = (after: After) => {
    if (settle(editing?.problem?.text === editing?.text) !== null) return;
    const { row, column } = active;
    const next =
      after === "left" || after === "right"
        ? tabFrom(active, after === "left", rows.length, columns.length)
        : { row: Math.max(0, Math.min(rows.length - 1, row + (after === "down" ? 1 : -1))), column };
    moveTo(next ?? active);
  };

  /** Whether a cell holds something else in another case. */
  const isOther = (place: Place, before: BusinessCase, after: BusinessCase): boolean => {
    const cell = cellAt(place);
    const [was, is] = [before, after].map((file) => {
      const parameter = file.parameters.find(({ id }) => id === cell?.parameter.id);
      return cell && parameter ? editText(parameter, cell.column, { ...context, file }) : "";
    });
    return was !== is;
  };

  /** The first of the cells with which a block is no case any more. */
  const culpritOf = (changes: readonly { where: string; change: Change }[]): string => {
    const upTo = (count: number) => (file: BusinessCase) =>
      changes.slice(0, count).reduce((before, { change }) => change(before), file);
    let [sound, broken] = [0, changes.length];
    while (broken - sound > 1) {
      const middle = Math.floor((sound + broken) / 2);
      const faults = documents.faultsOf(upTo(middle));
      if (faults.length === 0 || outsideBands(faults)) sound = middle;
      else broken = middle;
    }
    return changes[sound]?.where ?? "";
  };

  /**
   * Many cells as one step: all of them, or none and why. Says how many changed, and what became of the others. A block
   * that is refused for its bands alone takes them along when it is entered again.
   */
  const applyMany = (
    key: "paste" | "fill" | "clear",
    how: Entered,
    cells: readonly Entry[],
    done?: () => void,
  ): void => {
    const file = presentCase(useCase.getState());
    if (!file) return;
    const entered = JSON.stringify([key, cells]);
    const again = asked.current?.entered === entered && asked.current.file === file;
    asked.current = null;
    let next = file;
    const changes: { where: string; change: Change }[] = [];
    let outside = 0;
    const fixed: string[] = [];
    const refusals: { where: string; what: string }[] = [];
    /** Per parameter the ends of its band that were entered, and whether with a number. */
    const ends = new Map<string, Partial<Record<"low" | "high", boolean>>>();
    for (const { place, text } of cells) {
      const cell = cellAt(place);
      const filled = text.trim() !== "";
      if (!cell) {
        if (filled) outside += 1;
        continue;
      }
      const { column } = cell;
      const parameter = next.parameters.find(({ id }) => id === cell.parameter.id) ?? cell.parameter;
      const where = nameOf(parameter, column);
      if (!column.editable) {
        if (filled && text.trim() !== editText(parameter, column, context)) fixed.push(where);
        continue;
      }
      const parsed = parseCell(parameter, column, text, { ...context, file: next }, how);
      if (!parsed.ok) {
        refusals.push({ where, what: t(parsed.message, { ...parsed.values }) });
        continue;
      }
      if (column.kind === "low" || column.kind === "high")
        ends.set(parameter.id, { ...ends.get(parameter.id), [column.kind]: filled });
      changes.push({ where, change: parsed.change });
      next = parsed.change(next);
    }
    const count = cells.filter(({ place }) => isOther(place, file, next)).length;
    const told: string[] = [];
    for (const [id, entered] of ends) {
      const before = file.parameters.find((item) => item.id === id);
      const after = next.parameters.find((item) => item.id === id);
      if (!before || !after) continue;
      const { low, high } = entered;
      if (low !== undefined && high !== undefined) {
        const band = after.distribution !== undefined;
        if (low !== high && band) refusals.push({ where: before.label, what: t("assumptions.bandBoth") });
        continue;
      }
      const effect = bandEffect(before, after, low === undefined ? "high" : "low");
      if (effect) told.push(effectWords(before, effect));
    }
    const refuse = (where: string, what: string, amount: number) =>
      notify({
        tone: "error",
        key: "assumptions.refusedMany",
        values: { where, what, count: amount },
        refusal: true,
      });
    const [refusal] = refusals;
    if (refusal && key !== "clear") {
      refuse(refusal.where, refusal.what, refusals.length);
      return;
    }
    const step = { key, subject: "", count };
    const faults = documents.edit(step, () => next);
    const offBand = outsideBands(faults);
    /** The block does not itself say what these bands are. */
    const free = offBand?.every((id) => !ends.has(id)) ?? false;
    const wide = again && free;
    const [fault] = wide ? documents.edit(step, () => widenBands(next, faults)) : faults;
    if (fault && offBand && !wide) {
      if (free) asked.current = { entered, file };
      const run = () => applyMany(key, how, cells, done);
      notify({
        tone: "error",
        key: "assumptions.refusedBlock",
        values: { why: outsideWords(faults, next, context.language, t) },
        refusal: true,
        ...(free ? { action: { key: `assumptions.wide.${key}`, run } } : {}),
      });
      return;
    }
    if (fault) {
      refuse(culpritOf(changes), faultWords(fault, file, null, context.language, t), 1);
      return;
    }
    // An adopted case says itself that it is not changed.
    if (next !== file && presentCase(useCase.getState()) === file) return;
    const [firstFixed] = fixed;
    const left = [
      outside > 0 ? t("assumptions.leftOutside", { count: outside }) : "",
      firstFixed ? t("assumptions.leftFixed", { count: fixed.length, where: firstFixed }) : "",
      refusal ? t("assumptions.leftFull", { count: refusals.length, ...refusal }) : "",
      wide ? t("assumptions.widened", { count: offBand?.length ?? 0 }) : "",
      told.length > 1 ? t("assumptions.bandsChanged", { count: told.length }) : (told[0] ?? ""),
    ].filter(Boolean);
    const changed = count > 0 ? t(`assumptions.done.${key}`, { count }) : t("assumptions.done.nothing");
    notify({
      tone: outside + fixed.length + refusals.length > 0 ? "warning" : "ok",
      key: "assumptions.told",
      values: { words: [changed, ...left].join(" ") },
      ofEdit: next !== file,
    });
    done?.();
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
    if (cells.length === 0) return;
    applyMany("paste", "pasted", cells, () => {
      if (single === null)
        setAnchor({
          row: Math.min(rows.length - 1, block.top + pasted.length - 1),
          column: Math.min(
            columns.length - 1,
            block.left + Math.max(...pasted.map((line) => line.length)) - 1,
          ),
        });
    });
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
    applyMany("fill", "typed", cells);
  };
  const clear = () => {
    const places = placesOf(block);
    if (places.some(({ column }) => columns[column]?.editable))
      applyMany(
        "clear",
        "typed",
        places.map((place) => ({ place, text: "" })),
      );
    else notify({ tone: "info", key: "assumptions.readOnly" });
  };

  const onKey = (event: KeyboardEvent) => {
    const inHead = event.target instanceof Element && event.target.closest("thead") !== null;
    if (editing || inHead || event.altKey) return;
    const control = event.ctrlKey || event.metaKey;
    const tab = event.key === "Tab" && !control;
    const to = tab
      ? tabFrom(active, event.shiftKey, rows.length, columns.length)
      : walk(active, event.key, control, rows.length, columns.length);
    if (to) {
      event.preventDefault();
      moveTo(to, event.shiftKey && !tab);
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
  const actions = useSteady({
    press: (event: PointerEvent, place: Place) => {
      if (event.button !== 0) return;
      if (editing) {
        const cell = cellAt(place);
        if (cell?.parameter.id === editing.id && cell.column.key === editing.key) return;
        if (settle() !== null) return;
        wantsFocus.current = true;
      }
      onActive(place);
      if (!event.shiftKey) setAnchor(place);
    },
    drag: (event: PointerEvent, place: Place) => {
      if (editing || event.buttons !== 1) return;
      onActive(place);
    },
    edit: () => startEditing(),
    type: (text: string) => setEditing((cell) => cell && { ...cell, text }),
    commit,
    cancel: () => {
      wantsFocus.current = true;
      setEditing(null);
    },
    blur: (event: FocusEvent) => {
      // The window lost the focus, not the field.
      if (!editing || document.activeElement === event.target) return;
      wantsFocus.current = false;
      const to = event.relatedTarget;
      const refused = settle() !== null;
      if (refused && to instanceof Element && table.current?.tBodies[0]?.contains(to))
        requestAnimationFrame(() => field()?.focus());
    },
    /** Before the case is taken as it is on the screen. */
    settleFirst: (): Notice | null => {
      wantsFocus.current = document.activeElement === field();
      const refusal = settle();
      if (refusal === null) return null;
      field()?.focus();
      return refusedEntry("assumptions.entryBlocks", refusal);
    },
    /** The cell is about to go: what stands in it is taken, or said to be lost. */
    leave: () => {
      const refusal = enter(false);
      const notice = refusal === null ? null : refusedEntry("assumptions.entryLost", refusal);
      if (notice) notify(notice);
    },
  });
  const typed = editing !== null && editing.text !== editing.from;
  useEffect(
    () => (typed ? documents.holdEntry({ settle: actions.settleFirst }) : undefined),
    [typed, documents, actions],
  );
  useEffect(() => actions.leave, [actions]);
  const gone =
    editing !== null &&
    !(rows.some(({ id }) => id === editing.id) && columns.some(({ key }) => key === editing.key));
  useEffect(() => {
    if (!gone) return;
    actions.leave();
    setEditing(null);
  }, [gone, actions]);
  /** A cell that stays open keeps the focus. */
  const onMouseDown = (event: MouseEvent) => {
    const { target } = event;
    if (editing && target instanceof Element && target.closest("tbody") && !target.closest(".app-celleditor"))
      event.preventDefault();
  };
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
        onMouseDown={onMouseDown}
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
                editing={editing?.id === parameter.id ? editing : null}
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
