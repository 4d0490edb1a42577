"use client";

import { useSyncExternalStore } from "react";
import { SegmentedControl } from "./segmented.tsx";
import { uiText } from "./text.ts";
import { THEME_KEY } from "./theme-script.ts";

function subscribe(onChange: () => void): () => void {
  addEventListener("storage", onChange);
  return () => removeEventListener("storage", onChange);
}

function chosenTheme(): string {
  try {
    return localStorage.getItem(THEME_KEY) ?? "system";
  } catch {
    return "system";
  }
}

function chooseTheme(theme: string): void {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // The browser stores nothing: the theme follows the system.
  }
  // The browser sends this event to other tabs only. The script of the page applies the choice.
  dispatchEvent(new StorageEvent("storage", { key: THEME_KEY }));
}

/** The reader's choice, "system", "light" or "dark", and how to change it. It is stored in this browser. */
export function useTheme(): { theme: string; setTheme: (theme: string) => void } {
  // The server does not know what this browser has stored.
  const theme = useSyncExternalStore(subscribe, chosenTheme, () => "system");
  return { theme, setTheme: chooseTheme };
}

/** Light, dark, or as the system. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  return <SegmentedControl label={uiText.theme} options={uiText.themes} value={theme} onChange={setTheme} />;
}
