import { watchReturns } from "./watch-returns.ts";
import { watchRows } from "./watch-rows.ts";
import { watchTables } from "./watch-tables.ts";
import { watchTooltips } from "./watch-tooltips.ts";

/** Starts what reacts to the pointer, the focus and the keys on any page. Returns how to stop. */
export function watchInteractions(prefetch: (href: string) => void): () => void {
  const stops = [watchTooltips(), watchTables(), watchRows(prefetch), watchReturns()];
  return () => {
    for (const stop of stops) stop();
  };
}
