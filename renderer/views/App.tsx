import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { presentCase, useCase } from "../state/caseStore.ts";
import { useScreen } from "../state/screenStore.ts";
import { useSettings } from "../state/settingsStore.ts";
import { AssumptionsView } from "./assumptions/AssumptionsView.tsx";
import { BrokenView } from "./BrokenView.tsx";
import { ScenariosView } from "./comparison/ScenariosView.tsx";
import { FaultBanner } from "./FaultBanner.tsx";
import { Header } from "./Header.tsx";
import { Navigation } from "./Navigation.tsx";
import { Notices } from "./Notices.tsx";
import { OverviewView } from "./overview/OverviewView.tsx";
import { Questions } from "./Questions.tsx";
import { StartView } from "./StartView.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { useTheme } from "./theme.ts";
import { WallsView } from "./walls/WallsView.tsx";

const VIEWS = {
  start: StartView,
  overview: OverviewView,
  assumptions: AssumptionsView,
  walls: WallsView,
  scenarios: ScenariosView,
} as const;

/** The frame of the program: parts at the left, the case on top, one view. */
export function App() {
  const { t, i18n } = useTranslation();
  const view = useSettings((state) => state.view);
  const file = useCase(presentCase);
  const broken = useScreen((state) => state.broken);
  useTheme();
  useShortcuts();
  useEffect(() => {
    document.documentElement.lang = i18n.language;
  }, [i18n.language]);
  const shown = file ? view : "start";
  const title = t(`views.${shown}`);
  useEffect(() => {
    document.title = file ? `${file.meta.title} – ${title} – ${t("name")}` : t("name");
  }, [file, title, t]);
  const View = VIEWS[shown];
  return (
    <div className="app-shell">
      {/* Before the frame, so that Tab after the last control of a view does not end in a message that passes. */}
      <Notices />
      <div className="app-frame">
        <a className="nl-skip-link nl-skip-link--visible-on-focus" href="#content">
          {t("skip")}
        </a>
        <Navigation shown={shown} />
        <div className="app-main">
          {file && <Header file={file} />}
          <main id="content" tabIndex={-1} className={`app-content app-content--${shown}`}>
            <FaultBanner />
            {broken ? <BrokenView broken={broken} /> : <View />}
          </main>
        </div>
      </div>
      <Questions />
    </div>
  );
}
