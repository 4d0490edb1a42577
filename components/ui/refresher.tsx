"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useTransition } from "react";
import { readJson } from "./read-json.ts";

/**
 * Refreshes the page every `everyMs` milliseconds while it is visible, unless the last refresh is still loading. Not
 * while the portal, its database or the session is unavailable: the router would replace the page. `/livez` knows nothing
 * of the latter two, and proxies keep it from browsers.
 */
export function Refresher({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  const [isLoading, startLoading] = useTransition();
  const loading = useRef(isLoading);
  useEffect(() => {
    loading.current = isLoading;
  }, [isLoading]);
  useEffect(() => {
    const unmounted = new AbortController();
    const { signal } = unmounted;
    const refresh = async () => {
      if (document.visibilityState !== "visible" || !navigator.onLine || loading.current) return;
      loading.current = true;
      const isAnswering = await readJson("/notifications/unread", signal).then(
        () => true,
        () => false,
      );
      loading.current = false;
      if (isAnswering && !signal.aborted) startLoading(() => router.refresh());
    };
    const timer = setInterval(refresh, everyMs);
    return () => {
      unmounted.abort();
      clearInterval(timer);
    };
  }, [router, everyMs]);
  return null;
}
