"use client";

import { ThemeProvider as Base, useTheme } from "next-themes";
import { type ReactNode, useSyncExternalStore } from "react";
import { SegmentedControl } from "./segmented.tsx";

export function ThemeProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <Base attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </Base>
  );
}

const OPTIONS = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const never = () => () => undefined;

/** Light, dark, or as the system is. Kept in this browser. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  // The server can't know what this browser keeps.
  const here = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <SegmentedControl
      label="Theme"
      options={OPTIONS}
      value={here ? (theme ?? "system") : "system"}
      onChange={setTheme}
    />
  );
}
