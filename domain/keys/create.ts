import { newId } from "#core/ids.ts";
import { restrictedBy } from "#core/restrictions/kinds.ts";
import type { Restrictions } from "#core/restrictions/types.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import type { ProjectRole } from "#db/tables/projects.ts";
import { lifeEndsAt, readKeyRules, requireKeyRules } from "../access/policies/key-rules.ts";
import { requirePolicies } from "../access/policies/read.ts";
import type { KeyRules } from "../access/policies/schema.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { enforceMaxKeysAndRevoked } from "../bounds.ts";
import { type Ctx, identityOf, requireAuthenticated, type Verb } from "../context.ts";
import { requireFuture } from "../errors.ts";
import { notify, WEBHOOKS_ONLY } from "../notifications/notify.ts";
import { withoutEmpty } from "../without-empty.ts";
import { approvalOfNewKey, requestApproval } from "./approval/request.ts";
import { insertKeyAttributes } from "./attributes.ts";
import { type KeyRow, presentKey } from "./find.ts";
import { storedLimits } from "./limits/schema.ts";
import { canonicalRestrictions, keyApisOf, requireRestrictionSize } from "./restrictions/stored.ts";
import { type CreateKeyInput, createKeySchema, type KeyWithSecret } from "./schema.ts";

/**
 * Creates a key. A rule can require that an owner approves it before it works. The secret is in this response only: it can't
 * be restored from what is stored.
 */
export async function createKey({ ctx, input }: Verb<CreateKeyInput>): Promise<KeyWithSecret> {
  return ctx.db.write(async (tx) => {
    const { role } = await lockProject(tx, ctx, input.projectId, "developer");
    await enforceMaxKeysAndRevoked(tx, ctx, input.projectId);
    const actor = requireAuthenticated(ctx);
    const now = ctx.now();
    requireFuture("expiresAt", input.expiresAt, now);
    const { projectId, environment } = input;
    const restrictions = await canonicalRestrictions(tx, { projectId, given: input.restrictions });
    await requirePolicies(tx, { environment, after: restrictions, before: null });
    const trial = input.trial
      ? await canonicalRestrictions(tx, { projectId, given: input.trial, field: "trial" })
      : null;
    requireRestrictionSize(ctx, { restrictions, trial }, null);
    const rules = await readKeyRules(tx, projectId);
    const row = newKeyRow(ctx, { projectId, rules, role }, { ...input, restrictions, trial });
    const token = generateToken(ctx.settings.keyPrefix, input.environment);
    const secret = {
      id: newId("secret"),
      keyId: row.id,
      hint: hintOf(token),
      createdAt: now,
      overlapEndsAt: null,
      lastUsedAt: null,
    };
    const key = presentKey(row, [secret], identityOf(actor), now);
    await tx.q.insert(tx.t.keys).values(row);
    await tx.q.insert(tx.t.keyApis).values(keyApisOf(row));
    await insertKeyAttributes(tx, row);
    await tx.q.insert(tx.t.secrets).values({ ...secret, hash: hashToken(token) });
    ctx.created?.({ kind: "key", id: row.id, name: row.name, hint: secret.hint, projectId });
    await recordChange(tx, { kind: "key", subject: row.id }, now);
    await recordAudit(tx, ctx, {
      action: "key.created",
      projectId: row.projectId,
      subject: row,
      after: { ...newKeyAudit(row, key.expiresAt), hint: secret.hint },
    });
    await requestApproval(tx, ctx, [row]);
    await notify(tx, ctx, {
      kind: "key.created",
      projectId,
      subject: row,
      data: { environment, hint: secret.hint },
      channels: WEBHOOKS_ONLY,
    });
    return { key, secret: token };
  });
}

/** The project that a key is created in. */
export interface KeyOwner {
  projectId: string;
  /** What its keys must have. */
  rules: readonly KeyRules[];
  /** Of the creator in the project. */
  role: ProjectRole;
}

/** The fields of a new key, with both sets in canonical form. */
interface NewKeyFields extends Omit<CreateKeyInput, "projectId" | "restrictions" | "trial"> {
  restrictions: Restrictions;
  trial: Restrictions | null;
}

/** The row of a new key. Throws `invalid` if it breaks one of the project's rules. */
export function newKeyRow(ctx: Ctx, { projectId, rules, role }: KeyOwner, fields: NewKeyFields): KeyRow {
  const { restrictions, trial } = fields;
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
    rulesAnnounced: null,
  };
}

const CREATED_FIELDS = Object.keys(createKeySchema.omit({ projectId: true }).shape);
const ALWAYS_AUDITED = ["name", "environment", "expiresAt", "restrictions"];

/** What the audit log says about a new key: every field that can be given for one, and whether it needs an approval. */
export function newKeyAudit(row: KeyRow, expiresAt: string | null): Record<string, unknown> {
  const values: Record<string, unknown> = { ...row, expiresAt, trial: row.reportOnly };
  const fields = [...CREATED_FIELDS, "approval"].map((field) => [field, values[field]]);
  return withoutEmpty<Record<string, unknown>>(Object.fromEntries(fields), ALWAYS_AUDITED);
}
