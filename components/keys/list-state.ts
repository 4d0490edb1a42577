import type { KeySort } from "#domain/keys/schema.ts";
import { defineUrlState, text, type UrlStateOf } from "../ui/url-state.ts";

/** What the list of keys shows. The list's own schema decides which values are usable. */
export const KEY_LIST = defineUrlState({
  search: text(),
  status: text(),
  environment: text(),
  api: text(),
  restricted: text(),
  sort: text(),
  cursor: text(),
  page: text(),
});
export type KeyListState = UrlStateOf<typeof KEY_LIST>;

/** The order after a column heading is pressed: names ascend first, times descend first; a second press reverses. */
export function nextSort(current: string, column: KeySort): string {
  const first = column === "name" || column === "status" ? column : `-${column}`;
  if (current !== first) return first;
  return first.startsWith("-") ? column : `-${column}`;
}
