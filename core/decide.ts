import type { CheckRequest } from "./check.ts";
import type { Facts, KeyFacts, ProjectFacts, SecretFacts } from "./facts.ts";
import { type Reason, reason } from "./reason.ts";
import { judgeRestrictions } from "./restrictions/judge.ts";
import type { Refusal, ValidVerdict, Verdict } from "./verdict.ts";

/**
 * The verdict on one check: a function of facts, request and time, in the order of the contract's
 * section 3. The first rule that applies decides.
 */
export function decide(facts: Facts, request: CheckRequest, nowMs: number): Verdict {
  switch (facts.credential) {
    case "malformed":
      return { valid: false, requestId: request.requestId, ...reason("KEY_MALFORMED") };
    case "unknown":
      return { valid: false, requestId: request.requestId, ...reason("KEY_NOT_FOUND") };
    case "known": {
      const { secret, project } = facts;
      const why =
        keyIsUsable(secret, nowMs) ??
        apiIsEnabled(project, request) ??
        judgeRestrictions(secret.key.restrictions, request);
      return why ? refuse(why, secret.key, request) : accept(secret, request);
    }
  }
}

/** Since when the key's trial set is tried, and what it would have answered to a call that passed. */
export interface TrialVerdict {
  since: number;
  /** Null: it would have passed as well. */
  reason: Reason | null;
}

/** What the trial set says of a call; null for a key without one. Only calls that passed are worth asking about. */
export function tryRestrictions({ trial }: KeyFacts, request: CheckRequest): TrialVerdict | null {
  return trial && { since: trial.since, reason: judgeRestrictions(trial.restrictions, request) };
}

function keyIsUsable({ key, lapsesAt }: SecretFacts, nowMs: number): Reason | null {
  if (key.revokedAt !== null) return reason("KEY_REVOKED");
  if (!key.enabled) return reason("KEY_DISABLED");
  if (key.expiresAt !== null && nowMs >= key.expiresAt) {
    return reason("KEY_EXPIRED", { expiresAt: new Date(key.expiresAt).toISOString() });
  }
  if (lapsesAt !== null && nowMs >= lapsesAt) {
    return reason("KEY_ROTATED", { lapsedAt: new Date(lapsesAt).toISOString() });
  }
  return null;
}

function apiIsEnabled(project: ProjectFacts, { api }: CheckRequest): Reason | null {
  if (project.suspended) return reason("PROJECT_SUSPENDED");
  return project.enabledApis.has(api) ? null : reason("API_NOT_ENABLED", { api });
}

function refuse(why: Reason, key: KeyFacts, request: CheckRequest): Refusal {
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

function accept({ key, secretId, lapsesAt }: SecretFacts, request: CheckRequest): ValidVerdict {
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
    expiresAt: isoOrNull(key.expiresAt),
    rotation: lapsesAt === null ? null : { lapsesAt: new Date(lapsesAt).toISOString() },
    rateLimit: null,
    quota: null,
  };
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
