import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { useResults } from "../../state/resultStore.ts";
import { useSettings } from "../../state/settingsStore.ts";
import { Button } from "../../ui/Button.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { Headline } from "../Headline.tsx";
import { useSession } from "../session.ts";
import { type CellContext, columnsOf } from "./cells.ts";
import { Detail } from "./Detail.tsx";
import { Grid } from "./Grid.tsx";
import { FILTERS, type FilterName, filterRows, groupsOf, NO_FILTER, type RowFilter } from "./rows.ts";
import { type Place, placeOf, type Spot, spotAt } from "./selection.ts";

const KIND_KEYS = ["", "observed", "stated", "assumed", "projected"] as const;

/** The first value, whatever the rows. */
const START: Spot = { row: 0, column: 1, id: "", key: "value" };

/** Every parameter: searched, filtered, and edited like a spreadsheet. */
export function AssumptionsView() {
  const { t } = useTranslation();
  const { documents } = useSession();
  const file = useCase(presentCase);
  const opened = useCase((state) => state.opened);
  const values = useResults((state) => state.values);
  const { language, focus, pair, set } = useSettings();
  const [filter, setFilter] = useState<RowFilter>(NO_FILTER);
  const [local, setLocal] = useState(false);
  const [active, setActive] = useState<Spot>(START);
  const rows = useMemo(() => (file ? filterRows(file, opened, filter) : []), [file, opened, filter]);
  const context = useMemo<CellContext | null>(
    () =>
      file && {
        file,
        values,
        language,
        unitWords: t("assumptions.units", { returnObjects: true }) as unknown as Record<string, string>,
        kindLabels: Object.fromEntries(KIND_KEYS.map((key) => [key, t(`assumptions.kinds.${key}`)])),
      },
    [file, values, language, t],
  );
  const columns = useMemo(() => (file ? columnsOf(file, local) : []), [file, local]);
  const titles = useMemo(
    () =>
      columns.map((column) =>
        column.municipality === null
          ? t(`assumptions.columns.${column.kind}`)
          : (file?.municipalities.find(({ id }) => id === column.municipality)?.label ?? ""),
      ),
    [columns, file, t],
  );
  useEffect(() => {
    if (!focus) return;
    const only = FILTERS.filter((name) => name === focus.filter);
    setFilter({ ...NO_FILTER, only, search: focus.parameter ?? "" });
    setActive(START);
    set({ focus: null });
  }, [focus, set]);
  if (!file || !context) return null;
  const place: Place = placeOf(rows, columns, active);
  const helps = columns.map(({ kind }) =>
    kind === "low" || kind === "high" || kind === "source" || kind === "kind"
      ? t(`assumptions.columnHelp.${kind}`)
      : null,
  );
  const toggle = (name: FilterName) =>
    setFilter({
      ...filter,
      only: filter.only.includes(name) ? filter.only.filter((item) => item !== name) : [...filter.only, name],
    });
  const selected = rows[place.row] ?? null;
  const total = file.parameters.length;
  const count =
    rows.length === total
      ? t("assumptions.count", { count: total })
      : t("assumptions.countOf", { shown: rows.length, total });
  return (
    <div className="app-assumptions">
      <h2 className="app-hidden">{t("assumptions.title")}</h2>
      <search className="app-toolbar">
        <TextField
          label={t("assumptions.search")}
          labelHidden
          type="search"
          placeholder={t("assumptions.searchHint")}
          data-find
          value={filter.search}
          onChange={(search) => setFilter({ ...filter, search })}
        />
        <Select
          label={t("assumptions.group")}
          labelHidden
          value={filter.group}
          options={[
            { value: "", label: t("assumptions.allGroups") },
            ...groupsOf(file)
              .filter((group) => group !== "")
              .map((group) => ({ value: group, label: group })),
          ]}
          onChange={(group) => setFilter({ ...filter, group })}
        />
        <fieldset className="app-chips">
          <legend className="app-hidden">{t("assumptions.filter")}</legend>
          {FILTERS.map((name) => (
            <button
              key={name}
              type="button"
              className="app-chip"
              aria-pressed={filter.only.includes(name)}
              onClick={() => toggle(name)}
            >
              {t(`assumptions.${name}`)}
            </button>
          ))}
        </fieldset>
        <div className="app-toolbar__end">
          <Button kind="subtle" icon="table" pressed={local} onClick={() => setLocal(!local)}>
            {t("assumptions.localColumns")}
          </Button>
          <Menu
            name={t("assumptions.csvName")}
            label={t("assumptions.csv")}
            items={[
              {
                label: t("assumptions.csvOut"),
                icon: "export",
                onSelect: () => void documents.exportAssumptions(),
              },
              { label: t("assumptions.csvIn"), icon: "table", onSelect: () => void documents.importCsv() },
            ]}
          />
        </div>
      </search>
      <Headline scenario={pair[1]} />
      {rows.length === 0 ? (
        <div className="app-card app-empty">
          <div>
            <p>{t("assumptions.none")}</p>
            <Button onClick={() => setFilter(NO_FILTER)}>{t("assumptions.reset")}</Button>
          </div>
        </div>
      ) : (
        <Grid
          rows={rows}
          columns={columns}
          titles={titles}
          helps={helps}
          context={context}
          opened={opened}
          active={place}
          onActive={(to) => setActive(spotAt(rows, columns, to))}
        />
      )}
      <Detail
        parameter={selected}
        column={columns[place.column] ?? null}
        before={opened?.parameters.find(({ id }) => id === selected?.id) ?? null}
        context={context}
      />
      <p className="app-assumptions__keys">
        <strong role="status">{count}</strong> {t("assumptions.keys")}
      </p>
    </div>
  );
}
