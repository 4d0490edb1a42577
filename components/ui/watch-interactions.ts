import { watchTables } from "./watch-tables.ts";
import { watchTooltips } from "./watch-tooltips.ts";

/** Starts what reacts to the pointer, the focus and the keys on any page. Returns how to stop. */
export function watchInteractions(): () => void {
  const stops = [watchTooltips(), watchTables()];
  return () => {
    for (const stop of stops) stop();
  };
}
