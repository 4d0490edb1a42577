import fc from "fast-check";
import { expect, test } from "vitest";
import type { CheckRequest } from "../check.ts";
import { NO_CLIENT } from "../client.ts";
import { compileRestrictions } from "../restrictions/compile.ts";
import { evaluateRestrictions } from "../restrictions/evaluate.ts";
import { NO_RESTRICTIONS } from "../restrictions/types.ts";
import { type CallableOperation, readOnlyEntry, scopesFor } from "./read-only.ts";
import { compileScopes, meetsRequired, normalizeRequired, requiredScopesOf } from "./required.ts";

const scopes = ["a:read", "a:write", "a:admin"];
const required = fc
  .option(fc.array(fc.subarray(scopes, { minLength: 1 }), { minLength: 1, maxLength: 3 }), { nil: null })
  .map((alternatives) => alternatives && normalizeRequired(alternatives));
const operations: fc.Arbitrary<CallableOperation[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom("list", "get", "sync", "delete", "list*"),
    method: fc.constantFrom("GET", "HEAD", "POST", "DELETE", null),
    requiredScopes: required,
  }),
  { selector: ({ name }) => name, maxLength: 5 },
);

test("a read-only entry allows every operation that reads and none that may write", () => {
  fc.assert(
    fc.property(operations, (all) => {
      const entry = readOnlyEntry("badges", all);
      if (entry === null) return;
      const rules = compileRestrictions({ ...NO_RESTRICTIONS, apis: [entry] });
      const api = compileScopes(scopes, all);
      const allows = (operation: string | null) => {
        const requiredScopes = requiredScopesOf(api, operation, []);
        const request: CheckRequest = {
          requestId: "",
          api: "badges",
          operation,
          call: null,
          cost: 1,
          client: NO_CLIENT,
          requiredScopes,
          apiScopes: scopes,
        };
        return evaluateRestrictions(rules, request) === null;
      };
      for (const { name, method } of all)
        expect(allows(name), name).toBe(method === "GET" || method === "HEAD");
      expect(allows(null)).toBe(false);
      expect(allows("unlisted")).toBe(entry.operations.includes("unlisted"));
    }),
    { numRuns: 3_000 },
  );
});

test("scopes are preferred to names, and an API that can't be divided has no read-only entry", () => {
  const list = { name: "list", method: "GET", requiredScopes: [["a:read"]] };
  const sync = { name: "sync", method: "POST", requiredScopes: [["a:write"]] };
  const open = { name: "open", method: "POST", requiredScopes: null };
  expect(readOnlyEntry("badges", [list, sync])).toEqual({
    api: "badges",
    operations: [],
    scopes: ["a:read"],
  });
  expect(readOnlyEntry("badges", [list, open])).toEqual({ api: "badges", operations: ["list"] });
  expect(readOnlyEntry("badges", [list])).toBeNull();
  expect(readOnlyEntry("badges", [sync])).toBeNull();
  expect(readOnlyEntry("badges", [{ ...list, method: null }, sync])).toBeNull();
});

test("the chosen scopes meet every requirement that the allowed scopes can meet", () => {
  fc.assert(
    fc.property(fc.array(required, { maxLength: 5 }), fc.subarray(scopes), (all, allowed) => {
      const held = new Set(allowed);
      const chosen = new Set(scopesFor(all, held));
      for (const scope of chosen) expect(held.has(scope)).toBe(true);
      for (const one of all) {
        if (one !== null && meetsRequired(one, held)) expect(meetsRequired(one, chosen)).toBe(true);
      }
    }),
  );
});
