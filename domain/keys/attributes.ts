import { and, eq, exists, type SQL, sql } from "drizzle-orm";
import { lengthOf } from "#core/text.ts";
import type { Scope, Tx } from "#db/open.ts";
import type { Metadata } from "#db/tables/keys.ts";
import { MAX_FILTERED_VALUE } from "./schema.ts";

interface DescribedKey {
  id: string;
  projectId: string;
  tags: readonly string[];
  metadata: Metadata;
}

export const TAG = "tag";

/** The name of an entry of the metadata in `key_attributes`. Never `TAG`. */
export function metadataName(entry: string): string {
  return `metadata.${entry}`;
}

/** The rows of `key_attributes` for a key: at most 20 tags and 50 entries. Long values can't be in an index. */
export function keyAttributesOf({ id, projectId, tags, metadata }: DescribedKey) {
  const entries = Object.entries(metadata).map(
    ([name, value]) => [metadataName(name), String(value)] as const,
  );
  return [...tags.map((tag) => [TAG, tag] as const), ...entries]
    .filter(([, value]) => lengthOf(value) <= MAX_FILTERED_VALUE)
    .map(([name, value]) => ({ name, value, projectId, keyId: id }));
}

/** Replaces the rows of a key, in the transaction that writes its tags and metadata. */
export async function replaceKeyAttributes(tx: Tx, key: DescribedKey): Promise<void> {
  const { keyAttributes } = tx.t;
  await tx.q.delete(keyAttributes).where(eq(keyAttributes.keyId, key.id));
  await insertKeyAttributes(tx, key);
}

/** Writes the rows of a new key. */
export async function insertKeyAttributes({ q, t }: Tx, key: DescribedKey): Promise<void> {
  const rows = keyAttributesOf(key);
  if (rows.length > 0) await q.insert(t.keyAttributes).values(rows);
}

/** Matches keys with this tag or value of the metadata; finds them by the index. */
export function hasAttribute({ q, t: { keys, keyAttributes } }: Scope, name: string, value: string): SQL {
  return exists(
    q
      .select({ one: sql`1` })
      .from(keyAttributes)
      .where(
        and(
          eq(keyAttributes.name, name),
          eq(keyAttributes.value, value),
          eq(keyAttributes.projectId, keys.projectId),
          eq(keyAttributes.keyId, keys.id),
        ),
      ),
  );
}

/** Matches keys with this tag. */
export function hasTag(scope: Scope, tag: string): SQL {
  return hasAttribute(scope, TAG, tag);
}
