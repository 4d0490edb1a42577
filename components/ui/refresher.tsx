"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Refreshes the page every `everyMs` milliseconds while it is visible. */
export function Refresher({ everyMs }: { everyMs: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
  return null;
}
