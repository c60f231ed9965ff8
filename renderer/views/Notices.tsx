import { type FocusEvent, useEffect, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useCase } from "../state/caseStore.ts";
import { type Notice, useScreen, withdraw } from "../state/screenStore.ts";
import { Button } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";

/** Milliseconds that a good message stays; bad ones stay until they are closed. */
const STAY = 6_000;

/** A check mark stands for something that was done; what is only told may be a refusal. */
const SIGNS = { ok: "check", info: "info", warning: "warning", error: "warning" } as const;

/** The message itself: it takes no focus from where the reader works, and gives back what the keyboard brought. */
function Message({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation();
  const { tone, key, values, refusal, ofEdit, lasting = false, action } = notice;
  const passing = (tone === "ok" || tone === "info") && !lasting;
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLElement | null>(null);
  useEffect(() => {
    if (!passing) return;
    const timer = setTimeout(() => withdraw(notice), STAY);
    return () => clearTimeout(timer);
  }, [notice, passing]);
  useEffect(() => {
    if (!refusal) return;
    return useCase.subscribe((state, old) => {
      if (state.revision !== old.revision) withdraw(notice);
    });
  }, [notice, refusal]);
  useEffect(() => {
    const edit = useCase.getState().history?.past.at(-1);
    if (!ofEdit || !edit) return;
    return useCase.subscribe(({ history }) => {
      if (!history?.past.includes(edit)) withdraw(notice);
    });
  }, [notice, ofEdit]);
  const giveBack = () => {
    if (!box.current?.contains(document.activeElement)) return;
    const back = before.current?.isConnected ? before.current : document.getElementById("content");
    back?.focus({ preventScroll: true });
  };
  const latest = useRef(giveBack);
  // Before the message leaves the page: what is gone gives nothing back.
  useLayoutEffect(() => () => latest.current(), []);
  const onFocus = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof HTMLElement && !box.current?.contains(relatedTarget))
      before.current = relatedTarget;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the buttons in it take the clicks
    <div
      ref={box}
      className={`app-notice app-notice--${tone}`}
      onFocus={onFocus}
      onMouseDown={(event) => {
        if (event.target instanceof Element && event.target.closest("button")) event.preventDefault();
      }}
    >
      <Icon name={SIGNS[tone]} />
      <div className="app-notice__words">
        <span>{t(key, { ...values })}</span>
        {action && (
          <Button
            kind="subtle"
            onClick={() => {
              giveBack();
              action.run();
            }}
          >
            {t(action.key)}
          </Button>
        )}
      </div>
      <Button kind="subtle" icon="close" iconOnly onClick={() => withdraw(notice)}>
        {t("common.close")}
      </Button>
    </div>
  );
}

/** The short message at the bottom; a screen reader hears it. */
export function Notices() {
  const notice = useScreen((state) => state.notice);
  return (
    <div className="app-notices" aria-live="polite">
      {notice && <Message notice={notice} />}
    </div>
  );
}
