import { shownName } from "#core/schema-errors.ts";
import { findNul, NUL_MESSAGE } from "#core/text.ts";
import { acceptedPrefixes, tokenKind } from "#core/tokens.ts";
import { authenticateScimToken } from "#domain/access/scim/authenticate.ts";
import { ScimError } from "#domain/access/scim/errors.ts";
import { type Ctx, createContext, type ScimActor } from "#domain/context.ts";
import { CLIENT_IP_HEADER } from "#platform/http/client-ip-address.ts";
import { readBody } from "../api/body.ts";
import { beginCall, type CallCharge, callRatesOf } from "../api/call-rates.ts";
import { getServices, type Services } from "../context.ts";
import { HttpError, problemResponse } from "../problem.ts";
import { currentRequestId, setRoute } from "../request-scope.ts";
import { project, projectionOf } from "./projection.ts";
import { SCIM_ROUTES, type ScimCall } from "./routes.ts";

const MEDIA_TYPE = "application/scim+json";
const ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";
const PREFIX = "/scim/v2";
/** A group with 10,000 members fits. */
const CAP_BYTES = 1024 * 1024;
const ACCEPTED_TYPE = /^application\/(?:scim\+)?json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** Handles every request below `/scim/v2` (RFC 7644). Errors have SCIM's form. */
export async function serveScim(
  request: Request,
  services: () => Promise<Services> = getServices,
): Promise<Response> {
  const requestId = currentRequestId();
  let charge: CallCharge | null = null;
  try {
    const all = await services();
    const token = scimTokenIn(request, acceptedPrefixes(all.settings));
    charge = beginCall(callRatesOf(all), token, request.headers.get(CLIENT_IP_HEADER));
    await authenticate(all, request, token, charge);
    const contextOf = async () => createContext(all, await actorOf(all, request, token));
    return await answer(contextOf, request, charge.headers);
  } catch (error) {
    return errorResponse(error, requestId, charge?.headers ?? {});
  }
}

