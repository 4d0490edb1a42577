import { expect, test } from "vitest";
import { day, defineUrlState, nextPageHref, oneOf, text } from "./url-state.ts";

const LIST = defineUrlState({
  search: text(),
  status: oneOf(["active", "revoked"]),
  key: text(/^key_\w+$/),
  from: day(),
  sort: text(),
  cursor: text(),
  page: text(),
});
const read = (query: string) => LIST.read(new URLSearchParams(query));

test("a state survives being written to a URL and read back", () => {
  const state = { search: "web & app", status: "active", key: "key_1", from: "2026-11-01" } as const;
  expect(read(LIST.href("/keys", state).split("?")[1] ?? "")).toEqual(state);
});

test("unusable, empty and unknown parameters are ignored", () => {
  expect(read("status=gone&key=%27&from=2026-13-45&search=&other=1")).toEqual({});
  expect(read("from=yesterday")).toEqual({});
});

test("changing a filter keeps the others and the order, and goes back to the first page", () => {
  const state = read("search=web&sort=name&cursor=abc&page=3");
  expect(LIST.href("/keys", state, { status: "active" })).toBe("/keys?search=web&status=active&sort=name");
});

test("going to the next page keeps everything else", () => {
  expect(LIST.href("/keys", { search: "web" }, { cursor: "abc", page: "2" })).toBe(
    "/keys?search=web&cursor=abc&page=2",
  );
  expect(nextPageHref("/keys?search=web", "a/b")).toBe("/keys?search=web&cursor=a%2Fb");
  expect(nextPageHref("/keys", null)).toBeNull();
});

test("removing the last filter leaves the path alone", () => {
  expect(LIST.href("/keys", { search: "web" }, { search: undefined })).toBe("/keys");
});

test("order and position do not count as filters", () => {
  expect(LIST.isFiltered({ sort: "name", cursor: "x", page: "2" })).toBe(false);
  expect(LIST.isFiltered({ search: "web" })).toBe(true);
});
