import type { UnusedState } from "./address.ts";

/** The desk's page. */
export const UNUSED_BASE = "/admin/unused";

/** The desk with these filters. */
export function unusedHref(state: UnusedState): string {
  const search = new URLSearchParams(state as Record<string, string>);
  return search.size > 0 ? `${UNUSED_BASE}?${search}` : UNUSED_BASE;
}
