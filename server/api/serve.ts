import { acceptedPrefixes } from "#core/tokens.ts";
import { requireRights, rightsOf } from "#domain/access/project-access.ts";
import { recordDenials } from "#domain/access/security/record.ts";
import { type Actor, type Ctx, createContext, type UserActor } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { BODY_CAP_BYTES } from "../body-cap.ts";
import { CLIENT_ADDRESS_HEADER } from "../client-address.ts";
import { getServices, type Services } from "../context.ts";
import { fileHeaders, toStream } from "../files.ts";
import { isReplayed, type KeptAnswer, once } from "../idempotency.ts";
import { HttpError, problemResponse } from "../problem.ts";
import { currentRequestId, setRoute } from "../request-scope.ts";
import { type Caller, managementTokenIn, requireCaller } from "./bearer.ts";
import { parseDocumentBody, parseJsonObject, readBody } from "./body.ts";
import { beginCall, type CallCharge, callRatesOf } from "./call-rates.ts";
import { readInput } from "./input.ts";
import { matchRoute } from "./match.ts";
import type { Answer, ApiFile, Method, Route } from "./route.ts";

/** An answer that may still be in the making while it is sent. */
type WrittenAnswer = Omit<KeptAnswer, "body" | "rights"> & { body: ApiFile["parts"] };

/** Answers any call below `/api/v1/` that has no file of its own: finds the route, checks, runs the verb. */
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
    const bare = request.method === "HEAD" || answer.status === 204;
    return new Response(bare ? null : bodyOf(answer.body, requestId), { status: answer.status, headers });
  } catch (error) {
    const response = problemResponse(error, requestId);
    for (const [name, value] of Object.entries(charge?.headers ?? {})) response.headers.set(name, value);
    return request.method === "HEAD" ? new Response(null, response) : response;
  }
}

/** The call is counted to its token or to its address, as soon as it is known which. */
function beginCharge(services: Services, request: Request): CallCharge {
  const token = managementTokenIn(request, acceptedPrefixes(services.settings));
  return beginCall(callRatesOf(services), token, request.headers.get(CLIENT_ADDRESS_HEADER));
}

/** The caller, to whom the call is counted; null where none is asked for. Throws 401 and 429. */
async function identify(
  services: Services,
  request: Request,
  route: Route,
  charge: CallCharge,
): Promise<Caller | null> {
  if (route.security === "none") {
    charge.anonymous();
    return null;
  }
  charge.beforeLookup();
  const caller = await requireCaller(services, request).catch((error: unknown) => {
    if (error instanceof HttpError && error.status === 401) charge.rejected();
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
): Promise<WrittenAnswer> {
  const url = new URL(request.url);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const match = matchRoute(routes, method as Method, url.pathname);
  if (match === null || "allow" in match) charge.anonymous();
  if (match === null) throw new HttpError(404, "There is nothing at this address of the API.");
  if ("allow" in match) return notAllowed(match.allow, request.method);
  const { route, params } = match;
  setRoute(route.path);

  const { db } = services;
  const caller = await identify(services, request, route, charge);
  const address = request.headers.get(CLIENT_ADDRESS_HEADER);
  const asked: Actor = caller?.actor ?? { kind: "visitor", ipAddress: address };
  const noted = <T>(work: () => T | Promise<T>) =>
    recordDenials(createContext(services, asked), route.path, work);
  const actor = await noted(() => (caller ? withScopeOf(route, caller) : asked));
  // Also where no field is known: what is sent and not read would be passed over in silence.
  const takesBody = route.method !== "GET" && route.method !== "DELETE";
  const bodyBytes = takesBody ? await readBody(request, capFor(route, actor)) : new Uint8Array();
  const parse = route.capBytes > BODY_CAP_BYTES ? parseDocumentBody : parseJsonObject;
  const body = await parse(bodyBytes, request.headers);
  const input = readInput(route, params, url.searchParams, body);

  const run = (on: typeof db, created?: Ctx["created"]) => {
    const ctx = createContext({ ...services, db: on, ...(created && { created, aside: db }) }, actor);
    return noted(() => route.run(ctx, input, prefersCsv(request) ? "csv" : "json"));
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
  const kept = await once(db, call, Date.now(), async (on, created) => {
    const rights = await noted(() => rightsOf(db.read, asUser, params.projectId ?? null));
    return { ...written(await run(on, created)), rights };
  });
  if (isReplayed(kept)) await noted(() => requireRights(db.read, asUser, kept.rights));
  return kept;
}

/** Only administrators may send more than other requests have. */
function capFor({ capBytes }: Route, actor: Actor): number {
  const isAdmin = actor.kind === "user" && actor.siteRole === "admin";
  return isAdmin ? capBytes : Math.min(capBytes, BODY_CAP_BYTES);
}

/**
 * The caller with the scope that the route needs, if their token has it, and those of the route's extra scopes that it
 * has: a verb that needs another one refuses, whatever its route claims. Throws 403, before anything is looked up: so it tells nothing about what there is.
 */
function withScopeOf({ tokenScope, extraScopes }: Route, { actor }: Caller): UserActor {
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

/** CSV is named, and JSON is not named before it. */
function prefersCsv(request: Request): boolean {
  const accept = request.headers.get("accept") ?? "";
  const [csv, json] = [accept.indexOf("text/csv"), accept.indexOf("application/json")];
  return csv >= 0 && (json < 0 || csv < json);
}

/** The answer's bytes and headers. */
function written({ status, body, location }: Answer): Omit<KeptAnswer, "rights"> {
  if (body === undefined) return { status, body: "", headers: {} };
  const headers = { "Content-Type": "application/json", ...(location !== null && { Location: location }) };
  return { status, body: JSON.stringify(body), headers };
}

function sent(status: number, { filename, contentType, parts }: ApiFile): WrittenAnswer {
  return { status, body: parts, headers: fileHeaders(filename, contentType) };
}

function bodyOf(body: WrittenAnswer["body"], requestId: string): string | ReadableStream<Uint8Array> {
  return typeof body === "string" ? body : toStream(body, requestId);
}

function notAllowed(allow: Method[], method: string): WrittenAnswer {
  const Allow = [...allow, ...(allow.includes("GET") ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (method === "OPTIONS") return { status: 204, body: "", headers: { Allow } };
  throw new HttpError(405, `This address takes ${Allow}.`, { headers: { Allow } });
}
