import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { DenialPage } from "#domain/keys/denials/schema.ts";
import { DENIAL_LIST, type DenialState } from "./denial-state.ts";

/** How often the first page is refreshed while the browser tab is visible, in ms. */
export const REFRESH_MS = 5_000;
/** While the page is scrolled down less than this, in px, new rows may move the list. */
const TOP_PX = 120;

interface DenialQuery {
  projectId: string;
  state: DenialState;
  /** What the server has already read, and for which state. */
  initial: { state: DenialState; page: DenialPage; atMs: number };
}

/** The denied requests of a state. The first page refreshes itself; later pages do not change. */
export function useDenials({ projectId, state, initial }: DenialQuery) {
  const href = DENIAL_LIST.href(`/projects/${projectId}/denials/data`, state);
  const isInitial = DENIAL_LIST.href("", initial.state) === DENIAL_LIST.href("", state);
  return useQuery({
    queryKey: ["denials", href],
    queryFn: ({ signal }) => fetchPage(href, signal),
    ...(isInitial && { initialData: initial.page, initialDataUpdatedAt: initial.atMs }),
    placeholderData: keepPreviousData,
    staleTime: REFRESH_MS,
    refetchInterval: state.cursor ? false : REFRESH_MS,
    retry: 1,
  });
}

async function fetchPage(href: string, signal: AbortSignal): Promise<DenialPage> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the denied requests answered ${response.status}`);
  return (await response.json()) as DenialPage;
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
