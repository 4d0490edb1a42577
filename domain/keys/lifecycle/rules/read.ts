import { and, asc, eq, gt, inArray, isNotNull, isNull, or, type SQL } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { policiesIn } from "../../../access/policies/read.ts";
import type { KeyRules } from "../../../access/policies/schema.ts";
import { hasStatus } from "../../status.ts";

/** Keys per query. */
export const KEYS_PER_QUERY = 500;

/** The rules that a key must follow: the site's and its project's own. */
export function rulesOf(site: KeyRules, own: Partial<KeyRules> | null): KeyRules[] {
  return own === null ? [site] : [site, { ...policiesIn(null).keyRules, ...own }];
}

interface KeysForRules {
  /** The id of the last key of the batch before. */
  after: string;
  matching?: SQL | undefined;
  /** Also those that can't be used now and were announced to end. Default: false. */
  withAnnounced?: boolean;
}

/** A batch of the keys that can be used and are not exempt, by id, with the project's own rules. */
export function readKeysForRules(
  scope: Scope,
  { after, matching, withAnnounced = false }: KeysForRules,
  nowMs: number,
) {
  const { keys, projects, ruleExemptions } = scope.t;
  const announced = and(isNull(keys.revokedAt), isNotNull(keys.rulesNotifiedAt));
  return scope.q
    .select({
      id: keys.id,
      projectId: keys.projectId,
      projectName: projects.name,
      own: projects.keyRules,
      environment: keys.environment,
      name: keys.name,
      description: keys.description,
      externalId: keys.externalId,
      createdAt: keys.createdAt,
      expiresAt: keys.expiresAt,
      lifeEndsAt: keys.lifeEndsAt,
      rulesNotifiedAt: keys.rulesNotifiedAt,
      rulesEndAt: keys.rulesEndAt,
      rulesAnnounced: keys.rulesAnnounced,
      enabled: keys.enabled,
      revokedAt: keys.revokedAt,
    })
    .from(keys)
    .innerJoin(projects, eq(projects.id, keys.projectId))
    .leftJoin(ruleExemptions, and(eq(ruleExemptions.keyId, keys.id), gt(ruleExemptions.until, nowMs)))
    .where(
      and(
        withAnnounced ? or(hasStatus(keys, "active", nowMs), announced) : hasStatus(keys, "active", nowMs),
        isNull(projects.deletedAt),
        isNull(projects.suspendedAt),
        isNull(ruleExemptions.keyId),
        gt(keys.id, after),
        matching,
      ),
    )
    .orderBy(asc(keys.id))
    .limit(KEYS_PER_QUERY);
}

/** Matches keys for which the daily run may do anything: all if the site's rules apply to existing keys. */
export function whereRulesApply({ q, t: { keys, projects } }: Scope, site: KeyRules): SQL | undefined {
  if (site.existingKeys !== "keep") return undefined;
  const withRules = q.select({ id: projects.id }).from(projects).where(isNotNull(projects.keyRules));
  return or(inArray(keys.projectId, withRules), isNotNull(keys.rulesNotifiedAt));
}
