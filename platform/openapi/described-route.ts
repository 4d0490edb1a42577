import type { z } from "zod";
import type { ManagementScope } from "#core/scopes.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Security = "managementToken" | "serviceToken" | "none";
/** The scope that a management token needs. `any`: none. `never`: no token is accepted, whatever its scopes. */
export type TokenScope = ManagementScope | "any" | "never";
export type InputSchema = z.ZodObject<z.ZodRawShape>;

/** What an OpenAPI document contains about a route. */
export interface DescribedRoute {
  method: Method;
  path: `/api/v1/${string}`;
  tag: string;
  summary: string;
  description: string | undefined;
  input: InputSchema;
  /** Fields of `input` that are query parameters although there is a body. */
  inQuery?: readonly string[];
  output: z.ZodType | null;
  status: number;
  maxBodyBytes: number;
  /** Media types of responses other than JSON. */
  files: readonly string[];
  security: Security;
  tokenScope: TokenScope;
  /** Whether it accepts `Idempotency-Key`. */
  idempotent: boolean;
  /** Whether verifiers answer it too. */
  atVerifier?: boolean;
}

/** The names of the parameters of a path. */
export function pathNames(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
}

/** The fields of a route's input by where they come from. */
export function parametersOf(route: Pick<DescribedRoute, "method" | "path" | "input" | "inQuery">) {
  const inPath = pathNames(route.path);
  const rest = Object.keys(route.input.shape).filter((name) => !inPath.includes(name));
  const inBody = route.method !== "GET" && route.method !== "DELETE";
  if (!inBody) return { path: inPath, query: rest, body: [] };
  const query = route.inQuery ?? [];
  return { path: inPath, query, body: rest.filter((name) => !query.includes(name)) };
}
