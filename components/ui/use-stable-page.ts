import { useEffect, useState } from "react";

/** While the page is scrolled down less than this, in px, new rows may move the list. */
const TOP_PX = 120;

/**
 * The page to show: the latest one, or the page being read. Rows do not move while they are read;
 * `waiting` counts the new ones. `viewId` identifies what is shown: a different view replaces the page at once.
 */
export function useStablePage<Listed extends { items: { id: string }[] }>(
  latest: Listed,
  reading: boolean,
  viewId: string,
) {
  const [held, setHeld] = useState({ viewId, page: latest });
  const firstId = held.page.items[0]?.id;
  const newRows = latest.items.findIndex(({ id }) => id === firstId);
  const changed = latest !== held.page;
  useEffect(() => {
    if (!changed) return;
    if (held.viewId !== viewId || (!reading && window.scrollY < TOP_PX)) setHeld({ viewId, page: latest });
  }, [changed, held.viewId, viewId, reading, latest]);
  const isHeld = held.viewId === viewId && changed;
  return {
    shown: isHeld ? held.page : latest,
    waiting: isHeld ? (newRows === -1 ? latest.items.length : newRows) : 0,
    showLatest: () => setHeld({ viewId, page: latest }),
  };
}
