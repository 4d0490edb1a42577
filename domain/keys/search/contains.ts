import { and, eq, exists, or, type SQL, sql } from "drizzle-orm";
import type { Scope } from "#db/open.ts";
import { contains } from "../../like.ts";
import { TAG } from "../attributes.ts";

interface ContainsOptions {
  /**
   * Looks up the hints and tags of each key that is compared, instead of reading those of all keys first, as Postgres
   * may do.
   */
  lookUp?: boolean;
}

/** Matches keys with this part of a name, hint, description, tag or external ID, or with this ID. Compares every key. */
export function keyContains(
  { q, t }: Scope,
  text: string,
  { lookUp = false }: ContainsOptions = {},
): SQL | undefined {
  const { keys, keyAttributes, secrets } = t;
  const isTag = and(eq(keyAttributes.name, TAG), contains(keyAttributes.value, text));
  const tags = q
    .select({ one: sql`1` })
    .from(keyAttributes)
    .where(and(eq(keyAttributes.keyId, keys.id), isTag))
    .limit(1);
  const hints = q
    .select({ one: sql`1` })
    .from(secrets)
    .where(and(eq(secrets.keyId, keys.id), contains(secrets.hint, text)))
    .limit(1);
  const someOf = (rows: typeof tags | typeof hints) => (lookUp ? sql`${rows} = 1` : exists(rows));
  return or(
    contains(keys.name, text),
    eq(keys.id, text),
    contains(keys.description, text),
    contains(keys.externalId, text),
    someOf(tags),
    someOf(hints),
  );
}
