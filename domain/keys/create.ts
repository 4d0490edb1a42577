import { newId } from "#core/ids.ts";
import { generateToken, hashToken, hintOf } from "#core/tokens.ts";
import { recordChange } from "#db/changes.ts";
import { readKeyRules } from "../access/policies/key-rules.ts";
import { requirePolicies } from "../access/policies/read.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { requireRoomForNewKey } from "../bounds.ts";
import { identityOf, requireAuthenticated, type Verb } from "../context.ts";
import { requireFuture } from "../errors.ts";
import { requestApproval } from "./approval/request.ts";
import { insertKeyAttributes } from "./attributes.ts";
import { presentKey } from "./find.ts";
import { newKeyAudit, newKeyRow } from "./new-key-row.ts";
import { canonicalRestrictions, keyApisOf, requireRestrictionSize } from "./restrictions/stored.ts";
import type { CreateKeyInput, KeyWithSecret } from "./schema.ts";

/**
 * Creates a key. A rule can require that an owner approves it before it works. The secret is in this response only: it can't
 * be restored from what is stored.
 */
export async function createKey({ ctx, input }: Verb<CreateKeyInput>): Promise<KeyWithSecret> {
  return ctx.db.write(async (tx) => {
    const { role } = await lockProject(tx, ctx, input.projectId, "developer");
    await requireRoomForNewKey(tx, ctx, input.projectId);
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
    const row = newKeyRow(ctx, projectId, input, { restrictions, trial }, rules, role);
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
    return { key, secret: token };
  });
}
