import { and, desc, eq, gt, inArray, isNull, type SQL } from "drizzle-orm";
import { newId } from "#core/ids.ts";
import { hashToken, randomBase62 } from "#core/tokens.ts";
import type { Db, Tx } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import { type Ctx, SITE, type UserActor } from "../../context.ts";
import { policiesIn } from "../policies/read.ts";
import { requiresFactor } from "./factors/policy.ts";
import { hasSecondFactor } from "./factors/second-factor.ts";
import { requiredProvider } from "./required-provider.ts";

const TOUCH_EVERY_MS = 60_000;
/** Open sessions of a user. A further sign-in ends the least recently used one. */
export const MAX_SESSIONS = 100;

/** How long a session lives without being used, and at the longest, ms. */
type SessionLimits = Ctx["settings"]["sessions"];

/** Where a sign-in came from, shown in the list of sessions. */
export interface SessionOrigin {
  address: string | null;
  userAgent: string | null;
}

interface NewSession extends SessionOrigin {
  /** When the user proved their identity, epoch ms; null for now. Default: null. */
  confirmedAt?: number | null;
  /** The session at the provider that the user signed in through. */
  provider?: ProviderSession | undefined;
}

/** A user's session at an OpenID Connect provider, for back-channel logout. */
export interface ProviderSession {
  issuer: string;
  /** The claim `sid` of the ID token; null if there is none. */
  sid: string | null;
}

/**
 * Creates a session and returns its token, which only the signed cookie carries. The database stores its SHA-256, so
 * that a copy of the database can't be used to sign in, not even together with the secret that signs cookies.
 */
export async function createSession(
  tx: Tx,
  userId: string,
  device: NewSession,
  nowMs: number,
  { maxMs }: Pick<SessionLimits, "maxMs">,
): Promise<string> {
  const token = randomBase62(40);
  await endOldestSessions(tx, userId, nowMs);
  await tx.q.insert(tx.t.sessions).values({
    id: newId("session"),
    hash: hashToken(token),
    userId,
    createdAt: nowMs,
    lastSeenAt: nowMs,
    expiresAt: nowMs + maxMs,
    confirmedAt: device.confirmedAt,
    address: device.address,
    userAgent: device.userAgent?.slice(0, 300) ?? null,
    issuer: device.provider?.issuer ?? null,
    providerSession: device.provider?.sid ?? null,
  });
  return token;
}

/** Ends the oldest sessions, so that one more can start. Sign-ins at the same time may exceed the limit a little. */
async function endOldestSessions({ q, t: { sessions } }: Tx, userId: string, nowMs: number): Promise<void> {
  const open = and(eq(sessions.userId, userId), isNull(sessions.endedAt));
  const oldest = await q
    .select({ id: sessions.id })
    .from(sessions)
    .where(open)
    .orderBy(desc(sessions.lastSeenAt), desc(sessions.id))
    .limit(500)
    .offset(MAX_SESSIONS - 1);
  if (oldest.length === 0) return;
  const ids = oldest.map(({ id }) => id);
  await q.update(sessions).set({ endedAt: nowMs }).where(inArray(sessions.id, ids));
}

/** Matches sessions that are neither ended nor too old nor idle for too long. Shorter limits apply at once. */
export function isActive(
  sessions: Tables["sessions"],
  nowMs: number,
  { idleMs, maxMs }: SessionLimits,
): SQL | undefined {
  return and(
    isNull(sessions.endedAt),
    gt(sessions.expiresAt, nowMs),
    gt(sessions.createdAt, nowMs - maxMs),
    gt(sessions.lastSeenAt, nowMs - idleMs),
  );
}

/**
 * The user of a session; null if it ended, expired or was idle for too long, if the user is disabled, or if the domain
 * of the user's address requires a provider and the session was opened in another way. That rule and the policy for
 * second factors are read each time, so that they also hold for sessions that were open when they changed.
 */
export async function actorOfSession(
  { db, settings }: { db: Db; settings: Pick<Ctx["settings"], "sessions" | "oidc"> },
  sessionToken: string,
  ipAddress: string | null,
  nowMs: number,
): Promise<UserActor | null> {
  const { policies, sessions, users } = db.read.t;
  const [row] = await db.read.q
    .select({
      userId: users.id,
      name: users.name,
      email: users.email,
      issuer: sessions.issuer,
      siteRole: users.siteRole,
      sessionId: sessions.id,
      createdAt: sessions.createdAt,
      confirmedAt: sessions.confirmedAt,
      lastSeenAt: sessions.lastSeenAt,
      policies: policies.value,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(policies, eq(policies.name, SITE.id))
    .where(
      and(
        eq(sessions.hash, hashToken(sessionToken)),
        isActive(sessions, nowMs, settings.sessions),
        isNull(users.disabledAt),
      ),
    );
  if (!row) return null;
  const required = requiredProvider({ settings }, row.email);
  if (required !== null && row.issuer !== required.issuer) return null;
  if (nowMs - row.lastSeenAt >= TOUCH_EVERY_MS) {
    await db.write((tx) =>
      tx.q.update(tx.t.sessions).set({ lastSeenAt: nowMs }).where(eq(tx.t.sessions.id, row.sessionId)),
    );
  }
  const { userId, name, siteRole, sessionId, createdAt, confirmedAt } = row;
  const { secondFactor } = policiesIn(row.policies);
  const needsFactor = requiresFactor(secondFactor, siteRole) && !(await hasSecondFactor(db.read, userId));
  const session = {
    id: sessionId,
    confirmedAt: confirmedAt ?? createdAt,
    ...(needsFactor && { needsFactor }),
  };
  return { kind: "user", userId, name, siteRole, via: "session", ipAddress, session };
}
