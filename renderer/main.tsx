import "./jitless.ts";
import "./styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { chooseHost } from "./host/chooseHost.ts";
import { createI18n } from "./i18n.ts";
import { workerPorts } from "./run/ports.ts";
import { Runner } from "./run/runner.ts";
import { useCase } from "./state/caseStore.ts";
import { connectRunner, headlineFirst } from "./state/connectRunner.ts";
import { Documents } from "./state/documents.ts";
import { resultListener } from "./state/resultStore.ts";
import { keepSettings, useSettings } from "./state/settingsStore.ts";
import { App } from "./views/App.tsx";
import { SessionContext } from "./views/session.ts";

const host = chooseHost();
const runner = new Runner(workerPorts, resultListener);
const documents = new Documents(
  host,
  (file, request, stopped) => runner.csv(file, request, stopped),
  (file) => runner.ahead(file, headlineFirst()),
);
const i18n = createI18n(useSettings.getState().language);

useSettings.subscribe(({ language }, before) => {
  if (language !== before.language) void i18n.changeLanguage(language);
});
keepSettings();
connectRunner(runner, useCase);
documents.start();

const root = document.getElementById("app");
if (root)
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <SessionContext value={{ host, runner, documents }}>
          <App />
        </SessionContext>
      </I18nextProvider>
    </StrictMode>,
  );
