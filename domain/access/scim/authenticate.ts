import { eq, or } from "drizzle-orm";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { ScimActor, SecurityRecorder } from "../../context.ts";
import { networkOfActor } from "../security/record.ts";
import { endOfSecret } from "../token-rotation.ts";

interface Origin {
  /** The client's IP address; null if unknown. */
  ipAddress: string | null;
  securityLog: SecurityRecorder | undefined;
}

/** `lastUsedAt` is for display: one write per minute is precise enough. */
const NOTE_USE_EVERY_MS = 60_000;

/** The identity provider with this token; null if the token is unknown, revoked or expired, which is a security event. */
export async function authenticateScimToken(
  db: Db,
  token: string,
  nowMs: number,
  { ipAddress, securityLog }: Origin,
): Promise<ScimActor | null> {
  const { scimTokens } = db.read.t;
  const hash = hashToken(token);
  const [row] = await db.read.q
    .select()
    .from(scimTokens)
    .where(or(eq(scimTokens.hash, hash), eq(scimTokens.olderHash, hash)));
  const end = row ? endOfSecret(row, hash) : 0;
  const reason = !row ? "unknown" : row.revokedAt !== null ? "revoked" : "expired";
  if (!row || row.revokedAt !== null || (end !== null && nowMs >= end)) {
    const visitor = { kind: "visitor", ipAddress } as const;
    securityLog?.record(visitor, {
      event: "scimToken.rejected",
      source: networkOfActor(visitor),
      subject: row ? { id: row.id, name: row.name } : { id: "unknown", name: "Unknown token" },
      facts: { reason },
    });
    return null;
  }
  if (row.lastUsedAt === null || nowMs - row.lastUsedAt >= NOTE_USE_EVERY_MS) {
    await db.write((tx) =>
      tx.q
        .update(tx.t.scimTokens)
        .set({ lastUsedAt: nowMs, lastUsedFrom: ipAddress })
        .where(eq(tx.t.scimTokens.id, row.id)),
    );
  }
  const { id: tokenId, name, provider, managesAdmins } = row;
  return { kind: "scim", tokenId, name, provider, managesAdmins, ipAddress };
}
