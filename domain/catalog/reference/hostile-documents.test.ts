import { describe, expect, test } from "vitest";
import { petstore, readOperation } from "#test/petstore.ts";
import { documentOperations } from "../apis/openapi.ts";
import { readServers, serverUrls } from "../apis/servers.ts";
import { readReferenceOperation } from "./operation.ts";

describe("a hostile document", () => {
  const body = (schema: unknown, schemas: Record<string, unknown> = {}) => {
    const document = {
      openapi: "3.1.0",
      info: { title: "x" },
      paths: {
        "/x": {
          post: {
            operationId: "x",
            requestBody: { content: { "application/json": { schema } } },
            responses: { 200: { content: { "application/json": { schema } } } },
          },
        },
      },
      components: { schemas },
    };
    return readOperation(document, "x");
  };
  const size = (value: unknown) => JSON.stringify(value).length;

  test("never fetches a reference to another file or URL", () => {
    for (const $ref of [
      "http://169.254.169.254/latest",
      "file:///etc/passwd",
      "./other.yaml#/A",
      "#",
      "#anchor",
      "",
    ]) {
      expect(body({ $ref }).body?.content[0]).toMatchObject({ example: null, schema: { properties: [] } });
    }
  });

  test("references in circles end", () => {
    const schemas = {
      A: { $ref: "#/components/schemas/B" },
      B: { $ref: "#/components/schemas/A" },
      C: {
        allOf: [{ $ref: "#/components/schemas/C" }],
        properties: { c: { $ref: "#/components/schemas/C" } },
      },
      D: { oneOf: [{ $ref: "#/components/schemas/D" }], items: { $ref: "#/components/schemas/D" } },
    };
    for (const name of Object.keys(schemas)) {
      expect(size(body({ $ref: `#/components/schemas/${name}` }, schemas))).toBeLessThan(10_000);
    }
  });

  test("schemas that double at each level are cut, not expanded", () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => [
        `L${level}`,
        {
          type: "object",
          properties: Object.fromEntries(
            Array.from({ length: 20 }, (_, at) => [`p${at}`, { $ref: `#/components/schemas/L${level + 1}` }]),
          ),
        },
      ]),
    );
    const operation = body({ $ref: "#/components/schemas/L0" }, schemas);
    expect(size(operation)).toBeLessThan(400_000);
    expect(JSON.stringify(operation)).toContain('"cut":"large"');
  });

  test("long texts, and values of the wrong type, are cut or left out", () => {
    const long = "x".repeat(3_000_000);
    const operation = body({
      type: { deep: true },
      description: long,
      title: 7,
      enum: Array.from({ length: 5_000 }, () => long.slice(0, 5_000)),
      pattern: long,
      default: long,
      required: "name",
      properties: {
        [long]: null,
        b: [],
        c: 3,
        __proto__: { type: "string" },
        constructor: { type: "string" },
      },
      oneOf: "no list",
      allOf: [null, 3, "x", { allOf: [{ allOf: [] }] }],
    });
    expect(size(operation)).toBeLessThan(400_000);
    const wrong = documentOperations({
      openapi: "3.1.0",
      paths: {
        "/x": {
          get: {
            operationId: "y",
            parameters: [null, 3, { name: 3, in: "query" }, { name: "a", in: "nowhere" }, "x"],
            requestBody: "x",
            responses: { 200: null, x: {}, 404: [] },
            security: [null, { missing: "x" }, 3],
            servers: [{ url: "javascript:alert(1)" }, { url: 3 }, null],
            tags: [3, null, "a", "a"],
            externalDocs: { url: "javascript:alert(1)" },
            "x-sunset": "+275760-09-13",
          },
        },
      },
    });
    const [first] = wrong;
    if (!first) throw new Error("there is no operation");
    expect(readReferenceOperation({}, first, { baseUrl: null })).toMatchObject({
      parameters: [],
      body: null,
      servers: [],
      externalDocs: null,
      sunset: null,
      tags: ["a"],
    });
  });
});

test("a long value that many places refer to takes no time, and is left out", () => {
  const long = { text: "x".repeat(2_000_000) };
  const properties = Object.fromEntries(
    Array.from({ length: 150 }, (_, n) => [`p${n}`, { $ref: `#/components/schemas/${n % 2 ? "A" : "B"}` }]),
  );
  const schema = { type: "object", properties: { ...properties, short: { type: "string", example: "s" } } };
  const document = {
    openapi: "3.1.0",
    paths: {
      "/a": {
        get: { operationId: "a", responses: { 200: { content: { "application/json": { schema } } } } },
      },
    },
    components: {
      schemas: { A: { type: "object", example: long }, B: { default: long, enum: [long, long.text] } },
    },
  };
  const startedAt = performance.now();
  const media = readOperation(document, "a").responses[0]?.content[0];
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(JSON.parse(media?.example ?? "")).toEqual({ short: "s" });
  expect(media?.schema?.properties[0]?.schema.rules).toEqual(["default: …"]);
});

test("a long list that is the example of many parameters takes no time, and is left out", () => {
  const short = { name: "short", in: "query", example: ["a", { b: 1 }] };
  const long = { name: "long", in: "query", example: Array.from({ length: 100_000 }, (_, n) => ({ n })) };
  // Fields beside a reference win over those of its target.
  const parameters = Array.from({ length: 190 }, (_, n) => ({
    $ref: "#/components/parameters/long",
    name: `p${n}`,
  }));
  const document = {
    openapi: "3.1.0",
    paths: { "/a": { get: { operationId: "a", parameters: [short, ...parameters] } } },
    components: { parameters: { long } },
  };
  const startedAt = performance.now();
  const read = readOperation(document, "a").parameters;
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(read.slice(0, 2).map(({ example }) => example)).toEqual(['a,{"b":1}', null]);
});

test("objects where texts belong, such as one with a property toString, break nothing", () => {
  const odd = { toString: 1 };
  const document = petstore("3.1.0", {
    components: {
      securitySchemes: {
        key: { type: "apiKey", in: odd, name: odd },
        oauth: { type: "http", scheme: odd },
      },
    },
  });
  const get = document.paths["/pets/{petId}"].get;
  get.parameters = [
    { name: "fields", in: "query", required: true, schema: { type: "array", default: [odd] } },
  ] as never;
  expect(readOperation(document, "getPet").parameters.length).toBeGreaterThan(0);
  expect(readOperation(document, "putPet").name).toBe("putPet");
});

test("servers are shown without characters that turn or hide text", () => {
  const url = "https://api.example.com/\u{202e}1v\u{200b}";
  const servers = [{ url, description: "Live\u{202e} <b>here</b>\u{2066}" }];
  expect(serverUrls(servers)).toEqual([
    { url: "https://api.example.com/1v", description: "Live <b>here</b>" },
  ]);
  expect(readServers(servers).baseUrl).toBe("https://api.example.com/1v");
  expect(readServers([{ url: "/\u{202e}v1" }]).notices.join()).not.toContain("\u{202e}");
});
