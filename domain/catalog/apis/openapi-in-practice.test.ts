import { describe, expect, test } from "vitest";
import { processorTime } from "#test/processor-time.ts";
import { DomainError } from "../../errors.ts";
import { decodeText } from "./decode-text.ts";
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

describe("documents found in practice", () => {
  const withPaths = (paths: unknown, more = {}) =>
    parseOpenApi({ openapi: "3.0.3", info: { title: "T" }, paths, ...more } as never).summary;
  const get = (operationId: unknown) => ({ get: { operationId } });

  test("one odd operationId never rejects a document, and names stay unique", () => {
    const { operations, notices } = withPaths({
      "/pets/{id}": get("find pet by id"),
      "/star": get("a*"),
      "/again": get("find-pet-by-id"),
      "/twice": get("find-pet-by-id"),
      "/number": get(17),
      "/none": get({}),
      "/invisible": get("a\u200bb"),
      "/long": get("x".repeat(300)),
    });
    expect(operations.map(({ name, operationId }) => [name, operationId])).toEqual(
      [
        ["get:/pets/{id}", "find pet by id"],
        ["a", "a*"],
        ["find-pet-by-id", null],
        ["get:/twice", "find-pet-by-id"],
        ["17", null],
        ["get:/none", null],
        ["ab", "ab"],
        ["x".repeat(200), "x".repeat(300)],
      ].map(([name, id]) => [name, name === id ? null : id]),
    );
    expect(notices.join()).toMatch(/operationIds/);
  });

  test("20,000 equal operationIds are rejected for their number, in a short message", () => {
    const paths = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`/p${at}`, get("same")]));
    expect(errorPathsOf({ openapi: "3.1.0", info: { title: "T" }, paths })).toEqual(["openapi.paths"]);
  });

  test("lists of errors are limited, with a count", () => {
    const paths = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`p${at}`, {}]));
    expect(errorPathsOf({ openapi: "3.1.0", info: { title: "T" }, paths })).toHaveLength(21);
  });

  test.each(["3.0", "3.0.3", "3.1", "3.2.0", 3, 3.1])("version %j is accepted", (openapi) => {
    expect(withPaths({ "/a": get("a") }, { openapi }).operations).toHaveLength(1);
  });

  test("extensions are not paths, and a document with only webhooks is accepted with a notice", () => {
    expect(withPaths({ "x-internal": true, "/a": { ...get("a"), "x-b": 1 } }).notices).toEqual([]);
    const { operations, notices } = withPaths(undefined, { openapi: "3.1.0", webhooks: {} });
    expect([operations, notices]).toEqual([[], [expect.stringMatching(/webhooks/)]]);
  });

  test("references inside the document are resolved, others are counted", () => {
    const { operations, notices } = withPaths(
      {
        "/a": { $ref: "#/components/pathItems/A" },
        "/b": { $ref: "#/paths/~1a" },
        "/c": { get: { $ref: "#/components/x-op" } },
        "/d": { $ref: "./d.yaml" },
        "/e": { $ref: "https://example.com/e.yaml" },
        "/f": { $ref: "#/nowhere" },
        "/g": { $ref: "#/paths/~1g" },
        "/h": null,
      },
      { components: { pathItems: { A: get("a") }, "x-op": { operationId: "c" } } },
    );
    expect(operations.map(({ name }) => name)).toEqual(["a", "get:/b", "c"]);
    expect(notices).toEqual([
      expect.stringMatching(/^2 references point to other files.*redocly.*: \/d, \/e\.$/),
      expect.stringMatching(/^2 references can't be resolved.*: \/f, \/g\.$/),
      expect.stringMatching(/^1 paths are not objects.*: \/h\.$/),
      expect.stringMatching(/^1 operationIds/),
    ]);
  });

  test("YAML merge keys and many aliases are read as by YAML 1.1 tools", () => {
    const yaml = [
      "openapi: 3.1",
      "info: { title: Merged }",
      "x-a: &a { operationId: one, summary: First }",
      "x-b: &b { deprecated: true }",
      "paths:",
      "  /a:",
      "    get:",
      "      <<: *a",
      "      <<: *b",
      "  /b: { get: { <<: [*a, *b], operationId: two } }",
      ...Array.from({ length: 60_000 }, (_, at) => `  /c${at}: { parameters: *b }`),
    ].join("\n");
    expect(parseOpenApi(yaml).summary.operations).toMatchObject([
      { name: "one", summary: "First" },
      { name: "two", summary: "First" },
    ]);
  });

  test.each([
    ['{"swagger":"2.0"}', /Swagger 2\.0.*swagger2openapi/],
    ["asyncapi: 3.0.0", /AsyncAPI/],
    ["type Query {\n  a: String\n}", /GraphQL/],
    ["<!DOCTYPE html><html></html>", /web page/],
    ['<?xml version="1.0"?>', /XML/],
    ["openapi: 3.1.0\npaths:\n\t/a: {}", /^Line 3: Tab/],
    ["o\0p\0e\0n\0", /UTF-16/],
    ["  ", /empty/],
  ])("%j is rejected by name", (source, message) => {
    expect(() => parseOpenApi(source)).toThrow(
      expect.objectContaining({ errors: [{ path: "openapi", message: expect.stringMatching(message) }] }),
    );
  });

  test("files in UTF-8 and UTF-16 are read, with and without a byte order mark", () => {
    const text = JSON.stringify(badges);
    const utf16 = Buffer.from(text, "utf16le");
    const encodings = [
      text,
      `\ufeff${text}`,
      utf16,
      Buffer.from(`\ufeff${text}`, "utf16le"),
      Buffer.from(utf16).swap16(),
    ];
    for (const encoded of encodings) {
      expect(parseOpenApi(decodeText(Buffer.from(encoded as string))).document).toEqual(badges);
    }
    expect(() => decodeText(Buffer.from([0x7b, 0xff]))).toThrow(expect.objectContaining({ code: "invalid" }));
  });

  test.each([
    ["Two\nlines\tand\u0007 more", "Two lines and more"],
    ["\u200b\u2060", null],
    [`${"x".repeat(99)}\u{1f600}`, `${"x".repeat(99)}\u{1f600}`],
    ["half \ud83d", "half \ufffd"],
    [undefined, null],
    [7, null],
  ])("the title %j becomes %j", (title, name) => {
    expect(withPaths({}, { info: { title } }).name).toBe(name);
  });

  test("NUL and lone surrogates are replaced everywhere, with a notice", () => {
    const read = parseOpenApi({
      ...badges,
      "x-\0": ["\ud800"],
      paths: { "/a\0": { get: { summary: "\0" } } },
    });
    expect(JSON.stringify(read)).not.toMatch(/\\u0000|\\ud800/);
    expect(read.summary.notices[0]).toMatch(/NUL/);
  });

  test.each([
    ["/api/v3", null, "/api/v3"],
    ["api/v3/", null, "/api/v3"],
    ["./", null, undefined],
    ["//host/v1", "https://host/v1", "/v1"],
    ["/api/{ver}", null, "/api/{ver}"],
    ["https://{host}/v1", null, "/v1"],
    ["https://a.example:{port}/{n}", "https://a.example:8443/true", "/true"],
    ["https://user:secret@a.example/v1?x#y", "https://a.example/v1", "/v1"],
    ["wss://a.example/socket", null, "/socket"],
  ])("the server %s is %s, with the base path %s", (url, baseUrl, basePath) => {
    const variables = { port: { default: 8443 }, n: { default: true } };
    const summary = withPaths({}, { servers: [{ url, variables }] });
    expect([summary.baseUrl, summary.basePaths[0]]).toEqual([baseUrl, basePath]);
    expect(summary.baseUrl ?? "").not.toMatch(/[{}]/);
  });

  test("servers of a path or an operation apply only to it", () => {
    const { operations } = withPaths(
      {
        "/a": {
          servers: [{ url: "/p" }],
          get: {},
          put: { servers: [{ url: "/{v}", variables: { v: { enum: ["1", "2"] } } }] },
        },
      },
      { servers: [{ url: "/all" }] },
    );
    expect(operations.map(({ basePaths }) => basePaths)).toEqual([["/p"], ["/1", "/2"]]);
  });

  test("methods of 3.2 are accepted, and invalid methods are counted", () => {
    const { operations, notices } = withPaths({
      "/a": { query: {}, additionalOperations: { COPY: {} }, gets: {} },
    });
    expect(operations.map(({ method }) => method)).toEqual(["QUERY", "COPY"]);
    expect(notices).toEqual([expect.stringMatching(/^1 fields are not HTTP methods.*gets/)]);
  });

  test("many methods of one path are read in linear time", () => {
    const letters = (at: number) => String(at).replace(/\d/g, (digit) => "abcdefghij"[Number(digit)] ?? "");
    const operations = Array.from({ length: 60_000 }, (_, at) => [letters(at), {}]);
    const paths = { "/a": { additionalOperations: Object.fromEntries(operations) } };
    const read = () =>
      expect(errorPathsOf({ openapi: "3.2.0", info: { title: "T" }, paths })).toHaveLength(1);
    expect(processorTime(read, 500)).toBeLessThan(500);
  });
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
