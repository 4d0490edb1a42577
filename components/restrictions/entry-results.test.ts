import { expect, test } from "vitest";
import type { EntryResult } from "#domain/keys/restrictions/schema.ts";
import { type Entry, entriesOf, explainRequestOf, resultsByRow } from "./entry-results.ts";

const ENTRIES: Entry[] = [
  { list: "op:badges", fields: ["badges.*"] },
  { list: "ios", fields: ["com.example.app"] },
  { list: "ips", fields: ["198.51.100.7"] },
  { list: "android", fields: ["com.example.app", "aa"] },
  { list: "ips", fields: ["203.0.113.7"] },
];

const result = (text: string): EntryResult => ({ ok: true, text, meaning: "", notices: [] });

test("rows are sent by kind, and each operation prefix separately", () => {
  expect(explainRequestOf(ENTRIES)).toEqual({
    restrictions: {
      ips: ["198.51.100.7", "203.0.113.7"],
      referrers: [],
      apps: {
        android: [{ package: "com.example.app", sha1: "aa" }],
        ios: [{ bundleId: "com.example.app" }],
      },
      apis: [{ api: "badges", operations: ["badges.*"] }],
    },
  });
});

test("every result is assigned to its row", () => {
  const answers = resultsByRow(ENTRIES, {
    kinds: {
      ips: [result("first"), result("second")],
      referrers: [],
      apps: { android: [result("android")], ios: [result("ios")] },
      apis: [result("operation")],
    },
  });
  const texts = answers.map(([name, read]) => [name, read.ok && read.text]);
  expect(Object.fromEntries(texts)).toEqual({
    "ips 198.51.100.7": "first",
    "ips 203.0.113.7": "second",
    "android com.example.app@aa": "android",
    "ios com.example.app": "ios",
    "op:badges badges.*": "operation",
  });
});

test("a completely allowed API has no rows to explain", () => {
  const set = {
    ips: [],
    referrers: [],
    apps: { android: [], ios: [] },
    apis: [{ api: "live", operations: [] }],
  };
  expect(entriesOf(set)).toEqual([]);
});
