import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseOpenApi } from "./openapi.ts";

const SCHEMES = {
  key: { type: "apiKey", in: "header", name: "X-Api-Key" },
  roles: { type: "http", scheme: "bearer" },
  oauth: {
    type: "oauth2",
    flows: {
      clientCredentials: { tokenUrl: "/t", scopes: { "badges:read": "Read badges", "badges:write": "" } },
      authorizationCode: {
        authorizationUrl: "/a",
        tokenUrl: "/t",
        scopes: { "badges:write": "Write badges", "badges:admin": 7 },
      },
    },
  },
  oidc: { type: "openIdConnect", openIdConnectUrl: "/.well-known" },
};

function read(security: unknown, { ofDocument = undefined as unknown, openapi = "3.1.0", more = {} } = {}) {
  const operation = { operationId: "badges.sync", ...(security === undefined ? {} : { security }), ...more };
  return parseOpenApi({
    openapi,
    info: { title: "Badges" },
    ...(ofDocument === undefined ? {} : { security: ofDocument }),
    components: { securitySchemes: SCHEMES },
    paths: { "/badges": { post: operation } },
  }).summary;
}
const requiredOf = (security: unknown, ofDocument?: unknown, openapi?: string) =>
  read(security, { ofDocument, openapi }).operations[0]?.requiredScopes;

describe("security requirements", () => {
  test("are alternatives, each with all scopes of all of its schemes", () => {
    expect(requiredOf([{ oauth: ["badges:read"] }])).toEqual([["badges:read"]]);
    expect(requiredOf([{ oauth: ["badges:write", "badges:read"] }])).toEqual([
      ["badges:read", "badges:write"],
    ]);
    expect(requiredOf([{ oauth: ["badges:write"] }, { oidc: ["staff"] }])).toEqual([
      ["badges:write"],
      ["staff"],
    ]);
    expect(requiredOf([{ oauth: ["badges:write"], oidc: ["staff"] }])).toEqual([["badges:write", "staff"]]);
    // What includes another alternative is superfluous.
    expect(requiredOf([{ oauth: ["badges:admin", "badges:write"] }, { oauth: ["badges:write"] }])).toEqual([
      ["badges:write"],
    ]);
  });

  test("need no scope if one alternative needs none: {}, a scheme without scopes, or an empty list", () => {
    for (const none of [
      [],
      [{}],
      [{ key: [] }],
      [{ oauth: ["badges:write"] }, {}],
      [{ oauth: ["a"] }, { key: [] }],
    ]) {
      expect(requiredOf(none), JSON.stringify(none)).toBeNull();
      // Also if the document requires some.
      expect(requiredOf(none, [{ oauth: ["badges:admin"] }])).toBeNull();
    }
    expect(requiredOf(undefined)).toBeNull();
  });

  test("of the document hold for operations without their own", () => {
    expect(requiredOf(undefined, [{ oauth: ["badges:read"] }])).toEqual([["badges:read"]]);
    expect(requiredOf([{ oauth: ["badges:write"] }], [{ oauth: ["badges:read"] }])).toEqual([
      ["badges:write"],
    ]);
  });

  test("name roles of other schemes since OpenAPI 3.1; before, they are required with a remark", () => {
    for (const openapi of ["3.1.0", "3.2.0"]) {
      const { operations, notices } = read([{ roles: ["admin"], key: ["ops"] }], { openapi });
      expect(operations[0]?.requiredScopes).toEqual([["admin", "ops"]]);
      expect(notices).toEqual([]);
    }
    for (const openapi of ["3.0.3", "3"]) {
      const { operations, notices } = read([{ roles: ["admin"] }], { openapi });
      expect(operations[0]?.requiredScopes).toEqual([["admin"]]);
      expect(notices.join()).toContain("before OpenAPI 3.1");
    }
  });

  test.each([
    ["an object", { oauth: ["badges:write"] }],
    ["a text", "oauth"],
    ["null", null],
    ["requirements that are no objects", ["oauth", 7, null, ["x"]]],
    ["scopes that are no list", [{ oauth: "badges:write" }]],
    ["scopes that are no texts", [{ oauth: [7] }]],
    ["scopes with spaces", [{ oauth: ["badges read"] }]],
    ["an empty scope", [{ oauth: [""] }]],
    ["a very long scope", [{ oauth: ["x".repeat(201)] }]],
    ["too many alternatives", Array.from({ length: 21 }, (_, n) => ({ oauth: [`s${n}`] }))],
    ["too many scopes", [{ oauth: Array.from({ length: 500 }, (_, n) => `scope${n}`) }]],
    ["a prototype's name", [{ __proto__: { oauth: [] }, toString: 1 }]],
  ])("that can't be read, as %s, never become none", (_, security) => {
    const { operations, notices, scopes } = read(security);
    expect(operations[0]?.requiredScopes).toEqual([]);
    expect(notices.join()).toContain("can't be read");
    expect(scopes.map(({ name }) => name)).toEqual(["badges:admin", "badges:read", "badges:write"]);
  });

  test("an alternative that can't be read is left out if another one can", () => {
    expect(requiredOf([{ oauth: "badges:write" }, { oauth: ["badges:read"] }])).toEqual([["badges:read"]]);
  });

  test("any JSON is read without an error, and the result is bounded", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (security, ofDocument) => {
        const { operations } = read(security, { ofDocument });
        const required = operations[0]?.requiredScopes ?? null;
        expect(required?.length ?? 0).toBeLessThanOrEqual(20);
        for (const all of required ?? []) expect(all.length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

test("scopes are those that the schemes declare, with a description, and those that operations need", () => {
  expect(read([{ oidc: ["staff"] }]).scopes).toEqual([
    { name: "badges:admin", description: "" },
    { name: "badges:read", description: "Read badges" },
    { name: "badges:write", description: "Write badges" },
    { name: "staff", description: "" },
  ]);
});

test("of too many scopes those stay that operations need; too many of these are rejected", () => {
  const declared = Object.fromEntries(
    Array.from({ length: 300 }, (_, n) => [`s${String(n).padStart(3, "0")}`, ""]),
  );
  const documentWith = (needed: string[]) => ({
    openapi: "3.1.0",
    info: { title: "Large" },
    components: {
      securitySchemes: { oauth: { type: "oauth2", flows: { implicit: { scopes: declared } } } },
    },
    paths: Object.fromEntries(
      needed.map((scope) => [`/${scope}`, { get: { security: [{ oauth: [scope] }] } }]),
    ),
  });
  const { scopes, notices } = parseOpenApi(documentWith(["s299"])).summary;
  expect(scopes).toHaveLength(200);
  expect(scopes.map(({ name }) => name)).toContain("s299");
  expect(notices.join()).toContain("100 scopes that no operation needs were left out");
  expect(() => parseOpenApi(documentWith(Object.keys(declared)))).toThrow();
});

test("a scheme behind a reference is read, and a broken one is not", () => {
  const { scopes } = parseOpenApi({
    openapi: "3.1.0",
    info: { title: "Badges" },
    components: {
      securitySchemes: {
        oauth: { $ref: "#/components/x-shared" },
        broken: { $ref: "#/nowhere" },
        list: [],
      },
      "x-shared": SCHEMES.oauth,
    },
    paths: {},
  }).summary;
  expect(scopes.map(({ name }) => name)).toEqual(["badges:admin", "badges:read", "badges:write"]);
});
