/** What the reader chose for the screen: it stays on this machine and is no part of a case. */
import { create } from "zustand";
import type { Language } from "../../scenarios/text/index.ts";

export type ThemeChoice = "system" | "light" | "dark";
export type ViewName = "start" | "overview" | "assumptions" | "walls" | "scenarios";

export interface Settings {
  readonly language: Language;
  readonly theme: ThemeChoice;
}

export interface SettingsState extends Settings {
  readonly view: ViewName;
  /** Ids of the scenarios that stand side by side. */
  readonly pair: readonly [left: string, right: string];
  /** Id of the perspective whose figures are shown first. */
  readonly perspective: string;
  /** What a link into the assumptions asks to be shown. */
  readonly focus: { readonly parameter?: string; readonly filter?: string } | null;
  set(change: Partial<Omit<SettingsState, "set">>): void;
}

const KEY = "ontschot-settings";

/** The settings kept on this machine; anything unreadable counts as none. */
export function storedSettings(): Settings {
  const none: Settings = { language: "nl", theme: "system" };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof kept !== "object" || kept === null) return none;
    const { language, theme } = kept as Record<string, unknown>;
    return {
      language: language === "en" ? "en" : "nl",
      theme: theme === "light" || theme === "dark" ? theme : "system",
    };
  } catch {
    return none;
  }
}

export const useSettings = create<SettingsState>()((set) => ({
  ...storedSettings(),
  view: "start",
  pair: ["", ""],
  perspective: "",
  focus: null,
  set: (change) => set(change),
}));

/** Writes the settings down when they change. */
export function keepSettings(): () => void {
  return useSettings.subscribe(({ language, theme }, before) => {
    if (language === before.language && theme === before.theme) return;
    try {
      localStorage.setItem(KEY, JSON.stringify({ language, theme }));
    } catch {
      // A host without storage forgets the choice; nothing else depends on it.
    }
  });
}
