import { eq } from "drizzle-orm";
import type { ManagementScope } from "#core/scopes.ts";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import type { Actor, SecurityRecorder, UserActor } from "../../context.ts";
import { clientKey } from "../accounts/throttle.ts";
import { networkOfActor } from "../security/record.ts";

/** A valid token and its user. */
interface TokenHolder {
  token: { id: string; name: string; scopes: readonly ManagementScope[] };
  userId: string;
  name: string;
  siteRole: SiteRole;
}

interface Origin {
  /** The client's IP address; null if unknown. */
  ipAddress: string | null;
  securityLog: SecurityRecorder | undefined;
}

/** `lastUsedAt` is for display: one write per minute is precise enough, even for busy scripts. */
const NOTE_USE_EVERY_MS = 60_000;
/** How many networks are remembered per token. */
const MAX_NETWORKS = 20;

/**
 * The user of a management token; null if the token is unknown or revoked, or the user disabled. A rejected token,
 * and one used from a new network, are security events.
 */
export async function authenticateManagementToken(
  db: Db,
  token: string,
  nowMs: number,
  { ipAddress, securityLog }: Origin = { ipAddress: null, securityLog: undefined },
): Promise<TokenHolder | null> {
  const { managementTokens, users } = db.read.t;
  const [row] = await db.read.q
    .select({
      token: managementTokens,
      name: users.name,
      siteRole: users.siteRole,
      disabledAt: users.disabledAt,
    })
    .from(managementTokens)
    .innerJoin(users, eq(users.id, managementTokens.userId))
    .where(eq(managementTokens.hash, hashToken(token)));
  const visitor: Actor = { kind: "visitor", ipAddress };
  const rejected = (subject: { id: string; name: string }, reason: string) =>
    securityLog?.record(visitor, {
      event: "managementToken.rejected",
      source: networkOfActor(visitor),
      subject,
      facts: { reason },
    });
  if (!row) {
    rejected({ id: "unknown", name: "Unknown token" }, "unknown");
    return null;
  }
  const { id, name, scopes, userId, lastUsedAt, usedFrom } = row.token;
  if (row.token.revokedAt !== null || row.disabledAt !== null) {
    rejected({ id, name }, row.token.revokedAt !== null ? "revoked" : "user-disabled");
    return null;
  }
  const holder = { userId, name: row.name, siteRole: row.siteRole, token: { id, name, scopes } };
  const network = ipAddress === null ? null : clientKey(ipAddress);
  const isNew = network !== null && !usedFrom.includes(network);
  if (isNew) {
    const actor: UserActor = { kind: "user", via: "token", ipAddress, ...holder };
    securityLog?.record(actor, {
      event: "managementToken.used-from-new-address",
      source: id,
      subject: { id, name },
      facts: { first: usedFrom.length === 0 },
    });
  }
  if (isNew || lastUsedAt === null || nowMs - lastUsedAt >= NOTE_USE_EVERY_MS) {
    const networks = isNew ? [network, ...usedFrom].slice(0, MAX_NETWORKS) : usedFrom;
    await db.write(async (tx) => {
      const table = tx.t.managementTokens;
      await tx.q.update(table).set({ lastUsedAt: nowMs, usedFrom: networks }).where(eq(table.id, id));
    });
  }
  return holder;
}
