import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compileScopes,
  isScopeName,
  meetsRequired,
  nearestAlternative,
  normalizeRequired,
  type RequiredScopes,
  requiredScopesOf,
} from "./required.ts";

const scope: fc.Arbitrary<string> = fc.constantFrom("a:read", "a:write", "a:admin", "b");
const list = fc.array(scope, { maxLength: 3 });
const alternatives = fc.array(list, { maxLength: 4 });
const held = fc.uniqueArray(scope).map((scopes) => new Set(scopes));
/** The definition: OR of ANDs, and null needs nothing. */
const isMet = (required: RequiredScopes | null, has: ReadonlySet<string>) =>
  required === null || required.some((all) => all.every((one) => has.has(one)));

test("the normalized form has the same meaning, in one order and without what is superfluous", () => {
  fc.assert(
    fc.property(alternatives, held, (required, has) => {
      const normalized = normalizeRequired(required);
      expect(isMet(normalized, has)).toBe(isMet(required, has));
      if (normalized === null) return;
      expect(normalizeRequired(normalized.toReversed().map((all) => all.toReversed()))).toEqual(normalized);
      expect(new Set(normalized.map(String)).size).toBe(normalized.length);
    }),
    { numRuns: 2_000 },
  );
});

test("a requirement with an empty alternative needs nothing, and one without alternatives is never met", () => {
  expect(normalizeRequired([["a:read"], []])).toBeNull();
  expect(meetsRequired([], new Set(["a:read"]))).toBe(false);
  expect(normalizeRequired([])).toEqual([]);
});

test("the nearest alternative misses the fewest scopes", () => {
  fc.assert(
    fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), held, (required, has) => {
      const missing = (all: readonly string[]) => all.filter((one) => !has.has(one)).length;
      const nearest = nearestAlternative(required, has);
      expect(required).toContain(nearest);
      expect(missing(nearest)).toBe(Math.min(...required.map(missing)));
    }),
  );
});

describe("what a call needs", () => {
  const api = compileScopes(
    ["a:write", "a:read"],
    [
      { name: "list", requiredScopes: [["a:read"], ["a:write"]] },
      { name: "sync", requiredScopes: [["a:write"]] },
      { name: "ping", requiredScopes: null },
    ],
  );

  test("is what its operation needs, and all that the service asks for", () => {
    fc.assert(
      fc.property(fc.constantFrom("list", "sync", "ping"), list, held, (operation, requested, has) => {
        const own = { list: [["a:read"], ["a:write"]], sync: [["a:write"]], ping: null }[operation] ?? null;
        const met = isMet(requiredScopesOf(api, operation, requested), has);
        expect(met).toBe(isMet(own, has) && requested.every((one) => has.has(one)));
      }),
    );
  });

  test("is unknown for an operation that is not listed or not named: no scope meets it", () => {
    for (const operation of [null, "nuke", "LIST", "list "]) {
      expect(requiredScopesOf(api, operation, []), String(operation)).toEqual([]);
      // The service says itself what the call needs.
      expect(requiredScopesOf(api, operation, ["a:read"])).toEqual([["a:read"]]);
    }
  });

  test("stays unknown for a path that matches no operation, whatever the service asks for", () => {
    expect(requiredScopesOf(api, null, ["a:read"], true)).toEqual([]);
    expect(requiredScopesOf(api, "nuke", ["a:read"], true)).toEqual([["a:read"]]);
    expect(requiredScopesOf(api, "sync", ["a:read"], true)).toEqual([["a:write", "a:read"]]);
    expect(requiredScopesOf(null, null, ["a:read"], true)).toEqual([["a:read"]]);
  });

  test("is nothing for an API of which no operation needs a scope", () => {
    const declaredOnly = compileScopes(["a:read"], [{ name: "list", requiredScopes: null }]);
    expect(declaredOnly?.declared).toEqual(["a:read"]);
    for (const scopes of [declaredOnly, compileScopes([], []), null]) {
      expect(requiredScopesOf(scopes, "list", [])).toBeNull();
      expect(requiredScopesOf(scopes, null, [])).toBeNull();
      expect(requiredScopesOf(scopes, null, ["x"])).toEqual([["x"]]);
    }
  });
});

test("equal requirements of many operations share their memory", () => {
  const operations = Array.from({ length: 100 }, (_, n) => ({
    name: `op${n}`,
    requiredScopes: [["a:read", "a:write"]],
  }));
  const all = [...(compileScopes(["a:read"], operations)?.byOperation?.values() ?? [])];
  expect(new Set(all).size).toBe(1);
});

test("a scope has the characters that OAuth allows", () => {
  for (const good of ["badges:read", "https://www.example.com/auth/drive.readonly", "!", "~", "a|b,{c}"]) {
    expect(isScopeName(good), good).toBe(true);
  }
  for (const bad of ["", " ", "a b", 'a"b', "a\\b", "ä", "a\n", "\u200b", "a\0", "x".repeat(201)]) {
    expect(isScopeName(bad), bad).toBe(false);
  }
});
