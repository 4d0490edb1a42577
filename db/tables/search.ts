import type { Dialect } from "../dialect.ts";

/**
 * The searchable texts of keys and secrets, with an index of their trigrams: FTS5 on SQLite, `pg_trgm` on Postgres where
 * the database allows it. Triggers keep it current, so that keys that an older version writes are found too.
 * Derived from `keys` and `secrets`: backups leave it out.
 */
export function defineSearch(d: Dialect) {
  const searchTexts = d.table("search_texts", {
    /** Newer texts have higher numbers. */
    n: d.sequence("n"),
    /** The id of the key or secret. */
    source: d.text("source").notNull().unique(),
    /** The key itself, or that of the secret. Keys are never deleted, so there is no foreign key. */
    keyId: d.text("key_id").notNull(),
    /** The key's name in lower case; empty for a secret. Has an index in the order of its bytes. */
    name: d.text("name").notNull(),
    /** A line each for a key's name, description, external ID and tags, or a secret's hint. */
    text: d.text("text").notNull(),
  });

  return { searchTexts };
}
