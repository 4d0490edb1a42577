import { and, count, eq, isNotNull } from "drizzle-orm";
import type { Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import type { ImportedSecret } from "./read-row.ts";

interface KnownKey {
  keyId: string;
  isRevoked: boolean;
}

/** The tokens of an import that keys have already, in the database or from an earlier row. */
export interface ExistingTokens {
  /** `elsewhere`: of another project. */
  keyOf(secret: ImportedSecret): KnownKey | "elsewhere" | undefined;
  /** How many tokens that are still to be used for the first time have this look-up. */
  sharing(digest: string): number;
  /** Notes a token that this import creates a key for. */
  add(secret: ImportedSecret, keyId: string): void;
}

/** Reads which of the secrets are already imported, in any project. */
export async function readExistingTokens(
  tx: Tx,
  projectId: string,
  secrets: ImportedSecret[],
): Promise<ExistingTokens> {
  const { q, t } = tx;
  const columns = {
    keyId: t.keys.id,
    projectId: t.keys.projectId,
    revokedAt: t.keys.revokedAt,
    fingerprint: t.importedSecrets.fingerprint,
    digest: t.importedSecrets.digest,
    hash: t.secrets.hash,
  };
  const from = () =>
    q
      .select(columns)
      .from(t.secrets)
      .innerJoin(t.keys, eq(t.keys.id, t.secrets.keyId))
      .leftJoin(t.importedSecrets, eq(t.importedSecrets.secretId, t.secrets.id));
  const fingerprints = secrets.map(({ fingerprint }) => fingerprint);
  const hashes = secrets.flatMap(({ sha256 }) => sha256 ?? []);
  const digests = secrets.flatMap(({ pending }) => pending?.digest ?? []);
  const others = secrets.flatMap(({ others }) => others);
  const rows = [
    ...(await from().where(oneOf(tx, t.importedSecrets.fingerprint, fingerprints))),
    ...(await from().where(oneOf(tx, t.secrets.hash, hashes))),
    ...(await from().where(
      and(isNotNull(t.importedSecrets.digest), oneOf(tx, t.importedSecrets.digest, others)),
    )),
  ];
  const shared = await q
    .select({ digest: t.importedSecrets.digest, n: count() })
    .from(t.importedSecrets)
    .where(oneOf(tx, t.importedSecrets.digest, digests))
    .groupBy(t.importedSecrets.digest);
  const byName = new Map<string, KnownKey | "elsewhere">();
  const byDigest = new Map<string, KnownKey | "elsewhere">();
  for (const row of rows) {
    const key =
      row.projectId === projectId ? { keyId: row.keyId, isRevoked: row.revokedAt !== null } : "elsewhere";
    if (row.fingerprint !== null) byName.set(row.fingerprint, key);
    if (row.digest !== null) byDigest.set(row.digest, key);
    byName.set(row.hash, key);
  }
  const sharing = new Map(shared.map(({ digest, n }) => [digest ?? "", n]));
  return {
    // By the hash first: an older import may have taken it from the secret with this fingerprint.
    keyOf: ({ fingerprint, sha256, others }) =>
      (sha256 === null ? undefined : byName.get(sha256)) ??
      byName.get(fingerprint) ??
      others.map((digest) => byDigest.get(digest)).find((key) => key !== undefined),
    sharing: (digest) => sharing.get(digest) ?? 0,
    add({ fingerprint, sha256, pending }, keyId) {
      const key = { keyId, isRevoked: false };
      byName.set(fingerprint, key);
      if (sha256 !== null) byName.set(sha256, key);
      if (pending?.value === null) byDigest.set(pending.digest, key);
      if (pending !== null) sharing.set(pending.digest, (sharing.get(pending.digest) ?? 0) + 1);
    },
  };
}
