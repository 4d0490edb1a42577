import { and, eq, gt, inArray, isNull, lt, lte, not, or, type SQL } from "drizzle-orm";
import { DAY_MS } from "#core/time.ts";
import type { Scope } from "#db/open.ts";
import { whereKeys } from "../keys/filter.ts";
import { hasStatus } from "../keys/status.ts";
import type { AllKeysFilter } from "./schema.ts";

/**
 * Matches the keys of all projects by an administrator's filter. `joinsSecret`: the query joins each key's current secret
 * from `secrets`, so that no condition has to look it up again.
 */
export function whereAllKeys(
  scope: Scope,
  filter: AllKeysFilter,
  nowMs: number,
  { joinsSecret = false }: { joinsSecret?: boolean } = {},
): SQL | undefined {
  const { keys } = scope.t;
  const { status, environment, restricted, projectId, leaked } = filter;
  const { unusedForDays, secretOlderThanDays, secretNewerThanDays } = filter;
  const ago = (days: number) => nowMs - days * DAY_MS;
  const ofSecret = (condition: SecretCondition) =>
    joinsSecret ? condition(scope.t.secrets.createdAt) : inArray(keys.id, currentSecrets(scope, condition));
  return and(
    status === "not-revoked"
      ? and(isNull(keys.revokedAt), whereKeys(scope, { environment, restricted }, nowMs))
      : whereKeys(scope, { status, environment, restricted }, nowMs),
    projectId === undefined ? undefined : eq(keys.projectId, projectId),
    unusedForDays === undefined ? undefined : unusedSince(keys, ago(unusedForDays)),
    secretOlderThanDays === undefined
      ? undefined
      : ofSecret((createdAt) => lte(createdAt, ago(secretOlderThanDays))),
    secretNewerThanDays === undefined
      ? undefined
      : ofSecret((createdAt) => gt(createdAt, ago(secretNewerThanDays))),
    leaked === undefined ? undefined : isLeaked(scope, leaked, nowMs),
  );
}

/** Old enough to have been used, and not used since. */
function unusedSince(keys: Scope["t"]["keys"], sinceMs: number): SQL | undefined {
  return and(lte(keys.createdAt, sinceMs), or(isNull(keys.lastUsedAt), lt(keys.lastUsedAt, sinceMs)));
}

type SecretCondition = (createdAt: Scope["t"]["secrets"]["createdAt"]) => SQL;

function currentSecrets({ q, t }: Scope, condition: SecretCondition) {
  const { secrets } = t;
  return q
    .select({ keyId: secrets.keyId })
    .from(secrets)
    .where(and(isNull(secrets.overlapEndsAt), condition(secrets.createdAt)));
}

/** A secret of the key was found in public and still works. */
function isLeaked({ q, t }: Scope, leaked: boolean, nowMs: number): SQL | undefined {
  const { keys, secrets, leaks } = t;
  const working = q
    .select({ keyId: secrets.keyId })
    .from(leaks)
    .innerJoin(secrets, eq(secrets.id, leaks.secretId))
    .where(or(isNull(secrets.overlapEndsAt), gt(secrets.overlapEndsAt, nowMs)));
  const still = and(hasStatus(keys, "active", nowMs), inArray(keys.id, working));
  return leaked || still === undefined ? still : not(still);
}
