import { goComment, goName, goParameter } from "./names.ts";
import type { Schema, TypeWriter } from "./type-writer.ts";

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

/** The parts of an OpenAPI operation that the client needs. */
export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: Schema }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

interface OperationCode {
  method: string;
  path: string;
  operation: Operation;
  types: TypeWriter;
}

/** The Go method of one operation. Path parameters are arguments, the query and the body are structs. */
export function operationCode({ method, path, operation, types }: OperationCode): string {
  const name = goName(operation.operationId);
  const parameters = operation.parameters ?? [];
  const inPath = parameters
    .filter((parameter) => parameter.in === "path")
    .map((parameter) => goParameter(parameter.name));
  const query = parameters.filter((parameter) => parameter.in === "query");
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const args = ["ctx context.Context", ...inPath.map((parameter) => `${parameter} string`)];
  const fields = [`method: "${method.toUpperCase()}"`, `path: ${pathExpression(path)}`];
  if (query.length > 0) {
    args.push(`query ${declareQuery(`${name}Query`, query, types)}`);
    fields.push("query: query");
  }
  if (body) {
    args.push(`body ${types.typeOf(body, `${name}Body`, "request")}`);
    fields.push("body: body");
  }
  args.push("options ...CallOption");
  const call = `call{${fields.join(", ")}}`;
  const comment = goComment(name, operation.summary ?? operation.operationId, operation.description);
  const { result, code } = answerCode({ operation, name, types, call });
  return `${comment}\nfunc (c *Client) ${name}(${args.join(", ")}) ${result} {\n${code}\n}\n`;
}

function answerCode(input: { operation: Operation; name: string; types: TypeWriter; call: string }) {
  const { operation, name, types, call } = input;
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"))?.[1];
  const content = success?.content ?? {};
  const schema = content["application/json"]?.schema;
  if (schema) {
    const type = types.typeOf(schema, `${name}Response`, "response");
    return { result: `(*${type}, error)`, code: `return send[${type}](ctx, c, ${call}, options)` };
  }
  if (Object.keys(content).length > 0) {
    return { result: "(io.ReadCloser, error)", code: `return c.stream(ctx, ${call}, options)` };
  }
  return { result: "error", code: `return c.discard(ctx, ${call}, options)` };
}

/** The parts of the path: texts, with a parameter after each. */
function pathExpression(path: string): string {
  const parts = path
    .split(/(\{\w+\})/)
    .map((part, at) => (at % 2 === 1 ? goParameter(part.slice(1, -1)) : JSON.stringify(part)));
  return `[]string{${parts.join(", ")}}`;
}

function declareQuery(
  name: string,
  parameters: NonNullable<Operation["parameters"]>,
  types: TypeWriter,
): string {
  const properties = Object.fromEntries(
    parameters.map(({ name: key, description, schema }) => [
      key,
      description ? { ...schema, description } : schema,
    ]),
  );
  const required = parameters.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  return types.typeOf({ type: "object", properties, required }, name, "request");
}
