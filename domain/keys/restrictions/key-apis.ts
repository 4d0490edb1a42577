import { eq } from "drizzle-orm";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Tx } from "#db/open.ts";

/** In place of a slug: the key may call every API. No API has this slug. */
export const ANY_API = "";

interface RestrictedKey {
  id: string;
  projectId: string;
  restrictions: Restrictions;
}

/** The rows of `key_apis` for a key. */
export function keyApisOf({ id, projectId, restrictions }: RestrictedKey) {
  const slugs = new Set(restrictions.apis.map(({ api }) => api));
  return [...(slugs.size > 0 ? slugs : [ANY_API])].map((api) => ({ projectId, api, keyId: id }));
}

/** Replaces the rows of a key, in the transaction that writes its restrictions. */
export async function replaceKeyApis({ q, t: { keyApis } }: Tx, key: RestrictedKey): Promise<void> {
  await q.delete(keyApis).where(eq(keyApis.keyId, key.id));
  await q.insert(keyApis).values(keyApisOf(key));
}
