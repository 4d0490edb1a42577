import type { ManagementScope } from "#core/scopes.ts";
import { acceptedPrefixes } from "#core/tokens.ts";
import { requireRights, rightsOf } from "#domain/access/project-access.ts";
import { recordDenials } from "#domain/access/security/record.ts";
import { type Actor, type Ctx, createContext, isAdmin } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import type { Method } from "#platform/openapi/described-route.ts";
import { MAX_BODY_BYTES } from "../body-limit.ts";
import { getServices, type Services } from "../context.ts";
import { fileHeaders, toStream } from "../file-responses.ts";
import { isReplayed, runOnce, type StoredResponse } from "../idempotency.ts";
import { HttpError, problemResponse } from "../problem.ts";
import { currentRequestId, setRoute } from "../request-scope.ts";
import { type Caller, managementTokenIn, requireCaller } from "./bearer.ts";
import { parseDocumentBody, parseJsonObject, readBody } from "./body.ts";
import { beginCall, type CallCharge, callRatesOf } from "./call-rates.ts";
import { readInput } from "./input.ts";
import { matchRoute } from "./match.ts";
import type { Answer, ApiFile, Route } from "./route.ts";

/** A response whose body may be streamed. */
type WrittenResponse = Omit<StoredResponse, "body" | "rights"> & { body: ApiFile["parts"] };

/** Handles every request below `/api/v1/` without its own handler: finds the route, checks the input, runs the verb. */
export async function serveApi(
  routes: Route[],
  request: Request,
  services: () => Promise<Services> = getServices,
): Promise<Response> {
  const requestId = currentRequestId();
  let charge: CallCharge | null = null;
  try {
    charge = beginCharge(await services(), request);
    const answer = await answerCall(routes, request, await services(), charge);
    const headers = {
      "Cache-Control": "no-store",
      "X-Request-Id": requestId,
      ...answer.headers,
      ...charge.headers,
    };
    const hasNoBody = request.method === "HEAD" || answer.status === 204;
    return new Response(hasNoBody ? null : bodyOf(answer.body, requestId), {
      status: answer.status,
      headers,
    });
  } catch (error) {
    const response = problemResponse(error, requestId);
    for (const [name, value] of Object.entries(charge?.headers ?? {})) response.headers.set(name, value);
    return request.method === "HEAD" ? new Response(null, response) : response;
  }
}

/** Counts the request for its token or its IP address, as soon as it is known which. */
function beginCharge(services: Services, request: Request): CallCharge {
  const token = managementTokenIn(request, acceptedPrefixes(services.settings));
  return beginCall(callRatesOf(services), token, request.headers.get(CLIENT_IP_HEADER));
}

/**
 * Who reads a file outside `/api/v1/` with a management token that has `scope`, and the rate headers of the response. The
 * request is counted like a call of the API. `page` is the file's path as a pattern. Throws 401, 403 and 429.
 */
export async function identifyReader(
  services: Services,
  request: Request,
  { scope, page }: { scope: ManagementScope; page: string },
): Promise<{ actor: Actor; headers: Record<string, string> }> {
  const charge = beginCharge(services, request);
  const caller = await identify(services, request, charge);
  const route = { tokenScope: scope, extraScopes: [] };
  const ctx = createContext(services, caller.actor);
  const actor = await recordDenials(ctx, page, () => withScopeOf(route, caller));
  return { actor, headers: charge.headers };
}

/** The caller. Counts the request against its limits. Throws 401, 403 and 429. */
async function identify(services: Services, request: Request, charge: CallCharge): Promise<Caller> {
  charge.beforeLookup();
  const caller = await requireCaller(services, request).catch((error: unknown) => {
    const isRejected = (error instanceof HttpError && error.status === 401) || error instanceof DomainError;
    if (isRejected) charge.rejected();
    throw error;
  });
  charge.identified(caller.actor.token.id);
  return caller;
}

