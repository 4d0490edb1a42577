import { and, eq, isNull } from "drizzle-orm";
import type { ManagementScope } from "#core/scopes.ts";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { SiteRole } from "#db/tables/people.ts";

/** A token that works, and whose it is. */
export interface TokenHolder {
  token: { id: string; name: string; scopes: readonly ManagementScope[] };
  userId: string;
  name: string;
  siteRole: SiteRole;
}

/** `lastUsedAt` is for people: a write a minute is exact enough, and a busy script costs no more. */
const NOTE_USE_EVERY_MS = 60_000;

/** Whose management token this is; null for one that is unknown or revoked, or whose user is switched off. */
export async function authenticateManagementToken(
  db: Db,
  token: string,
  nowMs: number,
): Promise<TokenHolder | null> {
  const { managementTokens, users } = db.read.t;
  const [row] = await db.read.q
    .select({
      tokenId: managementTokens.id,
      tokenName: managementTokens.name,
      scopes: managementTokens.scopes,
      lastUsedAt: managementTokens.lastUsedAt,
      userId: users.id,
      name: users.name,
      siteRole: users.siteRole,
    })
    .from(managementTokens)
    .innerJoin(users, eq(users.id, managementTokens.userId))
    .where(
      and(
        eq(managementTokens.hash, hashToken(token)),
        isNull(managementTokens.revokedAt),
        isNull(users.disabledAt),
      ),
    );
  if (!row) return null;
  const { lastUsedAt, tokenId, tokenName, scopes, ...user } = row;
  if (lastUsedAt === null || nowMs - lastUsedAt >= NOTE_USE_EVERY_MS) {
    await db.write(async (tx) => {
      const table = tx.t.managementTokens;
      await tx.q.update(table).set({ lastUsedAt: nowMs }).where(eq(table.id, tokenId));
    });
  }
  return { ...user, token: { id: tokenId, name: tokenName, scopes } };
}
