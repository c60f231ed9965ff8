import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useCase } from "../state/caseStore.ts";
import { useScreen, withdraw } from "../state/screenStore.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

/** Milliseconds that a good message stays; bad ones stay until they are closed. */
const STAY = 6_000;

/** The short message at the bottom; a screen reader hears it. */
export function Notices() {
  const { t } = useTranslation();
  const { notice, set } = useScreen();
  const passing = notice?.tone === "ok" || notice?.tone === "info";
  useEffect(() => {
    if (!notice || !passing) return;
    const timer = setTimeout(() => set({ notice: null }), STAY);
    return () => clearTimeout(timer);
  }, [notice, passing, set]);
  useEffect(() => {
    if (!notice?.refusal) return;
    return useCase.subscribe((state, before) => {
      if (state.revision !== before.revision) withdraw(notice);
    });
  }, [notice]);
  return (
    <div className="app-notices" aria-live="polite">
      {notice && (
        <div className={`app-notice app-notice--${notice.tone}`}>
          <Icon name={passing ? "check" : "warning"} />
          <span>{t(notice.key, { ...notice.values })}</span>
          {notice.action && (
            <Button kind="subtle" onClick={notice.action.run}>
              {t(notice.action.key)}
            </Button>
          )}
          <Button kind="subtle" icon="close" iconOnly onClick={() => set({ notice: null })}>
            {t("common.close")}
          </Button>
        </div>
      )}
    </div>
  );
}
