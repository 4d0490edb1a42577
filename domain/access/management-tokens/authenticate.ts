import { eq, or } from "drizzle-orm";
import { parseClientIp } from "#core/restrictions/ip-address.ts";
import { compileIps } from "#core/restrictions/ips.ts";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { SiteRole } from "#db/tables/accounts.ts";
import type { Actor, ProjectActor, SecurityRecorder, UserActor } from "../../context.ts";
import { clientKey } from "../accounts/throttle.ts";
import { networkOfActor } from "../security/record.ts";
import { endOfSecret, isUseDue } from "../token-rotation.ts";

/** Who acts with a valid token: its user, or the project itself. */
export type TokenActor = (UserActor & Required<Pick<UserActor, "token">>) | ProjectActor;

/** Why a token was rejected. `replaced`: an older secret whose overlap is over. `address`: not an allowed one. */
export type TokenRejection =
  | "unknown"
  | "revoked"
  | "user-disabled"
  | "project-deleted"
  | "expired"
  | "replaced"
  | "address";

interface Origin {
  /** The client's IP address; null if unknown. */
  ipAddress: string | null;
  securityLog: SecurityRecorder | undefined;
}

/** How many networks are remembered per token. */
const MAX_NETWORKS = 20;

/**
 * Who acts with a management token, or why it was rejected. A rejected token, and one used from a new network, are
 * security events.
 */
export async function authenticateManagementToken(
  db: Db,
  token: string,
  nowMs: number,
  { ipAddress, securityLog }: Origin = { ipAddress: null, securityLog: undefined },
): Promise<{ actor: TokenActor } | { rejected: TokenRejection }> {
  const { managementTokens, projects, users } = db.read.t;
  const hash = hashToken(token);
  const [row] = await db.read.q
    .select({
      token: managementTokens,
      // With an id, because a joined row of only nulls would look like no row.
      user: { id: users.id, name: users.name, siteRole: users.siteRole, disabledAt: users.disabledAt },
      project: { id: projects.id, deletedAt: projects.deletedAt },
    })
    .from(managementTokens)
    .leftJoin(users, eq(users.id, managementTokens.userId))
    .leftJoin(projects, eq(projects.id, managementTokens.projectId))
    .where(or(eq(managementTokens.hash, hash), eq(managementTokens.olderHash, hash)));
  const result = row ? actorOrRejection(row, { hash, nowMs, ipAddress }) : { rejected: "unknown" as const };
  if (!row || "rejected" in result) {
    const visitor: Actor = { kind: "visitor", ipAddress };
    securityLog?.record(visitor, {
      event: "managementToken.rejected",
      source: networkOfActor(visitor),
      subject: row ? { id: row.token.id, name: row.token.name } : { id: "unknown", name: "Unknown token" },
      facts: { reason: "rejected" in result ? result.rejected : "unknown" },
    });
    return "rejected" in result ? result : { rejected: "unknown" };
  }
  const { id, name, lastUsedAt, olderHash, olderUsedAt, usedFrom } = row.token;
  const isOlder = hash === olderHash;
  const network = ipAddress === null ? null : clientKey(ipAddress);
  const isNew = network !== null && !usedFrom.includes(network);
  if (isNew) {
    securityLog?.record(result.actor, {
      event: "managementToken.used-from-new-address",
      source: id,
      subject: { id, name },
      facts: { first: usedFrom.length === 0 },
    });
  }
  if (isNew || isUseDue(lastUsedAt, nowMs) || (isOlder && isUseDue(olderUsedAt, nowMs))) {
    const networks = isNew ? [network, ...usedFrom].slice(0, MAX_NETWORKS) : usedFrom;
    const noted = { lastUsedAt: nowMs, lastUsedFrom: ipAddress, usedFrom: networks };
    const use = isOlder ? { ...noted, olderUsedAt: nowMs } : noted;
    await db.write(async (tx) => {
      const table = tx.t.managementTokens;
      await tx.q.update(table).set(use).where(eq(table.id, id));
    });
  }
  return result;
}

interface FoundToken {
  token: Tables["managementTokens"]["$inferSelect"];
  /** Null for a token of a project. */
  user: { name: string; siteRole: SiteRole; disabledAt: number | null } | null;
  /** Null for a token of a user. */
  project: { deletedAt: number | null } | null;
}

/** Who acts with a found token, or why it may not be used. */
function actorOrRejection(
  { token, user, project }: FoundToken,
  use: Use,
): { actor: TokenActor } | { rejected: TokenRejection } {
  const rejected = rejectionOf(token, use);
  if (rejected !== null) return { rejected };
  const { id, name, scopes, userId, projectId, role, createdBy } = token;
  const { ipAddress } = use;
  if (user && userId !== null) {
    if (user.disabledAt !== null) return { rejected: "user-disabled" };
    const { siteRole } = user;
    return {
      actor: {
        kind: "user",
        via: "token",
        userId,
        name: user.name,
        siteRole,
        ipAddress,
        token: { id, name, scopes },
      },
    };
  }
  if (!project || projectId === null || role === null || createdBy === null) return { rejected: "unknown" };
  if (project.deletedAt !== null) return { rejected: "project-deleted" };
  return { actor: { kind: "project", projectId, role, createdBy, ipAddress, token: { id, name, scopes } } };
}

interface Use {
  hash: string;
  nowMs: number;
  ipAddress: string | null;
}

/** Why the token may not be used; null if it may. An unknown IP address is not an allowed one. */
function rejectionOf(
  token: Tables["managementTokens"]["$inferSelect"],
  { hash, nowMs, ipAddress }: Use,
): TokenRejection | null {
  if (token.revokedAt !== null) return "revoked";
  const end = endOfSecret(token, hash);
  if (end !== null && nowMs >= end) return hash === token.hash ? "expired" : "replaced";
  if (token.allowedIps.length === 0) return null;
  const address = parseClientIp(ipAddress);
  return address !== null && compileIps(token.allowedIps).has(address) ? null : "address";
}
