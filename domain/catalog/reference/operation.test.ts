import { describe, expect, test } from "vitest";
import { documentOperations } from "../apis/openapi.ts";
import { type ReferenceOperation, readReferenceOperation } from "./operation.ts";
import type { SchemaNode } from "./schema-tree.ts";

function read(
  document: Record<string, unknown>,
  name: string,
  baseUrl: string | null = null,
): ReferenceOperation {
  const operation = documentOperations(document).find((each) => each.name === name);
  if (!operation) throw new Error(`there is no ${name}`);
  return readReferenceOperation(document, operation, { baseUrl });
}

const petstore = (version: string, more: Record<string, unknown> = {}) => ({
  openapi: version,
  info: { title: "Pets", version: "1" },
  servers: [{ url: "https://api.example.com/{v}", variables: { v: { default: "v1", enum: ["v1", "v2"] } } }],
  security: [{ key: [] }],
  paths: {
    "/pets/{petId}": {
      parameters: [{ $ref: "#/components/parameters/petId" }],
      get: {
        operationId: "getPet",
        summary: "Get a pet",
        deprecated: true,
        "x-sunset": "2027-03-01",
        parameters: [
          { name: "fields", in: "query", required: true, schema: { type: "string", default: "all" } },
        ],
        responses: {
          200: {
            description: "ok",
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
          404: { $ref: "#/components/responses/NotFound" },
        },
      },
      put: {
        operationId: "putPet",
        security: [{ oauth: ["pets:write"] }, {}],
        requestBody: {
          required: true,
          content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
        },
        responses: { default: { description: "whatever" } },
      },
    },
  },
  components: {
    parameters: {
      petId: { name: "petId", in: "path", required: true, schema: { type: "integer", example: 7 } },
    },
    responses: {
      NotFound: {
        description: "No such *pet*",
        headers: { "X-Reason": { schema: { type: "string" }, description: "why" } },
      },
    },
    schemas: {
      Animal: { type: "object", required: ["name"], properties: { name: { type: "string", maxLength: 20 } } },
      Pet: {
        allOf: [
          { $ref: "#/components/schemas/Animal" },
          {
            type: "object",
            properties: {
              id: { type: "string", readOnly: true },
              tag: { enum: ["dog", "cat"] },
              parent: { $ref: "#/components/schemas/Pet" },
              ...more,
            },
          },
        ],
      },
    },
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Api-Key" },
      oauth: { type: "oauth2", flows: { clientCredentials: { tokenUrl: "https://x", scopes: {} } } },
    },
  },
});

const propertiesOf = ({ properties }: SchemaNode) =>
  Object.fromEntries(properties.map(({ name, required, schema }) => [name, { required, ...schema }]));

describe("an operation", () => {
  test.each(["3.0.3", "3.1.0", "3.2.0"])("of OpenAPI %s is read with everything it refers to", (version) => {
    const operation = read(petstore(version), "getPet");
    expect(operation).toMatchObject({
      method: "GET",
      path: "/pets/{petId}",
      deprecated: true,
      sunset: "2027-03-01T00:00:00.000Z",
      servers: [{ url: "https://api.example.com/v1" }, { url: "https://api.example.com/v2" }],
      parameters: [
        { name: "petId", in: "path", required: true, example: "7", schema: { type: "integer" } },
        { name: "fields", in: "query", schema: { rules: ['default: "all"'] } },
      ],
      security: { optional: false, alternatives: [[{ type: "API key in the header X-Api-Key" }]] },
      sample: {
        url: "https://api.example.com/v1/pets/7?fields=all",
        key: { in: "header", name: "X-Api-Key", prefix: "" },
        body: null,
      },
    });
    const [ok, missing] = operation.responses;
    expect(ok?.content[0]?.schema?.type).toBe("Pet");
    expect(missing).toMatchObject({ status: "404", title: "Not Found", headers: [{ name: "X-Reason" }] });
  });

  test("merges allOf, and shows a schema that contains itself once", () => {
    const [media] = read(petstore("3.1.0"), "putPet").body?.content ?? [];
    const pet = propertiesOf(media?.schema as SchemaNode);
    expect(pet.name).toMatchObject({ required: true, type: "string", rules: ["at most 20 characters"] });
    expect(pet.tag).toMatchObject({ values: ['"dog"', '"cat"'] });
    expect(pet.parent).toMatchObject({ type: "Pet", cut: "recursive", properties: [] });
    expect(pet.id).toMatchObject({ access: "read-only" });
    // What only responses contain is not sent.
    expect(JSON.parse(media?.example ?? "")).toEqual({ name: "text", tag: "dog" });
  });

  test("an alternative of oauth2 carries the key as a bearer token, and `{}` makes it optional", () => {
    const { security, sample } = read(petstore("3.1.0"), "putPet");
    expect(security).toMatchObject({ optional: true, alternatives: [[{ scopes: ["pets:write"] }]] });
    expect(sample.key).toEqual({ in: "header", name: "Authorization", prefix: "Bearer " });
  });

  test("the API's own base URL comes first", () => {
    expect(
      read(petstore("3.1.0"), "getPet", "https://edge.example.com/").servers.map(({ url }) => url),
    ).toEqual(["https://edge.example.com", "https://api.example.com/v1", "https://api.example.com/v2"]);
  });

  test.each([
    [{ type: ["string", "null"], format: "date" }, "string <date> or null"],
    [{ type: "string", nullable: true }, "string or null"],
    [{ type: "array", items: { type: "array", items: { type: "integer" } } }, "array of array of integer"],
    [{ additionalProperties: { type: "number" } }, "map of number"],
    [{ $ref: "#/components/schemas/Animal" }, "Animal"],
    [{ oneOf: [{ type: "string" }, { type: "null" }] }, "one of several or null"],
    [true, "any"],
    [false, "never"],
    [{ const: 3 }, "number"],
  ])("the type of %j is “%s”", (schema, type) => {
    const [media] = read(petstore("3.1.0", { it: schema }), "putPet").body?.content ?? [];
    expect(propertiesOf(media?.schema as SchemaNode).it?.type).toBe(type);
  });
});

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
    return read(document, "x");
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
  const media = read(document, "a").responses[0]?.content[0];
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(JSON.parse(media?.example ?? "")).toEqual({ short: "s" });
  expect(media?.schema?.properties[0]?.schema.rules).toEqual(["default: …"]);
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
  expect(read(document, "getPet").parameters.length).toBeGreaterThan(0);
  expect(read(document, "putPet").name).toBe("putPet");
});
