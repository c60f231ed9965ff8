import { useTranslation } from "react-i18next";
import type { BusinessCase } from "../../scenarios/index.ts";
import { isDirty, useCase } from "../state/caseStore.ts";
import { setStatus, setTitle } from "../state/edits.ts";
import type { StepName } from "../state/history.ts";
import { type Notice, useScreen } from "../state/screenStore.ts";
import { useSettings } from "../state/settingsStore.ts";
import { Button } from "../ui/Button.tsx";
import { Heading } from "../ui/Heading.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Menu } from "../ui/Menu.tsx";
import { Select } from "../ui/Select.tsx";
import { ComputeState } from "./ComputeState.tsx";
import { exportChart } from "./chartChoice.ts";
import { EditableText } from "./EditableText.tsx";
import { useFormats } from "./format.ts";
import { useSession } from "./session.ts";

const STATUSES = ["concept", "ter-bespreking", "vastgesteld"] as const;

/** What a step is called, in words. */
export function useStepName(): (name: StepName) => string {
  const { t } = useTranslation();
  return (name) => t(`steps.${name.key}`, { ...name });
}

function History() {
  const { t } = useTranslation();
  const { history, undo, redo } = useCase();
  const words = useStepName();
  const last = history?.past.at(-1)?.name;
  const next = history?.future[0]?.name;
  const undoTitle = last ? t("header.undoStep", { step: words(last) }) : t("header.nothingToUndo");
  const redoTitle = next ? t("header.redoStep", { step: words(next) }) : t("header.nothingToRedo");
  return (
    <>
      <Button kind="subtle" icon="undo" iconOnly title={undoTitle} aria-disabled={!last} onClick={undo}>
        {undoTitle}
      </Button>
      <Button kind="subtle" icon="redo" iconOnly title={redoTitle} aria-disabled={!next} onClick={redo}>
        {redoTitle}
      </Button>
    </>
  );
}

function SaveState() {
  const { t } = useTranslation();
  const formats = useFormats();
  const dirty = useCase(isDirty);
  const fromFile = useCase(({ origin }) => origin?.hash !== null);
  const { saving, draftAt, draftFailed } = useScreen();
  const words = saving
    ? t("header.saving")
    : !dirty
      ? t(fromFile ? "header.saved" : "header.unchanged")
      : draftFailed
        ? t("header.draftFailed")
        : draftAt
          ? t("header.draftKept", { time: formats.time(draftAt) })
          : t("header.unsaved");
  return (
    <span className={`app-savestate ${dirty ? "app-savestate--dirty" : ""}`}>
      <Icon name={dirty ? (draftFailed ? "warning" : "edit") : "check"} />
      <span>{words}</span>
    </span>
  );
}

function Pair({ file }: { readonly file: BusinessCase }) {
  const { t } = useTranslation();
  const { pair, set } = useSettings();
  const options = file.scenarios.map(({ id, label }) => ({ value: id, label }));
  return (
    <fieldset className="app-pair">
      <legend className="app-hidden">{t("header.pair")}</legend>
      <span className="app-swatch app-swatch--left" />
      <Select
        label={t("header.left")}
        labelHidden
        value={pair[0]}
        options={options}
        onChange={(id) => set({ pair: [id, pair[1]] })}
      />
      <span className="app-pair__with">{t("header.with")}</span>
      <span className="app-swatch app-swatch--right" />
      <Select
        label={t("header.right")}
        labelHidden
        value={pair[1]}
        options={options}
        onChange={(id) => set({ pair: [pair[0], id] })}
      />
    </fieldset>
  );
}

/** The case, what may be done with it, and which scenarios stand side by side. */
export function Header({ file }: { readonly file: BusinessCase }) {
  const { t } = useTranslation();
  const { documents } = useSession();
  const edit = useCase((state) => state.edit);
  const status = file.meta.status ?? "concept";
  const rename = (title: string): Notice | null => {
    if (title === "") return { tone: "warning", refusal: true, key: "header.titleNeeded" };
    documents.edit({ key: "renameCase", subject: title }, (before) => setTitle(before, title));
    return null;
  };
  return (
    <header className="app-header">
      <div className="app-header__row">
        <div className="app-header__case">
          <Heading level={1}>
            <EditableText label={t("header.rename")} value={file.meta.title} onCommit={rename} />
          </Heading>
          <Menu
            name={t("status.change")}
            label={<span className={`app-status app-status--${status}`}>{t(`status.${status}`)}</span>}
            items={STATUSES.filter((value) => value !== status).map((value) => ({
              label: t(`status.${value}`),
              onSelect: () =>
                edit({ key: "status", subject: t(`status.${value}`) }, (before) => setStatus(before, value)),
            }))}
          />
          <SaveState />
        </div>
        <div className="app-header__actions">
          <History />
          <Menu
            label={t("menu.label")}
            items={[
              { label: t("menu.new"), icon: "add", onSelect: () => documents.openTemplate() },
              { label: t("menu.open"), icon: "open", hint: "Ctrl+O", onSelect: () => documents.open() },
              null,
              { label: t("menu.save"), icon: "save", hint: "Ctrl+S", onSelect: () => void documents.save() },
              {
                label: t("menu.saveAs"),
                hint: "Ctrl+Shift+S",
                onSelect: () => void documents.saveAs(),
              },
              null,
              {
                label: t("menu.exportCsv"),
                icon: "export",
                hint: "Ctrl+E",
                onSelect: () => void documents.exportCsv("dutch"),
              },
              { label: t("menu.exportPrecise"), onSelect: () => void documents.exportCsv("precise") },
              { label: t("menu.exportChart"), icon: "chart", hint: "Ctrl+Shift+E", onSelect: exportChart },
              { label: t("menu.importCsv"), icon: "table", onSelect: () => void documents.importCsv() },
              null,
              { label: t("menu.close"), icon: "close", onSelect: () => documents.close() },
            ]}
          />
          <Button kind="primary" icon="save" onClick={() => void documents.save()}>
            {t("header.save")}
          </Button>
        </div>
      </div>
      <div className="app-header__row app-header__row--second">
        <Pair file={file} />
        <ComputeState />
      </div>
    </header>
  );
}
