import { useEffect, useState } from "react";
import type { DenialPage } from "#domain/keys/denials/types.ts";

/** Below this nobody has begun to read further down, px. */
const AT_TOP = 120;

/**
 * The list that is shown: the latest, unless somebody reads it. What one reads does not move away; how many
 * wait is told. `viewId` names what is looked at: another view is shown at once.
 */
export function useHeld(latest: DenialPage, reading: boolean, viewId: string) {
  const [held, setHeld] = useState({ viewId, page: latest });
  const first = held.page.items[0]?.id;
  const at = latest.items.findIndex(({ id }) => id === first);
  const changed = latest !== held.page;
  useEffect(() => {
    if (!changed) return;
    if (held.viewId !== viewId || (!reading && window.scrollY < AT_TOP)) setHeld({ viewId, page: latest });
  }, [changed, held.viewId, viewId, reading, latest]);
  const isHeld = held.viewId === viewId && changed;
  return {
    shown: isHeld ? held.page : latest,
    waiting: isHeld ? (at === -1 ? latest.items.length : at) : 0,
    showLatest: () => setHeld({ viewId, page: latest }),
  };
}
