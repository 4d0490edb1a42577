import { forwardedCaller } from "../../../core/forwarded-for.ts";
import { limitHeaders, seconds } from "../../../core/limits/headers.ts";
import { parseClientIp } from "../../../core/restrictions/ip-address.ts";
import { compileIps, type IpSet } from "../../../core/restrictions/ips.ts";
import { verdictStatus } from "../../../core/verdict.ts";
import { createErrorLog } from "./error-log.ts";
import { VerdictUnavailableError } from "./errors.ts";
import type { AllowedVerdict, Check, DeniedVerdict, KeyVerifier, Outcome } from "./verdict.ts";

/** A request to the service, independent of any framework. */
export interface ServiceRequest {
  method: string;
  /** The request target as received, with or without query. */
  target: string;
  /** A header by its lower-case name; repeated headers joined with a comma. */
  header(name: string): string | null | undefined;
  /** IP address of the peer that opened the connection; null where the platform doesn't say. */
  remoteAddress: string | null | undefined;
}

/** What every middleware takes. */
export interface MiddlewareOptions<Native = ServiceRequest> {
  /** The operation being called, instead of method and path. */
  operation?: string | ((request: Native) => string | undefined);
  /** Units that the request takes, 0 to 1,000. Default 1. */
  cost?: number | ((request: Native) => number);
  /** Scopes that the key must have, besides those that the API's operation needs. Default: none. */
  requiredScopes?: readonly string[] | ((request: Native) => readonly string[] | undefined);
  /**
   * Addresses and networks of your own proxies. If the peer is one of them, the caller is the rightmost address of
   * `X-Forwarded-For` that is not. Default: none, so that the header is ignored.
   */
  trustedProxies?: readonly string[];
  /** The key of a request. Default: `X-Api-Key`, else `Authorization: Bearer`. */
  readKey?: (request: Native) => string | null | undefined;
  /** Called for every request that is answered with 503. Default: writes the error to the console, once a minute. */
  onError?: (error: unknown) => void;
  /** Current time, epoch ms. For tests. */
  now?: () => number;
}

/** A response that the middleware gives instead of the service. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** What a middleware does with a request. `verdict` is null for a CORS preflight, which carries no key. */
export type Decision =
  | { pass: true; verdict: AllowedVerdict | null; headers: Record<string, string> }
  | { pass: false; response: HttpResponse };

/** Decides about one request. `native` is the framework's own request, for the functions of the options. */
export type Guard<Native> = (request: ServiceRequest, native: Native) => Promise<Decision>;

/** The part that all middlewares share, for frameworks that have none here. The result never rejects. */
export function createGuard<Native>(
  verifier: KeyVerifier,
  options: MiddlewareOptions<Native>,
): Guard<Native> {
  const trusted = compileIps(options.trustedProxies ?? []);
  const now = options.now ?? Date.now;
  const onError = options.onError ?? createErrorLog(now, "Latchkey: a request was answered with 503.");
  return async (request, native) => {
    try {
      const check = checkOf(request, native, { trusted, options });
      if (!check.key && isPreflight(request)) return { pass: true, verdict: null, headers: {} };
      return decisionOn(await verifier.verify(check), now());
    } catch (error) {
      onError(error);
      return { pass: false, response: unavailableResponse(error) };
    }
  };
}

function checkOf<Native>(
  request: ServiceRequest,
  native: Native,
  { trusted, options }: { trusted: IpSet; options: MiddlewareOptions<Native> },
): Check {
  const { operation, cost, requiredScopes } = options;
  const named = typeof operation === "function" ? operation(native) : operation;
  return {
    key: options.readKey ? options.readKey(native) : keyOf(request),
    ...(named === undefined
      ? { method: request.method, path: pathOf(request.target) }
      : { operation: named }),
    clientIp: clientIpOf(request, trusted),
    referrer: request.header("referer"),
    origin: request.header("origin"),
    androidPackage: request.header("x-android-package"),
    androidCertSha1: request.header("x-android-cert"),
    iosBundleId: request.header("x-ios-bundle-identifier"),
    requiredScopes: typeof requiredScopes === "function" ? requiredScopes(native) : requiredScopes,
    cost: typeof cost === "function" ? cost(native) : cost,
  };
}

