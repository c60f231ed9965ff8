import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BusinessCase } from "../../../scenarios/index.ts";
import { unlawfulReasons } from "../../../scenarios/text/index.ts";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { patchScenario, setLifted, setPooled } from "../../state/edits.ts";
import { type Breach, newBreaches } from "../../state/lawfulness.ts";
import { useSettings } from "../../state/settingsStore.ts";
import { Alert } from "../../ui/Alert.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Card } from "../../ui/Card.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Select } from "../../ui/Select.tsx";
import { useFormats } from "../format.ts";
import { Headline } from "../Headline.tsx";
import { useSession } from "../session.ts";
import { type Shown, useShown } from "../shown.ts";
import { DeliveryNote } from "./DeliveryNote.tsx";
import { WallMatrix } from "./WallMatrix.tsx";

type Change = (file: BusinessCase) => BusinessCase;

/** An edit that waits for a yes, because present law does not allow it. */
interface WhatIf {
  readonly breaches: readonly Breach[];
  readonly make: () => void;
}

/** Tells the styles how high the headline is, which stays in sight above the heads of the matrix. */
function useHeadlineSize(): (walls: HTMLElement | null) => (() => void) | undefined {
  return useCallback((walls) => {
    const headline = walls?.querySelector<HTMLElement>(":scope > .app-headline");
    if (!walls || !headline || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(() =>
      walls.style.setProperty("--app-headline-size", `${headline.offsetHeight}px`),
    );
    observer.observe(headline);
    return () => observer.disconnect();
  }, []);
}

/** The walls of one scenario: seen, opened and closed; the headline moves with them. */
export function WallsView() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { documents } = useSession();
  const shown = useShown();
  const file = useCase(presentCase);
  const { pair, set } = useSettings();
  const [whatIf, setWhatIf] = useState<WhatIf | null>(null);
  const walls = useHeadlineSize();
  const scenario = file?.scenarios.find(({ id }) => id === pair[1]);
  if (!file || !scenario) return null;
  if (!shown)
    return (
      <div className="app-empty" role="status">
        <p>{t("overview.computing")}</p>
      </div>
    );
  const edit = (key: string, subject: string, change: Change) => documents.edit({ key, subject }, change);
  /** Asks first, where the edit makes something unlawful. */
  const propose = (key: string, subject: string, change: Change) => {
    const breaches = newBreaches(file, change(file), scenario.id);
    if (breaches.length === 0) edit(key, subject, change);
    else setWhatIf({ breaches, make: () => edit(key, subject, change) });
  };
  const pool = (account: string, label: string, open: boolean) =>
    propose(open ? "openWall" : "closeWall", label, (before) =>
      setPooled(before, scenario.id, account, open),
    );
  const lift = (account: string, label: string, lifted: boolean) =>
    propose(lifted ? "liftEarmark" : "restoreEarmark", label, (before) =>
      setLifted(before, scenario.id, account, lifted),
    );
  const view = shown.view.scenarios.find(({ id }) => id === scenario.id) ?? null;
  const because = unlawfulReasons(view?.unlawful ?? [], shown.view.outline.accounts, formats.language);
  return (
    <div ref={walls} className="app-walls" aria-busy={!shown.current}>
      <h2 className="app-hidden">{t("walls.title")}</h2>
      <div className="app-walls__choice">
        <div className="app-toolbar">
          <Select
            label={t("walls.scenario")}
            value={scenario.id}
            options={file.scenarios.map(({ id, label }) => ({ value: id, label }))}
            onChange={(id) => set({ pair: [pair[0], id] })}
          />
          <label className="app-check">
            <input
              type="checkbox"
              checked={scenario.jointDelivery === true}
              onChange={(event) => {
                const { checked } = event.target;
                edit("jointDelivery", scenario.label, (before) =>
                  patchScenario(before, scenario.id, { jointDelivery: checked ? true : undefined }),
                );
              }}
            />
            {t("scenarios.columns.delivery")}
          </label>
          {because.length > 0 && (
            <details className="app-walls__because">
              <summary>
                <Badge tone="negative">{t("walls.unlawful")}</Badge>
              </summary>
              <p className="app-soft">{formats.list(because)}</p>
            </details>
          )}
        </div>
        <DeliveryNote file={file} scenario={scenario} outline={shown.view.outline} view={view} />
      </div>
      <Headline scenario={scenario.id} withShift />
      {scenario.allocation?.mode === "reference" && <Alert tone="info">{t("walls.referenceNote")}</Alert>}
      <Card title={t("walls.matrixTitle")}>
        <WallMatrix
          outline={shown.view.outline}
          scenario={view}
          caseScenario={scenario}
          onPool={pool}
          onLift={lift}
        />
      </Card>
      {view && view.persons.length > 0 && (
        <Card title={t("walls.tracks")}>
          <Tracks shown={shown} scenario={scenario.id} />
        </Card>
      )}
      {whatIf && (
        <Dialog
          title={t("walls.whatIfTitle")}
          onCancel={() => setWhatIf(null)}
          actions={
            <>
              <Button kind="primary" onClick={() => setWhatIf(null)}>
                {t("common.cancel")}
              </Button>
              <Button
                kind="negative"
                onClick={() => {
                  whatIf.make();
                  setWhatIf(null);
                }}
              >
                {t("walls.whatIf")}
              </Button>
            </>
          }
        >
          {whatIf.breaches.map(({ reason, account, law }) => (
            <p key={`${reason} ${account}`}>
              {t(`walls.breach.${reason}`, { account, law: law ? t("walls.law", { law }) : "" })}
            </p>
          ))}
          <p>{t("walls.whatIfText")}</p>
        </Dialog>
      )}
    </div>
  );
}

/** Who gets which track, as bars that are also numbers. */
function Tracks({ shown, scenario }: { readonly shown: Shown; readonly scenario: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { outline, scenarios } = shown.view;
  const persons = scenarios.find(({ id }) => id === scenario)?.persons ?? [];
  return (
    <div className="app-scroll">
      <table className="utrecht-table app-table app-tracks">
        {outline.segments.map((segment, index) => {
          const rows = persons.filter((row) => row.segment === index);
          const total = rows.reduce((sum, row) => sum + row.persons, 0);
          return (
            <tbody key={segment.id}>
              {rows.map((row, place) => (
                <tr key={row.track}>
                  {place === 0 && (
                    <th scope="rowgroup" rowSpan={rows.length}>
                      {segment.label}
                    </th>
                  )}
                  <td>{outline.tracks[row.track]?.label}</td>
                  <td className="app-number">
                    {t("walls.persons", { persons: formats.persons(row.persons) })}
                  </td>
                  <td className="app-number">{formats.percent(total > 0 ? row.persons / total : 0, 0)}</td>
                  <td className="app-tracks__bar">
                    <span style={{ inlineSize: `${(100 * row.persons) / Math.max(1, total)}%` }} />
                  </td>
                </tr>
              ))}
            </tbody>
          );
        })}
      </table>
    </div>
  );
}
