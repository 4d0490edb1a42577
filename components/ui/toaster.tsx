"use client";

import { useEffect, useState } from "react";
import { lazyInBrowser } from "./lazy.tsx";
import { onQueuedToast } from "./toast.ts";

const ToastList = lazyInBrowser(() => import("./toast-list.tsx").then((module) => module.ToastList));

/**
 * Holds the toasts of a page. The list is a separate chunk (12.7 kB, gzip), loaded at the first use of a pointer or
 * key: a visit that only reads never needs it, and it is there when a later request fails.
 */
export function Toaster() {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    const used = new AbortController();
    const load = () => {
      used.abort();
      setWanted(true);
    };
    const options = { signal: used.signal, capture: true, passive: true };
    for (const type of ["pointerdown", "keydown"]) window.addEventListener(type, load, options);
    const stop = onQueuedToast(load);
    return () => {
      used.abort();
      stop();
    };
  }, []);
  return wanted ? <ToastList /> : null;
}
