import { isoOrNull } from "#core/time.ts";
import { recordChanges } from "#db/changes.ts";
import type { Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import { recordAudits } from "../audit/record.ts";
import type { Ctx } from "../context.ts";
import type { KeyRow } from "./find.ts";

type Standing = Partial<Pick<KeyRow, "enabled" | "revokedAt">>;
type Ended = Partial<Pick<KeyRow, "disabledBy" | "revokedBy">>;

interface ManyChanged {
  set: Standing & Ended & Partial<Pick<KeyRow, "activeSince" | "idleNotifiedAt">>;
  /** The audit action. */
  action: string;
  reason: string;
}

/** Applies the same change to many locked keys: rows, change-feed entries and audit rows. */
export async function changeMany(
  tx: Tx,
  ctx: Ctx,
  keys: readonly KeyRow[],
  { set, action, reason }: ManyChanged,
): Promise<void> {
  if (keys.length === 0) return;
  const ids = keys.map(({ id }) => id);
  await tx.q
    .update(tx.t.keys)
    .set(set)
    .where(oneOf(tx, tx.t.keys.id, ids));
  await recordChanges(
    tx,
    ids.map((subject) => ({ kind: "key", subject })),
    ctx.now(),
  );
  await recordAudits(
    tx,
    ctx,
    keys.map((key) => ({
      action,
      projectId: key.projectId,
      subject: key,
      before: auditFields(key, set),
      after: { ...auditFields(set, set), reason },
    })),
  );
}

/** The fields of a key that change. */
function auditFields({ enabled, revokedAt }: Standing, changed: Standing): Record<string, unknown> {
  return {
    ...(changed.enabled === undefined ? {} : { enabled }),
    ...(changed.revokedAt === undefined ? {} : { revokedAt: isoOrNull(revokedAt ?? null) }),
  };
}
