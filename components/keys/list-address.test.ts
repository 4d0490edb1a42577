import { expect, test } from "vitest";
import { isFiltered, listHref, nextSort, readListState } from "./list-address.ts";

test("a filter keeps the others and the order, and goes back to the first page", () => {
  const state = readListState({ search: "web", sort: "name", cursor: "abc", page: "3" });
  expect(listHref("/keys", state, { status: "active" })).toBe("/keys?search=web&status=active&sort=name");
});

test("turning the page keeps everything else", () => {
  expect(listHref("/keys", { search: "web" }, { cursor: "abc", page: "2" })).toBe(
    "/keys?search=web&cursor=abc&page=2",
  );
});

test("taking the last filter away leaves the bare address", () => {
  expect(listHref("/keys", { search: "web" }, { search: undefined })).toBe("/keys");
});

test("repeated and empty parameters can't break the page", () => {
  expect(readListState({ status: ["active", "revoked"], search: "" })).toEqual({ status: "active" });
  expect(isFiltered({ sort: "name", cursor: "x" })).toBe(false);
});

test("a column sorts its useful way first, and turns round after", () => {
  expect(nextSort("-createdAt", "name")).toBe("name");
  expect(nextSort("name", "name")).toBe("-name");
  expect(nextSort("name", "lastUsedAt")).toBe("-lastUsedAt");
  expect(nextSort("-lastUsedAt", "lastUsedAt")).toBe("lastUsedAt");
});
