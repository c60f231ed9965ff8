import { useEffect, useState } from "react";
import { useSettings } from "../state/settingsStore.ts";

const DARK = "app-theme--dark";

function prefersDark(): MediaQueryList | null {
  return typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
}

/** Whether the screen is dark: the choice, or what the system asks. */
export function useIsDark(): boolean {
  const choice = useSettings((state) => state.theme);
  const [system, setSystem] = useState(() => prefersDark()?.matches ?? false);
  useEffect(() => {
    const query = prefersDark();
    const follow = () => setSystem(query?.matches ?? false);
    query?.addEventListener("change", follow);
    return () => query?.removeEventListener("change", follow);
  }, []);
  return choice === "system" ? system : choice === "dark";
}

/** Puts the theme on the page. */
export function useTheme(): void {
  const dark = useIsDark();
  useEffect(() => {
    document.body.classList.toggle(DARK, dark);
  }, [dark]);
}
