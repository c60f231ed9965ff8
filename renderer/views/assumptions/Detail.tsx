import { useTranslation } from "react-i18next";
import type { Parameter } from "../../../scenarios/index.ts";
import { localReason, localValue, setLocal, sourceId, sourceLocator } from "../../state/edits.ts";
import { TextField } from "../../ui/TextField.tsx";
import { useFormats } from "../format.ts";
import { useHeldText } from "../heldText.ts";
import { useSession } from "../session.ts";
import { type CellContext, formulaText, type GridColumn } from "./cells.ts";

interface DetailProps {
  readonly parameter: Parameter | null;
  readonly column: GridColumn | null;
  readonly before: Parameter | null;
  readonly context: CellContext;
}

function Reason({
  parameter,
  municipality,
  name,
}: {
  readonly parameter: Parameter;
  readonly municipality: string;
  readonly name: string;
}) {
  const { t } = useTranslation();
  const { documents } = useSession();
  const { text, type, commit, giveBack } = useHeldText(localReason(parameter, municipality), (reason) => {
    documents.edit({ key: "reason", subject: parameter.label }, (file) =>
      setLocal(file, parameter.id, municipality, localValue(parameter, municipality), reason),
    );
    return null;
  });
  return (
    <TextField
      label={t("assumptions.detail.reasonFor", { municipality: name })}
      value={text}
      onChange={type}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") giveBack();
      }}
    />
  );
}

/** Everything about the selected parameter: name, formula, source, reasons of local values, what it was. */
export function Detail({ parameter, column, before, context }: DetailProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!parameter || !column)
    return (
      <section className="app-detail" aria-label={t("assumptions.detail.title")}>
        <p className="app-soft">{t("assumptions.detail.none")}</p>
      </section>
    );
  const source = context.file.sources?.find(({ id }) => id === sourceId(parameter.source));
  const { distribution } = parameter;
  const municipality = column.municipality ?? null;
  const hasLocal = municipality !== null && localValue(parameter, municipality) !== undefined;
  // As the table has it.
  const valueText = ({ value, unit }: Parameter) =>
    typeof value === "string" ? `= ${formulaText(value, context.language)}` : formats.cell(value, unit);
  const was =
    before && JSON.stringify(before.value) !== JSON.stringify(parameter.value) ? valueText(before) : null;
  const facts: [string, string][] = [
    [t("assumptions.detail.id"), parameter.id],
    [
      t(typeof parameter.value === "string" ? "assumptions.detail.formula" : "assumptions.detail.value"),
      valueText(parameter),
    ],
    [
      t("assumptions.detail.distribution"),
      distribution
        ? [
            t(`assumptions.distributions.${distribution.kind}`),
            "mode" in distribution && distribution.mode !== undefined
              ? t("assumptions.detail.mode", { mode: formats.cell(distribution.mode, parameter.unit) })
              : "",
          ]
            .filter(Boolean)
            .join(", ")
        : t("common.none"),
    ],
    ...(parameter.priceLevel
      ? [["", t("assumptions.detail.priceLevel", { year: parameter.priceLevel })] as [string, string]]
      : []),
    ...(parameter.evidence !== undefined
      ? [[t("assumptions.detail.evidence"), String(parameter.evidence)] as [string, string]]
      : []),
  ];
  return (
    <section className="app-detail" aria-label={t("assumptions.detail.title")}>
      <div className="app-detail__head">
        <h3>{parameter.label}</h3>
        {was !== null && (
          <span className="app-detail__was">{t("assumptions.detail.was", { value: was })}</span>
        )}
      </div>
      <dl className="app-detail__facts">
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className={term === t("assumptions.detail.id") || text.startsWith("= ") ? "app-code" : ""}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
      <dl className="app-detail__facts">
        <div>
          <dt>{t("assumptions.detail.source")}</dt>
          <dd>
            {source
              ? [source.title, source.publisher, source.year].filter(Boolean).join(", ")
              : t("assumptions.noSource")}
          </dd>
        </div>
        {sourceLocator(parameter.source) && (
          <div>
            <dt>{t("assumptions.detail.locator")}</dt>
            <dd>{sourceLocator(parameter.source)}</dd>
          </div>
        )}
        {source?.url && (
          <div>
            <dt />
            <dd className="app-detail__url">{source.url}</dd>
          </div>
        )}
        {parameter.note && (
          <div>
            <dt>{t("assumptions.detail.note")}</dt>
            <dd>{parameter.note}</dd>
          </div>
        )}
      </dl>
      {hasLocal && municipality !== null && (
        <Reason
          key={`${parameter.id} ${municipality}`}
          parameter={parameter}
          municipality={municipality}
          name={context.file.municipalities.find(({ id }) => id === municipality)?.label ?? municipality}
        />
      )}
    </section>
  );
}
