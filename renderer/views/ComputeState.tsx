import { useTranslation } from "react-i18next";
import { presentCase, useCase } from "../state/caseStore.ts";
import { headlineFirst } from "../state/connectRunner.ts";
import { useResults } from "../state/resultStore.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { useSession } from "./session.ts";

/** How far the figures on the screen are: exact, provisional, under way; long work can be stopped. */
export function ComputeState() {
  const { t } = useTranslation();
  const { runner } = useSession();
  const revision = useCase((state) => state.revision);
  const file = useCase(presentCase);
  const { progress, exact, figures, figuresRevision, unsolved, faults } = useResults();
  if (faults || !file || (unsolved?.revision === revision && unsolved.faults)) return null;
  if (progress) {
    const { done, total, label } = progress;
    return (
      <span className="app-compute" role="status">
        <progress className="app-progress" value={done} max={total} aria-label={t("common.busy")} />
        <span className="app-compute__text">{t("header.solving", { done: done + 1, total, label })}</span>
        <Button kind="subtle" icon="stop" onClick={() => runner.cancel()}>
          {t("header.stop")}
        </Button>
      </span>
    );
  }
  if (unsolved && unsolved.revision === revision)
    return (
      <span className="app-compute app-compute--warning" role="status">
        <Icon name="warning" />
        <span className="app-compute__text">{t("header.cancelled")}</span>
        <Button kind="subtle" onClick={() => runner.compute(revision, file, true, headlineFirst())}>
          {t("header.again")}
        </Button>
      </span>
    );
  const current = figures !== null && figuresRevision === revision;
  const words = !current ? t("header.outdated") : exact ? t("header.exact") : t("header.provisional");
  return (
    <span className={`app-compute ${current && exact ? "app-compute--exact" : ""}`} role="status">
      <Icon name={current && exact ? "check" : "more"} />
      <span className="app-compute__text">{words}</span>
    </span>
  );
}
