import { and, eq, gte, isNotNull } from "drizzle-orm";
import type { Db } from "#db/open.ts";
import { callerAt } from "./throttle.ts";

/** How long a sign-in makes a place one of the account's own. */
const OWN_MS = 90 * 86_400_000;

/**
 * The account as failed sign-ins are counted: apart at each place from which it was signed in before, and together
 * everywhere else. Else any stranger could keep its owner out by failing on purpose.
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
  const here = callerAt(address);
  const isOwn = before.some((session) => session.address !== null && callerAt(session.address) === here);
  return isOwn ? `${email} at ${here}` : email;
}
