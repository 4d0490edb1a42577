import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DomainError } from "../errors.ts";
import { parseOpenApi } from "./openapi.ts";

const badges = {
  openapi: "3.1.0",
  info: { title: "Badges", description: "Badges of honour.", version: "1" },
  servers: [{ url: "https://{region}.example.com/v1/", variables: { region: { default: "eu" } } }],
  paths: {
    "/badges": {
      summary: "Not a method.",
      get: { operationId: "badges.list", summary: "List badges" },
      post: { responses: {} },
    },
  },
};

test("a document gives name, address and operations; one without an id is named by method and path", () => {
  expect(parseOpenApi(badges).summary).toEqual({
    name: "Badges",
    description: "Badges of honour.",
    baseUrl: "https://eu.example.com/v1",
    operations: [
      { name: "badges.list", summary: "List badges", method: "GET", path: "/badges" },
      { name: "post:/badges", summary: null, method: "POST", path: "/badges" },
    ],
  });
});

test("JSON text, YAML text and an object read alike", () => {
  const yaml = `
openapi: 3.0.3
info: { title: Badges, version: 2026-01-01 }
paths:
  /badges:
    get: { operationId: badges.list }
`;
  expect(parseOpenApi(JSON.stringify(badges))).toEqual(parseOpenApi(badges));
  expect(parseOpenApi(yaml).summary.operations).toMatchObject([{ name: "badges.list" }]);
});

test("a relative server is no address to call", () => {
  expect(parseOpenApi({ ...badges, servers: [{ url: "/v1" }] }).summary.baseUrl).toBeNull();
});

describe("every fault is told, with its place", () => {
  test.each([
    ["no document at all", "just words", ["openapi"]],
    ["broken YAML", "a: [1\nb: 2", ["openapi"]],
    ["Swagger 2", { ...badges, openapi: undefined, swagger: "2.0" }, ["openapi.openapi"]],
    ["no title and no paths", { openapi: "3.1.0", info: {} }, ["openapi.info.title", "openapi.paths"]],
    [
      "ids that no restriction could name",
      { ...badges, paths: { "/a": { get: { operationId: "a b" }, put: { operationId: "a*" } } } },
      ["openapi.paths./a.get.operationId", "openapi.paths./a.put.operationId"],
    ],
    [
      "one id twice",
      { ...badges, paths: { "/a": { get: { operationId: "a" }, put: { operationId: "a" } } } },
      ["openapi.paths./a.put.operationId"],
    ],
  ])("%s", (_, source, paths) => {
    expect([...new Set(faultsOf(source))].sort()).toEqual([...paths].sort());
  });
});

test("a bomb of aliases is refused, and quickly", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level++) {
    lines.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  }
  const startedAt = performance.now();
  expect(faultsOf(lines.join("\n"))).toEqual(["openapi"]);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test("a document over 1 MiB is refused", () => {
  expect(faultsOf({ ...badges, info: { title: "x", description: "x".repeat(1_100_000) } })).toEqual([
    "openapi",
  ]);
});

test("whatever is given, the answer is a document or a refusal that says where", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.dictionary(fc.string(), fc.jsonValue())), (source) => {
      try {
        parseOpenApi(source);
      } catch (error) {
        expect(error).toBeInstanceOf(DomainError);
        expect(error).toMatchObject({ code: "invalid" });
      }
    }),
    { numRuns: 300 },
  );
});

function faultsOf(source: string | Record<string, unknown>): string[] {
  try {
    parseOpenApi(source);
  } catch (error) {
    if (error instanceof DomainError) return error.errors.map(({ path }) => path);
    throw error;
  }
  throw new Error("it was read");
}
