import { newId } from "#core/ids.ts";
import { restrictedBy } from "#core/restrictions/kinds.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { lifeEndsAt, requireKeyRules } from "../access/policies/key-rules.ts";
import type { KeyRules } from "../access/policies/schema.ts";
import { type Ctx, requireAuthenticated } from "../context.ts";
import { approvalOfNewKey } from "./approval/request.ts";
import type { KeyRow } from "./find.ts";
import { storedLimits } from "./limits/schema.ts";
import type { CreateKeyInput } from "./schema.ts";

/** Both sets in canonical form. */
interface CanonicalSets {
  restrictions: Restrictions;
  trial: Restrictions | null;
}

/** The row of a new key of this project. Throws `invalid` if it breaks one of the rules. */
export function newKeyRow(
  ctx: Ctx,
  projectId: string,
  fields: Omit<CreateKeyInput, "projectId" | "restrictions" | "trial">,
  { restrictions, trial }: CanonicalSets,
  rules: readonly KeyRules[],
  /** Of the creator in the project. */
  role: ProjectRole,
): KeyRow {
  const actor = requireAuthenticated(ctx);
  const now = ctx.now();
  requireKeyRules(rules, { createdAt: now, before: null, after: fields });
  return {
    id: newId("key"),
    projectId,
    name: fields.name,
    environment: fields.environment,
    ...approvalOfNewKey(rules, fields.environment, role, now),
    expiresAt: fields.expiresAt,
    lifeEndsAt: lifeEndsAt(rules, { environment: fields.environment, createdAt: now }),
    revokedAt: null,
    revokedBy: null,
    restrictions,
    restrictedBy: restrictedBy(restrictions),
    reportOnly: trial,
    reportOnlySince: trial && now,
    limits: fields.limits ? storedLimits(fields.limits) : null,
    metadata: fields.metadata,
    description: fields.description,
    tags: fields.tags,
    externalId: fields.externalId,
    createdAt: now,
    createdBy: actor.kind === "user" ? actor.userId : actor.createdBy,
    createdByToken: actor.kind === "project" ? actor.token.id : null,
    lastUsedAt: null,
    activeSince: null,
    idleNotifiedAt: null,
    rulesNotifiedAt: null,
    rulesEndAt: null,
  };
}

/** What the audit log says about a new key. */
export function newKeyAudit(row: KeyRow, expiresAt: string | null): Record<string, unknown> {
  return {
    name: row.name,
    environment: row.environment,
    expiresAt,
    restrictions: row.restrictions,
    ...(row.reportOnly && { trial: row.reportOnly }),
    ...(row.limits && { limits: row.limits }),
    ...(row.description && { description: row.description }),
    ...(row.tags.length > 0 && { tags: row.tags }),
    ...(row.externalId && { externalId: row.externalId }),
    ...(row.approval && { approval: row.approval }),
  };
}
