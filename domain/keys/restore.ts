import { eq } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import { enforceMaxKeys } from "../bounds.ts";
import type { Verb } from "../context.ts";
import { DomainError } from "../errors.ts";
import { notify } from "../notifications/notify.ts";
import { requestApproval } from "./approval/request.ts";
import { lockKey, readKey } from "./find.ts";
import { disableRestored } from "./leaks/disable-leaked.ts";
import type { Key, KeyRef } from "./schema.ts";
import { isPastRestore, requireReactivatable } from "./status.ts";

/**
 * Restores a revoked key with its secrets, disabled if a secret was found in public and the leak policy disables such
 * keys, and pending if an owner declined it. Its unused time counts from now. Throws `conflict` after 30 days, and
 * `forbidden` for a member if an administrator or a policy revoked it.
 */
export async function restoreKey({ ctx, input }: Verb<KeyRef>): Promise<Key> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const key = await lockKey(tx, input);
    const now = ctx.now();
    if (key.revokedAt === null) return readKey(tx, input, now);
    requireReactivatable(ctx, key.revokedBy, "restore");
    if (isPastRestore(key, now)) {
      throw new DomainError(
        "conflict",
        "This key was revoked more than 30 days ago and can't be restored. Create another key.",
      );
    }
    await enforceMaxKeys(tx, ctx, key.projectId);
    await tx.q
      .update(tx.t.keys)
      .set({
        revokedAt: null,
        revokedBy: null,
        activeSince: now,
        // A declined key needs an approval again.
        ...(key.approval === "refused" && { approval: "pending" as const, approvalAt: now }),
      })
      .where(eq(tx.t.keys.id, key.id));
    await recordChange(tx, { kind: "key", subject: key.id }, now);
    await recordAudit(tx, ctx, {
      action: "key.restored",
      projectId: key.projectId,
      subject: key,
      before: { revokedAt: iso(key.revokedAt) },
      after: { revokedAt: null },
    });
    if (key.approval === "refused") await requestApproval(tx, ctx, [{ ...key, approval: "pending" }]);
    const { size: leaked } = await disableRestored(tx, ctx, [key]);
    await notify(tx, ctx, {
      kind: "key.restored",
      projectId: key.projectId,
      subject: key,
      ...(leaked > 0 && { data: { leaked } }),
    });
    return readKey(tx, input, now);
  });
}
