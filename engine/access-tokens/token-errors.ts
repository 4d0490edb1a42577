import { reason } from "#core/denials.ts";
import { sanitize } from "#core/sanitize.ts";
import { familyOf } from "#core/verdict.ts";
import type { DeniedVerdict } from "#core/verdict-schema.ts";
import { HttpProblem, type Reply } from "../check/reply.ts";
import { VerdictUnavailable } from "../check/verdict-unavailable.ts";
import { OAuthError } from "./oauth-error.ts";
import { invalidClient, type TokenRequest } from "./token-request.ts";

/** The longest slug of an API, characters. */
export const MAX_SLUG_LENGTH = 50;
/** How long a network that sent too many wrong keys must wait, ms. */
export const FAILURE_WINDOW_MS = 60_000;

/** The error of RFC 6749, RFC 8693 or RFC 8707 for a denied check. */
export function denialError(
  { code, message, retryAfterMs }: DeniedVerdict,
  { grant }: TokenRequest,
): OAuthError {
  const description = `${code}: ${message}`;
  switch (familyOf(code)) {
    case "credential":
      return grant === "client" ? invalidClient(description) : new OAuthError("invalid_request", description);
    case "limit": {
      const seconds = Math.max(1, Math.ceil((retryAfterMs ?? 0) / 1_000));
      const headers = { "Retry-After": String(seconds) };
      return new OAuthError("temporarily_unavailable", description, { status: 429, headers });
    }
    default:
      if (code === "SCOPE_NOT_GRANTED") return new OAuthError("invalid_scope", description);
      return new OAuthError(code.startsWith("API_") ? "invalid_target" : "unauthorized_client", description);
  }
}

/** The same error as for an API that exists: callers don't learn which do. */
export function noSuchTarget(slug: string): OAuthError {
  const { code, message } = reason("API_NOT_ENABLED", { api: sanitize(slug, MAX_SLUG_LENGTH) });
  return new OAuthError("invalid_target", `${code}: ${message}`);
}

/** For a network that sent too many wrong keys. */
export function tooManyFailures(): OAuthError {
  const headers = { "Retry-After": String(FAILURE_WINDOW_MS / 1_000) };
  const description = "Too many wrong keys from this network. Wait a minute.";
  return new OAuthError("temporarily_unavailable", description, { status: 429, headers });
}

/** For a request that only services may send, without a valid service token. */
export function needsServiceToken(): OAuthError {
  const headers = { "WWW-Authenticate": "Bearer" };
  return new OAuthError("invalid_client", "Send a service token as Authorization: Bearer.", {
    status: 401,
    headers,
  });
}

/** The response for an error: its own if it is one for callers, 503 without a verdict, else 500 without details. */
export function oauthFailureReply(error: unknown, requestId: string): Reply {
  if (error instanceof OAuthError || error instanceof HttpProblem) return error.toReply(requestId);
  const [code, text] =
    error instanceof VerdictUnavailable
      ? (["temporarily_unavailable", `The answer is unavailable: ${error.message}.`] as const)
      : (["server_error", "Internal error. Search the log for the request id."] as const);
  const status = code === "server_error" ? 500 : 503;
  const headers: Record<string, string> = status === 503 ? { "Retry-After": "1" } : {};
  return new OAuthError(code, text, { status, headers }).toReply(requestId);
}

/** Why there is no answer, for `VerdictUnavailable`. */
export const NO_SIGNING_KEYS = "the signing keys can't be read";

/** Rejects with `VerdictUnavailable` and the reason `why` if `work` rejects: it needs the database. */
export function fromDatabase<T>(work: Promise<T>, why: string): Promise<T> {
  return work.catch((error: unknown) => {
    throw new VerdictUnavailable(why, { cause: error });
  });
}
