import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { rangeOf, type UsageView } from "./ranges.ts";
import type { PanelData } from "./types.ts";

interface Watched {
  projectId: string;
  keyId: string | undefined;
  view: UsageView;
  initial: PanelData;
}

/** Address of the panel's numbers, as data for the page or as CSV for a spreadsheet. */
export function usageHref(
  kind: "data" | "csv",
  { projectId, keyId, view }: Omit<Watched, "initial">,
): string {
  const search = new URLSearchParams({ ...view, ...(keyId !== undefined && { key: keyId }) });
  return `/projects/${projectId}/usage/${kind}?${search}`;
}

/**
 * The numbers of a view, read again and again while the page is in sight. Another view's numbers stay until
 * the asked ones are here, and the last ones stay when the portal does not answer.
 */
export function useUsage(watched: Watched) {
  const { projectId, keyId, view, initial } = watched;
  const { refreshMs } = rangeOf(view.range);
  const asked = initial.view.range === view.range && initial.view.by === view.by;
  return useQuery({
    queryKey: ["usage", projectId, keyId ?? null, view.range, view.by],
    queryFn: ({ signal }) => readPanel(usageHref("data", watched), signal),
    ...(asked && { initialData: initial, initialDataUpdatedAt: initial.atMs }),
    placeholderData: keepPreviousData,
    staleTime: refreshMs,
    // Not in the background: a hidden page asks nothing.
    refetchInterval: refreshMs,
    retry: 1,
  });
}

async function readPanel(href: string, signal: AbortSignal): Promise<PanelData> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`usage answered ${response.status}`);
  return (await response.json()) as PanelData;
}
