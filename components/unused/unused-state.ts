import { defineUrlState, text, type UrlStateOf } from "../ui/url-state.ts";

/** The path of the page for unused keys. */
export const UNUSED_BASE = "/admin/unused";

/** The filters of that page. The list's own schema decides which values are usable. */
export const UNUSED_LIST = defineUrlState({
  unusedForDays: text(),
  used: text(),
  environment: text(),
  restricted: text(),
  projectId: text(),
  sort: text(),
});
export type UnusedState = UrlStateOf<typeof UNUSED_LIST>;

export function unusedHref(state: UnusedState): string {
  return UNUSED_LIST.href(UNUSED_BASE, state);
}
