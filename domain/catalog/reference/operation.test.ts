import { describe, expect, test } from "vitest";
import { petstore, readOperation } from "#test/petstore.ts";
import type { SchemaNode } from "./schema-tree.ts";

const propertiesOf = ({ properties }: SchemaNode) =>
  Object.fromEntries(properties.map(({ name, required, schema }) => [name, { required, ...schema }]));

describe("an operation", () => {
  test.each(["3.0.3", "3.1.0", "3.2.0"])("of OpenAPI %s is read with everything it refers to", (version) => {
    const operation = readOperation(petstore(version), "getPet");
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
    const [media] = readOperation(petstore("3.1.0"), "putPet").body?.content ?? [];
    const pet = propertiesOf(media?.schema as SchemaNode);
    expect(pet.name).toMatchObject({ required: true, type: "string", rules: ["at most 20 characters"] });
    expect(pet.tag).toMatchObject({ values: ['"dog"', '"cat"'] });
    expect(pet.parent).toMatchObject({ type: "Pet", cut: "recursive", properties: [] });
    expect(pet.id).toMatchObject({ access: "read-only" });
    // What only responses contain is not sent.
    expect(JSON.parse(media?.example ?? "")).toEqual({ name: "text", tag: "dog" });
  });

  test("an alternative of oauth2 carries the key as a bearer token, and `{}` makes it optional", () => {
    const { security, sample } = readOperation(petstore("3.1.0"), "putPet");
    expect(security).toMatchObject({ optional: true, alternatives: [[{ scopes: ["pets:write"] }]] });
    expect(sample.key).toEqual({ in: "header", name: "Authorization", prefix: "Bearer " });
  });

  test("the API's own base URL comes first", () => {
    expect(
      readOperation(petstore("3.1.0"), "getPet", "https://edge.example.com/").servers.map(({ url }) => url),
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
    const [media] = readOperation(petstore("3.1.0", { it: schema }), "putPet").body?.content ?? [];
    expect(propertiesOf(media?.schema as SchemaNode).it?.type).toBe(type);
  });
});
