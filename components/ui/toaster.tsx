"use client";

import { type ComponentType, useEffect, useState } from "react";
import { onQueuedToast } from "./toast.ts";

/**
 * Holds the toasts of a page. The list is a separate chunk (12.7 kB, gzip), loaded at the first use of a pointer or
 * key: a visit that only reads never needs it, and it is there when a later request fails. Not
 * `lazy`: if the code can't be loaded, that replaces the page with an error. Here, the next use tries again.
 */
export function Toaster() {
  const [List, setList] = useState<ComponentType | null>(null);
  useEffect(() => {
    const waiting = new AbortController();
    let isLoading = false;
    const load = async () => {
      if (isLoading) return;
      isLoading = true;
      const module = await import("./toast-list.tsx").catch(() => null);
      isLoading = false;
      if (module === null || waiting.signal.aborted) return;
      waiting.abort();
      setList(() => module.ToastList);
    };
    const options = { signal: waiting.signal, capture: true, passive: true };
    for (const type of ["pointerdown", "keydown", "online"]) window.addEventListener(type, load, options);
    const stop = onQueuedToast(load);
    return () => {
      waiting.abort();
      stop();
    };
  }, []);
  return List && <List />;
}
