import { useEffect, useState } from "react";
import type { DenialPage } from "#domain/keys/denials/schema.ts";
import { useServerData } from "../ui/use-server-data.ts";
import { DENIAL_LIST, type DenialState } from "./denial-state.ts";

/** How often the first page is refreshed while the browser tab is visible, in ms. */
export const REFRESH_MS = 5_000;
/** While the page is scrolled down less than this, in px, new rows may move the list. */
const TOP_PX = 120;

interface DenialQuery {
  projectId: string;
  state: DenialState;
  /** What the server has already read, and for which state. */
  initial: { state: DenialState; page: DenialPage };
}

/** The denied requests of a state. The first page refreshes itself; later pages do not change. */
export function useDenials({ projectId, state, initial }: DenialQuery) {
  const hrefOf = (of: DenialState) => DENIAL_LIST.href(`/projects/${projectId}/denials/data`, of);
  return useServerData({
    href: hrefOf(state),
    initial: { href: hrefOf(initial.state), data: initial.page },
    everyMs: state.cursor ? null : REFRESH_MS,
  });
}

/**
 * The page to show: the latest one, or the page being read. Rows do not move while they are read;
 * `waiting` counts the new ones. `viewId` identifies what is shown: a different view replaces the page at once.
 */
export function useStablePage(latest: DenialPage, reading: boolean, viewId: string) {
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
