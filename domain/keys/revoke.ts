import { and, eq, inArray } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../access/project-access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Ctx, Verb } from "../context.ts";
import { notify } from "../notifications/notify.ts";
import { type KeyRow, lockKey, readKey } from "./find.ts";
import type { Key, KeyRef } from "./schema.ts";
import { actorRank, outranks } from "./status.ts";

/** Ends the key's life now. Its secrets stop verifying within a second; restorable for 30 days. */
export async function revokeKey({ ctx, input }: Verb<KeyRef>): Promise<Key> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "developer");
    const key = await lockKey(tx, input);
    if (await markRevoked(tx, ctx, key)) {
      const { projectId } = key;
      await notify(tx, ctx, {
        kind: "key.revoked",
        projectId,
        subject: key,
        data: { endedBy: actorRank(ctx) },
      });
    }
    return readKey(tx, input, ctx.now());
  });
}

/**
 * Revokes one locked key: row, change-feed entry and audit row. `reason` is for the audit log. Revoking twice is not
 * an error; an administrator who revokes a revoked key makes that permanent for members, even if a sweep that revoked
 * it is undone. Returns whether the key was usable before.
 */
export async function markRevoked(tx: Tx, ctx: Ctx, key: KeyRow, reason?: string): Promise<boolean> {
  const now = ctx.now();
  const by = actorRank(ctx);
  const wasUsable = key.revokedAt === null;
  if (!wasUsable && by === "admin") await keepRevoked(tx, key.id);
  if (!wasUsable && !outranks(by, key.revokedBy)) return false;
  const revokedAt = key.revokedAt ?? now;
  await tx.q.update(tx.t.keys).set({ revokedAt, revokedBy: by }).where(eq(tx.t.keys.id, key.id));
  if (wasUsable) await recordChange(tx, { kind: "key", subject: key.id }, now);
  await recordAudit(tx, ctx, {
    action: "key.revoked",
    projectId: key.projectId,
    subject: key,
    before: wasUsable ? { revokedAt: null } : { revokedBy: key.revokedBy },
    after: { ...(wasUsable ? { revokedAt: iso(now) } : { revokedBy: by }), ...(reason ? { reason } : {}) },
  });
  return wasUsable;
}

/** Excludes a revoked key from undoing the sweep that revoked it. */
async function keepRevoked({ q, t: { sweeps, sweepKeys } }: Tx, keyId: string): Promise<void> {
  const undoable = q
    .select({ id: sweeps.id })
    .from(sweeps)
    .where(inArray(sweeps.state, ["running", "done", "undoing"]));
  await q
    .update(sweepKeys)
    .set({ revokedAt: null })
    .where(
      and(inArray(sweepKeys.sweepId, undoable), eq(sweepKeys.keyId, keyId), eq(sweepKeys.state, "revoked")),
    );
}
