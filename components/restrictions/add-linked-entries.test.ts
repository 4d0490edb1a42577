import { expect, test } from "vitest";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import { addLinkedEntries } from "./add-linked-entries.ts";
import { type Draft, draftOf, filledRows, restrictionsOf } from "./draft.ts";
import type { LinkedEntry } from "./linked-entries.ts";

const KNOWN = new Map([["badges", new Set(["badges.sync", "badges.get"])]]);
const STORED: Restrictions = {
  ips: ["198.51.100.0/24"],
  referrers: ["example.com"],
  apps: { android: [], ios: [{ bundleId: "com.example.app" }] },
  apis: [
    { api: "badges", operations: ["badges.sync"] },
    { api: "live", operations: [] },
  ],
};

const start = (set: Restrictions) => draftOf(set, KNOWN);
const want = (draft: Draft, ...entries: LinkedEntry[]) => addLinkedEntries(draft, entries, KNOWN);
const wantedOf = (set: Restrictions, ...entries: LinkedEntry[]) =>
  restrictionsOf(want(start(set), ...entries).draft);

const IP_ADDRESS: LinkedEntry = { list: "ips", text: "203.0.113.9" };
const ONE_OF_EACH: LinkedEntry[] = [
  IP_ADDRESS,
  { list: "referrers", text: "https://shop.example" },
  { list: "android", text: `com.example.other@${"b".repeat(40)}` },
  { list: "ios", text: "com.example.other" },
  { api: "offers", operation: null },
  { api: "badges", operation: "badges.get" },
];

test("an entry that a link asks for is added once, marked, and changes nothing else", () => {
  const once = want(start(STORED), IP_ADDRESS);
  expect(restrictionsOf(once.draft)).toEqual({ ...STORED, ips: [...STORED.ips, "203.0.113.9"] });
  expect(once.draft.rows.ips?.map((row) => row.added)).toEqual([false, true]);
  expect(once.allowed).toEqual([]);
  expect(want(once.draft, IP_ADDRESS)).toEqual({ draft: once.draft, allowed: [IP_ADDRESS] });
});

test("a kind without entries is not narrowed to a link's entry, which is already allowed", () => {
  const open = start(NO_RESTRICTIONS);
  const { draft, allowed } = want(open, ...ONE_OF_EACH);
  expect(draft).toBe(open);
  expect(allowed).toEqual(ONE_OF_EACH);
});

test("one kind of apps restricts the other", () => {
  const android = { list: "android", text: `com.example.app@${"b".repeat(40)}` } as const;
  expect(wantedOf(STORED, android).apps.android).toEqual([
    { package: "com.example.app", sha1: "b".repeat(40) },
  ]);
});

test("a link's operation is added to the allowed ones, and never narrows a whole API", () => {
  const joined = wantedOf(STORED, { api: "badges", operation: "badges.get" });
  expect(joined.apis[0]?.operations).toEqual(["badges.get", "badges.sync"]);
  const whole = start(STORED);
  const streams: LinkedEntry = { api: "live", operation: "streams.start" };
  expect(want(whole, streams)).toEqual({ draft: whole, allowed: [streams] });
});

test("an operation that the API does not list is a row, so that it can be seen and removed", () => {
  const { draft } = want(start(STORED), { api: "badges", operation: "badges.legacy" });
  expect(draft.apis.badges?.ticked).toEqual(["badges.sync"]);
  const rows = filledRows(draft).filter(({ list }) => list === "op:badges");
  expect(rows.map(({ row }) => [row.fields, row.added])).toEqual([[["badges.legacy"], true]]);
});

test("a link's API is allowed completely, even if only some operations were allowed before", () => {
  const { apis } = wantedOf(STORED, { api: "badges", operation: null });
  expect(apis[0]).toEqual({ api: "badges", operations: [] });
});

test("a link's scope is added to those of the API, and to none of a key that has all of them", () => {
  const limited = { ...STORED, apis: [{ api: "badges", operations: [], scopes: ["badges:read"] }] };
  const scope: LinkedEntry = { api: "badges", scope: "badges:write" };
  expect(wantedOf(limited, scope).apis).toEqual([
    { api: "badges", operations: [], scopes: ["badges:read", "badges:write"] },
  ]);
  const whole = start(STORED);
  expect(want(whole, scope)).toEqual({ draft: whole, allowed: [scope] });
});
