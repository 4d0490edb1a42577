import { expect, test } from "vitest";
import { linkedCallOf, linkedCallQuery, linkedEntriesOf, withoutLinkedEntries } from "./linked-entries.ts";

const wanted = (query: string) => linkedEntriesOf(new URLSearchParams(query));

test("each kind of remedy is read from a link", () => {
  expect(
    wanted(
      "tab=restrictions&allow.ips=2001:db8::7&allow.referrers=https://example.com&allow.android=com.example.app@aa" +
        "&allow.ios=com.example.app&allow.api=badges&allow.operation=badges:badges.sync",
    ),
  ).toEqual([
    { list: "ips", text: "2001:db8::7" },
    { list: "referrers", text: "https://example.com" },
    { list: "android", text: "com.example.app@aa" },
    { list: "ios", text: "com.example.app" },
    { api: "badges", operation: null },
    { api: "badges", operation: "badges.sync" },
  ]);
});

test("an operation's own colons are kept", () => {
  expect(wanted("allow.operation=badges:a:b")).toEqual([{ api: "badges", operation: "a:b" }]);
});

test("entries without a meaning are ignored, not rejected", () => {
  expect(wanted("allow.ips=&allow.color=red&allow.operation=badges&allow.operation=:x&range=7d")).toEqual([]);
});

test("the denied request in a link fills the tester", () => {
  const client = {
    clientIp: "198.51.100.7",
    referrer: null,
    origin: "https://example.com",
    androidPackage: null,
    androidCertSha1: null,
    iosBundleId: "com.example.app",
  };
  const observed = { missingScopes: "badges:audit" };
  const query = linkedCallQuery({ api: "badges", operation: null, observed, client });
  expect(linkedCallOf(new URLSearchParams(query))).toEqual({
    api: "badges",
    requiredScopes: "badges:audit",
    address: "198.51.100.7",
    page: "https://example.com",
    iosBundleId: "com.example.app",
    app: "ios",
  });
  expect(linkedCallOf(new URLSearchParams("call.ip=&allow.ips=198.51.100.7"))).toEqual({});
});

test("a link can't fill a draft with thousands of rows", () => {
  expect(wanted(`allow.ips=${"1".repeat(2_001)}`)).toEqual([]);
  const query = Array.from({ length: 2_000 }, (_, at) => `allow.ips=198.51.100.${at}`).join("&");
  expect(wanted(query)).toHaveLength(50);
});

test("removing linked entries from a URL keeps the other parameters", () => {
  const search = new URLSearchParams("tab=restrictions&from=trial&allow.ips=198.51.100.7&x=1");
  expect(Object.keys(withoutLinkedEntries(search))).toEqual(["from", "allow.ips"]);
  expect(Object.keys(withoutLinkedEntries(new URLSearchParams("call.ip=1&x=1")))).toEqual(["call.ip"]);
});
