import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { documentOperations } from "#domain/catalog/apis/openapi.ts";
import { readReferenceOperation } from "#domain/catalog/reference/operation.ts";
import { OperationView } from "./operation-view.tsx";
import { Samples } from "./samples-view.tsx";

function html(document: Record<string, unknown>): string {
  const [found] = documentOperations(document);
  if (!found) throw new Error("there is no operation");
  const operation = readReferenceOperation(document, found, { baseUrl: "https://api.example.com" });
  return renderToStaticMarkup(
    <>
      <OperationView operation={operation} />
      <Samples slug="x" operation={operation} language="curl" />
    </>,
  );
}

const SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))";

test("no text of a document becomes HTML, wherever it stands", () => {
  const schema = {
    type: "object",
    description: SCRIPT,
    required: [SCRIPT],
    properties: {
      [SCRIPT]: { type: SCRIPT, format: SCRIPT, pattern: SCRIPT, enum: [SCRIPT], default: SCRIPT },
    },
    example: { [SCRIPT]: SCRIPT },
  };
  const page = html({
    paths: {
      "/x": {
        post: {
          operationId: "x",
          description: SCRIPT,
          externalDocs: { url: `https://example.com/"onclick="alert(1)`, description: SCRIPT },
          security: [{ [SCRIPT]: [SCRIPT] }],
          parameters: [{ name: SCRIPT, in: "query", required: true, description: SCRIPT, schema }],
          requestBody: { description: SCRIPT, content: { "application/json": { schema } } },
          responses: {
            400: {
              description: SCRIPT,
              headers: { [SCRIPT]: { description: SCRIPT, schema } },
              content: { [SCRIPT]: { schema, example: SCRIPT } },
            },
          },
        },
      },
    },
  });
  expect(page.includes("&lt;script&gt;")).toBe(true);
  expect(page.match(/<script|<img|href="javascript|<[^>]*\son\w+=/i)).toBeNull();
});

test("the largest operation fits into a page of 1 MiB", () => {
  const properties = Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [
      `property_with_a_long_name_${at}`,
      { $ref: "#/components/schemas/Wide", description: "A *long* description. ".repeat(90) },
    ]),
  );
  const content = { "application/json": { schema: { $ref: "#/components/schemas/Wide" } } };
  const page = html({
    paths: {
      "/x": {
        post: {
          operationId: "x",
          requestBody: { content },
          responses: Object.fromEntries(
            [200, 201, 400, 401, 403, 404].map((status) => [status, { content }]),
          ),
        },
      },
    },
    components: {
      schemas: { Wide: { type: "object", properties: { ...properties, deep: { properties } } } },
    },
  });
  // A page has the content twice: as HTML, and as data for the browser.
  expect(page.length).toBeLessThan(500_000);
  expect(page.includes("very many fields")).toBe(true);
});
