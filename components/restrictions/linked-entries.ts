import type { Denial } from "#domain/keys/denials/schema.ts";
import { formatList } from "../ui/format.ts";
import type { RowList } from "./lists.ts";
import { MAX_FIELD_CHARACTERS, type TestCall } from "./test-call.ts";

/** An entry that a link adds to the draft. */
export type LinkedEntry =
  | { list: RowList; text: string }
  | { api: string; operation: string | null }
  | { api: string; scope: string };

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
  if (colon < 1 || colon === value.length - 1) return [];
  const [api, rest] = [value.slice(0, colon), value.slice(colon + 1)];
  if (name === "allow.scope") return [{ api, scope: rest }];
  return name === "allow.operation" ? [{ api, operation: rest }] : [];
}

const CALL_FIELDS = {
  api: "call.api",
  operation: "call.operation",
  requiredScopes: "call.scopes",
  address: "call.ip",
  page: "call.page",
  androidPackage: "call.android",
  androidCertSha1: "call.sha1",
  iosBundleId: "call.ios",
} as const;

/** A denied request as the query of a link that fills the tester with it. */
export function linkedCallQuery({
  api,
  operation,
  observed,
  client,
}: Pick<Denial, "api" | "operation" | "observed" | "client">): string {
  const fields: Record<keyof typeof CALL_FIELDS, string | null> = {
    api,
    operation,
    // The service may have asked for them, whatever the operation needs.
    requiredScopes: observed.missingScopes ?? null,
    address: client.clientIp,
    page: client.referrer ?? client.origin,
    androidPackage: client.androidPackage,
    androidCertSha1: client.androidCertSha1,
    iosBundleId: client.iosBundleId,
  };
  const params = new URLSearchParams();
  for (const [field, name] of Object.entries(CALL_FIELDS)) {
    const value = fields[field as keyof typeof CALL_FIELDS];
    if (value) params.set(name, value.slice(0, MAX_FIELD_CHARACTERS));
  }
  return params.toString();
}

/** The request of such a link; empty for a link without one. */
export function linkedCallOf(search: URLSearchParams): Partial<TestCall> {
  const call: Partial<TestCall> = {};
  for (const [field, name] of Object.entries(CALL_FIELDS)) {
    const value = search.get(name);
    if (value) call[field as keyof typeof CALL_FIELDS] = value.slice(0, MAX_FIELD_CHARACTERS);
  }
  if (call.androidPackage) call.app = "android";
  else if (call.iosBundleId) call.app = "ios";
  return call;
}

/** The change of a URL that removes linked entries, for `updateUrl`. */
export function withoutLinkedEntries(search: URLSearchParams): Record<string, undefined> {
  const names = [...search.keys()].filter((name) => /^(allow|call)\./.test(name) || name === "from");
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** "203.0.113.9 is already allowed: there is nothing to add." */
export function alreadyAllowedText(entries: readonly LinkedEntry[]): string {
  const names = entries.map((entry) => {
    if ("list" in entry) return entry.text;
    return "scope" in entry ? entry.scope : (entry.operation ?? entry.api);
  });
  return `${formatList(names)} ${names.length === 1 ? "is" : "are"} already allowed: there is nothing to add.`;
}
