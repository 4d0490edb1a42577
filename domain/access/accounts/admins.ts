import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";

/** An advisory lock id that nothing else uses. */
const ADMINS_LOCK = 5_278_115;

/**
 * Serializes transactions that change who is an administrator. On SQLite, writing transactions run one at a time
 * anyway.
 */
export async function lockAdmins(tx: Tx): Promise<void> {
  if (tx.dialect !== "postgres") return;
  await tx.q.select({ held: sql`pg_advisory_xact_lock(${ADMINS_LOCK})` }).from(sql`(select 1) as one`);
}

/** Whether an administrator exists who can sign in. Call `lockAdmins` first if a write depends on the answer. */
export async function hasAdmin({ q, t: { users } }: Tx): Promise<boolean> {
  const [admin] = await q
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.siteRole, "admin"), isNull(users.disabledAt)))
    .limit(1);
  return admin !== undefined;
}
