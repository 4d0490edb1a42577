import { and, eq, gte, isNotNull } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import { clientKey } from "./throttle.ts";

/** How long after a sign-in its network counts as known for the account. */
const OWN_MS = 90 * 86_400_000;

/**
 * The subject that failed sign-ins to an account are counted for: one per network that the account was signed in from
 * before, and one for all other networks. Otherwise a stranger could lock out the owner by failing on purpose.
 */
export async function accountAt(
  { read: { q, t } }: Db,
  email: string,
  address: string | null,
  nowMs: number,
): Promise<string> {
  if (address === null) return email;
  const { sessions, users } = t;
  const before = await q
    .selectDistinct({ address: sessions.address })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(users.email, email), gte(sessions.createdAt, nowMs - OWN_MS), isNotNull(sessions.address)));
  const here = clientKey(address);
  const isOwn = before.some((session) => session.address !== null && clientKey(session.address) === here);
  return isOwn ? `${email} at ${here}` : email;
}
