import { z } from "zod";
import { type DescribedRoute, parametersOf } from "./described-route.ts";

type Json = Record<string, unknown>;
type Schemas = Record<string, unknown>;

/** What a document says about the whole API. */
interface About {
  /** Of the process that serves the document. */
  url: string;
  /** Where verifiers answer; set if another process serves the document. */
  verifierUrl?: string;
  version: string;
  title: string;
  description: string;
  /** The body of an error. */
  problem: z.ZodType;
  /** Security schemes by name. */
  securitySchemes: Record<string, Json>;
}

export const SERVICE_TOKEN = {
  type: "http",
  scheme: "bearer",
  description: "A service token, only for verification.",
};

/** OpenAPI 3.1 of exactly the routes that are served, from the schemas that validate them. */
export function openApiDocument(routes: DescribedRoute[], about: About): Json {
  const schemas: Schemas = {};
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const servers = route.atVerifier && about.verifierUrl ? serversOf(about.verifierUrl, about.url) : {};
    const operation = { ...operationOf(route, schemas), ...servers };
    paths[route.path] ??= {};
    Object.assign(paths[route.path] ?? {}, { [route.method.toLowerCase()]: operation });
  }
  schemas.Problem = jsonSchema(about.problem, "output", schemas);
  return {
    openapi: "3.1.0",
    info: { title: about.title, version: about.version, description: about.description },
    servers: [{ url: about.url }],
    paths,
    components: { schemas, securitySchemes: about.securitySchemes },
  };
}

/** The servers of an operation that overrides those of the document: the first is the default of clients. */
function serversOf(verifierUrl: string, url: string): Json {
  return {
    servers: [
      { url: verifierUrl, description: "Verifiers" },
      { url, description: "The portal" },
    ],
  };
}

function operationOf(route: DescribedRoute, schemas: Schemas): Json {
  const parameters = parametersOf(route);
  const input = jsonSchema(route.input, "input", schemas);
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = (input.required ?? []) as string[];
  const parameter = (location: "path" | "query") => (name: string) => ({
    name,
    in: location,
    required: location === "path" || required.includes(name),
    ...schemaOf(name, properties[name] ?? {}),
  });
  const bodyRequired = required.filter((name) => parameters.body.includes(name));
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    ...descriptionOf(route),
    security: securityOf(route),
    parameters: [
      ...parameters.path.map(parameter("path")),
      ...parameters.query.map(parameter("query")),
      ...(route.idempotent
        ? [route.security === "serviceToken" ? CHECK_IDEMPOTENCY_KEY : IDEMPOTENCY_KEY]
        : []),
    ],
    ...(parameters.body.length > 0 && {
      requestBody: {
        required: bodyRequired.length > 0,
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: Object.fromEntries(parameters.body.map((name) => [name, properties[name] ?? {}])),
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

/** The schema of a parameter. A record is sent as one parameter for each entry: `?metadata.plan=pro`. */
function schemaOf(name: string, schema: Json): Json {
  if (schema.type !== "object") return { schema };
  return {
    style: "form",
    explode: true,
    schema: { ...schema, propertyNames: { pattern: `^${name}\\..` } },
  };
}

export const PROBLEM = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
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
    "A repeated request with the same key and body within 60 seconds gets the first verdict and consumes nothing.",
  schema: { type: "string", minLength: 1, maxLength: 64 },
};

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
