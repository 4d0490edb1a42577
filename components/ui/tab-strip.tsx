"use client";

import { type ReactNode, useEffect, useRef } from "react";

interface TabStripProps {
  label: string;
  /** The address of the current tab. */
  current: string | undefined;
  children: ReactNode;
}

/** The scrolling box of the tabs. On a phone it starts with the current tab in view. */
export function TabStrip({ label, current, children }: TabStripProps) {
  const strip = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is the reason to scroll
  useEffect(() => {
    const box = strip.current;
    const tab = box?.querySelector("[aria-current]");
    if (!box || !tab) return;
    // Not `scrollIntoView`, which would scroll the page too.
    const [outer, inner] = [box.getBoundingClientRect(), tab.getBoundingClientRect()];
    box.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  }, [current]);
  return (
    <nav
      ref={strip}
      aria-label={label}
      className="-mx-4 overflow-x-auto border-b border-border px-4 sm:mx-0 sm:px-0"
    >
      {children}
    </nav>
  );
}
