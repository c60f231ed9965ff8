/** The words of the interface, in the reader's language; Dutch where nothing was chosen. */
import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { APP_TEXTS, type Language } from "../scenarios/text/index.ts";

export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { nl: { translation: APP_TEXTS.nl }, en: { translation: APP_TEXTS.en } },
    returnNull: false,
  });
  return instance;
}
