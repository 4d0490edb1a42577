/** An OpenAPI document with these operations, each a `GET` at the path of its name. */
export const documentOf = (operations: Record<string, object>) => ({
  openapi: "3.1.0",
  info: { title: "Ships", version: "1" },
  paths: Object.fromEntries(
    Object.entries(operations).map(([name, more]) => [
      `/${name}`,
      { get: { operationId: name, responses: {}, ...more } },
    ]),
  ),
});
