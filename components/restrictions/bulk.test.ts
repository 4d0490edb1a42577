import { expect, test } from "vitest";
import { MAX_PASTE_CHARACTERS, readPaste } from "./bulk.ts";
import type { RowList } from "./lists.ts";

const splitBulk = (list: RowList, text: string) => readPaste(list, text).entries;
const SHA1 = "DA:39:A3:EE:5E:6B:4B:0D:32:55:BF:EF:95:60:18:90:AF:D8:07:09";

test("pasted text is split at newlines, commas, semicolons and white space", () => {
  expect(splitBulk("ips", " 198.51.100.7,203.0.113.0/24;\r\n2001:db8::/32\t10.0.0.1 \n")).toEqual([
    ["198.51.100.7"],
    ["203.0.113.0/24"],
    ["2001:db8::/32"],
    ["10.0.0.1"],
  ]);
});

test("an entry that is pasted twice becomes one row", () => {
  expect(splitBulk("referrers", "example.com example.com *.example.com")).toEqual([
    ["example.com"],
    ["*.example.com"],
  ]);
});

test("separators alone are no entries", () => {
  expect(splitBulk("ips", " ,;\n")).toEqual([]);
});

test("apps are pasted as package and certificate, in one word or one after the other", () => {
  expect(splitBulk("android", `com.example.a@${SHA1}\ncom.example.b ${SHA1}`)).toEqual([
    ["com.example.a", SHA1],
    ["com.example.b", SHA1],
  ]);
});

test("several certificates after one package are separate apps", () => {
  const other = "b".repeat(40);
  expect(splitBulk("android", `com.example.a ${SHA1} ${other}`)).toEqual([
    ["com.example.a", SHA1],
    ["com.example.a", other],
  ]);
});

test("a package without its certificate is a row that says what is missing", () => {
  expect(splitBulk("android", "com.example.a com.example.b")).toEqual([
    ["com.example.a", ""],
    ["com.example.b", ""],
  ]);
});

const NETWORKS = [["198.51.100.0/24"], ["2001:db8::/32"], ["203.0.113.7"]];

test.each([
  ["JSON", '{ "cidrs": ["198.51.100.0/24", "2001:db8::/32"], "ip": "203.0.113.7" }'],
  ["YAML", "allowed:\n  - 198.51.100.0/24 # office\n  - '2001:db8::/32'\n  - \"203.0.113.7\"\n"],
  ["Terraform", 'cidr_blocks = [\n  "198.51.100.0/24", // office\n  "2001:db8::/32",\n  "203.0.113.7",\n]'],
  ["nginx", "allow 198.51.100.0/24;\nallow 2001:db8::/32; # home\nallow 203.0.113.7;\ndeny all;\n"],
  ["a table of a chat", "\u200b198.51.100.0/24\t2001:db8::/32\u2060\n203.0.113.7\u200e"],
  ["a mail with typographic quotes", "“198.51.100.0/24”, ‘2001:db8::/32’ and «203.0.113.7»"],
])("addresses are read from %s", (_, text) => {
  expect(splitBulk("ips", text)).toEqual(NETWORKS);
});

test("entries that nginx denies are never added, and ignored words are listed", () => {
  const { entries, ignored } = readPaste("ips", "deny 198.51.100.9;\nallow 203.0.113.7;\ndeny all;");
  expect(entries).toEqual([["203.0.113.7"]]);
  expect(ignored).toEqual(["deny 198.51.100.9", "deny all", "allow"]);
});

test("a range with spaces stays one entry, for which the server suggests networks", () => {
  expect(splitBulk("ips", "198.51.100.0 - 198.51.100.255\n203.0.113.7-203.0.113.9")).toEqual([
    ["198.51.100.0-198.51.100.255"],
    ["203.0.113.7-203.0.113.9"],
  ]);
});

test("an entry that can't be saved is kept, and its row says why", () => {
  expect(splitBulk("ips", "api.example.com 198.51.100.* [2001:db8::1]:443 127.1")).toEqual([
    ["api.example.com"],
    ["198.51.100.*"],
    ["[2001:db8::1]:443"],
    ["127.1"],
  ]);
});

test("sites are read from JSON with comments, with their scheme, port and path", () => {
  const text =
    '{\n // ours\n "origins": ["https://example.com/#top", "localhost:5173", "localhost", "*.example.org/shop/*"] }';
  expect(readPaste("referrers", text)).toEqual({
    entries: [["https://example.com/#top"], ["localhost:5173"], ["localhost"], ["*.example.org/shop/*"]],
    ignored: ["origins"],
  });
});

test("the longest accepted text is parsed in linear time, however hostile", () => {
  for (const part of ["/*", "\n", " ", "- ", "]", "deny ", "a@", "[", "#", "1.", ":"]) {
    // Processor time, because a busy machine lets this process wait. Quadratic time would be minutes.
    const before = process.cpuUsage();
    readPaste("ips", part.repeat(MAX_PASTE_CHARACTERS / part.length));
    const { user } = process.cpuUsage(before);
    expect(user / 1_000, JSON.stringify(part)).toBeLessThan(1_000);
  }
});
