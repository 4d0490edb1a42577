import { expect, test } from "vitest";
import { splitBulk } from "./bulk.ts";

const SHA1 = "DA:39:A3:EE:5E:6B:4B:0D:32:55:BF:EF:95:60:18:90:AF:D8:07:09";

test("what is pasted is split at newlines, commas, semicolons and white space", () => {
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

test("nothing but separators is nothing", () => {
  expect(splitBulk("ips", " ,;\n")).toEqual([]);
});

test("apps are pasted as package and certificate, in one word or one behind the other", () => {
  expect(splitBulk("android", `com.example.a@${SHA1}\ncom.example.b ${SHA1}`)).toEqual([
    ["com.example.a", SHA1],
    ["com.example.b", SHA1],
  ]);
});

test("several certificates behind one package are as many apps", () => {
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
