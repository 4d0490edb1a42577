import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "#db/open.ts";

/** Any number that nothing else locks in a transaction. */
const ADMINS_LOCK = 5_278_115;

/** Makes transactions on who is an administrator wait for each other. On SQLite every writing one does already. */
export async function lockAdmins(tx: Tx): Promise<void> {
  if (tx.dialect !== "postgres") return;
  await tx.q.select({ held: sql`pg_advisory_xact_lock(${ADMINS_LOCK})` }).from(sql`(select 1) as one`);
}

/** Is there an administrator who can sign in? Hold them first, where something hangs on it. */
export async function hasAdmin({ q, t: { users } }: Tx): Promise<boolean> {
  const [admin] = await q
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.siteRole, "admin"), isNull(users.disabledAt)))
    .limit(1);
  return admin !== undefined;
}
