import type { Dialect } from "../dialect.ts";

/** The keys that sign access tokens, and the tokens that were revoked before their end. */
export function defineAccessTokens(d: Dialect) {
  const signingKeys = d.table(
    "signing_keys",
    {
      /** The thumbprint of the public key (RFC 7638). */
      id: d.text("id").primaryKey(),
      algorithm: d.text<"ES256" | "EdDSA">("algorithm").notNull(),
      /** The period in which it signs, counted from the epoch. */
      period: d.integer("period").notNull(),
      publicKey: d.json<Record<string, unknown>>("public_key").notNull(),
      /** The private key, encrypted with the deployment's signing secret (JWE). */
      sealedKey: d.text("sealed_key").notNull(),
      /** Identifies the secret that it is encrypted with: processes with another secret use other keys. */
      sealedWith: d.text("sealed_with").notNull(),
      createdAt: d.instant("created_at").notNull(),
    },
    // Processes that need a key at the same moment create one.
    (t) => [d.uniqueIndex("signing_keys_period").on(t.sealedWith, t.algorithm, t.period)],
  );

  const revokedTokens = d.table(
    "revoked_tokens",
    {
      /** Its claim `jti`. */
      id: d.text("id").primaryKey(),
      keyId: d.text("key_id").notNull(),
      revokedAt: d.instant("revoked_at").notNull(),
      /** When the token expires. The row is deleted after that. */
      expiresAt: d.instant("expires_at").notNull(),
    },
    (t) => [d.index("revoked_tokens_expires").on(t.expiresAt)],
  );

  return { signingKeys, revokedTokens };
}
