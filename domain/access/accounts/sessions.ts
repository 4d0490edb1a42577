import { and, eq, gt, isNull, type SQL } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { hashToken, randomBase62 } from "#core/tokens.ts";
import type { Db, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { UserActor } from "../../context.ts";

const DAY_MS = 86_400_000;
/** The longest life of a session, however much it is used. */
const LIFE_MS = 30 * DAY_MS;
const IDLE_MS = 7 * DAY_MS;
const TOUCH_EVERY_MS = 60_000;

/** Where a sign-in came from, shown in the list of sessions. */
export interface Device {
  address: string | null;
  userAgent: string | null;
}

/**
 * Creates a session and returns its token, which only the signed cookie carries. The database stores its SHA-256, so
 * that a copy of the database can't be used to sign in, not even together with the secret that signs cookies.
 */
export async function createSession(tx: Tx, userId: string, device: Device, nowMs: number): Promise<string> {
  const token = randomBase62(40);
  await tx.q.insert(tx.t.sessions).values({
    id: newId("session"),
    hash: hashToken(token),
    userId,
    createdAt: nowMs,
    lastSeenAt: nowMs,
    expiresAt: nowMs + LIFE_MS,
    address: device.address,
    userAgent: device.userAgent?.slice(0, 300) ?? null,
  });
  return token;
}

/** Matches sessions that are neither ended nor expired nor idle for too long. */
export function stillGood(sessions: Tables["sessions"], nowMs: number): SQL | undefined {
  return and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, nowMs),
    gt(sessions.lastSeenAt, nowMs - IDLE_MS),
  );
}

/** The user of a session; null if it ended, expired or was idle for too long, or if the user is disabled. */
export async function actorOfSession(
  db: Db,
  sessionToken: string,
  ipAddress: string | null,
  nowMs: number,
): Promise<UserActor | null> {
  const { sessions, users } = db.read.t;
  const [row] = await db.read.q
    .select({
      userId: users.id,
      name: users.name,
      siteRole: users.siteRole,
      sessionId: sessions.id,
      signedInAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(eq(sessions.hash, hashToken(sessionToken)), stillGood(sessions, nowMs), isNull(users.disabledAt)),
    );
  if (!row) return null;
  if (nowMs - row.lastSeenAt >= TOUCH_EVERY_MS) {
    await db.write((tx) =>
      tx.q.update(tx.t.sessions).set({ lastSeenAt: nowMs }).where(eq(tx.t.sessions.id, row.sessionId)),
    );
  }
  const { lastSeenAt: _, sessionId, signedInAt, ...user } = row;
  return { kind: "user", ...user, via: "session", ipAddress, session: { id: sessionId, signedInAt } };
}
