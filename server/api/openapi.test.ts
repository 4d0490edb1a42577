import { globSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { OTHER_ROUTES, portalDocument } from "./openapi.ts";
import { API_ROUTES } from "./routes/index.ts";

const ROUTES = [...OTHER_ROUTES, ...API_ROUTES];
const document = portalDocument(
  { url: "https://keys.example.com", verifierUrl: "https://verify.example.com" },
  "0.1.0",
);
const paths = document.paths as Record<string, Record<string, unknown>>;

test("the document is valid OpenAPI 3.1", async () => {
  const result = await new Validator().validate(structuredClone(document));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
});

test("it describes exactly the routes that are served", () => {
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = ROUTES.map((route) => `${route.method} ${route.path}`);
  expect(described.sort()).toEqual(served.sort());
  expect(new Set(served).size).toBe(served.length);
  // Every route is served from API_ROUTES, except those with their own route.ts.
  const files = globSync("app/api/v1/**/route.ts", { cwd: new URL("../..", import.meta.url).pathname });
  const ownFiles = files.filter((file) => !file.includes("[[...path]]"));
  const ownPaths = ownFiles.map((file) => `/${file.slice("app/".length, -"/route.ts".length)}`);
  expect(ownPaths.sort()).toEqual(OTHER_ROUTES.map((route) => route.path).sort());
});

test("operation ids are unique, and every reference resolves", () => {
  const ids = Object.values(paths).flatMap((methods) =>
    Object.values(methods).map((operation) => (operation as { operationId: string }).operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
  const { schemas } = document.components as { schemas: Record<string, unknown> };
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? "");
  for (const ref of refs) expect(Object.keys(schemas)).toContain(ref.replace("#/components/schemas/", ""));
  expect(refs.length).toBeGreaterThan(0);
});

test("it names the scope that each operation needs, and the operations that no token may use", () => {
  for (const route of API_ROUTES.filter(({ security }) => security === "managementToken")) {
    const operation = paths[route.path]?.[route.method.toLowerCase()] as
      | { security: { managementToken: string[] }[]; description?: string }
      | undefined;
    const { security, description = "" } = operation ?? {};
    const scoped = route.tokenScope !== "any" && route.tokenScope !== "never";
    expect(security, route.path).toEqual([{ managementToken: scoped ? [route.tokenScope] : [] }]);
    expect(description.includes("No management token may do this"), route.path).toBe(
      route.tokenScope === "never",
    );
  }
});

test("an operation that creates something accepts an Idempotency-Key, and names its required fields", () => {
  const operation = paths["/api/v1/projects/{projectId}/keys"]?.post as {
    parameters: { name: string; in: string }[];
    requestBody: { content: { "application/json": { schema: { required: string[] } } } };
  };
  expect(operation.parameters.map((parameter) => parameter.name)).toEqual(["projectId", "Idempotency-Key"]);
  expect(operation.requestBody.content["application/json"].schema.required).toEqual(["name", "environment"]);
});

test("verification is sent to a verifier, everything else to the portal", () => {
  const serversOf = (path: string) =>
    (paths[path]?.post as { servers?: { url: string }[] } | undefined)?.servers;
  const urls = ["https://verify.example.com", "https://keys.example.com"];
  for (const path of ["/api/v1/keys/verify", "/api/v1/keys/verify/batch"])
    expect(serversOf(path)?.map(({ url }) => url)).toEqual(urls);
  expect(serversOf("/api/v1/projects")).toBeUndefined();
  expect(document.servers).toEqual([{ url: "https://keys.example.com" }]);
});
