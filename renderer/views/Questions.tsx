import { useTranslation } from "react-i18next";
import { describeFault, placeInSheet } from "../../scenarios/text/index.ts";
import { presentCase, useCase } from "../state/caseStore.ts";
import { setStatus } from "../state/edits.ts";
import { type Question, useScreen } from "../state/screenStore.ts";
import { useSettings } from "../state/settingsStore.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { chartsOnScreen } from "./chartChoice.ts";
import { FaultText } from "./FaultBanner.tsx";
import { useFormats } from "./format.ts";
import { useSession } from "./session.ts";

type Asked<K extends Question["kind"]> = { readonly question: Extract<Question, { kind: K }> };

const close = () => useScreen.setState({ question: null });

function Recover({ question: { draft } }: Asked<"recover">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { documents } = useSession();
  const after = (work: () => Promise<void>) => () => {
    close();
    void work();
  };
  return (
    <Dialog
      title={t("dialogs.recover.title")}
      onCancel={close}
      actions={
        <>
          <Button kind="primary" onClick={after(() => documents.recover(draft.id))}>
            {t("dialogs.recover.recover")}
          </Button>
          <Button onClick={close}>{t("dialogs.recover.later")}</Button>
          <Button kind="negative" onClick={after(() => documents.discardDraft(draft.id))}>
            {t("dialogs.recover.discard")}
          </Button>
        </>
      }
    >
      <p>
        {t("dialogs.recover.text", { title: draft.name, time: formats.dateTime(new Date(draft.savedAt)) })}
      </p>
    </Dialog>
  );
}

function Conflict({ question: { found } }: Asked<"conflict">) {
  const { t } = useTranslation();
  const { documents } = useSession();
  const name = useCase((state) => state.origin?.name ?? "");
  const after = (work: () => Promise<unknown>) => () => {
    close();
    void work();
  };
  return (
    <Dialog
      title={t("dialogs.conflict.title")}
      onCancel={close}
      actions={
        <>
          <Button kind="primary" onClick={after(() => documents.saveAs())}>
            {t("dialogs.conflict.saveAs")}
          </Button>
          <Button onClick={after(() => documents.openOther())}>{t("dialogs.conflict.reload")}</Button>
          <Button kind="negative" onClick={after(() => documents.overwrite(found))}>
            {t("dialogs.conflict.overwrite")}
          </Button>
          <Button kind="subtle" onClick={close}>
            {t("common.cancel")}
          </Button>
        </>
      }
    >
      <p>{t("dialogs.conflict.text", { name })}</p>
      <p className="app-soft">{t("dialogs.conflict.reloadHint")}</p>
    </Dialog>
  );
}

function Unsaved({ question: { proceed } }: Asked<"unsaved">) {
  const { t } = useTranslation();
  const { documents } = useSession();
  const title = useCase((state) => presentCase(state)?.meta.title ?? "");
  const save = async () => {
    close();
    if (await documents.save()) proceed();
  };
  const discard = () => {
    close();
    documents.discard();
    proceed();
  };
  return (
    <Dialog
      title={t("dialogs.unsaved.title")}
      onCancel={close}
      actions={
        <>
          <Button kind="primary" onClick={() => void save()}>
            {t("dialogs.unsaved.save")}
          </Button>
          <Button kind="negative" onClick={discard}>
            {t("dialogs.unsaved.discard")}
          </Button>
          <Button kind="subtle" onClick={close}>
            {t("common.cancel")}
          </Button>
        </>
      }
    >
      <p>{t("dialogs.unsaved.text", { title })}</p>
    </Dialog>
  );
}

function Failed({ question: { fault } }: Asked<"failed">) {
  const { t } = useTranslation();
  const language = useSettings((state) => state.language);
  const text = describeFault(fault, language);
  return (
    <Dialog
      title={t("dialogs.failed.title")}
      onCancel={close}
      actions={
        <Button kind="primary" onClick={close}>
          {t("common.close")}
        </Button>
      }
    >
      <p>{t("faults.detail", { what: text.what, mend: text.mend })}</p>
      {text.where && <p className="app-soft">{text.where}</p>}
    </Dialog>
  );
}

function Adopted() {
  const { t } = useTranslation();
  const { dismissRefusal, edit } = useCase();
  const reopen = () => {
    dismissRefusal();
    edit({ key: "status", subject: t("status.concept") }, (file) => setStatus(file, "concept"));
  };
  return (
    <Dialog
      title={t("dialogs.adopted.title")}
      onCancel={dismissRefusal}
      actions={
        <>
          <Button kind="primary" onClick={dismissRefusal}>
            {t("common.close")}
          </Button>
          <Button onClick={reopen}>{t("dialogs.adopted.reopen")}</Button>
        </>
      }
    >
      <p>{t("dialogs.adopted.text")}</p>
    </Dialog>
  );
}

function RefusedImport() {
  const { t } = useTranslation();
  const refused = useScreen((state) => state.refusedImport);
  const language = useSettings((state) => state.language);
  const done = () => useScreen.setState({ refusedImport: null });
  if (!refused) return null;
  return (
    <Dialog
      wide
      title={t("assumptions.import.failed", { name: refused.name })}
      onCancel={done}
      actions={
        <Button kind="primary" onClick={done}>
          {t("common.close")}
        </Button>
      }
    >
      {refused.faults.map((fault) => (
        <FaultText
          key={`${fault.code} ${fault.path} ${fault.row} ${fault.column}`}
          fault={placeInSheet(fault, language)}
        />
      ))}
    </Dialog>
  );
}

function WhichChart() {
  const { t } = useTranslation();
  const charts = chartsOnScreen();
  return (
    <Dialog
      title={t("chart.which")}
      onCancel={close}
      actions={<Button onClick={close}>{t("common.cancel")}</Button>}
    >
      <div className="app-choices">
        {charts.map(({ title, save }) => (
          <Button
            key={title}
            icon="chart"
            onClick={() => {
              close();
              save();
            }}
          >
            {title}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

function Facts({ question: { kind } }: Asked<"shortcuts" | "about">) {
  const { t } = useTranslation();
  const { host } = useSession();
  return (
    <Dialog
      title={t(kind === "about" ? "name" : "dialogs.shortcuts.title")}
      onCancel={close}
      actions={
        <Button kind="primary" onClick={close}>
          {t("common.close")}
        </Button>
      }
    >
      {kind === "about" ? (
        <p>{t("dialogs.about.text", { version: host.version })}</p>
      ) : (
        <dl className="app-keys">
          {(
            [
              "save",
              "saveAs",
              "open",
              "undo",
              "redo",
              "find",
              "views",
              "edit",
              "fill",
              "table",
              "exportChart",
            ] as const
          ).map((key) => (
            <div key={key}>
              <dt>
                <kbd>{t(`dialogs.shortcuts.keys.${key}`)}</kbd>
              </dt>
              <dd>{t(`dialogs.shortcuts.${key}`)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Dialog>
  );
}

/** The one question that stands in front of the views. */
export function Questions() {
  const question = useScreen((state) => state.question);
  const refused = useCase((state) => state.refused);
  const refusedImport = useScreen((state) => state.refusedImport);
  if (question)
    switch (question.kind) {
      case "recover":
        return <Recover question={question} />;
      case "conflict":
        return <Conflict question={question} />;
      case "unsaved":
        return <Unsaved question={question} />;
      case "failed":
        return <Failed question={question} />;
      case "chart":
        return <WhichChart />;
      case "shortcuts":
      case "about":
        return <Facts question={question} />;
    }
  if (refused) return <Adopted />;
  return refusedImport ? <RefusedImport /> : null;
}
