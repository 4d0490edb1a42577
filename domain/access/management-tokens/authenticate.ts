import { eq, or } from "drizzle-orm";
import { parseClientIp } from "#core/restrictions/address.ts";
import { compileIps } from "#core/restrictions/ips.ts";
import type { ManagementScope } from "#core/scopes.ts";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import type { Actor, SecurityRecorder, UserActor } from "../../context.ts";
import { clientKey } from "../accounts/throttle.ts";
import { networkOfActor } from "../security/record.ts";
import { endOfSecret } from "../token-rotation.ts";

/** A valid token and its user. */
export interface TokenHolder {
  token: { id: string; name: string; scopes: readonly ManagementScope[] };
  userId: string;
  name: string;
  siteRole: SiteRole;
}

/** Why a token was rejected. `replaced`: an older secret whose overlap is over. `address`: not an allowed one. */
export type TokenRejection = "unknown" | "revoked" | "user-disabled" | "expired" | "replaced" | "address";

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
 * The user of a management token, or why it was rejected. A rejected token, and one used from a new network, are
 * security events.
 */
export async function authenticateManagementToken(
  db: Db,
  token: string,
  nowMs: number,
  { ipAddress, securityLog }: Origin = { ipAddress: null, securityLog: undefined },
): Promise<{ holder: TokenHolder } | { rejected: TokenRejection }> {
  const { managementTokens, users } = db.read.t;
  const hash = hashToken(token);
  const [row] = await db.read.q
    .select({
      token: managementTokens,
      name: users.name,
      siteRole: users.siteRole,
      disabledAt: users.disabledAt,
    })
    .from(managementTokens)
    .innerJoin(users, eq(users.id, managementTokens.userId))
    .where(or(eq(managementTokens.hash, hash), eq(managementTokens.olderHash, hash)));
  const rejected = row
    ? rejectionOf(row.token, { hash, disabledAt: row.disabledAt, nowMs, ipAddress })
    : "unknown";
  if (!row || rejected !== null) {
    const visitor: Actor = { kind: "visitor", ipAddress };
    securityLog?.record(visitor, {
      event: "managementToken.rejected",
      source: networkOfActor(visitor),
      subject: row ? { id: row.token.id, name: row.token.name } : { id: "unknown", name: "Unknown token" },
      facts: { reason: rejected },
    });
    return { rejected: rejected ?? "unknown" };
  }
  const { id, name, scopes, userId, lastUsedAt, usedFrom } = row.token;
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
    const use = { lastUsedAt: nowMs, lastUsedFrom: ipAddress, usedFrom: networks };
    await db.write(async (tx) => {
      const table = tx.t.managementTokens;
      await tx.q.update(table).set(use).where(eq(table.id, id));
    });
  }
  return { holder };
}

interface Use {
  hash: string;
  disabledAt: number | null;
  nowMs: number;
  ipAddress: string | null;
}

/** Why the token may not be used; null if it may. An unknown IP address is not an allowed one. */
function rejectionOf(
  token: Tables["managementTokens"]["$inferSelect"],
  { hash, disabledAt, nowMs, ipAddress }: Use,
): TokenRejection | null {
  if (token.revokedAt !== null) return "revoked";
  if (disabledAt !== null) return "user-disabled";
  const end = endOfSecret(token, hash);
  if (end !== null && nowMs >= end) return hash === token.hash ? "expired" : "replaced";
  if (token.allowedIps.length === 0) return null;
  const address = parseClientIp(ipAddress);
  return address !== null && compileIps(token.allowedIps).has(address) ? null : "address";
}
