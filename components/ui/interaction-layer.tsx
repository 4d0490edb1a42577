"use client";

import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { useContext, useEffect } from "react";

/**
 * The tooltip of a page, the keys of its tables and the presses of its rows, loaded when the pointer or the focus first
 * moves.
 *
 * The tooltip is shown for each element with `data-tip="text"` and each `<time data-tip-time>`. Times in the row of a
 * table or list are not tab stops: the first link or button of the row shows all of them. A page may have hundreds of
 * them (times, sparklines), so they stay plain HTML and share one tooltip. Base UI's tooltip would add 28.7 kB (gzip) to
 * the first load of every page, and a component with state to each of those elements.
 */
export function InteractionLayer() {
  const router = useContext(AppRouterContext);
  useEffect(() => {
    const waiting = new AbortController();
    let isLoading = false;
    let stop = () => {};
    const load = async () => {
      if (isLoading) return;
      isLoading = true;
      // Without a connection, the next move tries again.
      const module = await import("./watch-interactions.ts").catch(() => null);
      isLoading = false;
      if (module === null || waiting.signal.aborted) return;
      waiting.abort();
      stop = module.watchInteractions((href) => router?.prefetch(href));
    };
    for (const type of ["pointerover", "focusin"]) {
      document.addEventListener(type, load, { signal: waiting.signal });
    }
    return () => {
      waiting.abort();
      stop();
    };
  }, [router]);
  return null;
}
