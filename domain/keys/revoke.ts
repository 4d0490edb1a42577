import { eq } from "drizzle-orm";
import { recordChange } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { requireProjectRole } from "../access.ts";
import { recordAudit } from "../audit/record.ts";
import type { Ctx, Verb } from "../context.ts";
import { tell } from "../notices/tell.ts";
import { iso } from "../time.ts";
import { mustHoldKey, readKey } from "./find.ts";
import type { KeyRow } from "./present.ts";
import type { KeyInput } from "./schemas.ts";
import type { Key } from "./types.ts";

/** Ends the key's life now. Its secrets stop verifying within a second; restorable for 30 days. */
export async function revokeKey({ ctx, input }: Verb<KeyInput>): Promise<Key> {
  return ctx.db.write(async (tx) => {
    await requireProjectRole(ctx, tx, input.projectId, "developer");
    const key = await mustHoldKey(tx, input);
    // Revoking twice is no mistake: what was wanted is so.
    if (key.revokedAt === null) {
      await markRevoked(tx, ctx, key);
      await tell(tx, ctx, { kind: "key.revoked", projectId: key.projectId, subject: key });
    }
    return readKey(tx, input, ctx.now());
  });
}

/** Revokes one standing key: row, change and trace. `reason` is for the audit log. */
export async function markRevoked(tx: Tx, ctx: Ctx, key: KeyRow, reason?: string): Promise<void> {
  const now = ctx.now();
  await tx.q.update(tx.t.keys).set({ revokedAt: now }).where(eq(tx.t.keys.id, key.id));
  await recordChange(tx, { kind: "key", subject: key.id }, now);
  await recordAudit(tx, ctx, {
    action: "key.revoked",
    projectId: key.projectId,
    subject: key,
    before: { revokedAt: null },
    after: { revokedAt: iso(now), ...(reason ? { reason } : {}) },
  });
}
