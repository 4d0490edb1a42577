import { eq } from "drizzle-orm";
import { iso } from "#core/time.ts";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { lockProject } from "../../access/project-access.ts";
import { recordAudit } from "../../audit/record.ts";
import type { Ctx, Verb } from "../../context.ts";
import { DomainError } from "../../errors.ts";
import { notify } from "../../notifications/notify.ts";
import { type KeyRow, lockKey, readKey } from "../find.ts";
import { disableRestored } from "../leaks/disable-leaked.ts";
import type { Key, KeyRef } from "../schema.ts";
import { actorRank } from "../status.ts";
import type { DeclineKeyInput } from "./schema.ts";

/**
 * Approves a key that needs it, as an owner of its project. It works from now on, unless an administrator or a leak
 * disabled it meanwhile. Approving it again changes nothing. Throws `conflict` for a key that needs no approval or is
 * revoked.
 */
export async function approveKey({ ctx, input }: Verb<KeyRef>): Promise<Key> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "owner");
    const key = await lockKey(tx, input);
    const now = ctx.now();
    if (key.approval === "approved") return readKey(tx, input, now);
    requirePending(key);
    const enables = !key.enabled && key.disabledBy === "policy";
    await tx.q
      .update(tx.t.keys)
      .set({
        approval: "approved" as const,
        approvalAt: now,
        // Nobody could use it while it waited.
        ...(enables && { enabled: true, disabledBy: null, activeSince: now }),
      })
      .where(eq(tx.t.keys.id, key.id));
    await recordChange(tx, { kind: "key", subject: key.id }, now);
    await recordDecision(tx, ctx, key, { approval: "approved", ...(enables && { enabled: true }) });
    if (enables) await disableRestored(tx, ctx, [{ ...key, enabled: true, disabledBy: null }]);
    await notify(tx, ctx, { kind: "key.approved", projectId: key.projectId, subject: key });
    return readKey(tx, input, now);
  });
}

/**
 * Declines a key that needs an approval, as an owner of its project, and revokes it. Restoring it asks for an approval
 * again. Throws `conflict` for a key that needs no approval or is revoked.
 */
export async function declineKey({ ctx, input }: Verb<DeclineKeyInput>): Promise<Key> {
  return ctx.db.write(async (tx) => {
    await lockProject(tx, ctx, input.projectId, "owner");
    const key = await lockKey(tx, input);
    const now = ctx.now();
    if (key.approval === "refused" && key.revokedAt !== null) return readKey(tx, input, now);
    requirePending(key);
    const { reason } = input;
    const revoked = { revokedAt: now, revokedBy: actorRank(ctx) };
    await tx.q
      .update(tx.t.keys)
      .set({ approval: "refused", approvalAt: now, ...revoked })
      .where(eq(tx.t.keys.id, key.id));
    await recordChange(tx, { kind: "key", subject: key.id }, now);
    await recordDecision(tx, ctx, key, {
      approval: "refused",
      revokedAt: iso(now),
      ...(reason !== "" && { reason }),
    });
    await notify(tx, ctx, {
      kind: "key.refused",
      projectId: key.projectId,
      subject: key,
      data: { reason: reason || null },
    });
    return readKey(tx, input, now);
  });
}

function requirePending({ approval, revokedAt }: KeyRow): void {
  if (revokedAt !== null) throw new DomainError("conflict", "This key is revoked. Restore it first.");
  if (approval !== "pending") throw new DomainError("conflict", "This key does not need an approval.");
}

function recordDecision(
  tx: Tx,
  ctx: Ctx,
  key: KeyRow,
  after: { approval: "approved" | "refused" } & Record<string, unknown>,
): Promise<void> {
  return recordAudit(tx, ctx, {
    action: `key.${after.approval}`,
    projectId: key.projectId,
    subject: key,
    before: { approval: key.approval },
    after,
  });
}
