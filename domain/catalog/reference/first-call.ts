import { and, asc, eq } from "drizzle-orm";
import { meetsRequired, requiredScopesOf } from "#core/api-scopes/required.ts";
import { type CompiledApi, compileApis, matchesOperation } from "#core/restrictions/apis.ts";
import { loadApi } from "#engine/cache/load-facts.ts";
import { requireProjectRole } from "../../access/project-access.ts";
import type { Ctx, Verb } from "../../context.ts";
import { mustFindKey } from "../../keys/find.ts";
import type { ApiRow } from "../apis/find.ts";
import type { DocumentOperation } from "../apis/openapi.ts";
import { mustFindVisibleApi } from "../apis/visibility.ts";
import { type LoadedDocument, loadDocument } from "./load.ts";
import { type ReferenceOperation, readReferenceOperation } from "./operation.ts";
import { type ExampleRequest, sampleRequest } from "./sample.ts";
import type { ReadFirstCallsInput } from "./schema.ts";

/** A request of an API that works as soon as a key is inserted. */
export interface FirstCall {
  /** Slug of the API. */
  api: string;
  name: string;
  /** Null for an API without operations. */
  operation: string | null;
  sample: ExampleRequest;
}

/** Operations that are read in full to find a complete one. */
const MAX_READ = 20;
/** APIs that calls are shown for. */
const MAX_APIS = 5;
/** Nobody's first request should delete something. */
const METHODS = ["GET", "POST", "PUT", "PATCH"];

/** The first call of an API that the reader may see; null if its address is not known. */
export async function readFirstCall({ ctx, input }: Verb<{ slug: string }>): Promise<FirstCall | null> {
  const api = await mustFindVisibleApi(ctx.db.read, ctx, input.slug);
  return firstCallOf(await loadDocument(ctx.db.read, api), api, () => true);
}

/**
 * The first calls of the APIs that the project has enabled, by slug, at most 5. With `keyId`, only those that the key
 * may call, with operations that it may call.
 */
export async function readFirstCalls({ ctx, input }: Verb<ReadFirstCallsInput>): Promise<FirstCall[]> {
  const scope = ctx.db.read;
  const { projectId, keyId } = input;
  await requireProjectRole(scope, ctx, projectId, "viewer");
  const key = keyId === undefined ? null : await mustFindKey(scope, { projectId, keyId });
  const allowed = key === null ? null : compileApis(key.restrictions.apis);
  const { apis, projectApis } = scope.t;
  const enabled = await scope.q
    .select({ slug: apis.slug })
    .from(projectApis)
    .innerJoin(apis, eq(apis.id, projectApis.apiId))
    .where(and(eq(projectApis.projectId, projectId), eq(projectApis.status, "enabled")))
    .orderBy(asc(apis.slug));
  const callable = enabled.filter(({ slug }) => allowed?.has(slug) ?? true).slice(0, MAX_APIS);
  const calls: FirstCall[] = [];
  for (const { slug } of callable) {
    const api = await mustFindVisibleApi(scope, ctx, slug);
    const mayCall = await operationFilter(ctx, slug, allowed?.get(slug));
    const call = firstCallOf(await loadDocument(scope, api), api, mayCall);
    if (call !== null) calls.push(call);
  }
  return calls;
}

type MayCall = (operation: string) => boolean;

/** Which operations a key may call; `allowed` is undefined if it is not restricted to APIs. */
async function operationFilter(ctx: Ctx, slug: string, allowed: CompiledApi | undefined): Promise<MayCall> {
  const { operations: patterns, scopes: held } = allowed ?? { operations: [], scopes: null };
  const scopes = held === null ? null : ((await loadApi(ctx.db, slug))?.scopes ?? null);
  return (name) => {
    const required = requiredScopesOf(scopes, name, []);
    const isGranted = held === null || required === null || meetsRequired(required, held.set);
    return (
      isGranted && (patterns.length === 0 || patterns.some((pattern) => matchesOperation(pattern, name)))
    );
  };
}

/** The request of a document that is most likely to work as it is: it reads, and every value is filled in. */
export function firstCallOf(
  { document, operations }: Pick<LoadedDocument, "document" | "operations">,
  api: Pick<ApiRow, "slug" | "name" | "baseUrl">,
  mayCall: MayCall,
): FirstCall | null {
  const { slug, name } = api;
  const candidates = operations
    .filter((operation) => METHODS.includes(operation.method) && mayCall(operation.name))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_READ)
    .map((operation) => readReferenceOperation(document, operation, api))
    .filter(({ servers }) => servers.length > 0);
  const best = candidates.find(isComplete) ?? candidates[0];
  if (best) return { api: slug, name, operation: best.name, sample: filled(best.sample) };
  if (operations.length > 0 || api.baseUrl === null) return null;
  const key = { in: "header", name: "X-Api-Key", prefix: "" } as const;
  const sample = sampleRequest({
    method: "GET",
    path: "",
    server: api.baseUrl,
    key,
    parameters: [],
    media: null,
  });
  return { api: slug, name, operation: null, sample };
}

/** Lower for requests that read, are not deprecated and need no values. Equal ones keep the document's order. */
function rank({ method, path, operation }: DocumentOperation): number {
  return (
    METHODS.indexOf(method) * 10 + (operation.deprecated === true ? 5 : 0) + (path.includes("{") ? 1 : 0)
  );
}

function isComplete({ body, sample }: ReferenceOperation): boolean {
  const texts = [sample.url, ...sample.headers.map(([, value]) => value)];
  const hasBody = body === null || !body.required || (sample.body?.text ?? "") !== "";
  return hasBody && !texts.some((text) => OPEN_VALUE.test(text));
}

/** A value that the document gives no example for. */
const OPEN_VALUE = /\{[^{}]+\}/;

/** With the names of values in their place where the document has no example: the request can be sent, and changed. */
function filled(sample: ExampleRequest): ExampleRequest {
  const fill = (text: string) =>
    text.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => encodeURIComponent(name.toWellFormed()));
  return {
    ...sample,
    url: fill(sample.url),
    headers: sample.headers.map(([name, value]) => [name, fill(value)]),
  };
}
