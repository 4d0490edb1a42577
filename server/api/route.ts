import { z } from "zod";
import type { ManagementScope } from "#core/scopes.ts";
import type { Ctx, Verb } from "#domain/context.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Security = "managementToken" | "serviceToken" | "none";
/** What a management token needs for a call. `any`: nothing special. `never`: no token may, however many scopes it has. */
export type TokenScope = ManagementScope | "any" | "never";
type InputSchema = z.ZodObject<z.ZodRawShape>;

/** One call of the HTTP API: what answers it and what describes it, in one place. */
export interface RouteSpec<Schema extends InputSchema, Output> {
  method: Method;
  /** As in `/api/v1/projects/{projectId}`: a name in braces is a field of `input`. */
  path: `/api/v1/${string}`;
  tag: string;
  summary: string;
  description?: string;
  /** Which scope a management token needs; the verb is then called with this one and `extraScopes` alone. */
  tokenScope: TokenScope;
  /** Scopes that let the verb do more, for a token that has them as well. None but `tokenScope` unless said otherwise. */
  extraScopes?: readonly ManagementScope[];
  /** The verb's input. Fields that the path does not name are query parameters of a GET or DELETE, else the body. */
  input: Schema;
  /** What the answer's JSON looks like; null for an answer without body (204). */
  output: z.ZodType<Output> | null;
  /** Of a good answer; 200 unless said otherwise, 204 without `output`. */
  status?: 200 | 201 | 202;
  verb: (call: Verb<z.output<Schema>>) => Promise<Output | undefined>;
  /** The same facts for `Accept: text/csv`. */
  csv?: (call: Verb<z.output<Schema>>) => Promise<{ filename: string; text: string }>;
  /** Of the body; 64 KiB unless said otherwise. */
  capBytes?: number;
  /** What signs a call in; a management token unless said otherwise. */
  security?: Security;
  /** Where the new thing can be read. */
  location?: (output: Output) => string;
}

/** A call that answers with a file, which is sent while it is made. */
export interface FileRouteSpec<Schema extends InputSchema>
  extends Pick<
    RouteSpec<Schema, never>,
    "path" | "tag" | "summary" | "description" | "tokenScope" | "input"
  > {
  /** What the file can be, as media types. */
  mediaTypes: readonly string[];
  verb: (call: Verb<z.output<Schema>>) => Promise<ApiFile>;
}

/** What a description of the API says of a route. */
export interface DescribedRoute {
  method: Method;
  path: `/api/v1/${string}`;
  tag: string;
  summary: string;
  description: string | undefined;
  input: InputSchema;
  output: z.ZodType | null;
  status: number;
  capBytes: number;
  /** Media types of the files that it answers with, besides or instead of JSON. */
  files: readonly string[];
  security: Security;
  tokenScope: TokenScope;
  /** Whether it takes `Idempotency-Key`. */
  idempotent: boolean;
}

/** A route whose types are closed over, so that routes of all kinds stand in one list. */
export interface Route extends DescribedRoute {
  /** Scopes besides `tokenScope` that the verb sees, where the token has them. */
  extraScopes: readonly ManagementScope[];
  run(ctx: Ctx, rawInput: Record<string, unknown>, format: "json" | "csv"): Promise<Answer>;
}

/** A file: its text, or what makes it piece by piece. */
export interface ApiFile {
  filename: string;
  contentType: string;
  parts: string | AsyncGenerator<Uint8Array>;
}

/** What a verb answered: JSON still to be written, or a file. */
export interface Answer {
  status: number;
  body: unknown;
  file: ApiFile | null;
  location: string | null;
}

const DEFAULT_CAP_BYTES = 64 * 1024;

/** A thin skin on one verb. */
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
    output: spec.output,
    status,
    capBytes: spec.capBytes ?? DEFAULT_CAP_BYTES,
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

/** A thin skin on a verb that makes a file. */
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
    capBytes: DEFAULT_CAP_BYTES,
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

/** The names in braces of a route's path. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

/** Where each field of a route's input comes from. */
export function placesOf(route: Pick<DescribedRoute, "method" | "path" | "input">) {
  const inPath = pathNames(route.path);
  const rest = Object.keys(route.input.shape).filter((name) => !inPath.includes(name));
  const inBody = route.method !== "GET" && route.method !== "DELETE";
  return { path: inPath, query: inBody ? [] : rest, body: inBody ? rest : [] };
}

/** An input of nothing. */
export const nothing = z.object({});
