import { useTranslation } from "react-i18next";
import type { Fault } from "../../models/index.ts";
import { describeFault } from "../../scenarios/text/index.ts";
import { useCase } from "../state/caseStore.ts";
import { useResults } from "../state/resultStore.ts";
import { useSettings } from "../state/settingsStore.ts";
import { Alert } from "../ui/Alert.tsx";
import { Button } from "../ui/Button.tsx";

/** A fault in one sentence, with its place. */
export function FaultText({ fault }: { readonly fault: Fault }) {
  const { t } = useTranslation();
  const language = useSettings((state) => state.language);
  const text = describeFault(fault, language);
  return (
    <p className="app-fault">
      {t("faults.detail", { what: text.what, mend: text.mend })}
      {text.where && (
        <span className="app-fault__place">
          {t("faults.at", { path: text.where })}
          {text.found && ` · ${t("broken.found")}: ${text.found}`}
        </span>
      )}
    </p>
  );
}

/** Says that the case on the screen has no figures, why, and the way back. */
export function FaultBanner() {
  const { t } = useTranslation();
  const { faults, unsolved } = useResults();
  const { undo, history, revision } = useCase();
  const shown = faults ?? (unsolved?.revision === revision ? unsolved.faults : null);
  if (!shown || shown.length === 0 || !history) return null;
  return (
    <Alert
      tone="error"
      urgent
      title={t("faults.title")}
      actions={
        history.past.length > 0 && (
          <Button icon="undo" onClick={undo}>
            {t("faults.undo")}
          </Button>
        )
      }
    >
      {shown.map((fault) => (
        <FaultText key={`${fault.code} ${fault.path}`} fault={fault} />
      ))}
    </Alert>
  );
}
