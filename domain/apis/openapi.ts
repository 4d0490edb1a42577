import { z } from "zod";
import { DomainError, type FieldError } from "../errors.ts";
import { readDocument } from "./document.ts";
import { HTTP_METHODS, operationNameSchema } from "./schemas.ts";
import { readServers } from "./servers.ts";
import type { OpenApiSummary, ReadOperation } from "./types.ts";

const MAX_OPERATIONS = 1_000;

const operation = z.looseObject({
  operationId: operationNameSchema.optional(),
  summary: z.string("Must be a text.").optional(),
});

const pathItem = z.looseObject(
  Object.fromEntries(HTTP_METHODS.map((method) => [method.toLowerCase(), operation.optional()])) as Record<
    Lowercase<(typeof HTTP_METHODS)[number]>,
    z.ZodOptional<typeof operation>
  >,
  "Must be an object of methods.",
);

/** What of OpenAPI 3.0 and 3.1 we read. The rest of a document is kept and shown, not judged. */
const document = z.looseObject({
  openapi: z
    .string("Must be there: this is where an OpenAPI 3 document says its version.")
    .regex(/^3\.[01]\.\d+/, "Must be 3.0 or 3.1. A Swagger 2 document can be converted to one."),
  info: z.looseObject(
    {
      title: z.string("Must be a text.").trim().min(1, "Must not be empty."),
      description: z.string("Must be a text.").optional(),
    },
    "Must be there, with a title.",
  ),
  servers: z.unknown().optional(),
  paths: z.record(
    z.string().startsWith("/", "A path begins with a slash."),
    pathItem,
    "Must be an object of paths.",
  ),
});

/** An OpenAPI document, read: itself, and what it says about its API. */
export interface ReadOpenApi {
  document: Record<string, unknown>;
  summary: OpenApiSummary;
}

/** Reads an OpenAPI 3 document. Throws `invalid` with every fault and where it is. */
export function parseOpenApi(source: string | Record<string, unknown>): ReadOpenApi {
  const value = readDocument(source);
  const parsed = document.safeParse(value);
  if (!parsed.success) {
    throw refused(
      parsed.error.issues.map(({ path, message }) => ({ path: ["openapi", ...path].join("."), message })),
    );
  }
  const { info, servers, paths } = parsed.data;
  const operations = operationsOf(paths);
  const { baseUrl, basePaths } = readServers(servers);
  return {
    document: value,
    summary: {
      name: info.title.slice(0, 100),
      description: (info.description ?? "").trim().slice(0, 5_000),
      baseUrl,
      basePaths,
      operations,
    },
  };
}

function operationsOf(paths: z.output<typeof document>["paths"]): ReadOperation[] {
  const operations: ReadOperation[] = [];
  const firstPlace = new Map<string, string>();
  const faults: FieldError[] = [];
  for (const [path, item] of Object.entries(paths)) {
    for (const method of HTTP_METHODS) {
      const key = method.toLowerCase() as Lowercase<typeof method>;
      const entry = item[key];
      if (!entry) continue;
      // A document need not name its operations; the method and the path always do.
      const name = entry.operationId ?? `${key}:${path}`;
      const place = `openapi.paths.${path}.${key}`;
      const taken = firstPlace.get(name);
      if (taken)
        faults.push({ path: `${place}.operationId`, message: `“${name}” is there already, at ${taken}.` });
      else firstPlace.set(name, place);
      const servers = entry.servers ?? item.servers;
      operations.push({
        name,
        operationId: null,
        summary: entry.summary?.trim().slice(0, 500) || null,
        method,
        path,
        basePaths: servers === undefined ? null : readServers(servers).basePaths,
      });
    }
  }
  if (operations.length > MAX_OPERATIONS) {
    faults.push({
      path: "openapi.paths",
      message: `Has ${operations.length} operations; at most ${MAX_OPERATIONS}.`,
    });
  }
  if (faults.length > 0) throw refused(faults);
  return operations;
}

function refused(errors: FieldError[]): DomainError {
  return new DomainError("invalid", "This is not an OpenAPI 3 document that can be read.", { errors });
}
