import { z } from "zod";
import { problemSchema } from "./problem-schema.ts";
import { type DescribedRoute, placesOf } from "./route.ts";

type Json = Record<string, unknown>;
type Schemas = Record<string, unknown>;

/** OpenAPI 3.1 of exactly the routes that are served, from the schemas that validate them. */
export function openApiDocument(routes: DescribedRoute[], about: { url: string; version: string }): Json {
  const schemas: Schemas = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] ??= {};
    Object.assign(paths[route.path] ?? {}, { [route.method.toLowerCase()]: operationOf(route, schemas) });
  }
  schemas.Problem = jsonSchema(problemSchema, "output", schemas);
  return {
    openapi: "3.1.0",
    info: {
      title: "Latchkey",
      version: about.version,
      description:
        "Projects, API keys and their usage. The response is 404 for what the token's user may not see, and 403 for what they may see but not do. A POST accepts `Idempotency-Key`. Each operation names under `security` the scope that a management token needs; a token without it gets 403.",
    },
    servers: [{ url: about.url }],
    paths,
    components: {
      schemas,
      securitySchemes: {
        managementToken: { type: "http", scheme: "bearer", description: MANAGEMENT_TOKEN },
        serviceToken: {
          type: "http",
          scheme: "bearer",
          description: "A service token, only for verification.",
        },
      },
    },
  };
}

function operationOf(route: DescribedRoute, schemas: Schemas): Json {
  const places = placesOf(route);
  const input = jsonSchema(route.input, "input", schemas);
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = (input.required ?? []) as string[];
  const parameter = (place: "path" | "query") => (name: string) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: properties[name] ?? {},
  });
  const bodyRequired = required.filter((name) => places.body.includes(name));
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...descriptionOf(route),
    security: securityOf(route),
    parameters: [
      ...places.path.map(parameter("path")),
      ...places.query.map(parameter("query")),
      ...(route.idempotent
        ? [route.security === "serviceToken" ? CHECK_IDEMPOTENCY_KEY : IDEMPOTENCY_KEY]
        : []),
    ],
    ...(places.body.length > 0 && {
      requestBody: {
        required: bodyRequired.length > 0,
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: Object.fromEntries(places.body.map((name) => [name, properties[name] ?? {}])),
              ...(bodyRequired.length > 0 && { required: bodyRequired }),
              additionalProperties: false,
            },
          },
        },
      },
    }),
    responses: {
      [route.status]: successResponse(route, schemas),
      default: { description: "An error.", content: PROBLEM },
    },
  };
}

const PROBLEM = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
const IDEMPOTENCY_KEY = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "A repeated request with the same key within 24 hours gets the first response again.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};

const CHECK_IDEMPOTENCY_KEY = {
  ...IDEMPOTENCY_KEY,
  description:
    "A repeated request with the same key and body within 60 seconds, at the same verifier, gets the first verdict and consumes nothing.",
  schema: { type: "string", minLength: 1, maxLength: 64 },
};

const MANAGEMENT_TOKEN =
  "A management token of a user. It has the rights of that user, narrowed by its scopes: by default every scope except `members:write`, which must be chosen when the token is created.";
const NO_TOKEN = "No management token may do this (403): sign in to the portal.";

function descriptionOf({ description, tokenScope, security }: DescribedRoute): Json {
  const note = security === "managementToken" && tokenScope === "never" ? NO_TOKEN : null;
  const text = [description, note].filter(Boolean).join("\n\n");
  return text === "" ? {} : { description: text };
}

/** OpenAPI 3.1 allows the names of required scopes in the array for every type of scheme. */
function securityOf({ security, tokenScope }: DescribedRoute): Json[] {
  if (security === "none") return [];
  const named = security === "managementToken" && tokenScope !== "any" && tokenScope !== "never";
  return [{ [security]: named ? [tokenScope] : [] }];
}

function successResponse(route: DescribedRoute, schemas: Schemas): Json {
  const json = route.output && { schema: jsonSchema(route.output, "output", schemas) };
  const files = Object.fromEntries(route.files.map((type) => [type, { schema: { type: "string" } }]));
  const content = { ...(json && { "application/json": json }), ...files };
  return { description: "Success.", ...(Object.keys(content).length > 0 && { content }) };
}

/** `get /api/v1/projects/{projectId}/keys` is `getProjectsByProjectIdKeys`: it changes only with the path. */
function operationId(route: DescribedRoute): string {
  const words = route.path
    .slice("/api/v1/".length)
    .split("/")
    .map((part) => (part.startsWith("{") ? `By-${part.slice(1, -1)}` : part))
    .flatMap((part) => part.split("-"));
  return (
    route.method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("")
  );
}

/** A zod schema as JSON Schema 2020-12; named parts (`meta({ id })`) are added to `schemas` and referenced. */
function jsonSchema(schema: z.ZodType, io: "input" | "output", schemas: Schemas): Json {
  const { $schema: _, $defs, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as Json;
  for (const [name, part] of Object.entries(($defs ?? {}) as Json)) schemas[name] ??= withComponentRefs(part);
  return withComponentRefs(rest) as Json;
}

function withComponentRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponentRefs);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]): [string, unknown][] => {
      // The key of a schema in `components` is its name, so the `id` is redundant.
      if (name === "id" && typeof part === "string" && "type" in value) return [];
      if (name !== "$ref" || typeof part !== "string") return [[name, withComponentRefs(part)]];
      return [[name, part.replace("#/$defs/", "#/components/schemas/")]];
    }),
  );
}
