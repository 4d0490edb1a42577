import type { KeySort } from "#domain/keys/schema.ts";
import { defineUrlState, text, type UrlStateOf } from "../ui/url-state.ts";

/** What the list of keys shows. The list's own schema decides which values are usable. */
export const KEY_LIST = defineUrlState({
  q: text(),
  tag: text(),
  externalId: text(),
  metadata: text(),
  status: text(),
  environment: text(),
  api: text(),
  restricted: text(),
  imported: text(),
  approval: text(),
  sort: text(),
  cursor: text(),
  page: text(),
});
export type KeyListState = UrlStateOf<typeof KEY_LIST>;

/** The list's filter for an entry of the metadata in the URL, such as `plan=pro`. */
export function metadataFilter(entry: string): Record<string, string> {
  const at = entry.indexOf("=");
  return { [entry.slice(0, Math.max(at, 0))]: entry.slice(at + 1) };
}

/** The order after a column heading is pressed: names ascend first, times descend first; a second press reverses. */
export function nextSort(current: string, column: KeySort): string {
  const first = column === "name" || column === "status" ? column : `-${column}`;
  if (current !== first) return first;
  return first.startsWith("-") ? column : `-${column}`;
}
