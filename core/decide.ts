import type { CheckRequest } from "./check.ts";
import type { Facts, KeyFacts, ProjectFacts, SecretFacts } from "./facts.ts";
import { matchesOperation } from "./restrictions/apis.ts";
import type { Refusal, RefusalCode, ValidVerdict, Verdict } from "./verdict.ts";

type Reason = Pick<Refusal, "code" | "message" | "observed">;

/**
 * The verdict on one check: a function of facts, request and time, in the order of the contract's
 * section 3. The first rule that applies decides.
 */
export function decide(facts: Facts, request: CheckRequest, nowMs: number): Verdict {
  switch (facts.credential) {
    case "malformed":
      return { valid: false, requestId: request.requestId, ...MALFORMED };
    case "unknown":
      return { valid: false, requestId: request.requestId, ...NOT_FOUND };
    case "known": {
      const { secret, project } = facts;
      const reason =
        keyIsUsable(secret, nowMs) ?? apiIsEnabled(project, request) ?? apiIsAllowed(secret.key, request);
      return reason ? refuse(reason, secret.key, request) : accept(secret, request);
    }
  }
}

const MALFORMED = reason(
  "KEY_MALFORMED",
  "This is not a key of this deployment, or it was cut or mistyped: copy it again, whole.",
);
const NOT_FOUND = reason("KEY_NOT_FOUND", "No key has this secret. Check which deployment it was made on.");

function keyIsUsable({ key, lapsesAt }: SecretFacts, nowMs: number): Reason | null {
  if (key.revokedAt !== null) {
    return reason("KEY_REVOKED", "This key was revoked. Ask its project for another, or have it restored.");
  }
  if (!key.enabled) return reason("KEY_DISABLED", "This key is switched off. Its project can switch it on.");
  if (key.expiresAt !== null && nowMs >= key.expiresAt) {
    return reason("KEY_EXPIRED", "This key has expired. Its project can extend it or make another.", {
      expiresAt: new Date(key.expiresAt).toISOString(),
    });
  }
  if (lapsesAt !== null && nowMs >= lapsesAt) {
    return reason(
      "KEY_ROTATED",
      "This secret was replaced and its overlap is over: use the key's new secret.",
      {
        lapsedAt: new Date(lapsesAt).toISOString(),
      },
    );
  }
  return null;
}

function apiIsEnabled(project: ProjectFacts, { api }: CheckRequest): Reason | null {
  if (project.suspended) {
    return reason("PROJECT_SUSPENDED", "An administrator suspended this key's project. Contact them.");
  }
  if (!project.enabledApis.has(api)) {
    return reason("API_NOT_ENABLED", `Enable the API “${api}” for this key's project.`, { api });
  }
  return null;
}

function apiIsAllowed({ apis }: KeyFacts, { api, operation }: CheckRequest): Reason | null {
  if (apis === null) return null;
  const operations = apis.get(api);
  if (!operations) {
    return reason("API_NOT_ALLOWED", `Add the API “${api}” to this key's restrictions, or use another key.`, {
      api,
    });
  }
  if (operations.length === 0) return null;
  if (operation === null) {
    return reason(
      "OPERATION_NOT_ALLOWED",
      "This key is restricted to single operations, and the service did not say which one is being called.",
      { api },
    );
  }
  if (operations.some((pattern) => matchesOperation(pattern, operation))) return null;
  return reason("OPERATION_NOT_ALLOWED", `Add the operation “${operation}” to this key's restrictions.`, {
    api,
    operation,
  });
}

function reason(code: RefusalCode, message: string, observed: Record<string, string> = {}): Reason {
  return { code, message, observed };
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
