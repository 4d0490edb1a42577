import { expect, test } from "vitest";
import { NO_RESTRICTIONS, type Restrictions } from "#core/restrictions/types.ts";
import {
  changeDraft,
  type Draft,
  type DraftChange,
  draftOf,
  emptyApis,
  filledRows,
  isChanged,
  restrictionsOf,
} from "./draft.ts";

const KNOWN = new Map([["badges", new Set(["badges.sync", "badges.get"])]]);
const STORED: Restrictions = {
  ips: ["198.51.100.0/24"],
  referrers: ["example.com", "*.example.com"],
  apps: {
    android: [{ package: "com.example.app", sha1: "a".repeat(40) }],
    ios: [{ bundleId: "com.example.app" }],
  },
  apis: [
    { api: "badges", operations: ["badges.*", "badges.sync"] },
    { api: "live", operations: [] },
  ],
};

const start = (set: Restrictions = NO_RESTRICTIONS) => draftOf(set, KNOWN);
const after = (draft: Draft, ...changes: DraftChange[]) => changes.reduce(changeDraft, draft);

test("a stored set and its draft are converted into each other without loss", () => {
  expect(restrictionsOf(start(STORED))).toEqual(STORED);
  expect(isChanged(start(STORED), STORED)).toBe(false);
});

test("typed text is saved without surrounding white space, and blank rows are not saved", () => {
  const draft = after(
    start(),
    { kind: "add", list: "ips", entries: [[""], ["  "]] },
    { kind: "type", list: "ips", id: 1, field: 0, text: " 198.51.100.7 " },
  );
  expect(restrictionsOf(draft)).toEqual({ ...NO_RESTRICTIONS, ips: ["198.51.100.7"] });
  expect(filledRows(draft)).toHaveLength(1);
});

test("typing in one row keeps the objects of all other rows", () => {
  const before = start(STORED);
  const [first] = before.rows.referrers ?? [];
  const draft = after(before, { kind: "type", list: "referrers", id: first?.id ?? 0, field: 0, text: "x" });
  expect(draft.rows.referrers?.[1]).toBe(before.rows.referrers?.[1]);
  expect(draft.rows.ips).toBe(before.rows.ips);
});

test("a row is replaced in place by its suggestions", () => {
  const draft = after(
    start(),
    { kind: "add", list: "referrers", entries: [["a.example"], ["*example.com"], ["b.example"]] },
    { kind: "replace", list: "referrers", id: 2, entries: [["example.com"], ["*.example.com"]] },
  );
  expect(restrictionsOf(draft).referrers).toEqual(["a.example", "example.com", "*.example.com", "b.example"]);
  expect(new Set(draft.rows.referrers?.map((row) => row.id)).size).toBe(4);
});

test("an API without selected operations is never saved as the whole API", () => {
  const draft = after(
    start(STORED),
    { kind: "operation", api: "badges", operation: "badges.sync", on: false },
    { kind: "clear", list: "op:badges" },
  );
  expect(restrictionsOf(draft).apis).toEqual([{ api: "live", operations: [] }]);
  expect(emptyApis(draft)).toEqual(["badges"]);
  expect(isChanged(draft, STORED)).toBe(true);
});

test("a draft that differs only in such an API is a change", () => {
  const draft = after(
    start(),
    { kind: "api", api: "live", on: true },
    { kind: "whole", api: "live", whole: false },
  );
  expect(isChanged(draft, NO_RESTRICTIONS)).toBe(true);
});

test("operation prefixes are kept but ignored while the whole API is allowed", () => {
  const whole = after(start(STORED), { kind: "whole", api: "badges", whole: true });
  expect(restrictionsOf(whole).apis[0]).toEqual({ api: "badges", operations: [] });
  expect(filledRows(whole).map(({ list }) => list)).not.toContain("op:badges");
  expect(restrictionsOf(after(whole, { kind: "whole", api: "badges", whole: false }))).toEqual(STORED);
});

test("the order of entries and duplicate entries are no change", () => {
  const draft = after(start(STORED), { kind: "add", list: "ips", entries: [["198.51.100.0/24"]] });
  expect(isChanged(draft, { ...STORED, referrers: STORED.referrers.toReversed() })).toBe(false);
});

test("only valid rows are sent to the tester", () => {
  const draft = after(start(), { kind: "add", list: "ips", entries: [["198.51.100.7"], ["nonsense"]] });
  expect(restrictionsOf(draft, (_, [text]) => text !== "nonsense").ips).toEqual(["198.51.100.7"]);
});

test("scopes survive an edit of something else, and removing the last one never means all of them", () => {
  const limited: Restrictions = {
    ...NO_RESTRICTIONS,
    apis: [{ api: "badges", operations: ["badges.sync"], scopes: ["badges:read"] }],
  };
  const draft = start(limited);
  expect(isChanged(draft, limited)).toBe(false);
  expect(restrictionsOf(after(draft, { kind: "whole", api: "badges", whole: true })).apis).toEqual([
    { api: "badges", operations: [], scopes: ["badges:read"] },
  ]);
  const none = after(draft, { kind: "scope", api: "badges", scope: "badges:read", on: false });
  expect(emptyApis(none)).toEqual(["badges"]);
  expect(restrictionsOf(none).apis).toEqual([]);
  const all = after(none, { kind: "scopes", api: "badges", scopes: null });
  expect(restrictionsOf(all).apis).toEqual([{ api: "badges", operations: ["badges.sync"] }]);
  expect(isChanged(all, limited)).toBe(true);
});

test("a read-only entry replaces what was chosen for its API", () => {
  const entry = { api: "badges", operations: ["badges.get", "badges.unlisted"], scopes: ["badges:read"] };
  const draft = after(start(STORED), { kind: "entry", entry, known: KNOWN });
  expect(restrictionsOf(draft).apis).toEqual([entry, STORED.apis[1]]);
});
