import { describe, expect, test } from "vitest";
import { DomainError } from "../../errors.ts";
import { parseOpenApi } from "./openapi.ts";

const badges = {
  openapi: "3.1.0",
  info: { title: "Badges", description: "Badges of honor.", version: "1" },
  servers: [{ url: "https://{region}.example.com/v1/", variables: { region: { default: "eu" } } }],
  paths: {
    "/badges": {
      summary: "Not a method.",
      get: { operationId: "badges.list", summary: "List badges" },
      post: { responses: {} },
    },
  },
};

test("a document gives name, address and operations; an operation without an id is named by method and path", () => {
  expect(parseOpenApi(badges).summary).toEqual({
    name: "Badges",
    description: "Badges of honor.",
    baseUrl: "https://eu.example.com/v1",
    basePaths: ["/v1"],
    scopes: [],
    operations: [
      {
        name: "badges.list",
        summary: "List badges",
        method: "GET",
        path: "/badges",
        operationId: null,
        basePaths: null,
        requiredScopes: null,
      },
      {
        name: "post:/badges",
        summary: null,
        method: "POST",
        path: "/badges",
        operationId: null,
        basePaths: null,
        requiredScopes: null,
      },
    ],
    notices: [],
  });
});

test("JSON text, YAML text and an object give the same result", () => {
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

test("a relative server gives no base URL", () => {
  expect(parseOpenApi({ ...badges, servers: [{ url: "/v1" }] }).summary.baseUrl).toBeNull();
});

describe("every error is reported with its place", () => {
  test.each([
    ["no document at all", "just words", ["openapi"]],
    ["broken YAML", "a: [1\nb: 2", ["openapi"]],
    ["Swagger 2", { ...badges, openapi: undefined, swagger: "2.0" }, ["openapi"]],
    ["no version and no paths", { info: {} }, ["openapi.openapi", "openapi.paths"]],
    ["a path without a slash", { ...badges, paths: { badges: {} } }, ["openapi.paths.badges"]],
  ])("%s", (_, source, paths) => {
    expect([...new Set(errorPathsOf(source))].sort()).toEqual([...paths].sort());
  });
});

test("a bomb of aliases is rejected quickly", () => {
  const lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 12; level++) {
    lines.push(
      `a${level}: &a${level} [${Array(9)
        .fill(`*a${level - 1}`)
        .join(", ")}]`,
    );
  }
  const startedAt = performance.now();
  expect(errorPathsOf(lines.join("\n"))).toEqual(["openapi"]);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});

test("a document over 16 MiB is rejected", () => {
  expect(errorPathsOf({ ...badges, info: { title: "x", description: "x".repeat(17_000_000) } })).toEqual([
    "openapi",
  ]);
});

describe("a document that would take long to parse is rejected early", () => {
  const many = (count: number, one: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => one(at));
  test.each([
    ["nested 30,000 levels deep, as JSON", `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`],
    ["and as an object", JSON.parse(`${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`)],
    ["open brackets", `a: ${"[".repeat(300_000)}`],
    ["lists in one line", `${"- ".repeat(200_000)}1`],
    ["deeper by indentation", many(1_400, (at) => `${" ".repeat(at)}a:`).join("\n")],
    ["an alias within itself", "a: &a [*a]"],
    ["errors in every line", "a: ]\n".repeat(200_000)],
    ["directives", "%x\n".repeat(300_000)],
  ])("%s", (_, source) => {
    const startedAt = performance.now();
    expect(errorPathsOf(source)).toEqual(["openapi"]);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test("a document with 20,000 keys is parsed", () => {
    const schemas = many(20_000, (at) => `    k${at}: {}`).join("\n");
    const yaml = `openapi: 3.1.0\ninfo: { title: Large }\npaths: {}\ncomponents:\n  schemas:\n${schemas}`;
    const startedAt = performance.now();
    expect(parseOpenApi(yaml).summary.name).toBe("Large");
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

test.each([
  ["JSON", '{"openapi":"3.1.0",\n"info":{"title":"x"},\n"paths":{"/a":{},\n"\\u002fa":{}}}'],
  ["YAML", "openapi: 3.1.0\ninfo: { title: x }\npaths:\n  {/a: {}, \n  /a: {}}"],
])("a duplicate path is reported with its line, in %s", (_, text) => {
  expect(() => parseOpenApi(text)).toThrow(
    expect.objectContaining({
      errors: [
        {
          path: "openapi",
          message: expect.stringMatching(/^Line [45]: “\/a” appears twice in one object\.$/),
        },
      ],
    }),
  );
});

function errorPathsOf(source: string | Record<string, unknown>): string[] {
  try {
    parseOpenApi(source);
  } catch (error) {
    if (error instanceof DomainError) return error.errors.map(({ path }) => path);
    throw error;
  }
  throw new Error("it was read");
}
