"use client";

import { ThemeProvider as Base, useTheme } from "next-themes";
import { type ReactNode, useSyncExternalStore } from "react";
import { SegmentedControl } from "./segmented.tsx";
import { uiText } from "./text.ts";

export function ThemeProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <Base attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </Base>
  );
}

const never = () => () => undefined;

/** Light, dark, or as the system. Stored in this browser. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  // The server does not know what this browser has stored.
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <SegmentedControl
      label={uiText.theme}
      options={uiText.themes}
      value={hydrated ? (theme ?? "system") : "system"}
      onChange={setTheme}
    />
  );
}