/** The token of the request; null unless its format and checksum are valid. */
function scimTokenIn(request: Request, prefixes: readonly string[]): string | null {
  const token = /^Bearer +([\w]+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return token !== undefined && tokenKind(prefixes, token) === "scim" ? token : null;
}

/** Counts the request for its token. Throws 401 and 429. */
async function authenticate(
  services: Services,
  request: Request,
  token: string | null,
  charge: CallCharge,
): Promise<ScimActor> {
  charge.beforeLookup();
  const actor = await actorOf(services, request, token).catch((error: unknown) => {
    if (error instanceof HttpError) charge.rejected();
    throw error;
  });
  charge.identified(actor.tokenId);
  return actor;
}

/** The identity provider that calls. Throws 401. */
async function actorOf(
  { db, securityLog, settings }: Services,
  request: Request,
  token: string | null,
): Promise<ScimActor> {
  const ipAddress = request.headers.get(CLIENT_IP_HEADER);
  const origin = { ipAddress, securityLog, oidc: settings.oidc };
  const actor = token === null ? null : await authenticateScimToken(db, token, Date.now(), origin);
  if (actor !== null) return actor;
  throw new HttpError(401, "Send a valid SCIM token: Authorization: Bearer <token>.", {
    headers: { "WWW-Authenticate": "Bearer" },
  });
}

/** Creates the context after reading the body, which may take a minute: the token may expire in that time. */
async function answer(
  contextOf: () => Promise<Ctx>,
  request: Request,
  headers: Record<string, string>,
): Promise<Response> {
  const url = new URL(request.url);
  const [resource = "", id = null, ...more] = segmentsOf(url.pathname);
  const route = more.length === 0 ? SCIM_ROUTES.get(`${resource}${id === null ? "" : "/{id}"}`) : undefined;
  if (route === undefined) throw new ScimError(404, "This path does not exist.");
  setRoute(`${PREFIX}/${resource}${id === null ? "" : "/{id}"}`);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const verb = route[method];
  if (verb === undefined) {
    throw new HttpError(405, `This path allows ${Object.keys(route).join(", ")}.`, {
      headers: { Allow: Object.keys(route).join(", ") },
    });
  }
  const takesBody = method === "POST" || method === "PUT" || method === "PATCH";
  const projection = projectionOf(url.searchParams);
  const body = takesBody ? await readJson(request) : {};
  // After the fields of the body, which may have the same names and mean nothing there.
  rejectNul({ ...body, id, query: Object.fromEntries(url.searchParams) });
  const ctx = await contextOf();
  const call: ScimCall = { ctx, id: id ?? "", query: url.searchParams, body, projection };
  const result = await verb(call);
  const all = { "Cache-Control": "no-store", "X-Request-Id": currentRequestId(), ...headers };
  if (result === null) return new Response(null, { status: 204, headers: all });
  const shown = isList(result) ? projectList(result, call) : project(result, projection);
  return new Response(request.method === "HEAD" ? null : JSON.stringify(shown), {
    status: method === "POST" ? 201 : 200,
    headers: { ...all, "Content-Type": MEDIA_TYPE, ...(method === "POST" && locationOf(result)) },
  });
}

/** Throws 400. JSON in a filter can have NUL as an escape, which the parser of filters rejects. */
function rejectNul(input: object): void {
  const path = findNul(input);
  if (path === null) return;
  const name = path.map(shownName).join(".");
  throw new ScimError(400, `${name}: ${NUL_MESSAGE}.`, "invalidValue");
}

function isList(result: object): result is { Resources: readonly object[] } {
  return "Resources" in result && Array.isArray(result.Resources);
}

function projectList(list: { Resources: readonly object[] }, { projection }: ScimCall): object {
  return { ...list, Resources: list.Resources.map((resource) => project(resource, projection)) };
}

function locationOf(resource: object): Record<string, string> {
  const { meta } = resource as { meta?: { location?: string } };
  return meta?.location === undefined ? {} : { Location: meta.location };
}

function segmentsOf(path: string): string[] {
  try {
    return path.slice(PREFIX.length).split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return [];
  }
}

async function readJson(request: Request): Promise<Record<string, unknown>> {
  if (!ACCEPTED_TYPE.test(request.headers.get("content-type") ?? "")) {
    throw new HttpError(415, `Send the body as ${MEDIA_TYPE}.`, { headers: { Accept: MEDIA_TYPE } });
  }
  if (/[^\s]/.test(request.headers.get("content-encoding")?.replace(/^identity$/i, "") ?? "")) {
    throw new HttpError(415, "Send the body without Content-Encoding.");
  }
  const bytes = await readBody(request, CAP_BYTES);
  try {
    const body: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  } catch {
    // The parser's message would quote the body.
  }
  throw new ScimError(400, "The body must be a JSON object in UTF-8.", "invalidSyntax");
}

/** What the management API would answer. */
async function problemOf(error: unknown, requestId: string) {
  const response = problemResponse(error, requestId);
  const { detail }: { detail: string } = await response.json();
  return { status: response.status, detail, headers: new Headers(response.headers) };
}

/** An error in SCIM's form (RFC 7644, 3.12). Unexpected ones are logged and shown without their text. */
async function errorResponse(
  error: unknown,
  requestId: string,
  rateHeaders: Record<string, string>,
): Promise<Response> {
  const isScim = error instanceof ScimError;
  const { status, detail, headers } = isScim
    ? { status: error.status, detail: error.message, headers: new Headers() }
    : await problemOf(error, requestId);
  for (const [name, value] of Object.entries(rateHeaders)) headers.set(name, value);
  headers.set("Cache-Control", "no-store");
  headers.set("X-Request-Id", requestId);
  headers.set("Content-Type", MEDIA_TYPE);
  const body = {
    schemas: [ERROR_SCHEMA],
    status: String(status),
    ...(isScim && error.scimType && { scimType: error.scimType }),
    detail,
  };
  return new Response(JSON.stringify(body), { status, headers });
}
