"use client";

import { useEffect } from "react";

/**
 * The tooltip of a page, shown for each element with `data-tip="text"` and each `<time data-tip-time>`. Times in the row
 * of a table or list are not tab stops: the first link or button of the row shows all of them. A page may have
 * hundreds of them (times, sparklines), so they stay plain HTML and share one tooltip. Base UI's tooltip would add
 * 28.7 kB (gzip) to the first load of every page, and a component with state to each of those elements. Ours is loaded
 * when the pointer or the focus first moves.
 */
export function TooltipLayer() {
  useEffect(() => {
    const waiting = new AbortController();
    let isLoading = false;
    let stop = () => {};
    const load = async () => {
      if (isLoading) return;
      isLoading = true;
      // Without a connection, the next move tries again.
      const module = await import("./watch-tooltips.ts").catch(() => null);
      isLoading = false;
      if (module === null || waiting.signal.aborted) return;
      waiting.abort();
      stop = module.watchTooltips();
    };
    for (const type of ["pointerover", "focusin"]) {
      document.addEventListener(type, load, { signal: waiting.signal });
    }
    return () => {
      waiting.abort();
      stop();
    };
  }, []);
  return null;
}
