import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecentFile } from "../host/contract.ts";
import { useCase } from "../state/caseStore.ts";
import { exampleIds, exampleText } from "../state/examples.ts";
import { Button } from "../ui/Button.tsx";
import { Card } from "../ui/Card.tsx";
import { Heading } from "../ui/Heading.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useFormats } from "./format.ts";
import { useSession } from "./session.ts";

interface Example {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly municipalities: number;
  readonly scenarios: number;
  readonly parameters: number;
}

/** What a shipped case says of itself, without compiling it. */
async function readExample(id: string): Promise<Example> {
  const raw = JSON.parse(await exampleText(id)) as {
    meta: { title: string; description?: string };
    municipalities: unknown[];
    scenarios: unknown[];
    parameters: unknown[];
  };
  return {
    id,
    title: raw.meta.title,
    description: raw.meta.description ?? "",
    municipalities: raw.municipalities.length,
    scenarios: raw.scenarios.length,
    parameters: raw.parameters.length,
  };
}

function Examples() {
  const { t } = useTranslation();
  const { documents } = useSession();
  const [examples, setExamples] = useState<readonly Example[]>([]);
  useEffect(() => {
    let wanted = true;
    void Promise.all(exampleIds().map(readExample)).then((list) => {
      if (wanted) setExamples(list);
    });
    return () => {
      wanted = false;
    };
  }, []);
  return (
    <ul className="app-start__examples">
      {examples.map((example) => (
        <li key={example.id}>
          <button type="button" className="app-tile" onClick={() => documents.openExample(example.id)}>
            <span className="app-tile__title">{example.title}</span>
            <span className="app-tile__text">{example.description}</span>
            <span className="app-tile__facts">
              <span>{t("start.municipalities", { count: example.municipalities })}</span>
              <span>{t("start.scenarios", { count: example.scenarios })}</span>
              <span>{t("start.parameters", { count: example.parameters })}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Recent() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { host, documents } = useSession();
  const [files, setFiles] = useState<readonly RecentFile[]>([]);
  const revision = useCase((state) => state.origin);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening and saving change the list
  useEffect(() => {
    let wanted = true;
    void host.recentFiles().then((answer) => {
      if (wanted && answer.ok) setFiles(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [host, revision]);
  if (files.length === 0) return <p className="app-soft">{t("start.noRecent")}</p>;
  return (
    <ul className="app-start__recent">
      {files.map((file) => (
        <li key={file.id}>
          <button type="button" className="app-linkrow" onClick={() => documents.openRecent(file.id)}>
            <span className="app-linkrow__name">{file.name}</span>
            <span className="app-soft">
              {[file.folder, t("start.opened", { date: formats.date(new Date(file.openedAt)) })]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Where a session begins. */
export function StartView() {
  const { t } = useTranslation();
  const { documents } = useSession();
  const open = useCase((state) => state.history !== null);
  return (
    <div className="app-start">
      <div className="app-start__hero">
        <Heading level={open ? 2 : 1}>{t("start.title")}</Heading>
        <p>{t("start.lead")}</p>
      </div>
      <div className="app-start__columns">
        <Card title={t("start.examples")}>
          <p className="app-soft">{t("start.examplesLead")}</p>
          <Examples />
        </Card>
        <div className="app-stack">
          <Card title={t("start.own")}>
            <div className="app-start__actions">
              <Button kind="primary" icon="open" onClick={() => documents.open()}>
                {t("start.open")}
              </Button>
              <span className="app-soft">{t("start.openLead")}</span>
              <Button icon="add" onClick={() => documents.openTemplate()}>
                {t("start.new")}
              </Button>
              <span className="app-soft">{t("start.newLead")}</span>
            </div>
          </Card>
          <Card title={t("start.recent")}>
            <Recent />
          </Card>
        </div>
      </div>
      <p className="app-start__privacy">
        <Icon name="lock" /> {t("start.privacy")}
      </p>
    </div>
  );
}
