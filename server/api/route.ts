import { z } from "zod";
import type { ManagementScope } from "#core/scopes.ts";
import type { Ctx, Verb } from "#domain/context.ts";
import type {
  DescribedRoute,
  InputSchema,
  Method,
  Security,
  TokenScope,
} from "#platform/openapi/described-route.ts";

/** A route of the HTTP API: its handler and its description. */
export interface RouteSpec<Schema extends InputSchema, Output> {
  method: Method;
  /** As in `/api/v1/projects/{projectId}`: a name in braces is a field of `input`. */
  path: `/api/v1/${string}`;
  tag: string;
  summary: string;
  description?: string;
  /** The scope that a management token needs. The verb sees only this scope and `extraScopes`. */
  tokenScope: TokenScope;
  /** Optional scopes that allow the verb to do more if the token has them. Default: none. */
  extraScopes?: readonly ManagementScope[];
  /** The verb's input. Fields that are not in the path are query parameters of a GET or DELETE, otherwise in the body. */
  input: Schema;
  /** Fields of `input` that are query parameters although the method has a body. Default: none. */
  inQuery?: readonly string[];
  /** The JSON of the response; null for a response without a body (204). */
  output: z.ZodType<Output> | null;
  /** The status of success. Default: 200, or 204 without `output`. */
  status?: 200 | 201 | 202;
  verb: (call: Verb<z.output<Schema>>) => Promise<Output | undefined>;
  /** The same data for `Accept: text/csv`. */
  csv?: (call: Verb<z.output<Schema>>) => Promise<{ filename: string; text: string }>;
  /** The maximum size of the body. Default: 64 KiB. */
  maxBodyBytes?: number;
  /** How the request is authenticated. Default: a management token. */
  security?: Security;
  /** The `Location` of the created resource. */
  location?: (output: Output) => string;
}

/** A route that streams a file. */
export interface FileRouteSpec<Schema extends InputSchema>
  extends Pick<
    RouteSpec<Schema, never>,
    "path" | "tag" | "summary" | "description" | "tokenScope" | "input"
  > {
  /** The media types of the file. */
  mediaTypes: readonly string[];
  verb: (call: Verb<z.output<Schema>>) => Promise<ApiFile>;
}

/** A route without type parameters, so that all routes fit into one list. */
export interface Route extends DescribedRoute {
  /** Scopes besides `tokenScope` that the verb sees if the token has them. */
  extraScopes: readonly ManagementScope[];
  run(ctx: Ctx, rawInput: Record<string, unknown>, format: "json" | "csv"): Promise<Answer>;
}

/** A file: its text, or a generator of its chunks. */
export interface ApiFile {
  filename: string;
  contentType: string;
  parts: string | AsyncGenerator<Uint8Array>;
}

/** The result of a verb: a value to serialize as JSON, or a file. */
export interface Answer {
  status: number;
  body: unknown;
  file: ApiFile | null;
  location: string | null;
}

const DEFAULT_CAP_BYTES = 64 * 1024;

/** Wraps a verb as a route. */
export function route<Schema extends InputSchema, Output>(spec: RouteSpec<Schema, Output>): Route {
  const status = spec.output === null ? 204 : (spec.status ?? 200);
  const { csv, location } = spec;
  return {
    method: spec.method,
    path: spec.path,
    tag: spec.tag,
    summary: spec.summary,
    description: spec.description,
    input: spec.input,
    ...(spec.inQuery && { inQuery: spec.inQuery }),
    output: spec.output,
    status,
    maxBodyBytes: spec.maxBodyBytes ?? DEFAULT_CAP_BYTES,
    files: csv ? ["text/csv"] : [],
    security: spec.security ?? "managementToken",
    tokenScope: spec.tokenScope,
    extraScopes: spec.extraScopes ?? [],
    idempotent: spec.method === "POST" && (spec.security ?? "managementToken") === "managementToken",
    async run(ctx, rawInput, format) {
      const call = { ctx, input: spec.input.parse(rawInput) };
      if (csv && format === "csv") {
        const { filename, text } = await csv(call);
        return answerOf({ filename, contentType: "text/csv; charset=utf-8", parts: text });
      }
      const output = await spec.verb(call);
      if (spec.output === null || output === undefined) {
        return { status, body: undefined, file: null, location: null };
      }
      return { status, body: output, file: null, location: location ? location(output) : null };
    },
  };
}

/** Wraps a verb that returns a file as a route. */
export function fileRoute<Schema extends InputSchema>(spec: FileRouteSpec<Schema>): Route {
  return {
    method: "GET",
    path: spec.path,
    tag: spec.tag,
    summary: spec.summary,
    description: spec.description,
    input: spec.input,
    output: null,
    status: 200,
    maxBodyBytes: DEFAULT_CAP_BYTES,
    files: spec.mediaTypes,
    security: "managementToken",
    tokenScope: spec.tokenScope,
    extraScopes: [],
    idempotent: false,
    run: async (ctx, rawInput) => answerOf(await spec.verb({ ctx, input: spec.input.parse(rawInput) })),
  };
}

function answerOf(file: ApiFile): Answer {
  return { status: 200, body: undefined, file, location: null };
}

/** An input without fields. */
export const noFields = z.object({});
