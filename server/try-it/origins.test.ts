import { expect, test } from "vitest";
import { triedOperation } from "./origins.ts";

test("only the page on which an operation is tried may call its servers", () => {
  expect(triedOperation("GET", "/apis/badges/try/badges.get?x=1")).toEqual({
    slug: "badges",
    operation: "badges.get",
  });
  expect(triedOperation("GET", "/apis/badges/try/get%3A%2Fa%20b")).toMatchObject({ operation: "get:/a b" });
  for (const [method, url] of [
    ["POST", "/apis/badges/try/badges.get"],
    ["GET", "/apis/badges/reference/badges.get"],
    ["GET", "/apis/badges/try/"],
    ["GET", "/apis/badges/try/a/b"],
    ["GET", "/apis/badges/try/%"],
    ["GET", "/apis/BADGES/try/a"],
    ["GET", "/other?x=/apis/badges/try/a"],
  ]) {
    expect(triedOperation(method, url ?? ""), url).toBeNull();
  }
});
