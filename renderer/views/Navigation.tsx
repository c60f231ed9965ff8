import { useTranslation } from "react-i18next";
import { presentCase, useCase } from "../state/caseStore.ts";
import { type ThemeChoice, useSettings, type ViewName } from "../state/settingsStore.ts";
import { Icon } from "../ui/Icon.tsx";
import { Segmented } from "../ui/Segmented.tsx";
import { Select } from "../ui/Select.tsx";

const PARTS: readonly ViewName[] = ["start", "overview", "assumptions", "walls", "scenarios"];
const THEMES: readonly ThemeChoice[] = ["system", "light", "dark"];

export function Navigation({ shown }: { readonly shown: ViewName }) {
  const { t } = useTranslation();
  const { language, theme, set } = useSettings();
  const open = useCase((state) => presentCase(state) !== null);
  return (
    <nav className="app-nav" aria-label={t("views.label")}>
      <div className="app-nav__brand">
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <path className="app-nav__walls" d="M10 4v8M10 20v8M22 4v5M22 23v5" />
          <path className="app-nav__flow" d="M4 16h24" />
        </svg>
        <span>{t("name")}</span>
      </div>
      <ul className="app-nav__list">
        {PARTS.map((part) => {
          const unavailable = part !== "start" && !open;
          return (
            <li key={part}>
              <button
                type="button"
                className="app-nav__item"
                aria-current={part === shown ? "page" : undefined}
                aria-disabled={unavailable}
                onClick={() => {
                  if (!unavailable) set({ view: part });
                }}
              >
                <Icon name={part} />
                <span className="app-nav__label">{t(`views.${part}`)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <div className="app-nav__settings">
        <Segmented
          label={t("language.label")}
          value={language}
          options={[
            { value: "nl", label: "NL" },
            { value: "en", label: "EN" },
          ]}
          onChange={(value) => set({ language: value })}
        />
        <Select
          label={t("theme.label")}
          labelHidden
          value={theme}
          options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
          onChange={(value) => set({ theme: value as ThemeChoice })}
        />
      </div>
    </nav>
  );
}