/** `X-Api-Key`, else the token of `Authorization: Bearer` (RFC 6750, section 2.1). */
function keyOf(request: ServiceRequest): string | null {
  const header = request.header("x-api-key")?.trim();
  return header || (/^Bearer +(\S+)$/i.exec(request.header("authorization") ?? "")?.[1] ?? null);
}

/** Scheme and host of an absolute request target (RFC 9112, section 3.2.2), if all servers read them alike. */
const SCHEME_AND_HOST = /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d*)?(?=[/?]|$)/i;

/**
 * The path without the query. Any target that routers could split in another way stays as it is, also its fragment:
 * then it matches no operation.
 */
function pathOf(target: string): string {
  return target.replace(SCHEME_AND_HOST, "").split("?", 1)[0] || "/";
}

/** The caller's IP address: the peer, or what a trusted proxy wrote. */
function clientIpOf(request: ServiceRequest, trusted: IpSet): string | null {
  const peer = request.remoteAddress ?? null;
  const address = parseClientIp(peer);
  if (address === null || !trusted.has(address)) return peer;
  return forwardedCaller(request.header("x-forwarded-for") ?? undefined, trusted) ?? peer;
}

/** A browser's CORS preflight (Fetch standard). It never carries a key, and the service answers it. */
function isPreflight(request: ServiceRequest): boolean {
  return (
    request.method === "OPTIONS" &&
    Boolean(request.header("origin")) &&
    Boolean(request.header("access-control-request-method"))
  );
}

function decisionOn(outcome: Outcome, nowMs: number): Decision {
  if (!outcome.valid) return { pass: false, response: denialResponse(outcome, nowMs) };
  const headers = outcome.code === "VALID" ? headersOfLimits(outcome, nowMs) : {};
  return { pass: true, verdict: outcome, headers };
}

/**
 * The response to a denied request: 401, 403 or 429 with a problem (RFC 9457), `WWW-Authenticate` (RFC 6750),
 * `Retry-After`, and `RateLimit` (IETF httpapi draft) where a limit is set.
 */
export function denialResponse(verdict: DeniedVerdict, nowMs: number): HttpResponse {
  const status = verdictStatus(verdict.code);
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "X-Request-Id": verdict.requestId,
    ...headersOfLimits(verdict, nowMs),
  };
  const challenge = challengeOf(verdict.code, status);
  if (challenge) headers["WWW-Authenticate"] = challenge;
  if (verdict.retryAfterMs !== undefined) headers["Retry-After"] = seconds(Math.max(1, verdict.retryAfterMs));
  const body = {
    type: "about:blank",
    title: titleOf(verdict.code, status),
    status,
    detail: verdict.message,
    code: verdict.code,
    requestId: verdict.requestId,
    observed: verdict.observed,
  };
  return { status, headers, body: JSON.stringify(body) };
}

function headersOfLimits(
  { rateLimit, quota }: Pick<DeniedVerdict, "rateLimit" | "quota">,
  nowMs: number,
): Record<string, string> {
  if (!rateLimit && !quota) return {};
  return limitHeaders({ rateLimit: rateLimit ?? null, quota: quota ?? null }, nowMs);
}

/** RFC 6750, section 3: no error code for a request without credentials. */
function challengeOf(code: string, status: number): string | null {
  const realm = 'Bearer realm="API key"';
  if (code === "KEY_MISSING") return realm;
  if (status === 401) return `${realm}, error="invalid_token", error_description="${code}"`;
  if (code === "SCOPE_NOT_GRANTED")
    return `${realm}, error="insufficient_scope", error_description="${code}"`;
  return null;
}

function titleOf(code: string, status: number): string {
  if (code === "KEY_MISSING") return "API key required";
  return status === 401 ? "Invalid API key" : status === 403 ? "Request not allowed" : "Too many requests";
}

/** The response when there is no verdict. It says nothing about the reason, which is the service's own matter. */
function unavailableResponse(error: unknown): HttpResponse {
  const headers: Record<string, string> = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
  };
  if (error instanceof VerdictUnavailableError) headers["Retry-After"] = "1";
  const body = {
    type: "about:blank",
    title: "API keys can't be verified",
    status: 503,
    detail: "The service can't verify API keys right now. Try again later.",
  };
  return { status: 503, headers, body: JSON.stringify(body) };
}
