import type { LimitStates } from "#core/limits/evaluate.ts";
import { limitHeaders, seconds } from "#core/limits/headers.ts";
import { type VerdictCode, verdictStatus } from "#core/verdict.ts";
import type { Verdict } from "#core/verdict-schema.ts";
import { problem, type Reply } from "#engine/check/reply.ts";
import type { Gateway } from "./gateways.ts";

/** The status of a verdict at the gate (docs/integrate/verify-keys.md). */
export function gateStatusOf(code: VerdictCode, { overLimit }: Pick<Gateway, "overLimit">): number {
  const status = verdictStatus(code);
  return status === 429 ? overLimit : status;
}

/** A verdict for a gateway. Everything it may pass on is in headers. */
export function gateReply(verdict: Verdict, limits: LimitStates, gateway: Gateway, nowMs: number): Reply {
  const status = gateStatusOf(verdict.code, gateway);
  const headers: Record<string, string> = {
    "X-Latchkey-Code": verdict.code,
    "X-Request-Id": verdict.requestId,
    "Cache-Control": "no-store",
  };
  if (verdict.keyId && verdict.projectId && verdict.environment) {
    headers["X-Latchkey-Key-Id"] = verdict.keyId;
    headers["X-Latchkey-Project-Id"] = verdict.projectId;
    headers["X-Latchkey-Environment"] = verdict.environment;
  }
  if (verdict.valid && verdict.externalId !== null) {
    headers["X-Latchkey-External-Id"] = headerText(verdict.externalId);
  }
  if (verdict.valid && verdict.scopes.length > 0) {
    headers["X-Latchkey-Scopes"] = scopesHeader(verdict.scopes);
  }
  if (limits.rateLimit || limits.quota) Object.assign(headers, limitHeaders(limits, nowMs));
  if (verdict.valid) return { status, headers, body: "" };
  if (status === 401) headers["WWW-Authenticate"] = 'Bearer realm="API key"';
  if (verdict.retryAfterMs !== undefined) headers["Retry-After"] = seconds(Math.max(1, verdict.retryAfterMs));
  headers["Content-Type"] = "application/json";
  return { status, headers, body: JSON.stringify(verdict) };
}

/**
 * Text as a header value: UTF-8, percent-encoded except for printable ASCII. `%` is encoded, so that decoding is
 * unambiguous, and so are braces, which Caddy writes for a missing header, and commas, at which proxies split.
 */
function headerText(text: string): string {
  return text.replace(/[^ -~]|[%{},]/gu, (part) => encodeURIComponent(part));
}

/** Gateways read the headers of an answer into a buffer of 4 KiB. */
const MAX_SCOPES_LENGTH = 1_500;

/** The scopes, separated by spaces. Of a longer list the first ones: the service denies what needs the others. */
function scopesHeader(scopes: readonly string[]): string {
  let text = "";
  for (const scope of scopes) {
    const longer = text === "" ? headerText(scope) : `${text} ${headerText(scope)}`;
    if (longer.length > MAX_SCOPES_LENGTH) break;
    text = longer;
  }
  return text;
}

/** Allows a browser's preflight. Not a verdict: it authenticates nobody and counts nothing. */
export function preflightReply(requestId: string): Reply {
  const headers = { "X-Latchkey-Code": "PREFLIGHT", "X-Request-Id": requestId, "Cache-Control": "no-store" };
  return { status: 200, headers, body: "" };
}

/** Why a gateway gets no verdict. Never the caller's fault. */
const NO_VERDICT = {
  SERVICE_TOKEN_INVALID: [403, "The gateway's service token is missing, wrong, or for another API."],
  GATE_MISCONFIGURED: [403, "The gateway uses a wrong URL or omits a required header."],
  BROKEN: [500, "Internal error. Search the log for the request id."],
  UNAVAILABLE: [503, "The verdict is unavailable. Retry."],
} as const;
export type NoVerdict = keyof typeof NO_VERDICT;

/** The reply without a verdict: fails closed, and can't be mistaken for a denial of the caller. */
export function noVerdict(code: NoVerdict, requestId: string): Reply {
  const [status, detail] = NO_VERDICT[code];
  const headers = { "X-Latchkey-Code": code, ...(status === 503 && { "Retry-After": "1" }) };
  return problem(status, requestId, detail, {
    headers,
    ...(status === 403 && { title: "Gateway misconfigured" }),
  });
}
