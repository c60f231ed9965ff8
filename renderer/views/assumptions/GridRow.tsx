import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { Parameter } from "../../../scenarios/index.ts";
import { CellEditor } from "./CellEditor.tsx";
import { type CellContext, type GridColumn, shownCell } from "./cells.ts";
import type { Editing, RowActions } from "./editing.ts";

interface GridRowProps {
  readonly parameter: Parameter;
  readonly row: number;
  /** Place in the whole table, for who does not see it. */
  readonly position: number;
  readonly columns: readonly GridColumn[];
  readonly titles: readonly string[];
  readonly context: CellContext;
  readonly changed: boolean;
  /** The column of the cell with the focus, where it is in this row. */
  readonly active: number | null;
  /** First and last selected column. */
  readonly from: number | null;
  readonly to: number | null;
  /** The cell that is open, where it is in this row. */
  readonly editing: Editing | null;
  readonly actions: RowActions;
}

/** One assumption; drawn again only when something in it changes. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { parameter, row, position, columns, titles, context, changed, active, from, to, editing, actions } =
    props;
  const { t } = useTranslation();
  return (
    <tr aria-rowindex={position}>
      {columns.map((column, at) => {
        const isActive = active === at;
        const cell = shownCell(parameter, column, context);
        const selected = from !== null && to !== null && at >= from && at <= to;
        const place = { row, column: at };
        const classes = [
          column.numeric && "app-number",
          cell.formula && "app-grid__formula",
          cell.inherited && "app-grid__inherited",
          !column.editable && column.kind !== "label" && "app-grid__fixed",
          selected && "app-grid__selected",
          changed && column.kind === "label" && "app-grid__changed",
        ];
        const Tag = column.kind === "label" ? "th" : "td";
        return (
          <Tag
            key={column.key}
            {...(column.kind === "label" ? { scope: "row" } : { role: "gridcell" })}
            className={classes.filter(Boolean).join(" ")}
            tabIndex={isActive && !editing ? 0 : -1}
            data-active={isActive}
            aria-selected={selected}
            aria-readonly={!column.editable}
            title={cell.text.length > 14 && !column.numeric ? cell.text : undefined}
            onPointerDown={(event) => actions.press(event, place)}
            onPointerEnter={(event) => actions.drag(event, place)}
            onDoubleClick={actions.edit}
          >
            {editing?.key === column.key ? (
              <CellEditor
                parameter={parameter}
                column={column}
                context={context}
                editing={editing}
                label={t("assumptions.editing", { label: parameter.label, column: titles[at] })}
                actions={actions}
              />
            ) : (
              <span className="app-grid__text">{cell.text}</span>
            )}
          </Tag>
        );
      })}
    </tr>
  );
});
