import { formatList } from "../ui/format.ts";
import { MAX_FIELD_CHARACTERS, type RowList } from "./lists.ts";

/** An entry that a link adds to the draft. */
export type LinkedEntry = { list: RowList; text: string } | { api: string; operation: string | null };

const LISTS: Record<string, RowList> = {
  "allow.ips": "ips",
  "allow.referrers": "referrers",
  "allow.android": "android",
  "allow.ios": "ios",
};

/** More than any remedy has, so that a link cannot add thousands of rows. */
const MAX_LINKED_ENTRIES = 50;

/** The entries in the link of a remedy: `allow.ips=198.51.100.7`, `allow.operation=badges:badges.sync`. */
export function linkedEntriesOf(search: URLSearchParams): LinkedEntry[] {
  return [...search]
    .filter(([name, value]) => name.startsWith("allow.") && isEntry(value))
    .flatMap(([name, value]) => entryOf(name, value.trim()))
    .slice(0, MAX_LINKED_ENTRIES);
}

function isEntry(value: string): boolean {
  return value.trim() !== "" && value.length <= MAX_FIELD_CHARACTERS;
}

function entryOf(name: string, value: string): LinkedEntry[] {
  const list = LISTS[name];
  if (list) return [{ list, text: value }];
  if (name === "allow.api") return [{ api: value, operation: null }];
  const colon = value.indexOf(":");
  if (name !== "allow.operation" || colon < 1 || colon === value.length - 1) return [];
  return [{ api: value.slice(0, colon), operation: value.slice(colon + 1) }];
}

/** The change of a URL that removes linked entries, for `updateUrl`. */
export function withoutLinkedEntries(search: URLSearchParams): Record<string, undefined> {
  const names = [...search.keys()].filter((name) => name.startsWith("allow.") || name === "from");
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** "203.0.113.9 is already allowed: there is nothing to add." */
export function alreadyAllowedText(entries: readonly LinkedEntry[]): string {
  const names = entries.map((entry) => ("list" in entry ? entry.text : (entry.operation ?? entry.api)));
  return `${formatList(names)} ${names.length === 1 ? "is" : "are"} already allowed: there is nothing to add.`;
}
