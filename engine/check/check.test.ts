import { expect, test } from "vitest";
import { compileApi } from "../cache/compile-facts.ts";
import { requestOf } from "./check.ts";

const operation = { basePaths: null, requiredScopes: [["badges:write"]] };
const api = compileApi({
  id: "api_1",
  slug: "badges",
  scopes: ["badges:read", "badges:write"],
  operations: [{ name: "badges.sync", method: "POST", path: "/badges/sync", ...operation }],
  basePaths: [],
  pathMatching: "safe",
  allowKeyInUrl: false,
});

test("scopes that a service asks for don't open a path that matches no operation", () => {
  const needs = (path: string) =>
    requestOf({ method: "POST", path, requiredScopes: ["badges:read"], cost: 1 }, api, "req_1")
      .requiredScopes;
  expect(needs("/badges/sync")).toEqual([["badges:write", "badges:read"]]);
  // Common routers take these for it.
  for (const path of ["/Badges/sync", "/badges/sync/", "/badges/sync;v=1", "/badges//sync"]) {
    expect(needs(path), path).toEqual([]);
  }
});
