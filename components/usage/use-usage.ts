import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { withParams } from "../ui/url-state.ts";
import { updateUrl } from "../ui/use-url-state.ts";
import { type PanelData, readUsageView, USAGE_RANGES, USAGE_URL, type UsageView } from "./usage-state.ts";

export interface UsageViewState {
  view: UsageView;
  asTable: boolean;
  change: (part: Partial<UsageView> & { view?: "table" | undefined }) => void;
}

/** The view in the URL. Changing it does not load the page again. */
export function useUsageView(): UsageViewState {
  const search = useSearchParams();
  return {
    view: readUsageView(search),
    asTable: USAGE_URL.read(search).view === "table",
    change: updateUrl,
  };
}

interface UsageQuery<Data> {
  /** The path of the usage: `/projects/prj_…/usage`. */
  base: string;
  keyId?: string | undefined;
  view: UsageView;
  initial: Data;
}

/** The address of the panel's numbers, as JSON or CSV. */
export function usageHref(
  format: "data" | "csv",
  { base, keyId, view }: Omit<UsageQuery<unknown>, "initial">,
): string {
  return withParams(`${base}/${format}`, Object.entries({ ...view, key: keyId }));
}

/**
 * The numbers of a view, refreshed while the page is visible. The previous view's numbers stay until the new
 * ones arrive, and the last numbers stay while the portal does not respond.
 */
export function useUsage<Data extends PanelData>(query: UsageQuery<Data>) {
  const { view, initial } = query;
  const { refreshMs } = USAGE_RANGES[view.range];
  const href = usageHref("data", query);
  const isInitial = initial.view.range === view.range && initial.view.by === view.by;
  return useQuery<Data>({
    queryKey: ["usage", href],
    queryFn: ({ signal }) => fetchPanel<Data>(href, signal),
    ...(isInitial && { initialData: initial, initialDataUpdatedAt: initial.atMs }),
    // As a function, because the data's type could itself be a function.
    placeholderData: (previous) => keepPreviousData(previous),
    staleTime: refreshMs,
    // Not in the background: a hidden page sends no requests.
    refetchInterval: refreshMs,
    retry: 1,
  });
}

async function fetchPanel<Data>(href: string, signal: AbortSignal): Promise<Data> {
  const response = await fetch(href, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`usage answered ${response.status}`);
  return (await response.json()) as Data;
}
