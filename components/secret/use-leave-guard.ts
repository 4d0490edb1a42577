"use client";

import { useEffect, useRef } from "react";

/**
 * While `guarding`, the browser's back asks (`onTry`) instead of leaving, and a reload or a closed tab gets
 * the browser's own question. Back is caught by an entry of the same address put on the history: going back
 * takes that one away, and it is put there again.
 */
export function useLeaveGuard(guarding: boolean, onTry: () => void): void {
  const latest = useRef(onTry);
  useEffect(() => {
    latest.current = onTry;
  });

  useEffect(() => {
    if (!guarding) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [guarding]);

  useEffect(() => {
    if (!guarding) return;
    const here = window.location.href;
    const hold = () => window.history.pushState(window.history.state, "", here);
    hold();
    const back = () => {
      hold();
      latest.current();
    };
    window.addEventListener("popstate", back);
    return () => window.removeEventListener("popstate", back);
  }, [guarding]);
}
