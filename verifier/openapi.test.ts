import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { verifierDocument } from "./openapi.ts";

test("the verifier's document is valid OpenAPI 3.1 and describes exactly its routes, including the gate", async () => {
  const document = verifierDocument("https://verify.example.com", "1.0.0");
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors ?? []).toEqual([]);
  expect(Object.keys(document.paths as object).sort()).toEqual([
    "/api/v1/gate/{proxy}/{api}",
    "/api/v1/keys/verify",
    "/api/v1/keys/verify/batch",
    "/api/v1/revocations",
    "/api/v1/sync",
    "/api/v1/sync/facts",
    "/api/v1/sync/usage",
  ]);
  expect(document.servers).toEqual([{ url: "https://verify.example.com" }]);
  // All operations use the document's server: none names another.
  expect(JSON.stringify(document.paths)).not.toContain('"servers"');
  expect(Object.keys((document.components as { securitySchemes: object }).securitySchemes)).toEqual([
    "serviceToken",
    "gatewayToken",
  ]);
});
