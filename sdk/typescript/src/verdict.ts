import type { DenialCode, Environment } from "../../../core/verdict.ts";

export type { DenialCode, Environment, VerdictCode } from "../../../core/verdict.ts";

/** The plan and the name of its limit, if a limit belongs to a plan. */
export interface LimitPolicy {
  plan: string;
  name: string;
}

/** The state of a rate limit: at most `limit` units in any span of `windowSeconds`. */
export interface RateLimitState {
  limit: number;
  windowSeconds: number;
  remaining: number;
  /** How long until the oldest used units become available again, ms. */
  resetMs: number;
  policy?: LimitPolicy | undefined;
}

/** The state of a quota: at most `limit` units in a calendar period, UTC. */
export interface QuotaState {
  limit: number;
  period: "day" | "month";
  remaining: number;
  /** End of the period, ISO 8601, UTC. */
  resetAt: string;
  policy?: LimitPolicy | undefined;
}

/** The key may pass. */
export interface ValidVerdict {
  valid: true;
  code: "VALID";
  requestId: string;
  keyId: string;
  secretId: string;
  projectId: string;
  /** Name of the key. */
  name: string;
  environment: Environment;
  api: string;
  operation: string | null;
  metadata: Record<string, unknown>;
  description: string;
  tags: string[];
  /** The ID of the customer, tenant or app in the API provider's own system. */
  externalId: string | null;
  /** The scopes that the key has for the API: all that the API declares unless it is limited to some. */
  scopes: readonly string[];
  /** ISO 8601, UTC. */
  expiresAt: string | null;
  /** Set if the secret is being replaced: it stops working at `lapsesAt`. */
  rotation: { lapsesAt: string } | null;
  /** Null where no limit is set. */
  rateLimit: RateLimitState | null;
  quota: QuotaState | null;
}

/** The key may not pass. */
export interface DeniedVerdict {
  valid: false;
  code: DenialCode;
  /** One sentence for the caller's developer: what to do. */
  message: string;
  requestId: string;
  /** The values that the rule checked. */
  observed: Record<string, string>;
  /** Known once the key is. */
  keyId?: string | undefined;
  projectId?: string | undefined;
  name?: string | undefined;
  environment?: Environment | undefined;
  /** For a limit: how long until the same request would pass, ms. */
  retryAfterMs?: number | undefined;
  rateLimit?: RateLimitState | null | undefined;
  quota?: QuotaState | null | undefined;
}

/** The answer to a check (docs/integrate/verify-keys.md). */
export type Verdict = ValidVerdict | DeniedVerdict;

/** What a service asks about one request (docs/integrate/verify-keys.md). Absent and empty values mean "not sent". */
export interface Check {
  /** The key as the caller sent it. */
  key?: string | null | undefined;
  /** Slug of the API being called; by default the client's `api`. */
  api?: string | undefined;
  /** The operation being called, or `method` and `path` instead. */
  operation?: string | undefined;
  method?: string | undefined;
  /** Path of the request as received, without the query. */
  path?: string | undefined;
  /** The caller's IP address, with or without port. Never a value that the caller can write. */
  clientIp?: string | null | undefined;
  referrer?: string | null | undefined;
  origin?: string | null | undefined;
  androidPackage?: string | null | undefined;
  androidCertSha1?: string | null | undefined;
  iosBundleId?: string | null | undefined;
  /** Scopes that the key must have, besides those that the API's operation needs. */
  requiredScopes?: readonly string[] | null | undefined;
  /** Units to take from rate limits and quotas: 0 to 1,000, default 1. 0 verifies without consuming. */
  cost?: number | undefined;
}

/** A request let through by `onUnavailable` although no verifier could be asked. Counted nowhere. */
export interface UnverifiedVerdict {
  valid: true;
  code: "UNVERIFIED";
  /** Why there is no verdict. */
  reason: string;
}

/** A verdict that lets the request through. */
export type AllowedVerdict = ValidVerdict | UnverifiedVerdict;

/** What `verify` resolves to. */
export type Outcome = Verdict | UnverifiedVerdict;

/** Anything that verifies keys: the client, or a fake in tests. */
export interface KeyVerifier {
  /**
   * The verdict on a check. Rejects with `VerdictUnavailableError` if no verifier answered in time, and with
   * `ConfigurationError` if Latchkey rejected the service's own request.
   */
  verify(check: Check, options?: { signal?: AbortSignal | undefined }): Promise<Outcome>;
}

/** Whether `value` is a verdict. Anything else that a verifier answers is a failure of the verifier. */
export function isVerdict(value: unknown): value is ValidVerdict | DeniedVerdict {
  if (typeof value !== "object" || value === null) return false;
  const { valid, code } = value as { valid?: unknown; code?: unknown };
  return (
    typeof code === "string" && (valid === true ? code === "VALID" : valid === false && code !== "VALID")
  );
}
