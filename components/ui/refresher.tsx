"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";

/** Refreshes the page every `everyMs` milliseconds while it is visible, unless the last refresh is still loading. */
export function Refresher({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  const [isLoading, startLoading] = useTransition();
  const loading = useRef(isLoading);
  useEffect(() => {
    loading.current = isLoading;
  }, [isLoading]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && !loading.current) startLoading(() => router.refresh());
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
