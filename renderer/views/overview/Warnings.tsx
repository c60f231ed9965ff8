import { useTranslation } from "react-i18next";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { useResults } from "../../state/resultStore.ts";
import { useSettings } from "../../state/settingsStore.ts";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { useFormats } from "../format.ts";
import type { Shown } from "../shown.ts";
import { warningsOf } from "./warningList.ts";

/** What a reader must know before using the figures; each leads to its cause. */
export function Warnings({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const file = useCase(presentCase);
  const faults = useResults((state) => state.warnings);
  const set = useSettings((state) => state.set);
  if (!file) return null;
  const scenarios = [shown.right, shown.left].filter(
    (scenario, index, all) => scenario !== null && all.indexOf(scenario) === index,
  );
  const list = warningsOf(
    file,
    shown.view.outline,
    scenarios.filter((scenario) => scenario !== null),
    faults,
    t,
    formats,
  );
  return (
    <Card title={t("overview.warnings")} className="app-warnings">
      {list.length === 0 && <p className="app-soft">{t("overview.noWarnings")}</p>}
      <ul className="app-warnings__list">
        {list.map((warning) => (
          <li key={warning.id} className={`app-warnings__item app-warnings__item--${warning.tone}`}>
            <Icon name="warning" />
            <button
              type="button"
              className="app-warnings__link"
              onClick={() => set({ view: warning.view, focus: warning.focus ?? null })}
            >
              {warning.text}
              <span className="app-hidden"> {t("common.opens", { view: t(`views.${warning.view}`) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
