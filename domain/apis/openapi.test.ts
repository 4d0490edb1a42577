import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument, stringify } from "yaml";
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
    basePaths: ["/v1"],
    operations: [
      {
        name: "badges.list",
        summary: "List badges",
        method: "GET",
        path: "/badges",
        operationId: null,
        basePaths: null,
      },
      {
        name: "post:/badges",
        summary: null,
        method: "POST",
        path: "/badges",
        operationId: null,
        basePaths: null,
      },
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

describe("a document that takes long to read is refused before it does", () => {
  const many = (count: number, one: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => one(at));
  test.each([
    ["nested 30,000 levels deep, as JSON", `${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`],
    ["and as an object", JSON.parse(`${'{"a":'.repeat(30_000)}1${"}".repeat(30_000)}`)],
    ["open brackets", `a: ${"[".repeat(300_000)}`],
    ["lists in one line", `${"- ".repeat(200_000)}1`],
    ["deeper by indentation", many(1_400, (at) => `${" ".repeat(at)}a:`).join("\n")],
    [
      "anchors and aliases",
      `${many(20_000, (at) => `k${at}: &a${at} 1`).join("\n")}\nz: [${many(20_000, (at) => `*a${at}`)}]`,
    ],
    ["an alias within itself", "a: &a [*a]"],
    ["faults in every line", "a: ]\n".repeat(200_000)],
    ["directives", "%x\n".repeat(300_000)],
    ["empty lines", `a: |${"\n".repeat(1_000_000)}`],
  ])("%s", (_, source) => {
    const startedAt = performance.now();
    expect(faultsOf(source)).toEqual(["openapi"]);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test("one with 20,000 keys is read", () => {
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
])("a path that is there twice is told with its line, in %s", (_, text) => {
  expect(() => parseOpenApi(text)).toThrow(
    expect.objectContaining({
      errors: [
        {
          path: "openapi",
          message: expect.stringMatching(/^Line [45]: “\/a” is there twice in one object\.$/),
        },
      ],
    }),
  );
});

describe("a document that is almost right", () => {
  const odd = fc.constantFrom(
    "{",
    "}",
    "[",
    ": ",
    "- ",
    "&a ",
    "*a",
    '"',
    "'",
    "\n",
    "\t",
    "#",
    "|",
    "!t ",
    "\0",
    "é",
    "%",
    "? ",
  );
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(20),
    put: fc.oneof(fc.constant(""), odd),
  });
  const asYaml = stringify(badges);

  test("is read or refused, soon, however its text was changed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(JSON.stringify(badges, null, 1), asYaml),
        fc.array(edit, { maxLength: 4 }),
        (text, edits) => {
          let changed = text;
          for (const { at, cut, put } of edits) {
            const place = Math.floor(at * changed.length);
            changed = changed.slice(0, place) + put + changed.slice(place + cut);
          }
          mustBeReadOrRefused(changed);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("is read or refused, soon, whatever stands in one of its places", () => {
    const places = [
      ["openapi"],
      ["info"],
      ["info", "title"],
      ["servers"],
      ["servers", 0, "url"],
      ["servers", 0, "variables"],
      ["paths"],
      ["paths", "/badges"],
      ["paths", "/badges", "get"],
      ["paths", "/badges", "get", "operationId"],
      ["components"],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 4 }), (place, value) => {
        const changed = parseDocument(asYaml);
        changed.setIn(place, value);
        mustBeReadOrRefused(changed.toJS());
        mustBeReadOrRefused(changed.toString());
      }),
      { numRuns: 150 },
    );
  });
});

function mustBeReadOrRefused(source: string | Record<string, unknown>): void {
  const startedAt = performance.now();
  try {
    parseOpenApi(source);
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toMatchObject({ code: "invalid" });
  }
  expect(performance.now() - startedAt).toBeLessThan(3_000);
}

test("whatever is given, the answer is a document or a refusal that says where", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.dictionary(fc.string(), fc.jsonValue())), (source) => {
      mustBeReadOrRefused(source);
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
