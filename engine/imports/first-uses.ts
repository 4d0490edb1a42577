import { and, eq, isNotNull } from "drizzle-orm";
import { placeholderHash } from "#core/imported-hash.ts";
import { recordChanges } from "#db/changes.ts";
import type { Db, Tx } from "#db/open.ts";
import { oneOf } from "#db/portable-sql.ts";

/** The first use of an imported token: from then on, it is found by its SHA-256. */
export interface FirstUse {
  secretId: string;
  hash: string;
  hint: string;
}

/**
 * Replaces what was imported by the SHA-256 of the tokens, which is known now. A use that was stored before changes
 * nothing. A token that was imported twice, by different hashes, keeps the first.
 */
export async function storeFirstUses(db: Db, uses: readonly FirstUse[], nowMs: number): Promise<void> {
  if (uses.length === 0) return;
  await db.write(async (tx) => {
    const { secrets } = tx.t;
    const hashes = uses.map(({ hash }) => hash);
    const taken = await tx.q
      .select({ hash: secrets.hash })
      .from(secrets)
      .where(oneOf(tx, secrets.hash, hashes));
    const known = new Set(taken.map(({ hash }) => hash));
    const keyIds: string[] = [];
    const shapeIds = new Set<string>();
    // Shapes before secrets, as an import does, and all in one order, so that no two of them can deadlock.
    await lockShapes(
      tx,
      uses.map(({ secretId }) => secretId),
    );
    for (const use of uses.toSorted((a, b) => (a.secretId < b.secretId ? -1 : 1))) {
      if (known.has(use.hash)) continue;
      known.add(use.hash);
      const replaced = await replaceHash(tx, use);
      if (replaced === null) continue;
      keyIds.push(replaced.keyId);
      if (replaced.shapeId !== null) shapeIds.add(replaced.shapeId);
    }
    const projectIds = await endLookups(tx, [...shapeIds].sort());
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

async function replaceHash(tx: Tx, { secretId, hash, hint }: FirstUse) {
  const { importedSecrets, secrets } = tx.t;
  const [secret] = await tx.q
    .update(secrets)
    .set({ hash, hint })
    .where(and(eq(secrets.id, secretId), eq(secrets.hash, placeholderHash(secretId))))
    .returning({ keyId: secrets.keyId });
  if (secret === undefined) return null;
  const [imported] = await tx.q
    .update(importedSecrets)
    .set({ digest: null, algorithm: null, value: null })
    .where(eq(importedSecrets.secretId, secretId))
    .returning({ shapeId: importedSecrets.shapeId });
  return { keyId: secret.keyId, shapeId: imported?.shapeId ?? null };
}

/**
 * Once every token of a shape has been used, none needs another look-up than that of its SHA-256. Returns the projects of
 * the shapes.
 */
async function endLookups(tx: Tx, shapeIds: string[]): Promise<string[]> {
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
