import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Scenario } from "../../../scenarios/index.ts";
import { presentCase, useCase } from "../../state/caseStore.ts";
import {
  addScenario,
  type Numbered,
  namesake,
  originalLabel,
  patchScenario,
  referenceOf,
  removeScenario,
} from "../../state/edits.ts";
import { useResults } from "../../state/resultStore.ts";
import type { Notice } from "../../state/screenStore.ts";
import { useSettings } from "../../state/settingsStore.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Term } from "../../ui/Term.tsx";
import { EditableText } from "../EditableText.tsx";
import { useFormats } from "../format.ts";
import { ProvisionalNote } from "../ProvisionalNote.tsx";
import { ScenarioName } from "../ScenarioName.tsx";
import { useSession } from "../session.ts";
import { useShown } from "../shown.ts";
import { DifferenceTable } from "./DifferenceTable.tsx";

/** Every scenario of the case; which two stand side by side; the difference per figure. */
export function ScenariosView() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { documents } = useSession();
  const file = useCase(presentCase);
  const shown = useShown();
  const behind = useResults((state) => state.behind);
  const { pair, set } = useSettings();
  const [newest, setNewest] = useState<string | null>(null);
  if (!file) return null;
  const reference = referenceOf(file);
  const accounts = new Map(file.accounts.map(({ id, label }) => [id, label]));
  const perspective = shown?.view.outline.perspectives[shown.perspective]?.label ?? "";
  const newName: Numbered = (number) =>
    number === 1 ? t("scenarios.newLabel") : t("scenarios.newLabelNumber", { number });
  const copyName =
    (label: string): Numbered =>
    (number) =>
      number === 1 ? t("scenarios.copyOf", { label }) : t("scenarios.copyOfNumber", { label, number });
  const add = (original?: Scenario) => {
    const nameOf = original ? copyName(originalLabel(original.label, copyName)) : newName;
    const added = addScenario(file, nameOf, original?.id);
    const key = original ? "copyScenario" : "addScenario";
    const subject = original?.label ?? added.label;
    if (documents.edit({ key, subject }, () => added.file).length > 0) return;
    set({ pair: [pair[0], added.id] });
    setNewest(added.id);
  };
  const rename = (id: string, text: string): Notice | null => {
    const refused = { tone: "warning", refusal: true } as const;
    if (text === "") return { ...refused, key: "scenarios.nameNeeded" };
    const taken = namesake(file, text, id);
    if (taken) return { ...refused, key: "scenarios.nameTaken", values: { label: taken.label } };
    documents.edit({ key: "renameScenario", subject: text }, (before) =>
      patchScenario(before, id, { label: text }),
    );
    return null;
  };
  const remove = (id: string, label: string) => {
    documents.edit({ key: "removeScenario", subject: label }, (before) => removeScenario(before, id));
  };
  return (
    <div className="app-stack">
      <Card
        title={t("scenarios.list")}
        actions={
          <Button icon="add" onClick={() => add()}>
            {t("scenarios.add")}
          </Button>
        }
      >
        <p className="app-soft app-lead">{t("scenarios.lead")}</p>
        <ProvisionalNote />
        <div className="app-scroll">
          <table className="utrecht-table app-table app-scenarios">
            <thead>
              <tr>
                <th scope="col">
                  <ScenarioName side="left" label={t("scenarios.columns.left")} />
                </th>
                <th scope="col">
                  <ScenarioName side="right" label={t("scenarios.columns.right")} />
                </th>
                <th scope="col">{t("scenarios.columns.label")}</th>
                <th scope="col">
                  <Term explanation={t("scenarios.help.pool")}>{t("scenarios.columns.pool")}</Term>
                </th>
                <th scope="col">
                  <Term explanation={t("scenarios.help.delivery")}>{t("scenarios.columns.delivery")}</Term>
                </th>
                <th scope="col">
                  <Term explanation={t("scenarios.help.mode")}>{t("scenarios.columns.mode")}</Term>
                </th>
                <th scope="col" className="app-number">
                  <Term explanation={t("overview.npvHelp")}>
                    {t("scenarios.columns.npv", { perspective })}
                  </Term>
                </th>
                <th scope="col">{t("scenarios.columns.actions")}</th>
              </tr>
            </thead>
            <tbody>
              {file.scenarios.map((scenario) => {
                const { id, label } = scenario;
                const view = shown?.view.scenarios.find((item) => item.id === id);
                const npv = view?.perspectives[shown?.perspective ?? 0]?.npv;
                const pool = (scenario.pool ?? []).map((account) => accounts.get(account) ?? account);
                return (
                  <tr key={id}>
                    <td>
                      <input
                        type="radio"
                        name="left"
                        checked={pair[0] === id}
                        aria-label={t("scenarios.leftOf", { label })}
                        onChange={() => set({ pair: [id, pair[1]] })}
                      />
                    </td>
                    <td>
                      <input
                        type="radio"
                        name="right"
                        checked={pair[1] === id}
                        aria-label={t("scenarios.rightOf", { label })}
                        onChange={() => set({ pair: [pair[0], id] })}
                      />
                    </td>
                    <th scope="row">
                      <EditableText
                        label={t("scenarios.rename")}
                        value={label}
                        onCommit={(text) => rename(id, text)}
                        isNew={id === newest}
                      />
                      {view && view.unlawful.length > 0 && (
                        <Badge tone="negative">{t("scenarios.unlawful")}</Badge>
                      )}
                      {id === reference && <Badge>{t("scenarios.reference")}</Badge>}
                    </th>
                    <td>
                      {pool.length > 0 ? (
                        <details className="app-scenarios__pool">
                          <summary>{t("scenarios.poolCount", { count: pool.length })}</summary>
                          {pool.join(", ")}
                        </details>
                      ) : (
                        t("scenarios.siloed")
                      )}
                    </td>
                    <td>{scenario.jointDelivery ? t("common.yes") : t("common.no")}</td>
                    <td>{t(`scenarios.modes.${scenario.allocation?.mode ?? "optimal"}`)}</td>
                    <td className={`app-number ${behind.includes(id) ? "app-soft" : ""}`}>
                      {npv === undefined ? "…" : formats.rounded(npv)}
                    </td>
                    <td className="app-scenarios__actions">
                      <Button
                        kind="subtle"
                        icon="copy"
                        iconOnly
                        title={t("scenarios.copy")}
                        onClick={() => add(scenario)}
                      >
                        {`${t("scenarios.copy")}: ${label}`}
                      </Button>
                      <Button
                        kind="subtle"
                        icon="remove"
                        iconOnly
                        aria-disabled={id === reference}
                        title={id === reference ? t("scenarios.removeReference") : t("scenarios.remove")}
                        onClick={() => remove(id, label)}
                      >
                        {`${t("scenarios.remove")}: ${label}`}
                      </Button>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Card>
      {shown?.left && shown.right && shown.left !== shown.right && <DifferenceTable shown={shown} />}
    </div>
  );
}
