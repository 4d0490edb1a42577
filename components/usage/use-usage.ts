import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { rangeOf, type UsageView } from "./ranges.ts";
import type { PanelData } from "./types.ts";

interface Watched<Data> {
  /** Address of the usage, without what is asked of it: `/projects/prj_…/usage`. */
  base: string;
  keyId?: string | undefined;
  view: UsageView;
  initial: Data;
}

/** Address of the panel's numbers, as data for the page or as CSV for a spreadsheet. */
export function usageHref(
  kind: "data" | "csv",
  { base, keyId, view }: Omit<Watched<unknown>, "initial">,
): string {
  const search = new URLSearchParams({ ...view, ...(keyId !== undefined && { key: keyId }) });
  return `${base}/${kind}?${search}`;
}

/**
 * The numbers of a view, read again and again while the page is in sight. Another view's numbers stay until
 * the asked ones are here, and the last ones stay when the portal does not answer.
 */
export function useUsage<Data extends PanelData>(watched: Watched<Data>) {
  const { view, initial } = watched;
  const { refreshMs } = rangeOf(view.range);
  const href = usageHref("data", watched);
  const asked = initial.view.range === view.range && initial.view.by === view.by;
  return useQuery<Data>({
    queryKey: ["usage", href],
    queryFn: ({ signal }) => readPanel<Data>(href, signal),
    ...(asked && { initialData: initial, initialDataUpdatedAt: initial.atMs }),
    // As a function, since the data's type could be one itself.
    placeholderData: (previous) => keepPreviousData(previous),
    staleTime: refreshMs,
    // Not in the background: a hidden page asks nothing.
    refetchInterval: refreshMs,
    retry: 1,
  });
}

async function readPanel<Data>(href: string, signal: AbortSignal): Promise<Data> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`usage answered ${response.status}`);
  return (await response.json()) as Data;
}
