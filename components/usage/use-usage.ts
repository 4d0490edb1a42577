import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { readJson } from "../ui/read-json.ts";
import { withParams } from "../ui/url-state.ts";
import { updateUrl } from "../ui/use-url-state.ts";
import {
  type PanelData,
  readUsageView,
  refreshMsOf,
  USAGE_URL,
  type UsageView,
  viewParams,
} from "./usage-state.ts";

export interface UsageViewState {
  view: UsageView;
  asTable: boolean;
  /** Times in UTC instead of the reader's zone. */
  inUtc: boolean;
  /** Changes parameters of the URL; undefined removes one. `push` adds an entry to the history. */
  change: typeof updateUrl;
}

/** The view in the URL. Changing it does not load the page again. */
export function useUsageView(): UsageViewState {
  const search = useSearchParams();
  const { view, zone } = USAGE_URL.read(search);
  return {
    view: readUsageView(search),
    asTable: view === "table",
    inUtc: zone === "utc",
    change: updateUrl,
  };
}

interface UsageQuery<Data> {
  /** The path of the usage: `/projects/prj_…/usage`. */
  base: string;
  view: UsageView;
  initial: Data;
}

/** The address of the panel's numbers, as JSON or CSV, or of its lists. */
export function usageHref(
  format: "data" | "csv" | "top",
  { base, view }: Pick<UsageQuery<unknown>, "base" | "view">,
): string {
  return withParams(`${base}/${format}`, viewParams(view));
}

/**
 * The numbers of a view, refreshed while the page is visible. The previous view's numbers stay until the new
 * ones arrive, and the last numbers stay while the portal does not respond.
 */
export function useUsage<Data extends PanelData>({ base, view, initial }: UsageQuery<Data>) {
  const refreshMs = refreshMsOf(view, initial.atMs);
  const href = usageHref("data", { base, view });
  const isInitial = usageHref("data", { base, view: initial.view }) === href;
  return useQuery<Data>({
    queryKey: ["usage", href],
    queryFn: ({ signal }) => readJson<Data>(href, signal),
    ...(isInitial && { initialData: initial, initialDataUpdatedAt: initial.atMs }),
    // As a function, because the data's type could itself be a function.
    placeholderData: (previous) => keepPreviousData(previous),
    staleTime: refreshMs ?? Number.POSITIVE_INFINITY,
    // Not in the background: a hidden page sends no requests.
    refetchInterval: refreshMs ?? false,
    retry: 1,
  });
}

/** How often the lists are refreshed: they are read by several queries. */
const LISTS_REFRESH_MS = 60_000;

/** The largest groups of a view, refreshed like the numbers, but more rarely. */
export function useTopUsage<Data>(query: Omit<UsageQuery<Data>, "initial"> & { initial: Data | undefined }) {
  const { base, view, initial } = query;
  // What the bars are grouped by and compared with makes no difference.
  const href = usageHref("top", { base, view: { ...view, by: "outcome", compare: undefined } });
  const isChanging = refreshMsOf(view, Date.now()) !== null;
  return useQuery<Data>({
    queryKey: ["top usage", href],
    queryFn: ({ signal }) => readJson<Data>(href, signal),
    ...(initial !== undefined && { initialData: initial }),
    placeholderData: (previous) => keepPreviousData(previous),
    staleTime: LISTS_REFRESH_MS,
    refetchInterval: isChanging && LISTS_REFRESH_MS,
    retry: 1,
  });
}
