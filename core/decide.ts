import type { CheckRequest } from "./check.ts";
import { type Reason, reason } from "./denials.ts";
import type { Facts, KeyFacts, KnownFacts, ProjectFacts, SecretFacts, UnknownFacts } from "./facts.ts";
import { evaluateLimits, type LimitStates, limitStates } from "./limits/evaluate.ts";
import type { CounterState } from "./limits/types.ts";
import { evaluateRestrictions } from "./restrictions/evaluate.ts";
import { iso, isoOrNull } from "./time.ts";
import type { DeniedVerdict, ValidVerdict, Verdict } from "./verdict-schema.ts";

/**
 * The verdict on one check, a pure function of facts, request and time (epoch ms). Rules apply in the order of the
 * codes in docs/integrate/verify-keys.md; the first denial is the verdict. `counted` is the state of the limits' counters.
 */
export function decide(
  facts: Facts,
  request: CheckRequest,
  nowMs: number,
  counted: readonly CounterState[] = NOT_LIMITED,
): Verdict {
  return facts.credential === "known"
    ? (evaluateRules(facts, request, nowMs) ??
        evaluateCounters(facts, request, { nowMs, counted, units: request.cost }))
    : denyUnknown(facts, request);
}

const NOT_LIMITED: readonly CounterState[] = [];

/** The verdict on a credential that is not a known secret. */
export function denyUnknown(
  { credential, malformedReason }: UnknownFacts,
  { requestId }: CheckRequest,
): DeniedVerdict {
  if (credential === "unverified") {
    const why = reason("RATE_LIMITED", {}, "unverified");
    return { valid: false, requestId, ...why, retryAfterMs: UNVERIFIED_RETRY_MS };
  }
  return { valid: false, requestId, ...reason(NO_CREDENTIAL[credential], {}, malformedReason ?? undefined) };
}

/** A verifier makes only so many slow comparisons per second. */
const UNVERIFIED_RETRY_MS = 1_000;

const NO_CREDENTIAL = {
  missing: "KEY_MISSING",
  malformed: "KEY_MALFORMED",
  unknown: "KEY_NOT_FOUND",
} as const;

/** The denial by any rule except limits; null if only limits remain to be evaluated. */
export function evaluateRules(
  { secret, project }: KnownFacts,
  request: CheckRequest,
  nowMs: number,
): DeniedVerdict | null {
  const why =
    keyIsUsable(secret, nowMs) ??
    apiIsEnabled(project, request) ??
    evaluateRestrictions(secret.key.restrictions, request);
  return why && deny(why, secret.key, request);
}

/** The state of the counters of a call's limits. */
interface Counted {
  nowMs: number;
  counted: readonly CounterState[];
  /** What the call takes from its limits. */
  units: number;
}

/** The verdict on a call that every rule except limits allows. */
export function evaluateCounters(
  { secret }: KnownFacts,
  request: CheckRequest,
  { nowMs, counted, units }: Counted,
): Verdict {
  const why = evaluateLimits(counted, nowMs, units);
  if (why === null) return accept(secret, request, limitStates(counted, nowMs));
  const { rateLimit, quota } = limitStates(counted, nowMs);
  return { ...deny(why, secret.key, request), retryAfterMs: why.retryAfterMs, rateLimit, quota };
}

/** What a key's report-only restrictions would have answered to a call that passed. */
export interface ReportOnlyVerdict {
  /** When the report-only restrictions were saved, epoch ms. */
  since: number;
  /** Null if they would have allowed the call. */
  reason: Reason | null;
}

/** The outcome of the key's report-only restrictions; null for a key without them. For calls that passed. */
export function evaluateReportOnly(
  { reportOnly }: KeyFacts,
  request: CheckRequest,
): ReportOnlyVerdict | null {
  return (
    reportOnly && { since: reportOnly.since, reason: evaluateRestrictions(reportOnly.restrictions, request) }
  );
}

function keyIsUsable({ key, overlapEndsAt }: SecretFacts, nowMs: number): Reason | null {
  if (key.revokedAt !== null) return reason("KEY_REVOKED");
  if (!key.enabled) return reason("KEY_DISABLED");
  if (key.expiresAt !== null && nowMs >= key.expiresAt) {
    return reason("KEY_EXPIRED", { expiresAt: iso(key.expiresAt) });
  }
  if (overlapEndsAt !== null && nowMs >= overlapEndsAt) {
    return reason("KEY_ROTATED", { lapsedAt: iso(overlapEndsAt) });
  }
  return null;
}

function apiIsEnabled(project: ProjectFacts, { api }: CheckRequest): Reason | null {
  if (project.suspended) return reason("PROJECT_SUSPENDED");
  return project.enabledApis.has(api) ? null : reason("API_NOT_ENABLED", { api });
}

function deny(why: Reason, key: KeyFacts, request: CheckRequest): DeniedVerdict {
  return {
    valid: false,
    code: why.code,
    message: why.message,
    requestId: request.requestId,
    observed: why.observed,
    keyId: key.id,
    projectId: key.projectId,
    name: key.name,
    environment: key.environment,
  };
}

/** The scopes that the key has for the API that was called. */
function scopesOf({ restrictions: { apis } }: KeyFacts, { api, apiScopes }: CheckRequest): readonly string[] {
  return apis === null ? apiScopes : (apis.get(api)?.scopes?.list ?? apiScopes);
}

function accept(
  { key, secretId, overlapEndsAt }: SecretFacts,
  request: CheckRequest,
  { rateLimit, quota }: LimitStates,
): ValidVerdict {
  return {
    valid: true,
    code: "VALID",
    requestId: request.requestId,
    keyId: key.id,
    secretId,
    projectId: key.projectId,
    name: key.name,
    environment: key.environment,
    api: request.api,
    operation: request.operation,
    metadata: key.metadata,
    description: key.description,
    tags: key.tags,
    externalId: key.externalId,
    scopes: scopesOf(key, request),
    expiresAt: isoOrNull(key.expiresAt),
    rotation: overlapEndsAt === null ? null : { lapsesAt: iso(overlapEndsAt) },
    rateLimit,
    quota,
  };
}
