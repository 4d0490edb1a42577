import { FIELD_CHARACTERS, type RowList } from "./lists.ts";

/** An entry that a link wants in the draft. */
export type LinkedEntry = { list: RowList; text: string } | { api: string; operation: string | null };

const LISTS: Record<string, RowList> = {
  "allow.ips": "ips",
  "allow.referrers": "referrers",
  "allow.android": "android",
  "allow.ios": "ios",
};

/** More than any remedy asks for: a link is no way to fill a draft with thousands of rows. */
const MAX_LINKED_ENTRIES = 50;

/** The entries that a remedy's link asks for: `allow.ips=198.51.100.7`, `allow.operation=badges:badges.sync`. */
export function linkedEntriesOf(search: URLSearchParams): LinkedEntry[] {
  return [...search]
    .filter(([name, value]) => name.startsWith("allow.") && isEntry(value))
    .flatMap(([name, value]) => entryOf(name, value.trim()))
    .slice(0, MAX_LINKED_ENTRIES);
}

function isEntry(value: string): boolean {
  return value.trim() !== "" && value.length <= FIELD_CHARACTERS;
}

function entryOf(name: string, value: string): LinkedEntry[] {
  const list = LISTS[name];
  if (list) return [{ list, text: value }];
  if (name === "allow.api") return [{ api: value, operation: null }];
  const colon = value.indexOf(":");
  if (name !== "allow.operation" || colon < 1 || colon === value.length - 1) return [];
  return [{ api: value.slice(0, colon), operation: value.slice(colon + 1) }];
}

/** A key's address without what a link asked for. */
export function withoutLinkedEntries(search: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...search].filter(([name]) => !name.startsWith("allow.") && name !== "from"));
}
