"use client";

import { useEffect, useRef } from "react";

/**
 * While `active`, the back button calls `onLeave` instead of leaving, and a reload or a closed tab shows the
 * browser's own question. An extra history entry with the same URL catches the back button: going back removes
 * it, and it is added again.
 */
export function useLeaveGuard(active: boolean, onLeave: () => void): void {
  const latest = useRef(onLeave);
  useEffect(() => {
    latest.current = onLeave;
  });

  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [active]);

  useEffect(() => {
    if (!active) return;
    const url = window.location.href;
    const addEntry = () => window.history.pushState(window.history.state, "", url);
    addEntry();
    const onBack = () => {
      addEntry();
      latest.current();
    };
    window.addEventListener("popstate", onBack);
    return () => window.removeEventListener("popstate", onBack);
  }, [active]);
}
