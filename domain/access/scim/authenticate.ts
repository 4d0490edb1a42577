import { eq, or } from "drizzle-orm";
import { hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import type { Tables } from "#db/schema.ts";
import type { OidcProvider } from "#platform/oidc-settings.ts";
import type { ScimActor, SecurityRecorder } from "../../context.ts";
import { networkOfActor } from "../security/record.ts";
import { endOfSecret, isUseDue } from "../token-rotation.ts";

interface Origin {
  /** The client's IP address; null if unknown. */
  ipAddress: string | null;
  securityLog: SecurityRecorder | undefined;
  /** The providers of the settings. */
  oidc: readonly Pick<OidcProvider, "id" | "issuer">[];
}

/**
 * The identity provider with this token; null if the token is unknown, revoked or expired, or if its provider has another
 * issuer by now, which are security events.
 */
export async function authenticateScimToken(
  db: Db,
  token: string,
  nowMs: number,
  { ipAddress, securityLog, oidc }: Origin,
): Promise<ScimActor | null> {
  const { scimTokens } = db.read.t;
  const hash = hashToken(token);
  const [row] = await db.read.q
    .select()
    .from(scimTokens)
    .where(or(eq(scimTokens.hash, hash), eq(scimTokens.olderHash, hash)));
  const issuer = oidc.find(({ id }) => id === row?.provider)?.issuer ?? row?.issuer ?? null;
  const reason = row ? reasonAgainst(row, { hash, issuer, nowMs }) : "unknown";
  if (!row || reason !== null) {
    const visitor = { kind: "visitor", ipAddress } as const;
    securityLog?.record(visitor, {
      event: "scimToken.rejected",
      source: networkOfActor(visitor),
      subject: row ? { id: row.id, name: row.name } : { id: "unknown", name: "Unknown token" },
      facts: { reason },
    });
    return null;
  }
  const isOlder = hash === row.olderHash;
  if (isUseDue(row.lastUsedAt, nowMs) || (isOlder && isUseDue(row.olderUsedAt, nowMs))) {
    const use = { lastUsedAt: nowMs, lastUsedFrom: ipAddress, ...(isOlder && { olderUsedAt: nowMs }) };
    await db.write((tx) => tx.q.update(tx.t.scimTokens).set(use).where(eq(tx.t.scimTokens.id, row.id)));
  }
  const { id: tokenId, name, provider, managesAdmins } = row;
  return { kind: "scim", tokenId, name, provider, issuer, managesAdmins, ipAddress };
}

/** Why a token may not be used; null if it may. */
function reasonAgainst(
  row: Tables["scimTokens"]["$inferSelect"],
  { hash, issuer, nowMs }: { hash: string; issuer: string | null; nowMs: number },
): string | null {
  if (row.revokedAt !== null) return "revoked";
  const end = endOfSecret(row, hash);
  if (end !== null && nowMs >= end) return "expired";
  return row.issuer !== null && row.issuer !== issuer ? "provider-changed" : null;
}
