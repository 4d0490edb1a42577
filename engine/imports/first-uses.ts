import { and, eq, isNotNull } from "drizzle-orm";
import { placeholderHash } from "#core/imported-hash.ts";
import { recordChanges } from "#db/changes.ts";
import type { Db, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";
import { compareImports, type ImportCandidate } from "./load-imports.ts";

/** The first use of an imported token: from then on, it is found by its SHA-256. */
export interface FirstUse {
  secretId: string;
  hash: string;
  hint: string;
}

/**
 * Replaces what was imported by the SHA-256 of the tokens, which is known now. A use that was stored before changes
 * nothing. A token that was imported several times, by different hashes, belongs to the oldest import.
 */
export async function storeFirstUses(db: Db, uses: readonly FirstUse[], nowMs: number): Promise<void> {
  if (uses.length === 0) return;
  await db.write(async (tx) => {
    const keyIds: string[] = [];
    const shapeIds = new Set<string>();
    // Shapes before secrets, as an import does, and all in one order, so that no two of them can deadlock.
    await lockShapes(
      tx,
      uses.map(({ secretId }) => secretId),
    );
    const imports = await unusedImports(tx, uses);
    const holders = await holdersOf(tx, uses);
    for (const use of uses.toSorted((a, b) => (a.secretId < b.secretId ? -1 : 1))) {
      const own = imports.get(use.secretId);
      if (own === undefined) continue;
      const holder = holders.get(use.hash);
      const isOldest = holder === undefined || (own.isUnconfirmed && compareImports(own, holder) < 0);
      if (isOldest) {
        if (holder !== undefined) {
          await clearHash(tx, holder.secretId);
          keyIds.push(holder.keyId);
        }
        if (own.isUnconfirmed && (await setHash(tx, use))) holders.set(use.hash, own);
      }
      // The end of a token that was imported by its SHA-256 is known from its first use.
      if (holder?.secretId === use.secretId) await setHint(tx, use);
      await deleteDigest(tx, use.secretId);
      keyIds.push(own.keyId);
      if (own.isUnconfirmed && own.shapeId !== null) shapeIds.add(own.shapeId);
    }
    const projectIds = await deleteLookups(tx, [...shapeIds].sort());
    const changes = [
      ...[...new Set(projectIds)].map((subject) => ({ kind: "import" as const, subject })),
      ...keyIds.map((subject) => ({ kind: "key" as const, subject })),
    ];
    await recordChanges(tx, changes, nowMs);
  });
}

/** Locks the shapes of these secrets until the transaction ends. */
async function lockShapes(tx: Tx, secretIds: string[]): Promise<void> {
  const { importedSecrets, tokenShapes } = tx.t;
  const rows = await tx.q
    .selectDistinct({ id: importedSecrets.shapeId })
    .from(importedSecrets)
    .where(oneOf(tx, importedSecrets.secretId, secretIds));
  for (const id of rows.flatMap((row) => row.id ?? []).sort()) {
    await tx.q.update(tokenShapes).set({ id }).where(eq(tokenShapes.id, id));
  }
}

interface Import extends Pick<ImportCandidate, "secretId" | "importedAt"> {
  keyId: string;
}

/** An import that nobody has used. */
interface UnusedImport extends Import {
  shapeId: string | null;
  /** The SHA-256 of its token is not known yet. */
  isUnconfirmed: boolean;
}

/** Those of these uses that are not stored yet, by secret. */
async function unusedImports(tx: Tx, uses: readonly FirstUse[]): Promise<Map<string, UnusedImport>> {
  const { importedSecrets, secrets } = tx.t;
  const ids = uses.map(({ secretId }) => secretId);
  const rows = await tx.q
    .select({
      secretId: secrets.id,
      keyId: secrets.keyId,
      shapeId: importedSecrets.shapeId,
      importedAt: importedSecrets.importedAt,
      digest: importedSecrets.digest,
    })
    .from(importedSecrets)
    .innerJoin(secrets, eq(secrets.id, importedSecrets.secretId))
    .where(and(oneOf(tx, importedSecrets.secretId, ids), isNotNull(importedSecrets.algorithm)));
  return new Map(
    rows.map(({ digest, ...row }) => [row.secretId, { ...row, isUnconfirmed: digest !== null }]),
  );
}

/** The secrets that have these hashes. A secret that was not imported is older than any import. */
async function holdersOf(tx: Tx, uses: readonly FirstUse[]): Promise<Map<string, Import>> {
  const { importedSecrets, secrets } = tx.t;
  const hashes = uses.map(({ hash }) => hash);
  const rows = await tx.q
    .select({
      hash: secrets.hash,
      secretId: secrets.id,
      keyId: secrets.keyId,
      importedAt: importedSecrets.importedAt,
    })
    .from(secrets)
    .leftJoin(importedSecrets, eq(importedSecrets.secretId, secrets.id))
    .where(oneOf(tx, secrets.hash, hashes));
  return new Map(
    rows.map(({ hash, importedAt, ...row }) => [
      hash,
      { ...row, importedAt: importedAt ?? Number.NEGATIVE_INFINITY },
    ]),
  );
}

/** Stores the SHA-256 of its token for an unconfirmed secret. False if it is confirmed already. */
async function setHash(tx: Tx, { secretId, hash, hint }: FirstUse): Promise<boolean> {
  const { secrets } = tx.t;
  const given = await tx.q
    .update(secrets)
    .set({ hash, hint })
    .where(and(eq(secrets.id, secretId), eq(secrets.hash, placeholderHash(secretId))))
    .returning({ id: secrets.id });
  return given.length > 0;
}

async function setHint(tx: Tx, { secretId, hint }: FirstUse): Promise<void> {
  const { secrets } = tx.t;
  await tx.q.update(secrets).set({ hint }).where(eq(secrets.id, secretId));
}

/** Clears the hash of a secret whose token an older import has: no token finds it anymore. */
async function clearHash(tx: Tx, secretId: string): Promise<void> {
  const { secrets } = tx.t;
  await tx.q
    .update(secrets)
    .set({ hash: placeholderHash(secretId) })
    .where(eq(secrets.id, secretId));
  await deleteDigest(tx, secretId);
}

/** Deletes the hash that finds a token before its first use. */
async function deleteDigest(tx: Tx, secretId: string): Promise<void> {
  const { importedSecrets } = tx.t;
  await tx.q
    .update(importedSecrets)
    .set({ digest: null, algorithm: null, value: null })
    .where(eq(importedSecrets.secretId, secretId));
}

/**
 * Once every token of a shape has been used, none needs another look-up than that of its SHA-256. Returns the projects of
 * the shapes.
 */
async function deleteLookups(tx: Tx, shapeIds: string[]): Promise<string[]> {
  const { importedSecrets, tokenShapes } = tx.t;
  const projectIds: string[] = [];
  for (const id of shapeIds) {
    // Locked: what an import adds at the same time is seen below.
    const [shape] = await tx.q
      .update(tokenShapes)
      .set({ id })
      .where(eq(tokenShapes.id, id))
      .returning({ projectId: tokenShapes.projectId });
    if (shape) projectIds.push(shape.projectId);
    const [waiting] = await tx.q
      .select({ secretId: importedSecrets.secretId })
      .from(importedSecrets)
      .where(and(eq(importedSecrets.shapeId, id), isNotNull(importedSecrets.digest)))
      .limit(1);
    if (waiting === undefined)
      await tx.q.update(tokenShapes).set({ pending: [] }).where(eq(tokenShapes.id, id));
  }
  return projectIds;
}
