import { documentOperations } from "#domain/catalog/apis/openapi.ts";
import { type ReferenceOperation, readReferenceOperation } from "#domain/catalog/reference/operation.ts";

/** An operation of a document as its reference page shows it. */
export function readOperation(
  document: Record<string, unknown>,
  name: string,
  baseUrl: string | null = null,
): ReferenceOperation {
  const operation = documentOperations(document).find((each) => each.name === name);
  if (!operation) throw new Error(`there is no ${name}`);
  return readReferenceOperation(document, operation, { baseUrl });
}

/** An OpenAPI document. `more`: further properties of a pet. */
export const petstore = (version: string, more: Record<string, unknown> = {}) => ({
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
