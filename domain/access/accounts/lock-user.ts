import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "#db/open.ts";

/**
 * Locks the row of an active user until the transaction ends, and returns it as it is then; null if the user is
 * disabled. A transaction that creates a session starts with it: otherwise a concurrent password reset, password
 * change or disabling would not see the session, and leave it.
 */
export async function lockUserRow({ q, t: { users } }: Tx, userId: string) {
  const [user] = await q
    .update(users)
    .set({ id: userId })
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
    .returning();
  return user ?? null;
}