async function answerCall(
  routes: Route[],
  request: Request,
  services: Services,
  charge: CallCharge,
): Promise<WrittenResponse> {
  const url = new URL(request.url);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const match = matchRoute(routes, method as Method, url.pathname);
  if (match === null || "allow" in match) charge.anonymous();
  if (match === null) throw new HttpError(404, "This path does not exist.");
  if ("allow" in match) return notAllowed(match.allow, request.method);
  const { route, params } = match;
  setRoute(route.path);

  const { db } = services;
  const isOpen = route.security === "none";
  if (isOpen) charge.anonymous();
  const caller = isOpen ? null : await identify(services, request, charge);
  const ipAddress = request.headers.get(CLIENT_IP_HEADER);
  const sender: Actor = caller?.actor ?? { kind: "visitor", ipAddress };
  const recorded = <T>(work: () => T | Promise<T>) =>
    recordDenials(createContext(services, sender), route.path, work);
  const before = await recorded(() => (caller ? withScopeOf(route, caller) : sender));
  // The body is read even if the route has no fields, so that unknown fields are rejected.
  const takesBody = route.method !== "GET" && route.method !== "DELETE";
  const bodyBytes = takesBody ? await readBody(request, maxBytesFor(route, before)) : new Uint8Array();
  const actor = caller && takesBody ? await recorded(() => readActorAgain(services, request, route)) : before;
  // Only an administrator's request with an OpenAPI document may be that large.
  const parse = maxBytesFor(route, actor) > MAX_BODY_BYTES ? parseDocumentBody : parseJsonObject;
  const body = await parse(bodyBytes, request.headers);
  const input = readInput(route, params, url.searchParams, body);

  const run = (on: typeof db, created?: Ctx["created"]) => {
    const ctx = createContext({ ...services, db: on, ...(created && { created }) }, actor);
    return recorded(() => route.run(ctx, input, prefersCsv(request) ? "csv" : "json"));
  };
  const key = request.headers.get("idempotency-key");
  if (!route.idempotent || key === null || caller === null) {
    const answer = await run(db);
    return answer.file ? sent(answer.status, answer.file) : written(answer);
  }
  const call = {
    key,
    tokenId: caller.actor.token.id,
    token: caller.token,
    method,
    path: url.pathname,
    bodyBytes,
  };
  const asUser = createContext(services, actor);
  const response = await runOnce(db, call, Date.now(), async (on, created) => {
    const rights = await recorded(() => rightsOf(db.read, asUser, params.projectId ?? null));
    return { ...written(await run(on, created)), rights };
  });
  if (isReplayed(response)) await recorded(() => requireRights(db.read, asUser, response.rights));
  return response;
}

/** Who calls, after the body: it may take a minute, and what ends meanwhile must not act anymore. */
async function readActorAgain(services: Services, request: Request, route: Route): Promise<Actor> {
  return withScopeOf(route, await requireCaller(services, request));
}

/** Only administrators may send bodies larger than `MAX_BODY_BYTES`. */
function maxBytesFor({ maxBodyBytes }: Route, actor: Actor): number {
  return isAdmin(actor) ? maxBodyBytes : Math.min(maxBodyBytes, MAX_BODY_BYTES);
}

/**
 * The caller with only the scope of the route and those of its extra scopes that the token has, so that a verb that
 * needs another scope throws. Throws 403 before anything is looked up, so that it does not reveal what exists.
 */
function withScopeOf(
  { tokenScope, extraScopes }: Pick<Route, "tokenScope" | "extraScopes">,
  { actor }: Caller,
): Actor {
  if (tokenScope === "never") {
    throw new DomainError("forbidden", "A management token can't do this. Sign in to the portal.");
  }
  if (tokenScope === "any") return { ...actor, token: { ...actor.token, scopes: [] } };
  if (!actor.token.scopes.includes(tokenScope)) {
    throw new DomainError("forbidden", `This management token does not have the scope ${tokenScope}.`);
  }
  const extra = extraScopes.filter((scope) => actor.token.scopes.includes(scope));
  return { ...actor, token: { ...actor.token, scopes: [tokenScope, ...extra] } };
}

/** Whether `Accept` contains CSV, and not JSON before it. */
function prefersCsv(request: Request): boolean {
  const accept = request.headers.get("accept") ?? "";
  const [csv, json] = [accept.indexOf("text/csv"), accept.indexOf("application/json")];
  return csv >= 0 && (json < 0 || csv < json);
}

/** The body and headers of a response. */
function written({ status, body, location }: Answer): Omit<StoredResponse, "rights"> {
  if (body === undefined) return { status, body: "", headers: {} };
  const headers = { "Content-Type": "application/json", ...(location !== null && { Location: location }) };
  return { status, body: JSON.stringify(body), headers };
}

function sent(status: number, { filename, contentType, parts }: ApiFile): WrittenResponse {
  return { status, body: parts, headers: fileHeaders(filename, contentType) };
}

function bodyOf(body: WrittenResponse["body"], requestId: string): string | ReadableStream<Uint8Array> {
  return typeof body === "string" ? body : toStream(body, requestId);
}

function notAllowed(allow: Method[], method: string): WrittenResponse {
  const Allow = [...allow, ...(allow.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (method === "OPTIONS") return { status: 204, body: "", headers: { Allow } };
  throw new HttpError(405, `This path allows ${Allow}.`, { headers: { Allow } });
}
