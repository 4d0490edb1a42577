import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { DenialPage } from "#domain/keys/denials/types.ts";
import { type RefusalView, refusalQuery } from "./address.ts";

/** How often the first page is read anew while it is in sight. */
export const REFRESH_MS = 5_000;

interface Watched {
  projectId: string;
  view: RefusalView;
  initial: { view: RefusalView; page: DenialPage; atMs: number };
}

/** The refusals of a view, read again and again while the page is in sight; an older page stands still. */
export function useRefusals({ projectId, view, initial }: Watched) {
  const query = refusalQuery(view);
  return useQuery({
    queryKey: ["refusals", projectId, query],
    queryFn: ({ signal }) => readPage(`/projects/${projectId}/refusals/data?${query}`, signal),
    ...(refusalQuery(initial.view) === query && {
      initialData: initial.page,
      initialDataUpdatedAt: initial.atMs,
    }),
    placeholderData: keepPreviousData,
    staleTime: REFRESH_MS,
    refetchInterval: view.cursor ? false : REFRESH_MS,
    retry: 1,
  });
}

async function readPage(href: string, signal: AbortSignal): Promise<DenialPage> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the refusals answered ${response.status}`);
  return (await response.json()) as DenialPage;
}
